# METADATA
# title: Quarters of the calendar
# description: Where earlier quarters began, by the company's clock.
# schemas:
#   - data.period: schema.period
package lib.quarters

import future.keywords.not

# METADATA
# scope: document
# description: >-
#   The instant at which the quarter that many before the audited one began. Beyond the two that the period states
#   itself the clock is taken to be as far from UTC as at the beginning of the audited one.
start(0) := data.period.from

start(1) := data.period.previous_from

start(back) := time.format([began, "UTC", "2006-01-02T15:04:05Z07:00"]) if {
	back > 1
	quarter := ((data.period.year * 4) + data.period.quarter) - back
	began := _first_day(quarter) + _shift
}

# how far the company's midnight is from that of UTC
_shift := time.parse_rfc3339_ns(data.period.from) - _first_day((data.period.year * 4) + data.period.quarter)

# quarters are counted from the first one of the year 0, beginning with 1
_first_day(quarter) := time.parse_rfc3339_ns(sprintf("%d-%02d-01T00:00:00Z", [year, month])) if {
	year := floor((quarter - 1) / 4)
	month := (((quarter - 1) % 4) * 3) + 1
}
