package lib.handovers_test

import future.keywords.not

import data.lib.handovers

test_a_handover_is_in_time_until_the_end_of_the_last_day[at] if {
	some at, case in {
		"2026-08-31T16:00:00Z": {"served": "yes", "faults": set()},
		"2026-08-31T16:00:01Z": {"served": "no", "faults": {"late_handover"}},
	}
	company := {"handovers": [object.union(_handover, {"completed_at": at})], "departments": []}

	handovers.served(_person, _leaving, "main") == case.served with input as _shard with data.company as company
	handovers.faults(_person, _leaving, "main") == case.faults with input as _shard with data.company as company
}

test_it_is_about_the_employment_in_which_its_day_lies[day] if {
	some day, answer in {"2026-08-31": "yes", "2026-01-01": "yes", "2025-12-31": "no"}

	handovers.served(_person, _leaving, "main") == answer
		with input as _shard
		with data.company as {"handovers": [object.union(_handover, {"last_working_day": day})], "departments": []}
}

_leaving := {"day": "2026-08-31", "ends_at": "2026-08-31T16:00:00Z", "hire_date": "2026-01-01"}

_person := {
	"uid": "hr/person/chen",
	"department_code": "CS",
	"posts": [],
	"hire_date": "2026-01-01",
	"hire_day_starts_at": "2025-12-31T16:00:00Z",
	"last_day_ends_at": "2026-08-31T16:00:00Z",
	"employments": [
		{
			"hire_date": "2020-01-01",
			"hire_day_starts_at": "2019-12-31T16:00:00Z",
			"last_day_ends_at": "2024-06-30T16:00:00Z",
		},
		{
			"hire_date": "2026-01-01",
			"hire_day_starts_at": "2025-12-31T16:00:00Z",
			"last_day_ends_at": "2026-08-31T16:00:00Z",
		},
	],
	"unknown": {},
}

_handover := {
	"uid": "reg/handover/a",
	"person": "hr/person/chen",
	"last_working_day": "2026-08-31",
	"completed_at": "2026-08-31T09:00:00Z",
	"required": "yes",
	"items": [{"done": "yes"}],
	"confirmed_by": "hr/person/han",
	"unknown": {},
}

_shard := {"people": [_person, {"uid": "hr/person/han", "unknown": {}}], "context": {"people": []}}
