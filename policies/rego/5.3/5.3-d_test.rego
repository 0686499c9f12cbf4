package checks["5.3-d_test"]

import future.keywords.not

import data.checks["5.3-d"] as check

test_an_account_that_states_the_old_department_is_a_violation if {
	answer := _answer({"accounts/0/department_code": "OPS"})

	answer.population == 1
	answer.violations == {{"subject": "im/account/chen", "evidence": {
		"effective_on": "2026-08-03",
		"fields": ["department"],
		"stated_department": "OPS",
		"stated_position": "會計",
		"transfer": "reg/transfer/t1",
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"the old position": [{"accounts/0/position": "倉管員"}, ["position"]],
		"both": [{"accounts/0/position": "倉管員", "accounts/0/department_code": "OPS"}, ["department", "position"]],
		"by the old department's old code": [
			{"transfers/0/from_department": "LEG", "accounts/0/department_code": "LAW"},
			["department"],
		],
		"the old department was merged since": [
			{"transfers/0/from_department": "MKT", "accounts/0/department_code": "SAL"},
			["department"],
		],
		"a post given up": [
			{
				"transfers/0/kind": "ended_post",
				"transfers/0/to_department": null,
				"accounts/0/department_code": "OPS",
			},
			["department"],
		],
		"the first day that is late": [
			{
				"transfers/0/effective_ends_at": "2026-09-23T15:59:58Z",
				"accounts/0/department_code": "OPS",
			},
			["department"],
		],
		"the last day of the window": [
			{
				"transfers/0/effective_ends_at": "2026-04-03T15:59:59Z",
				"accounts/0/department_code": "OPS",
			},
			["department"],
		],
		"on leave": [{"people/0/status": "leave", "accounts/0/department_code": "OPS"}, ["department"]],
		"a later one is still to come": [
			{"transfers/-": _of({"effective_ends_at": "2026-10-01T16:00:00Z"}), "accounts/0/department_code": "OPS"},
			["department"],
		],
		"somebody else moved later": [
			{"transfers/-": _of({"person": "hr/person/gao"}), "accounts/0/department_code": "OPS"},
			["department"],
		],
		"an earlier one is on file before it": [
			{
				"transfers/0": _of({"effective_ends_at": "2026-07-20T16:00:00Z"}),
				"accounts/0/department_code": "OPS",
			},
			["department"],
		],
		"a later one was a merger only": [
			{
				"transfers/-": _of({"from_department": "MKT", "to_department": "SAL"}),
				"accounts/0/department_code": "OPS",
			},
			["department"],
		],
	}
	answer := _answer(case[0])

	answer.population == 1
	{[row.evidence.fields, row.evidence.transfer] | some row in answer.violations} == {[case[1], "reg/transfer/t1"]}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"exactly as long as allowed": {"transfers/0/effective_ends_at": "2026-09-23T15:59:59Z"},
		"on the last day of the quarter": {"transfers/0/effective_ends_at": "2026-09-30T16:00:00Z"},
		"too long ago": {"transfers/0/effective_ends_at": "2026-04-03T15:59:58Z"},
		"still to come": {"transfers/0/effective_ends_at": "2026-10-31T16:00:00Z"},
		"the department was renamed": {
			"transfers/0/from_department": "LAW",
			"transfers/0/to_department": "LEG",
			"transfers/0/from_position": null,
		},
		"the department was merged": {
			"transfers/0/from_department": "MKT",
			"transfers/0/to_department": "SAL",
			"transfers/0/from_position": null,
		},
		"closed": {"accounts/0/state": "deactivated"},
		"a robot": {"accounts/0/kind": "bot"},
		"nobody's": {"accounts/0/holder": null},
		"left": {"people/0/status": "left", "people/0/last_day_ends_at": "2026-09-01T16:00:00Z"},
		"somebody else moved": {"transfers/0/person": "hr/person/gao"},
		"nobody moved": {"transfers": []},
	}
	answer := _answer(object.union({"accounts/0/department_code": "OPS"}, changes))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"department of the account": {"accounts/0/department_code": null, "accounts/0/unknown/department_code": "stale"},
		"state": {"accounts/0/state": "unknown", "accounts/0/unknown/state": "stale"},
		"kind": {"accounts/0/kind": "unknown", "accounts/0/unknown/kind": "stale"},
		"holder": {"accounts/0/holder": null, "accounts/0/unknown/holder": "stale"},
		"last day": {"people/0/unknown/last_day_ends_at": "stale"},
		"department of the person": {"people/0/department_code": null, "people/0/unknown/department_code": "stale"},
		"who moved": {"transfers/0/person": null, "transfers/0/unknown/person": "stale"},
		"when": {"transfers/0/effective_ends_at": null, "transfers/0/unknown/effective_ends_at": "stale"},
		"from where": {"transfers/0/from_department": null, "transfers/0/unknown/from_department": "stale"},
		"when another one was": {"transfers/-": object.remove(
			_of({"unknown": {"effective_ends_at": "stale"}}),
			["effective_ends_at"],
		)},
		"to where": {
			"transfers/0/to_department": null,
			"transfers/0/from_position": null,
			"transfers/0/unknown/to_department": "stale",
		},
	}
	answer := _answer(object.union({"accounts/0/department_code": "OPS"}, changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "stale"}}
}

test_the_position_alone_may_not_be_known[name] if {
	some name, changes in {
		"of the account": {"accounts/0/position": null, "accounts/0/unknown/position": "stale"},
		"of the person": {
			"people/0/position": null,
			"people/0/unknown/position": "stale",
			"accounts/0/position": "倉管員",
		},
		"before the transfer": {
			"transfers/0/from_position": null,
			"transfers/0/unknown/from_position": "stale",
			"accounts/0/position": "倉管員",
		},
	}
	answer := _answer(changes)

	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "stale"}}
}

test_how_many_days_there_are_may_not_be_known if {
	answer := check with input as _changed({"accounts/0/department_code": "OPS"})
		with data.company as _data.company
		with data.as_of as _data.as_of
		with data.cutoff as object.remove(_data.cutoff, ["mover_account_workdays"])
		with data.settings as _data.settings

	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "not_collected"}}
}

test_a_holder_who_is_on_no_file_is_unknown if {
	answer := _answer({"accounts/0/holder": "hr/person/nobody"})

	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {
		"the old department": {"accounts/0/department_code": "OPS"},
		"the old position": {"accounts/0/position": "倉管員"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {
	"company": _data.company,
	"as_of": _data.as_of,
	"cutoff": _data.cutoff,
	"settings": _data.settings,
}} |
	some name, changes in {
		"changed": {},
		"an empty position": {"accounts/0/position": ""},
		"an empty department is 5.1-b's": {"accounts/0/department_code": ""},
		"a third department is 5.1-b's": {"accounts/0/department_code": "SAL"},
		"an added post": {
			"transfers/0/kind": "added_post",
			"people/0/posts": [{"department_code": "OPS", "position": "倉管員"}],
			"accounts/0/department_code": "OPS",
			"accounts/0/position": "倉管員",
		},
		"moved back since": {
			"transfers/-": _of({}),
			"people/0/department_code": "OPS",
			"people/0/position": "倉管員",
			"accounts/0/department_code": "OPS",
			"accounts/0/position": "倉管員",
		},
		"the transfer names no former position": {
			"transfers/0/from_position": null,
			"accounts/0/position": "倉管員",
		},
		"the transfer names no former department": {
			"transfers/0/from_department": null,
			"accounts/0/department_code": "OPS",
		},
		"only the latest counts": {
			"transfers/-": _of({}),
			"accounts/0/department_code": "OPS",
		},
	}
}

_answer(changes) := answer if {
	answer := check with input as _changed(changes)
		with data.company as _data.company
		with data.as_of as _data.as_of
		with data.cutoff as _data.cutoff
		with data.settings as _data.settings
}

_data := {
	"company": {"departments": [
		{"uid": "hr/department/FIN", "code": "FIN", "renamed_from": [], "unknown": {}},
		{"uid": "hr/department/OPS", "code": "OPS", "renamed_from": [], "unknown": {}},
		{"uid": "hr/department/SAL", "code": "SAL", "renamed_from": [], "unknown": {}},
		{"uid": "hr/department/LEG", "code": "LEG", "renamed_from": ["LAW"], "unknown": {}},
		{
			"uid": "hr/department/MKT",
			"code": "MKT",
			"renamed_from": [],
			"merged_into": "SAL",
			"valid_until": "2026-07-31T16:00:00Z",
			"unknown": {},
		},
	]},
	"as_of": "2026-09-30T15:59:59Z",
	"cutoff": {"mover_account_workdays": "2026-09-23T15:59:59Z", "mover_window_days": "2026-04-03T15:59:59Z"},
	"settings": {"position_required": "no"},
}

_transfer := {
	"uid": "reg/transfer/t1",
	"number": "t1",
	"person": "hr/person/chen",
	"kind": "transfer",
	"from_department": "OPS",
	"to_department": "FIN",
	"from_position": "倉管員",
	"to_position": "會計",
	"effective_on": "2026-08-03",
	"effective_ends_at": "2026-08-03T16:00:00Z",
	"unknown": {},
}

# a later one, back again
_of(changes) := object.union_n([
	_transfer,
	{
		"uid": "reg/transfer/t2",
		"number": "t2",
		"from_department": "FIN",
		"to_department": "OPS",
		"from_position": "會計",
		"to_position": "會計",
		"effective_ends_at": "2026-08-20T16:00:00Z",
	},
	changes,
])

_shard := {
	"accounts": [{
		"uid": "im/account/chen",
		"source_system": "im",
		"login": "chen",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"department_code": "FIN",
		"position": "會計",
		"unknown": {},
	}],
	"people": [{
		"uid": "hr/person/chen",
		"status": "active",
		"hire_day_starts_at": "2020-02-29T16:00:00Z",
		"department_code": "FIN",
		"position": "會計",
		"posts": [],
		"employments": [],
		"unknown": {},
	}],
	"transfers": [_transfer],
	"context": {"accounts": [], "people": [{"uid": "hr/person/gao", "posts": [], "unknown": {}}], "transfers": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
