package checks["3.1-a_test"]

import future.keywords.not

import data.checks["3.1-a"] as check

test_an_open_incident_is_a_violation_whatever_its_age if {
	document := _document({})
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations == {{"subject": "reg/incident/1", "evidence": {
		"case": "still_open",
		"category": "leak",
		"clause": "3.1",
		"closed_at": "none",
		"departments": ["SAL"],
		"discovered_at": "2026-08-05T02:00:00Z",
	}}}
	answer.unknown == set()
}

test_one_that_was_closed_too_late_is_a_violation if {
	document := _document(_closed("2026-09-04T02:00:01Z"))
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	[violation.evidence.case | some violation in answer.violations] == ["closed_late"]
	[violation.evidence.closed_at | some violation in answer.violations] == ["2026-09-04T02:00:01Z"]
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, changes in {
		"opened again": object.union(_closed("2026-08-09T02:00:00Z"), {"status": "reopened"}),
		"opened again, closed at a time that nobody knows": {"status": "reopened", "unknown/closed_at": "stale"},
		"opened again after a closing before the period": object.union(
			_closed("2026-05-09T02:00:00Z"),
			{"status": "reopened", "discovered_at": "2026-05-01T02:00:00Z"},
		),
		"closed after the snapshot": _closed("2026-09-30T16:00:00Z"),
		"of the quarter before, open": {"discovered_at": "2026-05-01T02:00:00Z"},
		"of the quarter before, closed in this one": object.union(
			_closed("2026-06-30T16:00:00Z"),
			{"discovered_at": "2026-05-01T02:00:00Z"},
		),
		"discovered in the last second": {"discovered_at": "2026-09-30T15:59:59Z"},
		"discovered nobody knows when, and reported": {
			"discovered_at": null,
			"unknown/discovered_at": "stale",
			"reported_at": "2026-08-05T03:00:00Z",
		},
		"closed late, or open again": object.union(
			_closed("2026-09-04T02:00:01Z"),
			{"status": "unknown", "unknown/status": "stale"},
		),
		"without a word of its status": {"status": "unknown", "unknown/status": "stale"},
		"without a clause": {"clause": null},
		"of a department that was renamed": {"departments": ["MKT", "OLD"]},
	}
	document := _document(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	count(answer.violations) == 1
	answer.unknown == set()
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
		"another kind": {"category": "malware"},
		"suspected": {"confirmed": "no"},
		"rejected": {"confirmed": "unknown", "unknown/confirmed": "stale", "status": "rejected"},
		"discovered after the snapshot": {"discovered_at": "2026-09-30T16:00:00Z"},
		"closed, if late, before the period": object.union(
			_closed("2026-06-30T15:59:59Z"),
			{"discovered_at": "2026-05-01T02:00:00Z"},
		),
		"of another department": {"departments": ["SAL", "FIN"]},
		"of a department that is gone": {"departments": ["GONE"]},
		"of no department": {"departments": []},
	}
	document := _document(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_no_department_has_is_the_companys[name] if {
	some name, departments in {"none": [], "gone": ["GONE"], "nobody's": ["XYZ"]}
	document := object.union(_document({"departments": departments}).input, {"department": "_company"})
	answer := check with input as document
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _document({"departments": departments}).data.company

	count(answer.violations) == 1
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"kind": {"changes": {"category": "unknown", "unknown/category": "stale"}, "reason": "stale"},
		"whether it is true": {"changes": {"confirmed": "unknown", "unknown/confirmed": "redacted"}, "reason": "redacted"},
		"when it was closed": {"changes": {"unknown/closed_at": "stale"}, "reason": "stale"},
		"when it was closed, by a closed one": {
			"changes": {"status": "closed", "unknown/closed_at": "not_supported"},
			"reason": "not_supported",
		},
		"age of a closed one": {
			"changes": object.union(
				_closed("2026-09-04T02:00:00Z"),
				{"discovered_at": null, "unknown/discovered_at": "stale"},
			),
			"reason": "stale",
		},
		"whether it was known by then": {
			"changes": {"discovered_at": null, "unknown/discovered_at": "stale", "reported_at": null, "contained_at": null},
			"reason": "stale",
		},
		"whether it was opened again": {
			"changes": object.union(_closed("2026-09-04T02:00:00Z"), {"status": "unknown", "unknown/status": "stale"}),
			"reason": "stale",
		},
		"whether it was opened again after the quarter before": {
			"changes": object.union(_closed("2026-06-01T02:00:00Z"), {
				"discovered_at": "2026-05-30T02:00:00Z",
				"status": "unknown",
				"unknown/status": "stale",
			}),
			"reason": "stale",
		},
		"confirmed and rejected": {"changes": {"status": "rejected"}, "reason": "ambiguous"},
		"closed at no time": {"changes": {"status": "closed"}, "reason": "ambiguous"},
		"closed and open": {
			"changes": object.union(_closed("2026-09-01T02:00:00Z"), {"status": "open"}),
			"reason": "ambiguous",
		},
		"nothing says why": {"changes": {"confirmed": null}, "reason": "not_collected"},
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

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _document(changes) |
	some name, changes in {
		"still open": {},
		"closed late": _closed("2026-09-10T02:00:00Z"),
		"opened again": object.union(_closed("2026-08-09T02:00:00Z"), {"status": "reopened"}),
		"closed after the snapshot": _closed("2026-10-01T02:00:00Z"),
		"of the quarter before": {"discovered_at": "2026-05-01T02:00:00Z"},
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
		"closed in exactly 30 days": _closed("2026-09-04T02:00:00Z"),
		"closed in the last second of the period": object.union(
			_closed("2026-09-30T15:59:59Z"),
			{"discovered_at": "2026-09-20T02:00:00Z"},
		),
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
		"as_of": _as_of,
		"period": _period,
		"settings": _settings,
		"company": {
			"departments": _departments,
			"incidents": [_incident],
		},
	},
}

_closed(at) := {"closed_at": at, "status": "closed"}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"compliance_categories": ["compliance", "leak", "harm"], "incident_close_days": 30}

_incident := {
	"uid": "reg/incident/1",
	"number": "1",
	"departments": ["SAL"],
	"category": "leak",
	"clause": "3.1",
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

_departments := [
	{"uid": "hr/department/FIN", "code": "FIN", "renamed_from": [], "unknown": {}},
	{
		"uid": "hr/department/GONE", "code": "GONE", "renamed_from": [], "valid_until": "2026-05-01T00:00:00Z",
		"unknown": {},
	},
	{
		"uid": "hr/department/MKT", "code": "MKT", "renamed_from": [], "merged_into": "SAL",
		"valid_until": "2026-08-01T00:00:00Z", "unknown": {},
	},
	{"uid": "hr/department/SAL", "code": "SAL", "renamed_from": ["OLD"], "unknown": {}},
]
