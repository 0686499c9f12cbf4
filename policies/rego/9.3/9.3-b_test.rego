package checks["9.3-b_test"]

import future.keywords.not

import data.checks["9.3-b"] as check

test_a_severe_case_that_was_only_talked_about_is_a_violation if {
	answer := _answer(_severe)

	answer.population == 1
	answer.violations == {{"subject": "reg/incident/1", "evidence": {
		"case": "SJ-1",
		"faults": ["too_mild"],
		"gravity": "severe",
		"kinds": ["verbal_warning"],
		"repeated_of": [],
	}}}
	answer.unknown == set()
}

test_mild_or_not[name] if {
	some name, case in {
		"minor and the first": {"changes": {}, "found": 0},
		"severe": {"changes": _severe, "found": 1},
		"a written reminder": {"changes": object.union(_severe, {_kind: "written_reminder"}), "found": 0},
		"no measure, for reasons": {"changes": object.union(_severe, {_kind: "none_with_reasons"}), "found": 0},
		"a fine besides": {"changes": object.union(_severe, _besides({"kind": "fine"})), "found": 0},
		"a written reminder besides": {"changes": object.union(_severe, _besides({"kind": "written_reminder"})), "found": 0},
		"a fine besides, against which he appeals": {
			"changes": object.union(_severe, _besides({"kind": "fine", "appeal_state": "pending"})),
			"found": 0,
		},
		"a fine besides, against which he appealed in vain": {
			"changes": object.union(_severe, _besides({"kind": "fine", "appeal_state": "upheld"})),
			"found": 0,
		},
		"a fine that was overturned": {
			"changes": object.union(_severe, _besides({"kind": "fine", "appeal_state": "overturned"})),
			"found": 1,
		},
		"a fine against another": {
			"changes": object.union(_severe, _besides({"kind": "fine", "person": "hr/person/2", "decided_by": "hr/person/9"})),
			"found": 1,
		},
		"a fine in another case": {
			"changes": object.union(_severe, _besides({"kind": "fine", "case": "reg/incident/2"})),
			"found": 1,
		},
		"a fine that is decided later": {
			"changes": object.union(_severe, _besides({"kind": "fine", "decided_at": "2026-10-20T02:00:00Z"})),
			"found": 1,
		},
		"nobody named": {
			"changes": object.union(
				_severe,
				{"data/company/incidents/0/persons": [], "data/company/dispositions/0/person": null},
			),
			"found": 1,
		},
		"talked to in the quarter before": {
			"changes": object.union(_severe, {_decided_at: "2026-06-30T15:59:59Z"}),
			"found": 0,
		},
		"talked to in the first second": {
			"changes": object.union(_severe, {_decided_at: "2026-06-30T16:00:00Z"}),
			"found": 1,
		},
		"talked to later": {"changes": object.union(_severe, {_decided_at: "2026-09-30T16:00:00Z"}), "found": 0},
		"not confirmed": {"changes": object.union(_severe, {"data/company/incidents/0/confirmed": "no"}), "found": 0},
	}
	answer := _answer(case.changes)

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_only_what_was_certainly_decided_in_the_case_is_told if {
	other := {"kind": "none_with_reasons", "unknown": {"case": "stale"}}
	answer := _answer(object.union_n([_severe, _besides(other), {"data/company/dispositions/1/case": null}]))

	{violation.evidence.kinds | some violation in answer.violations} == {["verbal_warning"]}
}

test_what_was_neither_decided_nor_carried_out_is_no_disposition_yet if {
	answer := _answer(object.union(_severe, {_decided_at: null, "data/company/dispositions/0/executed_at": null}))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_another_ones_earlier_case_repeats_nothing if {
	earlier := {"case": "reg/incident/0", "person": "hr/person/1", "clause": "3.2", "confirmed_at": "2026-01-10T02:00:00Z"}
	answer := _answer({"data/history/cases": [
		earlier,
		object.union(earlier, {"person": "hr/person/2", "clause": "3.1"}),
	]})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_repeats[name] if {
	some name, case in {
		"a year before": {"changes": {"confirmed_at": "2025-07-10T02:00:00Z"}, "found": ["reg/incident/0"]},
		"a second more": {"changes": {"confirmed_at": "2025-07-10T01:59:59Z"}, "found": []},
		"a second before": {"changes": {"confirmed_at": "2026-07-10T01:59:59Z"}, "found": ["reg/incident/0"]},
		"after it": {"changes": {"confirmed_at": "2026-07-10T02:00:01Z"}, "found": []},
		"at the same time": {"changes": {"confirmed_at": "2026-07-10T02:00:00Z"}, "found": []},
		"another clause": {"changes": {"clause": "3.2"}, "found": []},
		"another person": {"changes": {"person": "hr/person/2"}, "found": []},
		"the same case": {"changes": {"case": "reg/incident/1"}, "found": []},
	}
	earlier := object.union(
		{"case": "reg/incident/0", "person": "hr/person/1", "clause": "3.1", "confirmed_at": "2026-01-10T02:00:00Z"},
		case.changes,
	)
	answer := _answer({"data/history/cases": [earlier]})

	[uid | some violation in answer.violations; some uid in violation.evidence.repeated_of] == case.found
	answer.unknown == set()
}

test_records[name] if {
	some name, case in {
		"all there": {"changes": {}, "faults": []},
		"kept nowhere": {"changes": {"decision_ref": null}, "faults": ["no_record"]},
		"decided by nobody": {"changes": {"decided_by": null}, "faults": ["no_record"]},
		"carried out, not decided": {"changes": {"decided_at": null}, "faults": ["no_record"]},
		"carried out before it was decided": {"changes": {"executed_at": "2026-07-20T01:59:59Z"}, "faults": ["no_record"]},
		"carried out at once": {"changes": {"executed_at": "2026-07-20T02:00:00Z"}, "faults": []},
		"not carried out": {"changes": {"executed_at": null}, "faults": []},
		"by himself": {"changes": {"decided_by": "hr/person/1"}, "faults": ["decided_by_self"]},
		"about nobody in particular": {"changes": {"person": null}, "faults": []},
	}
	answer := _answer(_fined(case.changes))

	[fault | some violation in answer.violations; some fault in violation.evidence.faults] == case.faults
	answer.unknown == set()
}

test_every_sanction_needs_a_record[kind] if {
	some kind in ["fine", "performance_deduction", "dismissal", "compensation"]
	answer := _answer({_kind: kind, "data/company/dispositions/0/decision_ref": null})

	count(answer.violations) == 1
}

test_a_reminder_needs_no_record if {
	answer := _answer({_kind: "written_reminder", "data/company/dispositions/0/decision_ref": null})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_report_that_is_an_incident_is_outside if {
	reported := {
		"data/company/incidents": [],
		"input/violation_reports": [object.union(_report, {"unknown": {}})],
	}
	alone := _answer(reported)
	count(alone.violations) == 1

	linked := _answer(object.union(reported, {"input/violation_reports/0/case_of": "reg/incident/2"}))
	linked.population == 0
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"gravity": {
			"changes": {"data/company/incidents/0/gravity": "unknown", "data/company/incidents/0/unknown/gravity": "stale"},
			"reason": "stale",
		},
		"the past": {"changes": {"data/history/state": "missing"}, "reason": "not_collected"},
		"clause": {
			"changes": {"data/company/incidents/0/clause": null, "data/company/incidents/0/unknown/clause": "stale"},
			"reason": "stale",
		},
		"kind": {
			"changes": object.union(_severe, {_kind: "unknown", "data/company/dispositions/0/unknown/kind": "stale"}),
			"reason": "stale",
		},
		"appeal": {
			"changes": object.union(
				_severe,
				{
					"data/company/dispositions/0/appeal_state": "unknown",
					"data/company/dispositions/0/unknown/appeal_state": "stale",
				},
			),
			"reason": "stale",
		},
		"who decided": {
			"changes": {
				_kind: "fine",
				"data/company/dispositions/0/decided_by": null,
				"data/company/dispositions/0/unknown/decided_by": "stale",
			},
			"reason": "stale",
		},
		"who decided, in no file": {
			"changes": {_kind: "fine", "data/company/dispositions/0/decided_by": "nowhere/person/1"},
			"reason": "not_collected",
		},
		"where it is kept": {
			"changes": {
				_kind: "fine",
				"data/company/dispositions/0/decision_ref": null,
				"data/company/dispositions/0/unknown/decision_ref": "stale",
			},
			"reason": "stale",
		},
		"when it was decided": {
			"changes": {_kind: "fine", _decided_at: null, "data/company/dispositions/0/unknown/decided_at": "stale"},
			"reason": "stale",
		},
		"when it was carried out": {
			"changes": {
				_kind: "fine",
				"data/company/dispositions/0/executed_at": null,
				"data/company/dispositions/0/unknown/executed_at": "stale",
			},
			"reason": "stale",
		},
		"who": {
			"changes": object.union(
				_severe,
				{"data/company/incidents/0/persons": null, "data/company/incidents/0/unknown/persons": "ambiguous"},
			),
			"reason": "ambiguous",
		},
		"in which case": {
			"changes": object.union(
				_severe,
				{"data/company/dispositions/0/case": null, "data/company/dispositions/0/unknown/case": "stale"},
			),
			"reason": "stale",
		},
		"about whom": {
			"changes": object.union(
				_severe,
				{"data/company/dispositions/0/person": null, "data/company/dispositions/0/unknown/person": "stale"},
			),
			"reason": "stale",
		},
		"whether he decided about himself": {
			"changes": {
				_kind: "fine",
				"data/company/dispositions/0/person": null,
				"data/company/dispositions/0/unknown/person": "stale",
			},
			"reason": "stale",
		},
		"when it was confirmed": {
			"changes": {
				"data/company/incidents/0/confirmed_at": null,
				"data/company/incidents/0/unknown/confirmed_at": "stale",
			},
			"reason": "stale",
		},
		"when it was decided, and kept nowhere": {
			"changes": {
				_kind: "fine",
				_decided_at: null,
				"data/company/dispositions/0/decision_ref": null,
				"data/company/dispositions/0/unknown/decided_at": "stale",
			},
			"reason": "stale",
		},
		"when it was decided, kept nowhere and not carried out": {
			"changes": {
				_kind: "fine",
				_decided_at: null,
				"data/company/dispositions/0/decision_ref": null,
				"data/company/dispositions/0/executed_at": null,
				"data/company/dispositions/0/unknown/decided_at": "stale",
			},
			"reason": "stale",
		},
		"whether it is true": {
			"changes": object.union(
				_severe,
				{"data/company/incidents/0/confirmed": "unknown", "data/company/incidents/0/unknown/confirmed": "stale"},
			),
			"reason": "stale",
		},
	}
	answer := _answer(case.changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": case.reason}}
}

test_what_is_not_known_of_a_report_is_unknown[field] if {
	some field in ["about", "case_of"]
	answer := _answer({
		"data/company/incidents": [],
		"input/violation_reports": [object.union(object.remove(_report, [field]), {"unknown": {field: "stale"}})],
	})

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _changed(changes) |
	some name, changes in {
		"too mild": _severe,
		"repeated": {"data/history/cases": [{
			"case": "reg/incident/0", "person": "hr/person/1", "clause": "3.1", "confirmed_at": "2026-01-10T02:00:00Z",
		}]},
		"overturned": object.union(_severe, _besides({"kind": "fine", "appeal_state": "overturned"})),
		"kept nowhere": {_kind: "fine", "data/company/dispositions/0/decision_ref": null},
		"by himself": {_kind: "fine", "data/company/dispositions/0/decided_by": "hr/person/1"},
		"carried out too early": {_kind: "fine", "data/company/dispositions/0/executed_at": "2026-07-19T02:00:00Z"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: _changed(changes) |
	some name, changes in {
		"minor and the first": {},
		"a written reminder": object.union(_severe, {_kind: "written_reminder"}),
	}
}

_severe := {"data/company/incidents/0/gravity": "severe"}

_kind := "data/company/dispositions/0/kind"

_decided_at := "data/company/dispositions/0/decided_at"

_fined(changes) := {"data/company/dispositions": [_document(_disposition, object.union(changes, {"kind": "fine"}))]}

_besides(changes) := {"data/company/dispositions/1": object.union_n([
	_disposition,
	{"uid": "reg/disposition/2", "number": "CL-2"},
	changes,
])}

_answer(changes) := answer if {
	document := _changed(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.company as document.data.company
		with data.history as document.data.history
		with data.root as "GD"
		with data.settings as document.data.settings
}

_changed(changes) := _document(
	{
		"input": {"department": "IT", "people": _people, "violation_reports": [], "context": {"people": []}},
		"data": {
			"as_of": _as_of,
			"period": _period,
			"settings": {"repeat_days": 365},
			"history": _history,
			"root": "GD",
			"company": {"departments": _departments, "incidents": [_incident], "dispositions": [_disposition]},
		},
	},
	changes,
)

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_department(code, parent, head) := {
	"uid": concat("/", ["hr/department", code]),
	"code": code,
	"parent": parent,
	"head": [head],
	"renamed_from": [],
	"valid_from": "2020-01-01T00:00:00Z",
	"unknown": {},
}

_departments := [_department("GD", "", "hr/person/0"), _department("IT", "GD", "hr/person/9")]

_people := [{"uid": uid, "unknown": {}} | some uid in ["hr/person/0", "hr/person/1", "hr/person/2", "hr/person/9"]]

_history := {
	"state": "complete",
	"runs": [],
	"cases": [],
	"events": ["reg/incident/1", "reg/incident/2", "reg/violation_report/1"],
	"losses": [],
	"digest": "d",
}

_incident := {
	"uid": "reg/incident/1",
	"number": "SJ-1",
	"departments": ["IT"],
	"category": "compliance",
	"clause": "3.1",
	"confirmed": "yes",
	"confirmed_at": "2026-07-10T02:00:00Z",
	"persons": ["hr/person/1"],
	"gravity": "minor",
	"loss": "no",
	"legal_risk": "no",
	"liability_assessed": "no",
	"status": "open",
	"discovered_at": "2026-07-09T02:00:00Z",
	"unknown": {},
}

_report := {
	"uid": "reg/incident/1", "number": "JB-1", "about": ["hr/person/1"], "confirmed": "yes", "gravity": "severe",
	"confirmed_at": "2026-07-10T02:00:00Z", "clause": "3.1",
}

_disposition := {
	"uid": "reg/disposition/1",
	"number": "CL-1",
	"case": "reg/incident/1",
	"person": "hr/person/1",
	"kind": "verbal_warning",
	"decided_at": "2026-07-20T02:00:00Z",
	"decided_by": "hr/person/2",
	"decision_ref": "HR-1",
	"executed_at": "2026-07-21T02:00:00Z",
	"appeal_state": "none",
	"unknown": {},
}

# the document with values put at paths; null takes away
_document(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
