package checks["5.3-e_test"]

import future.keywords.not

import data.checks["5.3-e"] as check

test_a_leaver_who_handed_nothing_over_is_a_violation if {
	answer := _answer({"handovers": []})

	answer.population == 1
	answer.violations == {{"subject": "hr/person/chen", "evidence": {
		"cases": ["no_handover"],
		"completed_at": "none",
		"last_working_day": "2026-08-14",
		"open_items": 0,
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"late by a second": [{"handovers/0/completed_at": "2026-08-14T16:00:01Z"}, ["late_handover"], 0],
		"not complete": [{"handovers/0/completed_at": null}, ["incomplete"], 0],
		"an item is open": [{"handovers/0/items/1/done": "no"}, ["incomplete"], 1],
		"confirmed by nobody": [{"handovers/0/confirmed_by": null}, ["not_confirmed"], 0],
		"confirmed by the leaver": [{"handovers/0/confirmed_by": "hr/person/chen"}, ["not_confirmed"], 0],
		"all of it": [
			{
				"handovers/0/completed_at": "2026-08-20T00:00:00Z",
				"handovers/0/items/0/done": "no",
				"handovers/0/items/1/done": "no",
				"handovers/0/confirmed_by": null,
			},
			["late_handover", "incomplete", "not_confirmed"], 2,
		],
		"nothing to hand over, and nobody says so": [
			{"handovers/0/required": "no", "handovers/0/completed_at": null, "handovers/0/confirmed_by": null},
			["not_confirmed"], 0,
		],
		"only that of the employment before": [
			{"people/0/employments": _twice, "handovers/0/last_working_day": "2026-04-10"},
			["no_handover"], 0,
		],
		"the second post": [
			{"people/0/posts": _second, "handovers/-": _of_second({"completed_at": null})},
			["incomplete"], 0,
		],
		"of the second post not a word": [
			{"people/0/posts": _second, "handovers/0/department_code": "FIN"},
			["no_handover"], 0,
		],
		"the main post": [
			{"people/0/posts": _second, "handovers": [_of_second({})]},
			["no_handover"], 0,
		],
		"a contractor": [{"people/0/employment_type": "contractor", "handovers": []}, ["no_handover"], 0],
		"left on the last day of the quarter": [
			object.union(_leaving("2026-09-30", "2026-09-30T16:00:00Z"), {"handovers": []}),
			["no_handover"], 0,
		],
		"somebody else's": [{"handovers/0/person": "hr/person/gao"}, ["no_handover"], 0],
	}
	answer := _answer(case[0])

	answer.population == 1
	{[row.evidence.cases, row.evidence.open_items] | some row in answer.violations} == {[case[1], case[2]]}
	answer.unknown == set()
}

test_of_two_leavings_the_later_one_is_shown if {
	answer := _answer({
		"handovers": [],
		"people/0/employments/-": object.union(_employment, {
			"hire_date": "2026-08-20",
			"hire_day_starts_at": "2026-08-19T16:00:00Z",
			"last_working_day": "2026-09-10",
			"last_day_ends_at": "2026-09-10T16:00:00Z",
		}),
	})

	answer.population == 1
	{row.evidence.last_working_day | some row in answer.violations} == {"2026-09-10"}
}

test_of_two_leavings_the_one_that_was_not_handed_over_is_shown if {
	answer := _answer({
		"handovers": [object.union(_handover, {
			"last_working_day": "2026-09-10",
			"completed_at": "2026-09-10T02:00:00Z",
		})],
		"people/0/employments/-": object.union(_employment, {
			"hire_date": "2026-08-20",
			"hire_day_starts_at": "2026-08-19T16:00:00Z",
			"last_working_day": "2026-09-10",
			"last_day_ends_at": "2026-09-10T16:00:00Z",
		}),
	})

	{row.evidence.last_working_day | some row in answer.violations} == {"2026-08-14"}
}

test_a_post_that_was_handed_over_is_not_shown if {
	answer := _answer({
		"people/0/posts": _second,
		"handovers/0/department_code": "FIN",
		"handovers/-": _of_second({"completed_at": null}),
	})

	{row.evidence.completed_at | some row in answer.violations} == {"none"}
}

test_of_two_completions_the_later_one_is_shown if {
	answer := _answer({
		"handovers/0/completed_at": "2026-08-16T00:00:00Z",
		"handovers/-": object.union(_handover, {"uid": "h2", "completed_at": "2026-08-15T00:00:00Z"}),
	})

	{row.evidence.completed_at | some row in answer.violations} == {"2026-08-16T00:00:00Z"}
}

test_these_are_fine[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"nothing to hand over": {"handovers/0/required": "no", "handovers/0/completed_at": null},
		"will leave": object.union(_leaving("2026-10-31", "2026-10-31T16:00:00Z"), {"handovers": []}),
		"left before the quarter": object.union(_leaving("2026-06-30", "2026-06-30T16:00:00Z"), {"handovers": []}),
		"no employee": {"handovers": [], "people/0/employment_type": "external"},
		"moves only": {
			"handovers": [],
			"people/0/status": "active",
			"people/0/last_day_ends_at": null,
			"people/0/last_working_day": null,
			"people/0/employments": [object.remove(_employment, ["last_day_ends_at", "last_working_day"])],
		},
	}
	answer := _answer(changes)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"last day": {
			"people/0/last_day_ends_at": null,
			"people/0/last_working_day": null,
			"people/0/employments": [],
			"people/0/unknown/last_day_ends_at": "stale",
		},
		"whether the person has left": {
			"people/0/status": "unknown",
			"people/0/unknown/status": "stale",
			"people/0/last_day_ends_at": null,
			"people/0/last_working_day": null,
			"people/0/employments": [],
		},
		"kind of employment": {
			"handovers": [],
			"people/0/employment_type": "unknown",
			"people/0/unknown/employment_type": "stale",
		},
		"whose it is": {"handovers/0/person": null, "handovers/0/unknown/person": "stale"},
		"whether there is anything": {
			"handovers/0/required": "unknown",
			"handovers/0/unknown/required": "stale",
			"handovers/0/completed_at": null,
		},
		"when it was complete": {"handovers/0/completed_at": null, "handovers/0/unknown/completed_at": "stale"},
		"items": {"handovers/0/items": null, "handovers/0/unknown/items": "stale"},
		"who confirmed it": {"handovers/0/confirmed_by": null, "handovers/0/unknown/confirmed_by": "stale"},
		"for which post": {"people/0/posts": _second, "handovers/0/unknown/department_code": "stale"},
		"of which employment": {
			"people/0/employments": _twice,
			"handovers/0/last_working_day": null,
			"handovers/0/unknown/last_working_day": "stale",
		},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/person/chen", "reason": "stale"}}
}

test_an_item_of_which_nobody_says_whether_it_was_done_is_unknown if {
	answer := _answer({"handovers/0/items/0/done": "unknown"})

	answer.violations == set()
	answer.unknown == {{"subject": "hr/person/chen", "reason": "not_collected"}}
}

# may accuse: person: the register is that of all departments, and what somebody else handed over serves nobody but him
# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": parts.input, "data": {
	"company": _company(parts.handovers),
	"as_of": _as_of,
	"period": _period,
	"settings": _settings,
}} |
	some name, changes in {
		"nothing": {"handovers": []},
		"late": {"handovers/0/completed_at": "2026-08-20T00:00:00Z"},
		"not complete": {"handovers/0/items/1/done": "no"},
		"by the leaver": {"handovers/0/confirmed_by": "hr/person/chen"},
		"no need, not confirmed": {"handovers/0/required": "no", "handovers/0/confirmed_by": "hr/person/chen"},
		"the second post": {
			"people/0/posts": _second,
			"handovers/0/department_code": "FIN",
			"handovers/-": _of_second({"completed_at": "2026-08-20T00:00:00Z"}),
		},
	}
	parts := _parts(changes)
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": parts.input, "data": {
	"company": _company(parts.handovers),
	"as_of": _as_of,
	"period": _period,
	"settings": _settings,
}} |
	some name, changes in {
		"as it is": {},
		"on the stroke of midnight": {"handovers/0/completed_at": "2026-08-14T16:00:00Z"},
		"nothing is listed": {"handovers/0/items": []},
		"a backup only": {"handovers/0/items": [{"kind": "backup", "what": "郵箱", "done": "yes"}]},
		"planned for another day": {"handovers/0/last_working_day": "2026-08-31"},
		"without a day, in the only employment": {"handovers/0/last_working_day": null},
		"a second one is in order": {
			"handovers/0/completed_at": null,
			"handovers/-": object.union(_handover, {"uid": "h2"}),
		},
		"for which post, of one": {"handovers/0/unknown/department_code": "stale"},
		"one for both posts": {"people/0/posts": _second},
		"one for each post": {
			"people/0/posts": _second,
			"handovers/0/department_code": "FIN",
			"handovers/-": _of_second({}),
		},
		"the second post has nothing": {
			"people/0/posts": _second,
			"handovers/-": _of_second({"required": "no", "completed_at": null}),
		},
		"the department by its old code": {
			"people/0/department_code": "LEG",
			"people/0/posts": _second,
			"handovers/0/department_code": "LAW",
			"handovers/-": _of_second({}),
		},
		"a department of which nobody has heard": {
			"people/0/posts": _second,
			"handovers/0/department_code": "X",
			"handovers/-": _of_second({}),
		},
	}
	parts := _parts(changes)
}

_answer(changes) := answer if {
	parts := _parts(changes)
	answer := check with input as parts.input
		with data.company as _company(parts.handovers)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"covered_employment_types": ["employee", "contractor", "intern"]}

_company(rows) := {"handovers": rows, "departments": [
	{"uid": "hr/department/FIN", "code": "FIN", "renamed_from": [], "unknown": {}},
	{"uid": "hr/department/RD", "code": "RD", "renamed_from": [], "unknown": {}},
	{"uid": "hr/department/LEG", "code": "LEG", "renamed_from": ["LAW"], "unknown": {}},
]}

_second := [{"department_code": "RD", "position": "培訓師"}]

_of_second(changes) := object.filter(row, {field | some field, value in row; not is_null(value)}) if {
	row := object.union_n([_handover, {"uid": "h2", "department_code": "RD"}, changes])
}

_employment := {
	"hire_date": "2020-03-01",
	"hire_day_starts_at": "2020-02-29T16:00:00Z",
	"last_working_day": "2026-08-14",
	"last_day_ends_at": "2026-08-14T16:00:00Z",
}

_twice := [
	{
		"hire_date": "2015-03-01",
		"hire_day_starts_at": "2015-02-28T16:00:00Z",
		"last_working_day": "2026-04-10",
		"last_day_ends_at": "2026-04-10T16:00:00Z",
	},
	object.union(_employment, {"hire_date": "2026-07-20", "hire_day_starts_at": "2026-07-19T16:00:00Z"}),
]

_leaving(day, ends_at) := {
	"people/0/last_working_day": day,
	"people/0/last_day_ends_at": ends_at,
	"people/0/employments": [object.union(_employment, {"last_working_day": day, "last_day_ends_at": ends_at})],
}

_handover := {
	"uid": "reg/handover/h1",
	"number": "h1",
	"person": "hr/person/chen",
	"last_working_day": "2026-08-14",
	"required": "yes",
	"items": [
		{"kind": "task", "what": "月結", "done": "yes"},
		{"kind": "data", "what": "郵箱", "done": "yes"},
	],
	"completed_at": "2026-08-13T02:00:00Z",
	"confirmed_by": "hr/person/gao",
	"unknown": {},
}

_shard := {
	"people": [
		{
			"uid": "hr/person/chen",
			"status": "left",
			"employment_type": "employee",
			"department_code": "FIN",
			"posts": [],
			"last_working_day": "2026-08-14",
			"last_day_ends_at": "2026-08-14T16:00:00Z",
			"employments": [_employment],
			"unknown": {},
		},
		{
			"uid": "hr/person/gao",
			"status": "active",
			"employment_type": "employee",
			"department_code": "FIN",
			"posts": [],
			"employments": [],
			"unknown": {},
		},
	],
	"context": {"people": []},
}

# the shard and the handovers with values put at paths; null takes away
_parts(changes) := {"input": object.remove(changed, ["handovers"]), "handovers": changed.handovers} if {
	changed := json.patch(object.union(_shard, {"handovers": [_handover]}), [step |
		some path, value in changes
		step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
	])
}
