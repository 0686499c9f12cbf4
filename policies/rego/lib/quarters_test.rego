package lib.quarters_test

import future.keywords.not

import data.lib.quarters

test_each_quarter_begins_at_the_companys_midnight[back] if {
	some back, instant in [
		"2026-06-30T16:00:00Z",
		"2026-03-31T16:00:00Z",
		"2025-12-31T16:00:00Z",
		"2025-09-30T16:00:00Z",
		"2025-06-30T16:00:00Z",
		"2025-03-31T16:00:00Z",
		"2024-12-31T16:00:00Z",
		"2024-09-30T16:00:00Z",
	]

	quarters.start(back) == instant with data.period as _period
}

test_also_west_of_greenwich if {
	period := {"year": 2026, "quarter": 1, "from": "2026-01-01T05:00:00Z", "previous_from": "2025-10-01T05:00:00Z"}

	quarters.start(2) == "2025-07-01T05:00:00Z" with data.period as period
}

_period := {"year": 2026, "quarter": 3, "from": "2026-06-30T16:00:00Z", "previous_from": "2026-03-31T16:00:00Z"}
