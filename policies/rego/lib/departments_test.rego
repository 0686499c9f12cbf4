package lib.departments_test

import future.keywords.not

import data.lib.departments

test_a_department_exists_from_its_first_second_to_the_one_before_its_end[name] if {
	some name, case in {
		"for ever": [{}, "yes"],
		"from this second": [{"valid_from": _instant}, "yes"],
		"from the next": [{"valid_from": "2026-07-01T00:00:01Z"}, "no"],
		"until the next": [{"valid_until": "2026-07-01T00:00:01Z"}, "yes"],
		"until this second": [{"valid_until": _instant}, "no"],
		"beginning not known": [{"unknown": {"valid_from": "stale"}}, "unknown"],
		"end not known": [{"unknown": {"valid_until": "stale"}}, "unknown"],
	}

	departments.in_force(object.union(_department, case[0]), _instant) == case[1]
}

test_one_head_follows_another_in_one_second[at] if {
	some at, person in {
		"2026-06-30T23:59:59Z": "p/old",
		"2026-07-01T00:00:00Z": "p/new",
	}
	heads := departments.heads_on(
		{"heads": [
			{"person": "p/old", "until_at": _instant},
			{"person": "p/new", "from_at": _instant},
		]},
		at,
	)

	[head.person | some head in heads] == [person]
}

_instant := "2026-07-01T00:00:00Z"

_department := {"uid": "hr/department/CS", "code": "CS", "unknown": {}}
