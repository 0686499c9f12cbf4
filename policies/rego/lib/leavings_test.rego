package lib.leavings_test

import future.keywords.not

import data.lib.leavings

test_an_employment_that_another_follows_at_once_is_no_leaving[hired] if {
	some hired, days in {
		"2026-06-30T16:00:00Z": ["2026-08-31"],
		"2026-06-30T16:00:01Z": ["2026-06-30", "2026-08-31"],
	}
	second := {
		"hire_date": "2026-07-01",
		"hire_day_starts_at": hired,
		"last_working_day": "2026-08-31",
		"last_day_ends_at": "2026-08-31T16:00:00Z",
	}

	[leaving.day | some leaving in leavings.of(object.union(second, {"employments": [_first, second]}))] == days
}

# it would be its own
test_one_that_begins_with_another_does_not_follow_it if {
	twin := object.union(_first, {"last_working_day": "2026-08-31", "last_day_ends_at": "2026-08-31T16:00:00Z"})

	[leaving.day | some leaving in leavings.of(object.union(twin, {"employments": [_first, twin]}))] == [
		"2026-06-30",
		"2026-08-31",
	]
}

_first := {
	"hire_date": "2020-01-01",
	"hire_day_starts_at": "2019-12-31T16:00:00Z",
	"last_working_day": "2026-06-30",
	"last_day_ends_at": "2026-06-30T16:00:00Z",
}
