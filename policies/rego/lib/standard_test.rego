package lib.standard_test

import future.keywords.not

import data.lib.standard

test_a_newcomer_is_to_have_it_a_second_after_the_days_allowed[at] if {
	some at, answer in {"2026-09-25T16:00:00Z": "no", "2026-09-25T15:59:59Z": "yes"}

	standard.due(object.union(_person, {"hire_day_ends_at": at})) == answer
		with data.as_of as "2026-09-30T15:59:59Z"
		with data.cutoff.newcomer_account_workdays as "2026-09-25T16:00:00Z"
		with data.settings.served_employment_types as ["employee"]
}

_person := {
	"uid": "hr/person/chen",
	"status": "active",
	"employment_type": "employee",
	"hire_day_starts_at": "2026-09-24T16:00:00Z",
	"employments": [],
	"unknown": {},
}
