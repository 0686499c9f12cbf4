package checks["9.3-a_test"]

import future.keywords.not

import data.checks["9.3-a"] as check

test_a_case_that_nobody_decided_is_a_violation if {
	answer := _answer({})

	answer.population == 1
	answer.violations == {{"subject": "reg/incident/1", "evidence": {
		"case": "SJ-1",
		"confirmed_at": "2026-07-10T02:00:00Z",
		"days": 82,
		"persons_open": 1,
	}}}
	answer.unknown == set()
}

test_whole_days_are_told if {
	answer := _answer({_confirmed_at: "2026-07-10T15:59:59Z"})

	{violation.evidence.days | some violation in answer.violations} == {82}
}

test_without_the_limit_it_cannot_be_said if {
	answer := _answer({"data/cutoff": {}})

	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": "not_collected"}}
}

test_cases[name] if {
	some name, case in {
		"confirmed a moment too long ago": {
			"changes": {_confirmed_at: "2026-08-31T15:59:58Z"},
			"population": 1,
			"found": 1,
		},
		"confirmed exactly as long ago as is fine": {
			"changes": {_confirmed_at: "2026-08-31T15:59:59Z"},
			"population": 1,
			"found": 0,
		},
		"confirmed at the last moment": {"changes": {_confirmed_at: "2026-09-30T15:59:58Z"}, "population": 1, "found": 0},
		"confirmed later": {"changes": {_confirmed_at: "2026-09-30T15:59:59Z"}, "population": 0, "found": 0},
		"not confirmed": {"changes": {"data/company/incidents/0/confirmed": "no"}, "population": 0, "found": 0},
		"nobody named": {"changes": {"data/company/incidents/0/persons": []}, "population": 1, "found": 1},
		"persons none": {"changes": {"data/company/incidents/0/persons": null}, "population": 1, "found": 1},
		"of another department": {"changes": {"data/company/incidents/0/departments": ["GD"]}, "population": 0, "found": 0},
	}
	answer := _answer(case.changes)

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_dispositions[name] if {
	some name, case in {
		"decided": {"changes": {}, "population": 1, "found": 0},
		"decided before the period": {"changes": {"decided_at": "2026-06-30T16:00:00Z"}, "population": 0, "found": 0},
		"decided in the first second": {"changes": {"decided_at": "2026-06-30T16:00:01Z"}, "population": 1, "found": 0},
		"decided at the last moment": {"changes": {"decided_at": "2026-09-30T15:59:59Z"}, "population": 1, "found": 0},
		"decided later": {"changes": {"decided_at": "2026-09-30T16:00:00Z"}, "population": 1, "found": 1},
		"not decided": {"changes": {"decided_at": null}, "population": 1, "found": 1},
		"no measure, for reasons": {"changes": {"kind": "none_with_reasons"}, "population": 1, "found": 0},
		"an appeal is pending": {"changes": {"appeal_state": "pending"}, "population": 1, "found": 0},
		"by himself": {"changes": {"decided_by": "hr/person/1"}, "population": 1, "found": 1},
		"by nobody named": {"changes": {"decided_by": null}, "population": 1, "found": 0},
		"about another person": {"changes": {"person": "hr/person/2"}, "population": 1, "found": 1},
		"about nobody in particular": {"changes": {"person": null}, "population": 1, "found": 0},
		"of another case": {"changes": {"case": "reg/incident/2"}, "population": 1, "found": 1},
		"of a finding": {"changes": {"case": null, "finding": "2026Q2-IT-001"}, "population": 1, "found": 1},
	}
	answer := _answer(_decided(case.changes))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_one_person_without_a_decision_is_enough if {
	answer := _answer(object.union(_decided({}), {"data/company/incidents/0/persons": ["hr/person/1", "hr/person/2"]}))

	[violation.evidence.persons_open | some violation in answer.violations] == [1]
}

test_a_case_against_the_head_goes_to_the_next_head if {
	answer := _answer({"data/company/incidents/0/persons": ["hr/person/9"]})

	[violation.owner | some violation in answer.violations] == ["hr/person/0"]
}

test_reports[name] if {
	some name, case in {
		"confirmed": {"changes": {}, "population": 1, "found": 1},
		"dealt with as an incident": {"changes": {"case_of": "reg/incident/1"}, "population": 0, "found": 0},
		"not true": {"changes": {"confirmed": "no"}, "population": 0, "found": 0},
	}
	answer := _answer(_reported(case.changes))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_findings[name] if {
	some name, case in {
		"confirmed with a name": {"changes": {}, "population": 1, "found": 1},
		"named by fingerprint": {"changes": {"finding": "f00"}, "population": 1, "found": 1},
		"another finding": {"changes": {"finding": "2026Q2-IT-002"}, "population": 0, "found": 0},
		"without a name": {"changes": {"persons": null}, "population": 0, "found": 0},
		"not confirmed": {"changes": {"confirmed_at": null}, "population": 0, "found": 0},
	}
	answer := _answer(_noted(case.changes))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_a_finding_that_was_dealt_with[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.company as document.data.company
		with data.history as document.data.history
		with data.root as document.data.root
		with data.cutoff as document.data.cutoff

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"whether it is true": {
			"changes": {
				"data/company/incidents/0/confirmed": "unknown",
				"data/company/incidents/0/unknown/confirmed": "stale",
			},
			"reason": "stale",
		},
		"when it was confirmed": {
			"changes": {_confirmed_at: null, "data/company/incidents/0/unknown/confirmed_at": "stale"},
			"reason": "stale",
		},
		"confirmed without a date": {"changes": {_confirmed_at: null}, "reason": "not_collected"},
		"who": {
			"changes": object.union(
				_decided({}),
				{"data/company/incidents/0/persons": null, "data/company/incidents/0/unknown/persons": "ambiguous"},
			),
			"reason": "ambiguous",
		},
		"when it was decided": {
			"changes": _decided({"decided_at": null, "unknown/decided_at": "stale"}),
			"reason": "stale",
		},
		"who decided": {"changes": _decided({"decided_by": null, "unknown/decided_by": "stale"}), "reason": "stale"},
		"who decided, in no file": {"changes": _decided({"decided_by": "nowhere/person/1"}), "reason": "not_collected"},
		"about whom": {"changes": _decided({"person": null, "unknown/person": "ambiguous"}), "reason": "ambiguous"},
		"about which case": {"changes": _decided({"case": null, "unknown/case": "ambiguous"}), "reason": "ambiguous"},
		"about which finding": {"changes": _decided({"case": null, "unknown/finding": "ambiguous"}), "reason": "ambiguous"},
	}
	answer := _answer(case.changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": case.reason}}
}

test_nothing_decided_is_certain_whoever_it_was if {
	answer := _answer({
		"data/company/incidents/0/persons": null,
		"data/company/incidents/0/unknown/persons": "ambiguous",
	})

	count(answer.violations) == 1
	answer.unknown == set()
}

test_of_a_report_too[name] if {
	some name, case in {
		"people": {"changes": {"about": null, "unknown/about": "ambiguous"}, "reason": "ambiguous"},
		"whether it is an incident": {"changes": {"unknown/case_of": "ambiguous"}, "reason": "ambiguous"},
	}
	answer := _answer(object.union(_reported(case.changes), _decided({"case": _report, "person": "hr/person/2"})))

	answer.violations == set()
	answer.unknown == {{"subject": _report, "reason": case.reason}}
}

test_of_a_finding_too[name] if {
	some name, case in {
		"people": object.union(
			_noted({"persons": null, "unknown/persons": "stale"}),
			_decided({"case": null, "finding": "f00"}),
		),
		"when it was confirmed": _noted({"confirmed_at": null, "unknown/confirmed_at": "stale"}),
	}
	answer := _answer(case)

	answer.violations == set()
	answer.unknown == {{"subject": "history/prior_finding/IT/5.3-a", "reason": "stale"}}
}

test_a_past_that_is_not_known[name] if {
	some name, case in {
		"department": {"department": "IT", "uid": "hr/department/IT"},
		"company": {"department": "_company", "uid": "hr/department/GD"},
	}
	answer := _answer({
		"data/company/incidents": [],
		"data/history/state": "missing",
		"input/department": case.department,
	})

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": case.uid, "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _changed(changes) |
	some name, changes in {
		"nothing decided": {},
		"nothing decided about the head": {"data/company/incidents/0/persons": ["hr/person/9"]},
		"decided by himself": _decided({"decided_by": "hr/person/1"}),
		"decided about another": _decided({"person": "hr/person/2"}),
		"decided later": _decided({"decided_at": "2026-10-30T16:00:00Z"}),
		"another case": _decided({"case": "reg/incident/2"}),
		"a report": _reported({}),
		"a finding": _noted({}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": document.input, "data": {
	"as_of": document.data.as_of,
	"period": document.data.period,
	"company": document.data.company,
	"history": document.data.history,
	"root": "GD",
	"cutoff": document.data.cutoff,
}} |
	some name, finding in {"by number": "2026Q2-IT-001", "by fingerprint": "f00"}
	dealt := _decided({"case": null, "finding": finding})
	document := _changed(object.union(_noted({}), dealt))
}

_report := "reg/violation_report/1"

_confirmed_at := "data/company/incidents/0/confirmed_at"

_decided(changes) := {"data/company/dispositions": [_document(_disposition, changes)]}

_reported(changes) := {
	"data/company/incidents": [],
	"input/violation_reports": [_document(
		{
			"uid": _report,
			"number": "JB-1",
			"department_code": "IT",
			"about": ["hr/person/1"],
			"clause": "3.1",
			"confirmed": "yes",
			"confirmed_at": "2026-07-10T02:00:00Z",
			"gravity": "minor",
			"unknown": {},
		},
		changes,
	)],
}

_noted(changes) := {
	"data/company/incidents": [],
	"input/prior_findings": [{
		"uid": "history/prior_finding/IT/5.3-a",
		"number": "2026Q2-IT-001",
		"fingerprint": "f00",
		"check": "5.3-a",
		"department_code": "IT",
		"unknown": {},
	}],
	"data/company/rectifications": [_document(
		{
			"uid": "reg/rectification/1",
			"finding": "2026Q2-IT-001",
			"confirmed_at": "2026-07-10T02:00:00Z",
			"persons": ["hr/person/1"],
			"unknown": {},
		},
		changes,
	)],
}

_answer(changes) := answer if {
	document := _changed(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.company as document.data.company
		with data.history as document.data.history
		with data.root as "GD"
		with data.cutoff as document.data.cutoff
}

_changed(changes) := _document(
	{
		"input": {
			"department": "IT",
			"people": _people,
			"violation_reports": [],
			"prior_findings": [],
			"context": {"people": []},
		},
		"data": {
			"as_of": _as_of,
			"period": _period,
			"cutoff": {"disposition_days": "2026-08-31T15:59:59Z"},
			"history": _history,
			"root": "GD",
			"company": {
				"departments": _departments,
				"incidents": [_incident],
				"dispositions": [],
				"rectifications": [],
			},
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
