package checks["9.1-c_test"]

import future.keywords.not

import data.checks["9.1-c"] as check

test_an_untouched_report_is_a_violation if {
	document := _document({})
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	answer.population == 1
	answer.violations == {{
		"subject": "reg/violation_report/1",
		"evidence": {
			"case": "untouched",
			"first_action_at": "none",
			"handler": "hr/person/handler",
			"received_at": "2026-08-03T02:00:00Z",
			"working_days": "none",
		},
		"owner": "hr/person/hr-head",
	}}
	answer.unknown == set()
}

test_a_report_that_was_acted_on_late_is_one_too if {
	document := _document(_acted("2026-08-11"))
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	{violation.evidence | some violation in answer.violations} == {{
		"case": "acted_late",
		"first_action_at": "2026-08-11T08:00:00Z",
		"handler": "hr/person/handler",
		"received_at": "2026-08-03T02:00:00Z",
		"working_days": 6,
	}}
}

_wrong := {
	"acted on the sixth working day": {"changes": _acted("2026-08-11"), "case": "acted_late", "days": 6},
	"by nobody, a program answered": {
		"changes": object.union(_acted("2026-08-03"), {"first_action_by": null}),
		"case": "automatic_reply",
		"days": 0,
	},
	"by whom it is about": {
		"changes": object.union(_acted("2026-08-04"), {"first_action_by": "hr/person/accused"}),
		"case": "own_case",
		"days": 1,
	},
	"acted after the snapshot": {"changes": _acted("2026-10-01"), "case": "untouched", "days": "none"},
	"acted late, nobody knows who": {
		"changes": object.union(_acted("2026-08-11"), {
			"first_action_by": null,
			"unknown/first_action_by": "stale",
		}),
		"case": "acted_late",
		"days": 6,
	},
	"the term ended a second ago": {
		"changes": _received("2026-09-22T15:59:59Z", "2026-09-22T23:59:59"),
		"case": "untouched",
		"days": "none",
	},
	"of the quarter before, untouched": {
		"changes": _received("2026-06-02T02:00:00Z", "2026-06-02T10:00:00"),
		"case": "untouched",
		"days": "none",
	},
	"of the quarter before, first touched in this one": {
		"changes": object.union(_received("2026-06-02T02:00:00Z", "2026-06-02T10:00:00"), _acted("2026-08-03")),
		"case": "acted_late",
		"days": 44,
	},
	"of the quarter before, answered by a program then": {
		"changes": object.union_n([
			_received("2026-06-02T02:00:00Z", "2026-06-02T10:00:00"),
			_acted("2026-06-03"),
			{"first_action_by": null},
		]),
		"case": "automatic_reply",
		"days": 1,
	},
	"taken back too late": {"changes": _withdrawn("2026-08-11"), "case": "untouched", "days": "none"},
	"taken back after the snapshot": {"changes": _withdrawn("2026-10-01"), "case": "untouched", "days": "none"},
}

test_what_is_wrong[name] if {
	some name, case in _wrong
	document := _document(case.changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	answer.population == 1
	[violation.evidence.case | some violation in answer.violations] == [case.case]
	[violation.evidence.working_days | some violation in answer.violations] == [case.days]
	answer.unknown == set()
}

test_who_acts[name] if {
	some name, case in {
		"the handler's head": {"changes": {}, "owner": "hr/person/hr-head"},
		"nobody handles it": {"changes": {"handler": null}, "owner": "hr/person/sal-head"},
		"about the handler's head": {"changes": {"about": ["hr/person/hr-head"]}, "owner": "hr/person/above"},
		"about two heads": {"changes": {"about": ["hr/person/hr-head", "hr/person/above"]}, "owner": "hr/person/top"},
		"about all heads": {
			"changes": {"about": ["hr/person/hr-head", "hr/person/above", "hr/person/top"]},
			"owner": "none",
		},
	}
	document := _document(case.changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	[object.get(violation, "owner", "none") | some violation in answer.violations] == [case.owner]
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

# received on a Friday, five working days before the next one
_in_the_week_before("acted on the Saturday after it") := _received("2026-08-07T02:00:00Z", "2026-08-07T10:00:00")

_in_the_week_before(name) := {} if name != "acted on the Saturday after it"

test_these_are_outside[name] if {
	some name, changes in {
		"taken back in time": _withdrawn("2026-08-10"),
		"of the next quarter": _received("2026-09-30T16:00:00Z", "2026-10-01T00:00:00"),
		"late, and dealt with, in the quarter before": object.union(
			_received("2026-06-02T02:00:00Z", "2026-06-02T10:00:00"),
			_acted("2026-06-30"),
		),
	}
	document := _document(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	answer.population == 0
	answer.violations | answer.unknown == set()
}

_open := {
	"when it came in, something being done the quarter before": {
		"changes": object.union(_acted("2026-06-03"), {"received_at": null, "unknown/received_at": "stale"}),
		"reason": "stale",
	},
	"when it came in": {
		"changes": {"received_at": null, "unknown/received_at": "stale"},
		"reason": "stale",
	},
	"day on which it came in": {
		"changes": object.union(_acted("2026-08-04"), {"received_local": null, "unknown/received_local": "stale"}),
		"reason": "stale",
	},
	"when something was done": {"changes": {"unknown/first_action_at": "redacted"}, "reason": "redacted"},
	"day of the first action": {
		"changes": object.union(_acted("2026-08-04"), {
			"first_action_local": null,
			"unknown/first_action_local": "stale",
		}),
		"reason": "stale",
	},
	"who did it": {
		"changes": object.union(_acted("2026-08-04"), {"first_action_by": null, "unknown/first_action_by": "stale"}),
		"reason": "stale",
	},
	"who did it, in the second in which it came in": {
		"changes": {
			"first_action_at": "2026-08-03T02:00:00Z",
			"first_action_local": "2026-08-03T10:00:00",
			"unknown/first_action_by": "stale",
		},
		"reason": "stale",
	},
	"who is in no file": {
		"changes": object.union(_acted("2026-08-04"), {"first_action_by": "hr/person/nobody"}),
		"reason": "not_collected",
	},
	"about whom it is": {
		"changes": object.union(_acted("2026-08-04"), {"about": null, "unknown/about": "stale"}),
		"reason": "stale",
	},
	"about somebody in no file": {
		"changes": object.union(_acted("2026-08-04"), {"about": ["hr/person/nobody"]}),
		"reason": "not_collected",
	},
	"whether it was taken back": {"changes": {"unknown/withdrawn_at": "stale"}, "reason": "stale"},
	"day on which it was taken back": {
		"changes": object.union(_withdrawn("2026-08-04"), {
			"withdrawn_local": null,
			"unknown/withdrawn_local": "stale",
		}),
		"reason": "stale",
	},
	"a day that no calendar has": {
		"changes": object.union(_acted("2026-08-04"), {"first_action_local": "1999-08-04T10:00:00"}),
		"reason": "not_collected",
	},
	"done before it came in": {
		"changes": object.union(_acted("2026-08-03"), {"first_action_at": "2026-08-03T01:59:59Z"}),
		"reason": "ambiguous",
	},
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in _open
	document := _document(case.changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.cutoff as document.data.cutoff
		with data.calendar as document.data.calendar
		with data.root as document.data.root
		with data.company as document.data.company

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/violation_report/1", "reason": case.reason}}
}

# decides nothing: violation_report.department_code: the rule asks people for their department, no report for its own
# what the law of missing facts is tried on: each document gives a violation
violating := {name: _document(changes) |
	some name, changes in {
		"untouched": {},
		"untouched, about the head of who handles it": {"about": ["hr/person/hr-head"]},
		"acted late": _acted("2026-08-12"),
		"by whom it is about": object.union(_acted("2026-08-04"), {"first_action_by": "hr/person/accused"}),
		"a program answered": object.union(_acted("2026-08-04"), {"first_action_by": null}),
		"taken back too late": _withdrawn("2026-08-12"),
		"of the quarter before": _received("2026-06-02T02:00:00Z", "2026-06-02T10:00:00"),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": document.input, "data": {
	"as_of": document.data.as_of,
	"period": document.data.period,
	"settings": document.data.settings,
	"cutoff": document.data.cutoff,
	"calendar": document.data.calendar,
	"root": document.data.root,
	"company": document.data.company,
}} |
	some name, changes in {
		"acted on in the second in which it came in": object.union(
			_acted("2026-08-03"),
			{"first_action_at": "2026-08-03T02:00:00Z", "first_action_local": "2026-08-03T10:00:00"},
		),
		"acted on the same day": _acted("2026-08-03"),
		"acted on the fifth working day": _acted("2026-08-10"),
		"acted on the Saturday after it": _acted("2026-08-15"),
		"the term is not over": _received("2026-09-22T16:00:00Z", "2026-09-23T00:00:00"),
		"nobody is named": object.union(_acted("2026-08-04"), {"about": []}),
		"taken back after the snapshot, and soon": object.union(
			_received("2026-09-23T02:00:00Z", "2026-09-23T10:00:00"),
			_withdrawn("2026-10-01"),
		),
	}
	document := _document(object.union(_in_the_week_before(name), changes))
}

# the document with values put at paths of the record; null takes away
_document(changes) := json.patch(_base, [step |
	some path, value in changes
	place := concat("/", ["input/violation_reports/0", path])
	some step in [
		{"op": "add", "path": place, "value": value},
		{"op": "remove", "path": {true: place, false: "nothing"}[is_null(value)]},
	]
	step.path != "nothing"
])

_base := {
	"input": {
		"department": "SAL",
		"violation_reports": [_report],
		"people": [_person("accused", "SAL"), _person("sal-head", "SAL")],
		"context": {"people": [
			_person("handler", "HR"), _person("hr-head", "HR"), _person("above", "ADM"), _person("top", "GD"),
		]},
	},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"period": {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"},
		"settings": {"report_working_days": 5},
		"cutoff": {"report_working_days": "2026-09-22T16:00:00Z"},
		"calendar": {"days": _days},
		"root": "GD",
		"company": {"departments": [
			_department("GD", {"heads": [{"person": "hr/person/top", "acting": "no"}]}),
			_department("ADM", {"parent": "GD", "heads": [{"person": "hr/person/above", "acting": "no"}]}),
			_department("HR", {"parent": "ADM", "heads": [{"person": "hr/person/hr-head", "acting": "no"}]}),
			_department("SAL", {"parent": "GD", "heads": [{"person": "hr/person/sal-head", "acting": "no"}]}),
		]},
	},
}

_department(code, fields) := object.union(
	{"uid": concat("/", ["hr/department", code]), "code": code, "renamed_from": [], "unknown": {}},
	fields,
)

_person(name, code) := {"uid": concat("/", ["hr/person", name]), "department_code": code, "unknown": {}}

_acted(day) := {
	"first_action_at": concat("", [day, "T08:00:00Z"]),
	"first_action_local": concat("", [day, "T16:00:00"]),
	"first_action_by": "hr/person/handler",
}

_withdrawn(day) := {
	"withdrawn_at": concat("", [day, "T08:00:00Z"]),
	"withdrawn_local": concat("", [day, "T16:00:00"]),
}

_received(at, by_the_clock) := {"received_at": at, "received_local": by_the_clock}

_report := {
	"uid": "reg/violation_report/1",
	"number": "1",
	"department_code": "SAL",
	"about": ["hr/person/accused"],
	"received_at": "2026-08-03T02:00:00Z",
	"received_local": "2026-08-03T10:00:00",
	"handler": "hr/person/handler",
	"unknown": {},
}

# 2026-08-03 is a Monday; a Saturday has the ordinal of the day before
_days := {day: {"ordinal": ordinal, "working": true} |
	some day, ordinal in {
		"2026-06-02": 100,
		"2026-06-03": 101,
		"2026-06-30": 120,
		"2026-08-03": 144,
		"2026-08-04": 145,
		"2026-08-07": 148,
		"2026-08-10": 149,
		"2026-08-11": 150,
		"2026-08-12": 151,
		"2026-08-14": 153,
		"2026-08-15": 153,
		"2026-09-22": 180,
		"2026-09-23": 181,
		"2026-10-01": 186,
	}
}
