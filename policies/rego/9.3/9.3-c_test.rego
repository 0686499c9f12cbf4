package checks["9.3-c_test"]

import future.keywords.not

import data.checks["9.3-c"] as check

test_a_loss_of_which_nobody_assessed_the_liability_is_a_violation if {
	answer := _answer({})

	answer.population == 1
	answer.violations == {{"subject": "reg/incident/1", "evidence": {
		"case": "SJ-1",
		"discovered_at": "2026-07-09T02:00:00Z",
		"legal_risk": "no",
		"liability_assessed": "no",
		"loss": "yes",
	}}}
	answer.unknown == set()
}

test_cases[name] if {
	some name, case in {
		"a legal risk alone": {"changes": {"loss": "no", "legal_risk": "yes"}, "population": 1, "found": 1},
		"of another department": {"changes": {"departments": ["GD"]}, "population": 0, "found": 0},
		"neither": {"changes": {"loss": "no"}, "population": 0, "found": 0},
		"assessed": {"changes": {"liability_assessed": "yes"}, "population": 1, "found": 0},
		"assessed, and closed before the period": {
			"changes": {
				"liability_assessed": "yes",
				"status": "closed",
				"closed_at": "2026-06-30T15:59:59Z",
				"discovered_at": "2026-06-01T00:00:00Z",
			},
			"population": 0, "found": 0,
		},
		"closed before the period, never assessed": {
			"changes": {"status": "closed", "closed_at": "2026-06-30T15:59:59Z", "discovered_at": "2026-06-01T00:00:00Z"},
			"population": 1, "found": 1,
		},
		"a false alarm": {"changes": {"status": "rejected", "confirmed": "no"}, "population": 0, "found": 0},
		"a moment too long ago": {"changes": {"discovered_at": "2026-08-31T15:59:58Z"}, "population": 1, "found": 1},
		"exactly as long ago as is fine": {
			"changes": {"discovered_at": "2026-08-31T15:59:59Z"},
			"population": 1,
			"found": 0,
		},
		"a loss that showed later": {"changes": {"loss_recorded_at": "2026-09-20T00:00:00Z"}, "population": 1, "found": 0},
		"a loss that showed later, long ago": {
			"changes": {"loss_recorded_at": "2026-08-20T00:00:00Z"},
			"population": 1,
			"found": 1,
		},
		"loss not known, legal risk certain": {
			"changes": {"loss": "unknown", "unknown/loss": "stale", "legal_risk": "yes"},
			"population": 1, "found": 1,
		},
	}
	answer := _answer(_changes(case.changes))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_claims[name] if {
	some name, case in {
		"a claim": {"changes": {}, "found": 0},
		"a fine": {"changes": {"kind": "fine"}, "found": 1},
		"no measure": {"changes": {"kind": "none_with_reasons"}, "found": 1},
		"a warning": {"changes": {"kind": "verbal_warning"}, "found": 1},
		"a reminder": {"changes": {"kind": "written_reminder"}, "found": 1},
		"less pay": {"changes": {"kind": "performance_deduction"}, "found": 1},
		"dismissal": {"changes": {"kind": "dismissal"}, "found": 1},
		"decided later": {"changes": {"decided_at": "2026-10-30T02:00:00Z"}, "found": 1},
		"in another case": {"changes": {"case": "reg/incident/2"}, "found": 1},
	}
	answer := _answer(_claimed(case.changes))

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"loss": {"changes": {"loss": "unknown", "unknown/loss": "stale"}, "reason": "stale"},
		"legal risk": {
			"changes": {"loss": "no", "legal_risk": "unknown", "unknown/legal_risk": "stale"},
			"reason": "stale",
		},
		"assessed": {
			"changes": {"liability_assessed": "unknown", "unknown/liability_assessed": "stale"},
			"reason": "stale",
		},
		"when": {"changes": {"discovered_at": null, "unknown/discovered_at": "stale"}, "reason": "stale"},
		"where a suspicion stands": {
			"changes": {"confirmed": "no", "status": "unknown", "unknown/status": "stale"},
			"reason": "stale",
		},
		"when the loss showed": {"changes": {"unknown/loss_recorded_at": "stale"}, "reason": "stale"},
	}
	answer := _answer(_changes(case.changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": case.reason}}
}

test_what_is_not_known_of_a_claim_is_unknown[name] if {
	some name, case in {
		"kind": {"changes": {"kind": "unknown", "unknown/kind": "stale"}, "reason": "stale"},
		"case": {"changes": {"case": null, "unknown/case": "stale"}, "reason": "stale"},
		"when": {"changes": {"decided_at": null, "unknown/decided_at": "stale"}, "reason": "stale"},
	}
	answer := _answer(_claimed(case.changes))

	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": case.reason}}
}

test_what_vanished_from_the_register_is_not_forgotten[name] if {
	some name, case in {
		"vanished": {
			"case": "reg/incident/0",
			"department": "IT",
			"population": 2,
			"unknown": {{"subject": "reg/incident/0", "reason": "not_collected"}},
		},
		"still there": {"case": "reg/incident/1", "department": "IT", "population": 1, "unknown": set()},
		"of another department": {"case": "reg/incident/0", "department": "GD", "population": 1, "unknown": set()},
	}
	answer := _answer({"data/history/losses": [{"case": case.case, "number": "SJ-0", "department": case.department}]})

	answer.population == case.population
	answer.unknown == case.unknown
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _changed(_changes(changes)) |
	some name, changes in {
		"a loss": {},
		"a legal risk": {"loss": "no", "legal_risk": "yes"},
		"a loss that showed later": {"loss_recorded_at": "2026-08-20T00:00:00Z"},
		"closed": {"status": "closed", "closed_at": "2026-06-30T15:59:59Z", "discovered_at": "2026-06-01T00:00:00Z"},
	}
}

# who is looked at and has done nothing wrong
innocent := {
	"assessed": _changed(_changes({"liability_assessed": "yes"})),
	"claimed": _changed(_claimed({})),
}

_claimed(changes) := {"data/company/dispositions": [_document(
	object.union(_disposition, {"kind": "compensation"}),
	changes,
)]}

_changes(changes) := {concat("", ["data/company/incidents/0/", path]): value | some path, value in changes}

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
		"input": {"department": "IT", "people": _people, "violation_reports": [], "context": {"people": []}},
		"data": {
			"as_of": _as_of,
			"period": _period,
			"cutoff": {"liability_days": "2026-08-31T15:59:59Z"},
			"history": _history,
			"root": "GD",
			"company": {
				"departments": _departments,
				"incidents": [object.union(_incident, {"loss": "yes"})],
				"dispositions": [],
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
