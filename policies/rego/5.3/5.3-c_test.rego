package checks["5.3-c_test"]

import future.keywords.not

import data.checks["5.3-c"] as check

test_a_leaving_of_which_nobody_told_is_a_violation if {
	answer := _answer({"hr_notices": []})

	answer.population == 2
	answer.violations == {
		{"subject": "hr/person/chen", "evidence": {
			"case": "not_told",
			"effective_on": "2026-08-14",
			"kind": "leaver",
			"left_recorded_at": "2026-08-20T02:00:00Z",
			"sent_at": "none",
		}},
		{"subject": "reg/transfer/t1", "evidence": {
			"case": "not_told",
			"effective_on": "2026-08-03",
			"kind": "mover",
			"left_recorded_at": "none",
			"sent_at": "none",
		}},
	}
	answer.unknown == set()
}

test_a_notice_that_came_late_is_a_violation if {
	answer := _answer({
		"hr_notices/0/sent_at": "2026-08-14T16:00:01Z",
		"hr_notices/1/sent_at": "2026-08-03T16:00:01Z",
		"people/0/left_recorded_at": null,
	})

	{[row.evidence.kind, row.evidence.case, row.evidence.sent_at] | some row in answer.violations} == {
		["leaver", "told_late", "2026-08-14T16:00:01Z"],
		["mover", "told_late", "2026-08-03T16:00:01Z"],
	}
	{row.evidence.left_recorded_at | some row in answer.violations} == {"none"}
	answer.unknown == set()
}

test_of_two_late_notices_the_first_is_shown if {
	answer := _answer({
		"hr_notices/0/sent_at": "2026-08-25T00:00:00Z",
		"hr_notices/-": object.union(_leaver_notice, {"uid": "n3", "sent_at": "2026-08-20T00:00:00Z"}),
	})

	{row.evidence.sent_at | some row in answer.violations} == {"2026-08-20T00:00:00Z"}
}

test_these_are_in_time[name] if {
	some name, changes in {
		"as they are": {},
		"on the stroke of midnight": {
			"hr_notices/0/sent_at": "2026-08-14T16:00:00Z",
			"hr_notices/1/sent_at": "2026-08-03T16:00:00Z",
		},
		"planned for another day": {"hr_notices/0/effective_on": "2026-07-31"},
		"a transfer planned for another day": {"hr_notices/1/effective_on": "2026-07-31"},
		"a transfer named by its number": {
			"hr_notices/1/effective_on": "2026-01-31",
			"hr_notices/1/sent_at": "2025-12-01T00:00:00Z",
			"hr_notices/1/transfer": "reg/transfer/t1",
		},
		"long before, for this very day": {"hr_notices/0/sent_at": "2025-09-01T00:00:00Z"},
		"for another day, as old as may be": {
			"hr_notices/0/effective_on": "2026-07-31",
			"hr_notices/0/sent_at": "2026-02-15T16:00:00Z",
		},
		"a notice of a leaving that names a transfer": {"hr_notices/0/transfer": "reg/transfer/t9"},
		"beside a transfer that was over": {
			"hr_notices/1/effective_on": "2026-07-31",
			"transfers/-": object.union(_later, {
				"effective_on": "2026-07-01", "effective_ends_at": "2026-07-01T16:00:00Z",
				"uid": "reg/transfer/t0",
			}),
			"hr_notices/-": object.union(_mover_notice, {
				"uid": "n0", "transfer": "reg/transfer/t0",
				"sent_at": "2026-06-20T00:00:00Z",
			}),
		},
		"told late as well": {"hr_notices/-": object.union(_leaver_notice, {"uid": "n3", "sent_at": "2026-08-20T00:00:00Z"})},
		"beside a transfer that was none": {
			"hr_notices/1/effective_on": "2026-07-31",
			"transfers/-": object.union(_later, {
				"from_department": "LAW", "effective_on": "2026-08-05",
				"effective_ends_at": "2026-08-05T16:00:00Z",
			}),
		},
		"the notice before was about the employment before": {
			"people/0/employments": _twice("2026-04-10"),
			"hr_notices/0/effective_on": "2026-07-31",
		},
	}
	answer := _answer(changes)

	answer.population == 2 + count({name} & {"beside a transfer that was over"})
	answer.violations | answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"the notice is of another kind": [{"hr_notices/0/kind": "joiner"}, "hr/person/chen"],
		"the notice is about another one": [{"hr_notices/0/person": "hr/person/gao"}, "hr/person/chen"],
		"for another day, and too old": [
			{"hr_notices/0/effective_on": "2026-07-31", "hr_notices/0/sent_at": "2026-02-15T15:59:59Z"},
			"hr/person/chen",
		],
		"it was the notice of the leaving before": [
			{
				"people/0/employments": _twice("2026-04-10"),
				"hr_notices/0/effective_on": "2026-04-10", "hr_notices/0/sent_at": "2026-04-01T00:00:00Z",
			},
			"hr/person/chen",
		],
		"it was the notice of another transfer": [
			{"hr_notices/1/transfer": "reg/transfer/t2", "transfers/-": _later},
			"reg/transfer/t1",
		],
		"it was the notice of another day": [
			{"hr_notices/1/effective_on": "2026-11-02", "transfers/-": _later},
			"reg/transfer/t1",
		],
		"the first of two leavings": [{"people/0/employments": _twice("2026-07-10")}, "hr/person/chen"],
		"an intern": [{"hr_notices": [_mover_notice], "people/0/employment_type": "intern"}, "hr/person/chen"],
		"left on the last day of the quarter": [_leaving("2026-09-30", "2026-09-30T16:00:00Z"), "hr/person/chen"],
		"left on the first day of the quarter": [_leaving("2026-07-01", "2026-07-01T16:00:00Z"), "hr/person/chen"],
		"another position in the department": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/from_department": "FIN", "transfers/0/from_position": "出納",
				"transfers/0/to_position": "會計",
			},
			"reg/transfer/t1",
		],
		"an added post": [
			{"hr_notices": [_leaver_notice], "transfers/0/kind": "added_post", "transfers/0/from_department": null},
			"reg/transfer/t1",
		],
		"to another position when the department was merged": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/from_department": "MKT", "transfers/0/to_department": "SAL",
				"transfers/0/from_position": "出納", "transfers/0/to_position": "會計",
			},
			"reg/transfer/t1",
		],
		"to the department that swallows one's own later": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/from_department": "MKT", "transfers/0/to_department": "SAL",
				"transfers/0/effective_on": "2026-07-31", "transfers/0/effective_ends_at": "2026-07-31T15:59:59Z",
			},
			"reg/transfer/t1",
		],
	}
	answer := _answer(case[0])

	{row.subject | some row in answer.violations} == {case[1]}
	answer.unknown == set()
}

test_of_two_leavings_the_one_that_nobody_told_of_is_shown if {
	answer := _answer({"people/0/employments": _twice("2026-07-10")})

	{row.evidence.effective_on | some row in answer.violations} == {"2026-07-10"}
}

test_the_day_of_a_transfer_may_not_be_known_by_the_calendar if {
	answer := _answer({"hr_notices": [_leaver_notice], "transfers/0/effective_on": null})

	{row.evidence.effective_on | some row in answer.violations} == {"none"}
}

test_these_are_outside[name] if {
	some name, changes in {
		"will leave": _leaving("2026-10-31", "2026-10-31T16:00:00Z"),
		"left before the quarter": _leaving("2026-06-30", "2026-06-30T16:00:00Z"),
		"does not leave": {
			"hr_notices": [_mover_notice],
			"people/0/status": "active",
			"people/0/last_day_ends_at": null,
			"people/0/last_working_day": null,
			"people/0/employments": [object.remove(_employment, ["last_day_ends_at", "last_working_day"])],
		},
		"no employee": {"hr_notices": [_mover_notice], "people/0/employment_type": "external"},
		"the next employment follows at once": {
			"hr_notices": [_mover_notice],
			"people/0/status": "active",
			"people/0/last_day_ends_at": null,
			"people/0/last_working_day": null,
			"people/0/employments": [
				_employment,
				{"hire_date": "2026-08-15", "hire_day_starts_at": "2026-08-14T16:00:00Z"},
			],
		},
		"a transfer of the quarter before": {
			"hr_notices": [_leaver_notice],
			"transfers/0/effective_ends_at": "2026-06-30T16:00:00Z",
		},
		"a transfer of the next quarter": {
			"hr_notices": [_leaver_notice],
			"transfers/0/effective_ends_at": "2026-10-01T16:00:00Z",
		},
		"the department was renamed": {
			"hr_notices": [_leaver_notice],
			"transfers/0/from_department": "LAW",
			"transfers/0/to_department": "LEG",
		},
		"the department was merged into one that was renamed": {
			"hr_notices": [_leaver_notice],
			"transfers/0/from_department": "MKT", "transfers/0/to_department": "SALES",
			"transfers/0/from_position": "專員", "transfers/0/to_position": "專員",
		},
		"the department was merged": {
			"hr_notices": [_leaver_notice],
			"transfers/0/from_department": "MKT", "transfers/0/to_department": "SAL",
			"transfers/0/from_position": "專員", "transfers/0/to_position": "專員",
		},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_amid_a_quarter_a_day_that_is_not_over_is_outside if {
	answer := check with input as _parts({}).input
		with data.company as _company([])
		with data.as_of as "2026-08-13T15:59:59Z"
		with data.period as _period
		with data.settings as _settings

	answer.population == 1
	{row.subject | some row in answer.violations} == {"reg/transfer/t1"}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"last day": [
			{
				"people/0/last_day_ends_at": null, "people/0/last_working_day": null,
				"people/0/employments": [],
				"people/0/unknown/last_day_ends_at": "stale",
			},
			"hr/person/chen", "stale",
		],
		"status, and no last day": [
			{
				"people/0/last_day_ends_at": null, "people/0/last_working_day": null,
				"people/0/employments": [],
				"people/0/status": "unknown", "people/0/unknown/status": "stale",
			},
			"hr/person/chen", "stale",
		],
		"kind of employment": [
			{
				"people/0/employment_type": "unknown", "people/0/unknown/employment_type": "stale",
				"hr_notices": [_mover_notice],
			},
			"hr/person/chen", "stale",
		],
		"when it was sent": [
			{"hr_notices/0/sent_at": null, "hr_notices/0/unknown/sent_at": "stale"},
			"hr/person/chen", "stale",
		],
		"what it says": [
			{"hr_notices/0/kind": "unknown", "hr_notices/0/unknown/kind": "stale"},
			"hr/person/chen", "stale",
		],
		"whom it is about": [
			{"hr_notices/0/person": null, "hr_notices/0/unknown/person": "stale"},
			"hr/person/chen", "stale",
		],
		"which of two leavings it is about": [
			{
				"people/0/employments": _twice("2026-04-10"),
				"hr_notices/0/effective_on": "2026-04-20", "hr_notices/0/sent_at": "2026-04-10T16:00:00Z",
			},
			"hr/person/chen", "ambiguous",
		],
		"which of two transfers it is about": [
			{"transfers/-": _later, "hr_notices/1/effective_on": "2026-09-30"},
			"reg/transfer/t1", "ambiguous",
		],
		"which of two transfers it is about, one without a day": [
			{"transfers/-": object.remove(_later, ["effective_ends_at"]), "hr_notices/1/effective_on": "2026-09-30"},
			"reg/transfer/t1", "ambiguous",
		],
		"day of the transfer": [
			{"transfers/0/effective_ends_at": null, "transfers/0/unknown/effective_ends_at": "stale"},
			"reg/transfer/t1", "stale",
		],
		"who moves, by a number that no file has": [
			{"transfers/0/person": "hr/person/nobody"},
			"reg/transfer/t1", "not_collected",
		],
		"what became of the department": [
			{"hr_notices": [_leaver_notice], "transfers/0/from_department": "a strange one"},
			"reg/transfer/t1", "not_collected",
		],
		"who moves": [
			{"transfers/0/person": null, "transfers/0/unknown/person": "stale"},
			"reg/transfer/t1", "stale",
		],
		"whether the department was merged": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/from_department": null, "transfers/0/unknown/from_department": "stale",
			},
			"reg/transfer/t1", "stale",
		],
		"to which department": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/to_department": null, "transfers/0/unknown/to_department": "stale",
			},
			"reg/transfer/t1", "stale",
		],
		"to which position, when the department was merged": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/from_department": "MKT", "transfers/0/to_department": "SAL",
				"transfers/0/unknown/to_position": "stale", "transfers/0/from_position": "會計",
			},
			"reg/transfer/t1", "stale",
		],
		"which day a notice was about, of two transfers": [
			{"transfers/-": _later, "hr_notices/1/effective_on": null, "hr_notices/1/unknown/effective_on": "stale"},
			"reg/transfer/t1", "stale",
		],
		"which transfer a notice was about": [
			{"transfers/-": _later, "hr_notices/1/effective_on": "2026-09-30", "hr_notices/1/unknown/transfer": "stale"},
			"reg/transfer/t1", "stale",
		],
		"left, and no last day is given": [
			{"people/0/last_day_ends_at": null, "people/0/last_working_day": null, "people/0/employments": []},
			"hr/person/chen", "not_collected",
		],
		"whether the position changed when the department was merged": [
			{
				"hr_notices": [_leaver_notice],
				"transfers/0/from_department": "MKT", "transfers/0/to_department": "SAL",
				"transfers/0/unknown/from_position": "stale", "transfers/0/to_position": "會計",
			},
			"reg/transfer/t1", "stale",
		],
	}
	answer := _answer(case[0])

	{row | some row in answer.unknown; row.subject == case[1]} == {{"subject": case[1], "reason": case[2]}}
	{row | some row in answer.violations; row.subject == case[1]} == set()
}

# may accuse: person: HR announces people of all departments, and what it says of somebody else says nothing of this one
# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": parts.input, "data": _data(parts)} |
	some name, changes in {
		"nobody told": {"hr_notices": []},
		"told late": {
			"hr_notices/0/sent_at": "2026-08-20T00:00:00Z",
			"hr_notices/1/sent_at": "2026-08-20T00:00:00Z",
			"hr_notices/1/transfer": "reg/transfer/t1",
		},
		"when the department was merged": {
			"hr_notices": [],
			"transfers/0/from_department": "MKT", "transfers/0/to_department": "SAL",
			"transfers/0/from_position": "出納", "transfers/0/to_position": "會計",
		},
	}
	parts := _parts(changes)
}

# who is looked at and has done nothing wrong
innocent := {"told in time": {"input": _parts({}).input, "data": _data(_parts({}))}}

_data(parts) := {"company": _company(parts.hr_notices), "as_of": _as_of, "period": _period, "settings": _settings}

_answer(changes) := answer if {
	parts := _parts(changes)
	answer := check with input as parts.input
		with data.company as _company(parts.hr_notices)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"covered_employment_types": ["employee", "contractor", "intern"], "notice_lookback_days": 180}

_department(code, changes) := object.union(
	{"uid": concat("/", ["hr/department", code]), "code": code, "renamed_from": [], "unknown": {}},
	changes,
)

_company(rows) := {"hr_notices": rows, "departments": [
	_department("FIN", {}),
	_department("OPS", {}),
	_department("SAL", {"renamed_from": ["SALES"]}),
	_department("LEG", {"renamed_from": ["LAW"]}),
	_department("MKT", {"merged_into": "SAL", "valid_until": "2026-07-31T16:00:00Z"}),
]}

_employment := {
	"hire_date": "2020-03-01",
	"hire_day_starts_at": "2020-02-29T16:00:00Z",
	"last_working_day": "2026-08-14",
	"last_day_ends_at": "2026-08-14T16:00:00Z",
}

# an employment before, which ended on a day of April or July
_twice(day) := [
	{
		"hire_date": "2015-03-01",
		"hire_day_starts_at": "2015-02-28T16:00:00Z",
		"last_working_day": day,
		"last_day_ends_at": concat("", [day, "T16:00:00Z"]),
	},
	object.union(_employment, {"hire_date": "2026-07-20", "hire_day_starts_at": "2026-07-19T16:00:00Z"}),
]

_leaving(day, ends_at) := {
	"hr_notices": [_mover_notice],
	"people/0/last_working_day": day,
	"people/0/last_day_ends_at": ends_at,
	"people/0/employments": [object.union(_employment, {"last_working_day": day, "last_day_ends_at": ends_at})],
}

_leaver_notice := {
	"uid": "reg/hr_notice/n1",
	"number": "n1",
	"person": "hr/person/chen",
	"kind": "leaver",
	"effective_on": "2026-08-14",
	"sent_at": "2026-08-10T02:00:00Z",
	"unknown": {},
}

_mover_notice := {
	"uid": "reg/hr_notice/n2",
	"number": "n2",
	"person": "hr/person/gao",
	"kind": "mover",
	"effective_on": "2026-08-03",
	"sent_at": "2026-08-01T02:00:00Z",
	"unknown": {},
}

_later := {
	"uid": "reg/transfer/t2",
	"number": "t2",
	"person": "hr/person/gao",
	"kind": "transfer",
	"from_department": "FIN",
	"to_department": "LEG",
	"effective_on": "2026-11-02",
	"effective_ends_at": "2026-11-02T16:00:00Z",
	"unknown": {},
}

_shard := {
	"people": [{
		"uid": "hr/person/chen",
		"status": "left",
		"employment_type": "employee",
		"last_working_day": "2026-08-14",
		"last_day_ends_at": "2026-08-14T16:00:00Z",
		"left_recorded_at": "2026-08-20T02:00:00Z",
		"employments": [_employment],
		"unknown": {},
	}],
	"transfers": [{
		"uid": "reg/transfer/t1",
		"number": "t1",
		"person": "hr/person/gao",
		"kind": "transfer",
		"from_department": "OPS",
		"to_department": "FIN",
		"effective_on": "2026-08-03",
		"effective_ends_at": "2026-08-03T16:00:00Z",
		"unknown": {},
	}],
	"context": {"people": [{"uid": "hr/person/gao", "employments": [], "unknown": {}}], "transfers": []},
}

# the shard and the notices with values put at paths; null takes away
_parts(changes) := {"input": object.remove(changed, ["hr_notices"]), "hr_notices": changed.hr_notices} if {
	changed := json.patch(object.union(_shard, {"hr_notices": [_leaver_notice, _mover_notice]}), [step |
		some path, value in changes
		step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
	])
}
