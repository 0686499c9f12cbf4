package checks["9.1-a_test"]

import future.keywords.not

import data.checks["9.1-a"] as check

test_a_department_without_a_head_is_a_violation if {
	answer := check with input as _shard([_clerk])
		with data.company.departments as [object.union(_department, _without_head)]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.population == 1
	answer.violations == {{
		"subject": _department.uid,
		"evidence": {"heads": [], "fault": "no_head", "since": "2026-06-30T16:00:00Z"},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"head left": {"head": [_left.uid], "fault": "head_left", "since": _left.last_day_ends_at},
		"head is an outsider": {"head": [_outsider.uid], "fault": "external", "since": "unknown"},
		"one left, one an outsider": {"head": [_left.uid, _outsider.uid], "fault": "external", "since": "unknown"},
	}
	answer := check with input as _shard([_clerk, _left, _outsider])
		with data.company.departments as [object.union(_department, {"head": case.head, "heads": []})]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.violations == {{
		"subject": _department.uid,
		"evidence": {"heads": case.head, "fault": case.fault, "since": case.since},
	}}
	answer.unknown == set()
}

test_never_had_a_head_is_a_violation if {
	answer := check with input as _shard([_clerk])
		with data.company.departments as [object.union(_department, {"head": [], "heads": []})]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	{violation.evidence.since | some violation in answer.violations} == {"unknown"}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company.departments as document.data.company.departments
		with data.as_of as document.data.as_of
		with data.cutoff.head_gap_days as document.data.cutoff.head_gap_days

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, case in {
		"dissolved": {"department": object.union(_without_head, {"valid_until": _as_of}), "people": [_clerk]},
		"not yet there": {
			"department": object.union(_without_head, {"valid_from": "2026-10-01T16:00:00Z"}),
			"people": [_clerk],
		},
		"without people": {"department": _without_head, "people": []},
		"whose people have all left": {"department": _without_head, "people": [_left]},
		"another department": {"department": object.union(_without_head, {"code": "LAW"}), "people": [_clerk]},
	}
	answer := check with input as _shard(case.people)
		with data.company.departments as [object.union(_department, case.department)]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_the_gap_ends_with_the_cutoff[name] if {
	some name, case in {
		"younger": {"until": "2026-09-01T16:00:01Z", "found": 0},
		"as old": {"until": "2026-09-01T16:00:00Z", "found": 0},
		"older": {"until": "2026-09-01T15:59:59Z", "found": 1},
	}
	department := {"head": [], "heads": [object.union(_main, {"until_at": case.until})]}
	answer := check with input as _shard([_clerk])
		with data.company.departments as [object.union(_department, department)]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as "2026-09-01T16:00:00Z"

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"head": {"department": {"unknown": {"head": "stale", "heads": "stale"}}, "without": ["head", "heads"], "head": {}},
		"end of the head's work": {
			"department": {},
			"without": [],
			"head": {"status": "left", "unknown": {"last_day_ends_at": "stale"}},
		},
		"kind of contract": {
			"department": {},
			"without": [],
			"head": {"employment_type": "unknown", "unknown": {"employment_type": "stale"}},
		},
		"start of the department": {
			"department": object.union(_without_head, {"unknown": {"valid_from": "stale"}}),
			"without": ["valid_from"],
			"head": {},
		},
		"end of the department": {
			"department": object.union(_without_head, {"unknown": {"valid_until": "stale"}}),
			"without": [],
			"head": {},
		},
	}
	department := object.remove(object.union(_department, case.department), case.without)
	answer := check with input as _shard([_clerk, object.union(_head, case.head)])
		with data.company.departments as [department]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _department.uid, "reason": "stale"}}
}

test_the_reason_is_that_of_what_is_not_known[field] if {
	some field, case in {
		"head": {"department": object.remove(object.union(_department, _hidden("head")), ["head"]), "head": _head},
		"heads": {
			"department": object.remove(object.union_n([_department, {"head": []}, _hidden("heads")]), ["heads"]),
			"head": _head,
		},
		"status": {
			"department": _department,
			"head": object.union_n([_head, {"status": "unknown"}, _hidden("status")]),
		},
	}
	answer := check with input as _shard([_clerk, case.head])
		with data.company.departments as [case.department]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": _department.uid, "reason": "not_permitted"}}
}

_hidden(field) := {"unknown": {field: "not_permitted"}}

test_without_the_limit_of_a_vacancy_it_cannot_be_said if {
	answer := check with input as _shard([_clerk])
		with data.company.departments as [object.union(_department, _without_head)]
		with data.as_of as _as_of
		with data.cutoff as {}

	answer.violations == set()
	answer.unknown == {{"subject": _department.uid, "reason": "not_collected"}}
}

test_a_head_missing_from_the_roster_is_unknown if {
	answer := check with input as _shard([_clerk])
		with data.company.departments as [object.union(_department, {})]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": _department.uid, "reason": "not_collected"}}
}

test_it_is_not_known_whether_it_has_people if {
	clerk := object.remove(object.union(_clerk, {"unknown": {"hire_day_starts_at": "stale"}}), ["hire_day_starts_at"])
	answer := check with input as _shard([clerk])
		with data.company.departments as [object.union(_department, _without_head)]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.violations == set()
	count(answer.unknown) == 1
}

test_of_what_would_be_no_fault_anyway_nothing_is_unknown[name] if {
	some name, leading in {
		"well led": {},
		"vacant since this second": {"head": [], "heads": [object.union(_main, {"until_at": _as_of})]},
	}
	department := object.remove(
		object.union_n([_department, leading, {"unknown": {"valid_from": "stale"}}]),
		["valid_from"],
	)
	answer := check with input as _shard([_clerk, _head])
		with data.company.departments as [department]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_head_of_no_file_beside_one_who_left_lately_may_be_an_outsider if {
	answer := check with input as _shard([_clerk, _left])
		with data.company.departments as [object.union(_department, {"head": ["hr/person/nobody", _left.uid]})]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as "2026-07-01T16:00:00Z"

	answer.violations == set()
	answer.unknown == {{"subject": _department.uid, "reason": "not_collected"}}
}

test_two_main_heads_who_both_left_are_a_vacancy if {
	two := [_main, object.union(_main, {"person": _left.uid})]
	department := {"head": [_head.uid, _left.uid], "heads": two}
	answer := check with input as _shard([_clerk, object.union(_left, {"uid": _head.uid}), _left])
		with data.company.departments as [object.union(_department, department)]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	{violation.evidence.fault | some violation in answer.violations} == {"head_left"}
	answer.unknown == set()
}

test_two_main_heads_contradict_each_other if {
	two := [_main, object.union(_main, {"person": "hr/person/gao"})]
	department := {"head": ["hr/person/gao", _head.uid], "heads": two}
	answer := check with input as _shard([_clerk, _head, object.union(_head, {"uid": "hr/person/gao"})])
		with data.company.departments as [object.union(_department, department)]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": _department.uid, "reason": "ambiguous"}}
}

test_a_successor_who_is_still_to_come_does_not_end_the_vacancy if {
	later := {
		"person": "hr/person/li",
		"from_at": "2026-11-01T16:00:00Z",
		"until_at": "2027-11-01T16:00:00Z",
		"acting": "no",
	}
	vacant := object.union(_department, {"head": [], "heads": array.concat(_without_head.heads, [later])})
	answer := check with input as _shard([_clerk])
		with data.company.departments as [vacant]
		with data.as_of as _as_of
		with data.cutoff.head_gap_days as _as_of

	{violation.evidence.since | some violation in answer.violations} == {"2026-06-30T16:00:00Z"}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, case in {
		"no head": {"department": _without_head, "head": {}},
		"head left": {"department": {}, "head": {"last_day_ends_at": "2026-08-01T16:00:00Z"}},
		"head is an outsider": {"department": {}, "head": {"employment_type": "external"}},
	}
	document := {
		"input": _shard([_clerk, object.union(_head, case.head), object.union(_clerk, {"uid": "hr/person/lin"})]),
		"data": {
			"as_of": _as_of,
			"cutoff": {"head_gap_days": _as_of},
			"company": {"departments": [object.union(_department, case.department)]},
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case.people), "data": {
	"company": {"departments": [object.union(_department, case.department)]},
	"as_of": _as_of,
	"cutoff": {"head_gap_days": _as_of},
}} |
	some name, case in {
		"vacant since this second": {
			"department": {"head": [], "heads": [object.union(_main, {"until_at": _as_of})]},
			"people": [_clerk],
		},
		"head in service": {"department": {}, "people": [_clerk, _head]},
		"leaves in the future": {
			"department": {},
			"people": [_clerk, object.union(_head, {"last_day_ends_at": "2026-12-31T16:00:00Z"})],
		},
		"last moment of the last day": {
			"department": {},
			"people": [_clerk, object.union(_head, {"last_day_ends_at": _as_of})],
		},
		"on long leave": {"department": {}, "people": [_clerk, object.union(_head, {"status": "leave"})]},
		"acting head": {"department": _acting, "people": [_clerk, _head]},
		"an acting head beside the head": {
			"department": {
				"head": [_head.uid, "hr/person/gao"],
				"heads": [_main, object.union(_main, {"person": "hr/person/gao", "acting": "yes"})],
			},
			"people": [_clerk, _head, object.union(_head, {"uid": "hr/person/gao"})],
		},
		"one good head beside one who left": {
			"department": {"head": [_head.uid, _left.uid]},
			"people": [_clerk, _head, _left],
		},
		"one good head beside an unknown one": {
			"department": {"head": [_head.uid, "hr/person/nobody"]},
			"people": [_clerk, _head],
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_main := {"person": "hr/person/han", "from_at": "2024-01-01T16:00:00Z", "acting": "no"}

_acting := {"head": [_head.uid], "heads": [object.union(_main, {"acting": "yes"})]}

_without_head := {"head": [], "heads": [object.union(_main, {"until_at": "2026-06-30T16:00:00Z"})]}

_department := {
	"uid": "hr/department/SALES",
	"code": "SALES",
	"name": "銷售部",
	"valid_from": "2020-01-01T16:00:00Z",
	"renamed_from": [],
	"heads": [_main],
	"head": [_head.uid],
	"deputies": [],
	"unknown": {},
}

_clerk := {
	"uid": "hr/person/chen",
	"status": "active",
	"employment_type": "employee",
	"hire_day_starts_at": "2024-03-01T16:00:00Z",
	"unknown": {},
}

_head := object.union(_clerk, {"uid": "hr/person/han"})

_left := object.union(_clerk, {
	"uid": "hr/person/li",
	"status": "left",
	"last_day_ends_at": "2026-08-01T16:00:00Z",
})

_outsider := object.union(_clerk, {"uid": "hr/person/wai", "employment_type": "external"})

_shard(people) := {"department": "SALES", "people": people, "context": {"people": []}}
