package checks["5.1-b_test"]

import future.keywords.not

import data.checks["5.1-b"] as check

test_an_account_that_states_another_department_is_a_violation if {
	answer := _answer({"accounts/0/department_code": "SAL"})

	answer.population == 1
	answer.violations == {{"subject": "im/account/chen", "evidence": {
		"fields": ["department"],
		"hr_departments": ["FIN"],
		"hr_positions": ["會計"],
		"stated_department": "SAL",
		"stated_position": "會計",
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"another position": [{"accounts/0/position": "出納"}, ["position"]],
		"both": [{"accounts/0/position": "出納", "accounts/0/department_code": "SAL"}, ["department", "position"]],
		"no department": [{"accounts/0/department_code": ""}, ["department"]],
		"no department, and the position of before a transfer": [
			{"accounts/0/department_code": "", "accounts/0/position": "倉管員", "transfers": [_transfer]},
			["department"],
		],
		"of before a transfer that is too long ago": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [object.union(_transfer, {"effective_ends_at": "2026-04-03T15:59:58Z"})],
			},
			["department"],
		],
		"of before a transfer that is not the latest": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [_transfer, object.union(_transfer, {
					"uid": "reg/transfer/t2",
					"from_department": "SAL",
					"effective_ends_at": "2026-08-20T16:00:00Z",
				})],
			},
			["department"],
		],
		"of before a transfer that is still to come": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [object.union(_transfer, {"effective_ends_at": "2026-10-01T16:00:00Z"})],
			},
			["department"],
		],
		"of before somebody else's transfer": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [object.union(_transfer, {"person": "hr/person/gao"})],
			},
			["department"],
		],
		"on leave": [{"people/0/status": "leave", "accounts/0/department_code": "SAL"}, ["department"]],
		"locked": [{"accounts/0/state": "locked", "accounts/0/department_code": "SAL"}, ["department"]],
		"will leave": [
			{"people/0/last_day_ends_at": "2026-10-31T16:00:00Z", "accounts/0/department_code": "SAL"},
			["department"],
		],
	}
	answer := _answer(case[0])

	answer.population == 1
	{row.evidence.fields | some row in answer.violations} == {case[1]}
	answer.unknown == set()
}

test_the_second_post_is_named_as_well if {
	answer := _answer({
		"accounts/0/department_code": "",
		"people/0/posts": [{"department_code": "SAL", "position": "顧問"}],
	})

	{row.evidence | some row in answer.violations} == {{
		"fields": ["department"],
		"hr_departments": ["FIN", "SAL"],
		"hr_positions": ["會計", "顧問"],
		"stated_department": "none",
		"stated_position": "會計",
	}}
}

test_a_position_is_asked_for_where_the_company_says_so if {
	answer := check with input as _changed({"accounts/0/position": ""})
		with data.company as _data.company
		with data.as_of as _data.as_of
		with data.cutoff as _data.cutoff
		with data.settings.position_required as "yes"

	{row.evidence.fields | some row in answer.violations} == {["position"]}
	{row.evidence.stated_position | some row in answer.violations} == {"none"}
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
		"closed": {"accounts/0/state": "deactivated"},
		"a robot": {"accounts/0/kind": "bot"},
		"a guest": {"accounts/0/kind": "guest"},
		"nobody's": {"accounts/0/holder": null},
		"left": {"people/0/status": "left", "people/0/last_day_ends_at": "2026-09-01T16:00:00Z"},
		"not yet hired": {"people/0/status": "prehire", "people/0/hire_day_starts_at": "2026-10-07T16:00:00Z"},
	}
	answer := _answer(object.union({"accounts/0/department_code": "SAL"}, changes))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"department of the account": [
			{"accounts/0/department_code": null, "accounts/0/unknown/department_code": "stale"},
			"stale",
		],
		"position of the account": [
			{
				"accounts/0/department_code": "FIN",
				"accounts/0/position": null,
				"accounts/0/unknown/position": "stale",
			},
			"stale",
		],
		"a department that HR does not have": [{"accounts/0/department_code": "財務"}, "unparsable"],
		"department of the person": [
			{"people/0/department_code": null, "people/0/unknown/department_code": "stale"},
			"stale",
		],
		"position of the person": [
			{
				"accounts/0/department_code": "FIN",
				"accounts/0/position": "出納",
				"people/0/position": null,
				"people/0/unknown/position": "stale",
			},
			"stale",
		],
		"state": [{"accounts/0/state": "unknown", "accounts/0/unknown/state": "stale"}, "stale"],
		"kind": [{"accounts/0/kind": "unknown", "accounts/0/unknown/kind": "stale"}, "stale"],
		"holder": [{"accounts/0/holder": null, "accounts/0/unknown/holder": "stale"}, "stale"],
		"somebody who is on no file": [{"accounts/0/holder": "hr/person/nobody"}, "not_collected"],
		"last day": [{"people/0/unknown/last_day_ends_at": "stale"}, "stale"],
		"hire date": [{"people/0/hire_day_starts_at": null, "people/0/unknown/hire_day_starts_at": "stale"}, "stale"],
		"status": [
			{"people/0/status": "unknown", "people/0/unknown/status": "stale"},
			"stale",
		],
		"who moved": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [object.union(object.remove(_transfer, ["person"]), {"unknown": {"person": "stale"}})],
			},
			"stale",
		],
		"when": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [object.union(
					object.remove(_transfer, ["effective_ends_at"]),
					{"unknown": {"effective_ends_at": "stale"}},
				)],
			},
			"stale",
		],
		"from which department": [
			{
				"accounts/0/department_code": "OPS",
				"transfers": [object.union(
					object.remove(_transfer, ["from_department"]),
					{"unknown": {"from_department": "stale"}},
				)],
			},
			"stale",
		],
		"from which position": [
			{
				"accounts/0/department_code": "FIN",
				"accounts/0/position": "倉管員",
				"transfers": [object.union(
					object.remove(_transfer, ["from_position"]),
					{"unknown": {"from_position": "stale"}},
				)],
			},
			"stale",
		],
	}
	answer := _answer(object.union({"accounts/0/department_code": "SAL"}, case[0]))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": case[1]}}
}

test_what_became_of_a_department_may_not_be_known[name] if {
	departments := json.patch(_data.company.departments, [
		{"op": "remove", "path": "4/merged_into"},
		{"op": "add", "path": "4/unknown/merged_into", "value": "stale"},
	])
	some name, changes in {
		"of the one that HR has": {"people/0/department_code": "MKT", "accounts/0/department_code": "SAL"},
		"of the one that the account states": {"accounts/0/department_code": "MKT"},
		"of the one before the transfer": {
			"accounts/0/department_code": "OPS",
			"transfers": [object.union(_transfer, {"from_department": "MKT"})],
		},
	}
	answer := check with input as _changed(changes)
		with data.company.departments as departments
		with data.as_of as _data.as_of
		with data.cutoff as _data.cutoff
		with data.settings as _data.settings

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {
		"another department": {"accounts/0/department_code": "SAL"},
		"another position": {"accounts/0/position": "出納"},
		"no department": {"accounts/0/department_code": ""},
		"another one than before a transfer": {"accounts/0/department_code": "SAL", "transfers": [_transfer]},
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
		"as it is": {},
		"no position": {"accounts/0/position": ""},
		"the second post": {
			"people/0/posts": [{"department_code": "SAL", "position": "顧問"}],
			"accounts/0/department_code": "SAL",
			"accounts/0/position": "顧問",
		},
		"the department was renamed": {"people/0/department_code": "LEG", "accounts/0/department_code": "LAW"},
		"the department was merged": {"people/0/department_code": "SAL", "accounts/0/department_code": "MKT"},
		"HR has the old code": {"people/0/department_code": "MKT", "accounts/0/department_code": "SAL"},
		"of before a transfer: 5.3-d": {"accounts/0/department_code": "OPS", "transfers": [_transfer]},
		"of before a transfer, in grace": {
			"accounts/0/position": "倉管員",
			"transfers": [object.union(_transfer, {"effective_ends_at": "2026-09-30T16:00:00Z"})],
		},
		"of before a transfer, on the last day of the window": {
			"accounts/0/position": "倉管員",
			"transfers": [object.union(_transfer, {"effective_ends_at": "2026-04-03T15:59:59Z"})],
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
	"cutoff": {"mover_window_days": "2026-04-03T15:59:59Z"},
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
	"transfers": [],
	"context": {"accounts": [], "people": [{"uid": "hr/person/gao", "posts": [], "unknown": {}}], "transfers": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
