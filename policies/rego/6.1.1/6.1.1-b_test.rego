package checks["6.1.1-b_test"]

import future.keywords.not

import data.checks["6.1.1-b"] as check

test_a_group_whose_manager_left_is_a_violation if {
	answer := check with input as _changed({"people/0/last_day_ends_at": _long_ago})
		with data.as_of as _as_of
		with data.company as _company

	answer.population == 1
	answer.violations == {{"subject": "im/group/g1", "evidence": {
		"owners": [{"owner": "im/account/gao", "why": "left"}],
		"owner_origin": "native_owner",
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"nobody": {"changes": {"groups/0/owners": []}, "why": []},
		"closed account": {"changes": {"accounts/0/state": "deactivated"}, "why": ["closed"]},
		"outsider": {"changes": {"people/0/employment_type": "external"}, "why": ["external"]},
		"guest account": {"changes": {"accounts/0/kind": "guest"}, "why": ["external"]},
		"account of nobody": {"changes": {"accounts/0/holder": null}, "why": ["no_person"]},
		"robot of nobody": {"changes": {"accounts/0/kind": "bot", "accounts/0/holder": null}, "why": ["no_person"]},
		"account of nobody, kind not known": {
			"changes": {
				"accounts/0/kind": "unknown",
				"accounts/0/unknown/kind": "stale",
				"accounts/0/holder": null,
			},
			"why": ["no_person"],
		},
		"one second past the last day": {
			"changes": {"people/0/last_day_ends_at": "2026-09-30T15:59:58Z"},
			"why": ["left"],
		},
		"closed, and holder not known": {
			"changes": {
				"accounts/0/state": "deleted",
				"accounts/0/holder": null,
				"accounts/0/unknown/holder": "stale",
			},
			"why": ["closed"],
		},
		"department dissolved": {
			"changes": {"groups/0/owners": [], "groups/0/owner_department": "OLD"},
			"why": ["department_dissolved"],
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.company as _company

	[owner.why | some violation in answer.violations; some owner in violation.evidence.owners] == case.why
	count(answer.violations) == 1
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"archived": {"groups/0/owners": [], "groups/0/archived": "yes"},
		"one-to-one chat": {"groups/0/owners": [], "groups/0/direct": "yes"},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.company as _company

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"owners": {"groups/0/owners": null, "groups/0/unknown/owners": "stale"},
		"owning department": {"groups/0/owners": [], "groups/0/unknown/owner_department": "stale"},
		"holder": {"accounts/0/holder": null, "accounts/0/unknown/holder": "stale"},
		"state": {"accounts/0/state": "unknown", "accounts/0/unknown/state": "stale"},
		"end of work": {"people/0/status": "left", "people/0/unknown/last_day_ends_at": "stale"},
		"status": {"people/0/status": "unknown", "people/0/unknown/status": "stale"},
		"kind of account": {"accounts/0/kind": "unknown", "accounts/0/unknown/kind": "stale"},
		"owner of a robot": {
			"accounts/0/kind": "bot",
			"accounts/0/holder": null,
			"accounts/0/unknown/owner": "stale",
		},
		"holder of a robot whose owner left": {
			"accounts/0/kind": "service",
			"accounts/0/holder": null,
			"accounts/0/unknown/holder": "stale",
			"accounts/0/owner": "hr/person/gao",
			"people/0/last_day_ends_at": _long_ago,
		},
		"kind of contract": {
			"people/0/employment_type": "unknown",
			"people/0/unknown/employment_type": "stale",
		},
		"archived": {
			"groups/0/owners": [],
			"groups/0/archived": "unknown",
			"groups/0/unknown/archived": "stale",
		},
		"direct": {"groups/0/owners": [], "groups/0/direct": "unknown", "groups/0/unknown/direct": "stale"},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.company as _company

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/group/g1", "reason": "stale"}}
}

test_a_department_that_is_gone_with_its_name_is_a_violation if {
	answer := check with input as _changed({
		"groups/0/owners": ["im/account/gao"],
		"groups/0/owner_department": "OLD",
		"accounts/0/state": "deleted",
	})
		with data.as_of as _as_of
		with data.company as _company

	answer.violations == {{"subject": "im/group/g1", "evidence": {
		"owners": [
			{"owner": "im/account/gao", "why": "closed"},
			{"owner": "OLD", "why": "department_dissolved"},
		],
		"owner_origin": "native_owner",
	}}}
}

test_what_is_not_known_of_the_department_is_unknown[name] if {
	some name, case in {
		"what took it over": {"number": 1, "code": "MKT", "field": "merged_into"},
		"until when it was": {"number": 2, "code": "OLD", "field": "valid_until"},
		"since when it is": {"number": 0, "code": "SALES", "field": "valid_from"},
	}
	company := {"departments": [department |
		some number, row in _company.departments
		department := {
			true: object.union(object.remove(row, [case.field]), {"unknown": {case.field: "stale"}}),
			false: row,
		}[number == case.number]
	]}
	answer := check with input as _changed({"groups/0/owners": [], "groups/0/owner_department": case.code})
		with data.as_of as _as_of
		with data.company as company

	answer.violations == set()
	answer.unknown == {{"subject": "im/group/g1", "reason": "stale"}}
}

test_what_leads_nowhere_is_unknown[name] if {
	some name, changes in {
		"account": {"groups/0/owners": ["im/account/nobody"]},
		"person": {"accounts/0/holder": "hr/person/nobody"},
		"department": {"groups/0/owners": [], "groups/0/owner_department": "NOWHERE"},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.company as _company

	answer.violations == set()
	answer.unknown == {{"subject": "im/group/g1", "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "company": _company}} |
	some name, changes in {
		"manager left": {"people/0/last_day_ends_at": _long_ago},
		"nobody": {"groups/0/owners": []},
		"closed account": {"accounts/0/state": "deleted"},
		"outsider": {"people/0/employment_type": "external"},
		"guest": {"accounts/0/kind": "guest"},
		"robot of nobody": {"accounts/0/kind": "bot", "accounts/0/holder": null},
		"department dissolved": {"groups/0/owners": [], "groups/0/owner_department": "OLD"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "company": _company}} |
	some name, changes in {
		"manager in service": {},
		"leaves in the future": {"people/0/last_day_ends_at": "2026-12-31T16:00:00Z"},
		"last moment of the last day": {"people/0/last_day_ends_at": _as_of},
		"on long leave": {"people/0/status": "leave"},
		"suspended account": {"accounts/0/state": "suspended"},
		"one good manager": {"groups/0/owners": ["im/account/nobody", "im/account/gao"]},
		"department": {"groups/0/owners": [], "groups/0/owner_department": "SALES"},
		"department that was renamed": {"groups/0/owners": [], "groups/0/owner_department": "SELL"},
		"department that was merged": {"groups/0/owners": [], "groups/0/owner_department": "MKT"},
		"robot with a named owner": {
			"accounts/0/kind": "service",
			"accounts/0/holder": null,
			"accounts/0/owner": "hr/person/gao",
		},
		"robot in somebody's hands, and its owner left": {
			"accounts/0/kind": "service",
			"accounts/0/owner": "hr/person/li",
			"people/1": {
				"uid": "hr/person/li",
				"status": "left",
				"employment_type": "employee",
				"last_day_ends_at": _long_ago,
				"unknown": {},
			},
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_long_ago := "2026-08-31T16:00:00Z"

_company := {"departments": [
	{"uid": "hr/department/SALES", "code": "SALES", "name": "銷售部", "renamed_from": ["SELL"], "unknown": {}},
	{
		"uid": "hr/department/MKT",
		"code": "MKT",
		"name": "市場部",
		"renamed_from": [],
		"valid_until": _long_ago,
		"merged_into": "SALES",
		"unknown": {},
	},
	{
		"uid": "hr/department/OLD",
		"code": "OLD",
		"name": "舊部門",
		"renamed_from": [],
		"valid_until": _long_ago,
		"unknown": {},
	},
]}

_shard := {
	"groups": [{
		"uid": "im/group/g1",
		"source_system": "im",
		"native_id": "g1",
		"direct": "no",
		"archived": "no",
		"owners": ["im/account/gao"],
		"owner_origin": "native_owner",
		"unknown": {},
	}],
	"accounts": [{
		"uid": "im/account/gao",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/gao",
		"unknown": {},
	}],
	"people": [{"uid": "hr/person/gao", "status": "active", "employment_type": "employee", "unknown": {}}],
	"context": {"accounts": [], "groups": [], "people": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
