package checks["8.2-b_test"]

import future.keywords.not

import data.checks["8.2-b"] as check

test_a_late_report_is_a_violation if {
	document := _document({"reported_at": "2026-08-06T03:30:01Z"})
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations == {{"subject": "reg/incident/1", "evidence": {
		"category": "leak",
		"contained_at": "2026-08-05T04:00:00Z",
		"departments": ["SAL"],
		"discovered_at": "2026-08-05T02:00:00Z",
		"faults": ["reported_late"],
		"hours_late": 2,
		"reported_at": "2026-08-06T03:30:01Z",
		"reported_to": "it",
	}}}
	answer.unknown == set()
}

_wrong := {
	"a second late": {"changes": {"reported_at": "2026-08-06T02:00:01Z"}, "faults": ["reported_late"], "hours": 1},
	"two hours and a second late": {
		"changes": {"reported_at": "2026-08-06T04:00:01Z"},
		"faults": ["reported_late"],
		"hours": 3,
	},
	"never reported": {"changes": {"reported_at": null}, "faults": ["unreported"], "hours": 1334},
	"reported after the snapshot": {
		"changes": {"reported_at": "2026-09-30T16:00:00Z"},
		"faults": ["unreported"],
		"hours": 1334,
	},
	"the head alone was told": {
		"changes": {"reported_to": "department_head"},
		"faults": ["unreported"],
		"hours": 1334,
	},
	"the head alone was told, and late": {
		"changes": {"reported_to": "department_head", "reported_at": "2026-08-06T02:00:01Z"},
		"faults": ["reported_late", "unreported"],
		"hours": 1334,
	},
	"somebody else was told": {"changes": {"reported_to": "other"}, "faults": ["unreported"], "hours": 1334},
	"not contained": {"changes": {"contained_at": null}, "faults": ["uncontained"], "hours": 0},
	"contained after the snapshot": {
		"changes": {"contained_at": "2026-09-30T16:00:00Z"},
		"faults": ["uncontained"],
		"hours": 0,
	},
	"not contained, nobody knows whether reported": {
		"changes": {"contained_at": null, "reported_at": null, "unknown/reported_at": "stale"},
		"faults": ["uncontained"],
		"hours": 0,
	},
	"late, nobody knows whether contained": {
		"changes": {
			"contained_at": null,
			"unknown/contained_at": "stale",
			"reported_at": "2026-08-06T02:00:01Z",
		},
		"faults": ["reported_late"],
		"hours": 1,
	},
	"late, nobody knows to whom": {
		"changes": {
			"reported_to": "unknown",
			"unknown/reported_to": "stale",
			"reported_at": "2026-08-06T02:00:01Z",
		},
		"faults": ["reported_late"],
		"hours": 1,
	},
	"everything": {
		"changes": {"contained_at": null, "reported_at": null},
		"faults": ["unreported", "uncontained"],
		"hours": 1334,
	},
}

test_what_is_wrong[name] if {
	some name, case in _wrong
	document := _document(case.changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	[violation.evidence.faults | some violation in answer.violations] == [case.faults]
	[violation.evidence.hours_late | some violation in answer.violations] == [case.hours]
	answer.unknown == set()
}

_at_the_edges := {
	"the limit ended with the snapshot": {
		"changes": {"discovered_at": "2026-09-29T15:59:59Z", "reported_at": null, "contained_at": null},
		"faults": ["unreported", "uncontained"],
		"hours": 0,
	},
	"of the quarter before, late in this one, closed in between": {
		"changes": {
			"discovered_at": "2026-06-29T16:00:00Z",
			"contained_at": "2026-06-29T17:00:00Z",
			"reported_at": "2026-06-30T16:00:01Z",
			"status": "closed",
			"closed_at": "2026-06-30T15:00:00Z",
		},
		"faults": ["reported_late"],
		"hours": 1,
	},
	"of the quarter before, still not contained": {
		"changes": {
			"discovered_at": "2026-05-05T02:00:00Z",
			"reported_at": "2026-05-09T02:00:00Z",
			"contained_at": null,
		},
		"faults": ["uncontained"],
		"hours": 0,
	},
	"of the quarter before, still not reported": {
		"changes": {"discovered_at": "2026-05-05T02:00:00Z", "reported_at": null},
		"faults": ["unreported"],
		"hours": 3542,
	},
	"closed and never reported": {
		"changes": {
			"discovered_at": "2026-09-01T15:59:59Z",
			"reported_at": null,
			"closed_at": "2026-09-05T02:00:00Z",
			"status": "closed",
		},
		"faults": ["unreported"],
		"hours": 672,
	},
	"found to be true, nobody knows where it stands": {
		"changes": {"contained_at": null, "status": "unknown", "unknown/status": "stale"},
		"faults": ["uncontained"],
		"hours": 0,
	},
	"suspected": {"changes": {"contained_at": null, "confirmed": "no"}, "faults": ["uncontained"], "hours": 0},
}

test_what_is_wrong_at_the_edges[name] if {
	some name, case in _at_the_edges
	document := _document(case.changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	[violation.evidence.faults | some violation in answer.violations] == [case.faults]
	[violation.evidence.hours_late | some violation in answer.violations] == [case.hours]
	answer.unknown == set()
}

test_each_kind_of_data_incident_counts[category] if {
	some category in ["leak", "loss", "tampering", "theft"]
	document := _document({"category": category, "contained_at": null})
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	count(answer.violations) == 1
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"stolen account": {"category": "account_theft"},
		"abnormal sign-in": {"category": "abnormal_login"},
		"malware": {"category": "malware"},
		"compliance": {"category": "compliance"},
		"harm": {"category": "harm"},
		"something else": {"category": "other"},
		"a false alarm": {"confirmed": "no", "status": "rejected"},
		"of another department": {"departments": ["FIN"]},
		"discovered after the snapshot": {"discovered_at": "2026-09-30T16:00:00Z"},
		"closed before the period began": {
			"discovered_at": "2026-05-05T02:00:00Z",
			"status": "closed",
			"closed_at": "2026-06-30T15:59:59Z",
		},
	}
	document := _document(object.union({"reported_at": null, "contained_at": null}, changes))
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 0
	answer.violations | answer.unknown == set()
}

_closed_at_once := _document({
	"discovered_at": "2026-06-30T14:00:00Z",
	"reported_at": null,
	"contained_at": null,
	"status": "closed",
	"closed_at": "2026-06-30T15:00:00Z",
})

test_what_ends_in_the_period_by_one_limit_alone_is_judged[name] if {
	some name, settings in {
		"report": {"incident_report_hours": 24, "incident_contain_hours": 1},
		"contain": {"incident_report_hours": 1, "incident_contain_hours": 24},
	}
	answer := check with input as _closed_at_once.input
		with data.as_of as _closed_at_once.data.as_of
		with data.period as _closed_at_once.data.period
		with data.settings as settings
		with data.company as _closed_at_once.data.company

	count(answer.violations) == 1
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"kind": {
			"changes": {"category": "unknown", "unknown/category": "stale", "contained_at": null},
			"reason": "stale",
		},
		"when it was discovered": {
			"changes": {"discovered_at": null, "unknown/discovered_at": "redacted"},
			"reason": "redacted",
		},
		"when it was discovered, and nobody reported it": {
			"changes": {"discovered_at": null, "unknown/discovered_at": "redacted", "reported_at": null},
			"reason": "redacted",
		},
		"where a suspicion stands": {
			"changes": {"contained_at": null, "confirmed": "no", "status": "unknown", "unknown/status": "stale"},
			"reason": "stale",
		},
		"when it was closed": {
			"changes": {
				"discovered_at": "2026-05-05T02:00:00Z",
				"contained_at": null,
				"status": "closed",
				"unknown/closed_at": "stale",
			},
			"reason": "stale",
		},
		"reported before it was discovered, nobody knows whether confirmed": {
			"changes": {"reported_at": "2026-08-05T01:59:59Z", "confirmed": "unknown", "unknown/confirmed": "stale"},
			"reason": "ambiguous",
		},
		"when it was reported": {
			"changes": {"reported_at": null, "unknown/reported_at": "stale"},
			"reason": "stale",
		},
		"to whom": {"changes": {"reported_to": "unknown", "unknown/reported_to": "stale"}, "reason": "stale"},
		"whether it was contained": {
			"changes": {"contained_at": null, "unknown/contained_at": "stale"},
			"reason": "stale",
		},
		"reported before it was discovered": {
			"changes": {"reported_at": "2026-08-05T01:59:59Z"},
			"reason": "ambiguous",
		},
		"whether it was one": {
			"changes": {
				"contained_at": null,
				"confirmed": "unknown",
				"status": "unknown",
				"unknown/confirmed": "stale",
				"unknown/status": "stale",
			},
			"reason": "stale",
		},
	}
	document := _document(case.changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/incident/1", "reason": case.reason}}
}

test_an_unknown_kind_without_a_fault_is_none if {
	document := _document({"category": "unknown", "unknown/category": "stale"})
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _document(changes) |
	some name, changes in {
		"late": {"reported_at": "2026-08-07T02:00:00Z"},
		"never reported": {"reported_at": null},
		"the head alone was told": {"reported_to": "department_head"},
		"not contained": {"contained_at": null},
		"of the quarter before": {
			"discovered_at": "2026-05-05T02:00:00Z",
			"reported_at": "2026-05-09T02:00:00Z",
			"contained_at": null,
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": document.input, "data": {
	"as_of": document.data.as_of,
	"period": document.data.period,
	"settings": document.data.settings,
	"company": document.data.company,
}} |
	some name, changes in {
		"as it should be": {},
		"reported after exactly 24 hours": {"reported_at": "2026-08-06T02:00:00Z"},
		"reported as it was discovered": {"reported_at": "2026-08-05T02:00:00Z"},
		"contained late": {"contained_at": "2026-08-20T02:00:00Z"},
		"the limit ends a second after the snapshot": {
			"discovered_at": "2026-09-29T16:00:00Z",
			"reported_at": null,
			"contained_at": null,
		},
		"reported after the snapshot, the limit not over": {
			"discovered_at": "2026-09-30T10:00:00Z",
			"reported_at": "2026-10-01T12:00:00Z",
			"contained_at": "2026-09-30T10:30:00Z",
		},
		"late in the quarter before, and open": {
			"discovered_at": "2026-05-05T02:00:00Z",
			"reported_at": "2026-05-09T02:00:00Z",
			"contained_at": "2026-05-09T02:00:00Z",
		},
		"late by a limit of the quarter before": {
			"discovered_at": "2026-06-29T15:59:59Z",
			"reported_at": "2026-06-30T17:00:00Z",
			"contained_at": "2026-06-29T17:00:00Z",
		},
	}
	document := _document(changes)
}

# the document with values put at paths of the record; null takes away
_document(changes) := json.patch(_base, [step |
	some path, value in changes
	place := concat("/", ["data/company/incidents/0", path])
	some step in [
		{"op": "add", "path": place, "value": value},
		{"op": "remove", "path": {true: place, false: "nothing"}[is_null(value)]},
	]
	step.path != "nothing"
])

_base := {
	"input": {"department": "SAL", "people": [], "context": {"people": []}},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"period": {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"},
		"settings": {"incident_report_hours": 24, "incident_contain_hours": 24},
		"company": {
			"departments": [
				{"uid": "hr/department/FIN", "code": "FIN", "renamed_from": [], "unknown": {}},
				{"uid": "hr/department/SAL", "code": "SAL", "renamed_from": [], "unknown": {}},
			],
			"incidents": [_incident],
		},
	},
}

_incident := {
	"uid": "reg/incident/1",
	"number": "1",
	"departments": ["SAL"],
	"category": "leak",
	"confirmed": "yes",
	"status": "open",
	"discovered_at": "2026-08-05T02:00:00Z",
	"reported_at": "2026-08-05T03:00:00Z",
	"reported_to": "it",
	"contained_at": "2026-08-05T04:00:00Z",
	"concerns": [],
	"events": [],
	"unknown": {},
}
