package lib.days_test

import future.keywords.not

import data.lib.days

test_a_day_is_over_with_its_last_second[name] if {
	some name, case in {
		"of the audit": ["2026-09-30T16:00:00Z", "yes"],
		"a second more": ["2026-09-30T16:00:01Z", "no"],
		"of tomorrow": ["2026-10-01T16:00:00Z", "no"],
	}

	days.over(case[0]) == case[1] with data.as_of as "2026-09-30T15:59:59Z"
}

test_a_day_lies_in_one_period[name] if {
	some name, case in {
		"the last one before": ["2026-06-30T16:00:00Z", "no"],
		"the first one": ["2026-07-01T16:00:00Z", "yes"],
		"that ends a second after the beginning": ["2026-06-30T16:00:01Z", "yes"],
		"the last one": ["2026-09-30T16:00:00Z", "yes"],
		"that ends a second after the end": ["2026-09-30T16:00:01Z", "no"],
		"the first one after": ["2026-10-01T16:00:00Z", "no"],
	}

	days.in_period(case[0]) == case[1]
		with data.period as {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}
		with data.as_of as "2026-12-31T15:59:59Z"
}
