# METADATA
# title: Time between events
# description: Distances in whole seconds; instants themselves are compared as texts.
package lib.time

import future.keywords.not

import data.lib.answers

_second := 1000000000

# METADATA
# description: How many seconds the later instant is after the earlier one; negative if it is before.
seconds(earlier, later) := (time.parse_rfc3339_ns(later) - time.parse_rfc3339_ns(earlier)) / _second

# METADATA
# description: The instant so many seconds after another one.
later(instant, seconds_after) := time.format([
	time.parse_rfc3339_ns(instant) + (seconds_after * _second),
	"UTC", "2006-01-02T15:04:05Z07:00",
])

# METADATA
# scope: document
# description: Whether what the field tells of had happened before the instant; what never happened had not.
default happened(_, _, _) := "unknown"

happened(record, field, instant) := "yes" if record[field] < instant

happened(record, field, instant) := "no" if record[field] >= instant

happened(record, field, instant) := "no" if {
	is_string(instant)
	answers.shown(record, field) == "none"
}
