package checks["8.3-a_test"]

import future.keywords.not

import data.checks["8.3-a"] as check

test_somebody_without_any_training_is_a_violation if {
	answer := check with input as _shard({"records": []})
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "hr/person/chen", "evidence": {
		"last_completed_at": "never",
		"outcome": "not_trained",
		"hire_date": "2020-01-01",
		"due_at": "2020-01-30T16:00:00Z",
	}}}
	answer.unknown == set()
}

test_the_evidence_says_what_is_wrong_and_when_it_was_due[name] if {
	some name, case in {
		"another course later": {
			"records": [
				{"completed_at": "2025-09-30T15:59:58Z"},
				{"completed_at": "2026-08-01T00:00:00Z", "course": "reg/training_course/b"},
			],
			"last": "2025-09-30T15:59:58Z",
			"outcome": "too_old",
			"due_at": "2026-09-30T15:59:58Z",
		},
		"failed, and over by its own end": {
			"records": [{"passed": "no", "expires_at": "2026-08-31T16:00:00Z"}],
			"outcome": "failed",
			"due_at": "2020-01-30T16:00:00Z",
		},
		"a second too old": {
			"records": [{"completed_at": "2025-09-30T15:59:58Z"}],
			"last": "2025-09-30T15:59:58Z",
			"outcome": "too_old",
			"due_at": "2026-09-30T15:59:58Z",
		},
		"failed": {
			"records": [{"passed": "no"}],
			"last": "2026-07-23T06:00:00Z",
			"outcome": "failed",
			"due_at": "2020-01-30T16:00:00Z",
		},
		"passed long ago, failed now": {
			"records": [{"passed": "no"}, {"completed_at": "2025-01-01T00:00:00Z"}],
			"outcome": "failed",
			"due_at": "2026-01-01T00:00:00Z",
		},
		"over by its own end": {
			"records": [{"expires_at": "2026-08-31T16:00:00Z"}],
			"outcome": "training_expired",
			"due_at": "2026-08-31T16:00:00Z",
		},
		"not completed": {
			"records": [{"completed_at": null}],
			"outcome": "not_trained",
			"due_at": "2020-01-30T16:00:00Z",
		},
		"in the future": {
			"records": [{"completed_at": "2026-10-01T00:00:00Z"}],
			"outcome": "not_trained",
			"due_at": "2020-01-30T16:00:00Z",
		},
		"back from leave": {
			"records": [],
			"person": {"leave_starts_at": "2026-01-01T00:00:00Z", "leave_ends_at": "2026-08-01T00:00:00Z"},
			"outcome": "not_trained",
			"due_at": "2026-08-31T00:00:00Z",
		},
	}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company as _company(case)

	{[violation.evidence.outcome, violation.evidence.due_at] |
		some violation in answer.violations
	} == {[case.outcome, case.due_at]}
	every violation in answer.violations {
		object.get(case, "last", violation.evidence.last_completed_at) == violation.evidence.last_completed_at
	}
	answer.unknown == set()
}

test_the_company_says_who_is_covered[type] if {
	types := {"employee", "contractor", "intern", "external"}
	some type in types
	answer := check with input as _shard({"records": [], "person": {"employment_type": type}})
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as object.union(_settings, {"covered_employment_types": types - {type}})
		with data.company as _company({})

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company as _company(case)

	{violation.subject | some violation in answer.violations} == {"hr/person/chen"}
	answer.unknown == set()
}

test_these_are_trained[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_need_not_be[name] if {
	some name, case in {
		"outsiders": {"person": {"employment_type": "external"}},
		"joined thirty days ago": {"person": {"hire_day_starts_at": "2026-08-31T15:59:59Z"}},
		"joins next week": {"person": {"status": "prehire", "hire_day_starts_at": "2026-10-07T16:00:00Z"}},
		"left": {"person": {"status": "left", "last_day_ends_at": "2026-09-30T15:59:58Z"}},
		"on leave": {"person": {"status": "leave"}},
		"came back from leave thirty days ago": {"person": {
			"leave_starts_at": "2026-01-01T00:00:00Z",
			"leave_ends_at": "2026-08-31T15:59:59Z",
		}},
		"a long absence until now": {"absences": [{}]},
		"an absence as long as a newcomer has": {"absences": [{
			"from_at": "2026-08-02T00:00:00Z",
			"until_at": "2026-09-01T00:00:00Z",
		}]},
		"an absence without an end": {"absences": [{"until_at": null}]},
	}
	answer := check with input as _shard(object.union(case, {"records": []}))
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"kind of employment": {
			"records": [],
			"person": {"employment_type": "unknown", "unknown": {"employment_type": "stale"}},
		},
		"whether on leave": {"records": [], "person": {"status": "unknown", "unknown": {"status": "stale"}}},
		"since when": {
			"records": [],
			"person": {"hire_day_starts_at": null, "unknown": {"hire_day_starts_at": "stale"}},
		},
		"since when, in an employment that lasts": {
			"records": [],
			"person": {
				"hire_day_starts_at": null,
				"employments": [{"hire_day_starts_at": "2019-12-31T16:00:00Z", "last_day_ends_at": "2026-12-31T16:00:00Z"}],
				"unknown": {"hire_day_starts_at": "stale"},
			},
		},
		"since when on leave": {
			"records": [],
			"person": {"leave_ends_at": "2026-12-31T16:00:00Z", "unknown": {"leave_starts_at": "stale"}},
		},
		"one that certainly does not count, and one that may": {"records": [
			{"passed": "no", "unknown": {"expires_at": "redacted"}},
			{"passed": "unknown", "unknown": {"passed": "stale"}},
		]},
		"until when": {"records": [], "person": {"unknown": {"last_day_ends_at": "stale"}, "status": "unknown"}},
		"end of the leave": {
			"records": [],
			"person": {"leave_starts_at": "2026-01-01T00:00:00Z", "unknown": {"leave_ends_at": "stale"}},
		},
		"kind of an absence": {
			"records": [],
			"absences": [{"kind": "unknown", "unknown": {"kind": "stale"}}],
		},
		"end of an absence": {"records": [], "absences": [{"until_at": null, "unknown": {"until_at": "stale"}}]},
		"start of an absence": {"records": [], "absences": [{"from_at": null, "unknown": {"from_at": "stale"}}]},
		"whose a record is": {"records": [{"person": null, "unknown": {"person": "stale"}}]},
		"whose a record is, in no file of people": {
			"records": [{"person": "hr/person/no"}],
			"reason": "not_collected",
		},
		"whose a record is, that lies with the company's": {
			"records": [],
			"strays": [{"person": null, "unknown": {"person": "stale"}}],
		},
		"when a record was completed, and whose it is": {"records": [{
			"person": null,
			"completed_at": null,
			"unknown": {"person": "stale", "completed_at": "stale"},
		}]},
		"when completed": {"records": [{"completed_at": null, "unknown": {"completed_at": "stale"}}]},
		"whether passed": {"records": [{"passed": "unknown", "unknown": {"passed": "stale"}}]},
		"which course": {"records": [{"course": null, "unknown": {"course": "stale"}}]},
		"a course of no register": {
			"records": [{"course": "reg/training_course/no"}],
			"reason": "not_collected",
		},
		"until when it counts": {"records": [{"unknown": {"expires_at": "stale"}}]},
		"what the course is about": {"course": {"counts_for": null, "unknown": {"counts_for": "stale"}}},
		"a part of what it is about": {"course": {"counts_for": ["unknown"]}, "reason": "not_collected"},
		"whether one can fail": {
			"records": [{"passed": "no"}],
			"course": {"graded": "unknown", "unknown": {"graded": "stale"}},
		},
	}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company as _company(case)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/person/chen", "reason": object.get(case, "reason", "stale")}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(case),
	"data": {"as_of": _as_of, "cutoff": _cutoff, "settings": _settings, "company": _company(case)},
} |
	some name, case in object.union(_faulty, {"nothing": {"records": []}})
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case), "data": {
	"as_of": _as_of,
	"cutoff": _cutoff,
	"settings": _settings,
	"company": _company(case),
}} |
	some name, case in {
		"passed": {},
		"as old as may be": {"records": [{"completed_at": "2025-09-30T15:59:59Z"}]},
		"in the last second": {"records": [{"completed_at": "2026-09-30T15:59:59Z"}]},
		"a course that nobody can fail": {"records": [{"passed": "no"}], "course": {"graded": "no"}},
		"of which nobody says whether it was passed, and nobody can fail": {
			"records": [{"passed": "unknown", "unknown": {"passed": "stale"}}],
			"course": {"graded": "no"},
		},
		"failed after it was passed": {"records": [{}, {"passed": "no", "completed_at": "2026-09-01T00:00:00Z"}]},
		"ends a second later": {"records": [{"expires_at": "2026-09-30T16:00:00Z"}]},
		"on two subjects": {"course": {"counts_for": ["other", "communication_security"]}},
		"hired again, trained before": {"person": {"hire_day_starts_at": "2026-06-01T00:00:00Z"}},
		"one counts, of another nobody knows whose it is": {
			"strays": [{"person": null, "unknown": {"person": "stale"}}],
		},
		"one counts, of another nobody knows": {"records": [{}, {"course": "reg/training_course/no"}]},
		"joined nobody knows when": {"person": {
			"hire_day_starts_at": null,
			"unknown": {"hire_day_starts_at": "stale"},
		}},
	}
}

_faulty := {
	"too old": {"records": [{"completed_at": "2025-09-30T15:59:58Z"}]},
	"failed": {"records": [{"passed": "no"}]},
	"expired": {"records": [{"expires_at": "2026-09-30T15:59:59Z"}]},
	"not completed": {"records": [{"completed_at": null}]},
	"completed later": {"records": [{"completed_at": "2026-09-30T16:00:00Z"}]},
	"about something else": {"course": {"counts_for": ["other"]}},
	"about nothing": {"course": {"counts_for": []}},
	"somebody else's": {"records": [{"person": "hr/person/wu"}]},
	"failed, somebody else did not": {"records": [{"passed": "no"}, {"person": "hr/person/wu"}]},
	"of nobody knows whom, but failed": {"records": [{
		"person": null,
		"passed": "no",
		"unknown": {"person": "stale"},
	}]},
	"of nobody knows whom, with the company's, but failed": {"records": [], "strays": [{
		"person": null,
		"passed": "no",
		"unknown": {"person": "stale"},
	}]},
	"a second more than a newcomer has": {"records": [], "person": {"hire_day_starts_at": "2026-08-31T15:59:58Z"}},
	"back a second more than a newcomer has": {
		"records": [],
		"person": {"leave_starts_at": "2026-01-01T00:00:00Z", "leave_ends_at": "2026-08-31T15:59:58Z"},
	},
	"leaves next month": {"records": [], "person": {"last_day_ends_at": "2026-10-31T16:00:00Z"}},
	"an intern": {"records": [], "person": {"employment_type": "intern"}},
	"a few days off": {
		"records": [],
		"absences": [{"from_at": "2026-09-20T00:00:00Z", "until_at": "2026-10-19T23:59:59Z"}],
	},
	"on a trip": {"records": [], "absences": [{"kind": "trip"}]},
	"leave begins tomorrow": {"records": [], "absences": [{"from_at": "2026-10-01T00:00:00Z", "until_at": null}]},
	"back long ago": {
		"records": [],
		"absences": [{"from_at": "2026-01-01T00:00:00Z", "until_at": "2026-08-31T15:59:58Z"}],
	},
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"training_days": "2025-09-30T15:59:59Z", "newcomer_days": "2026-08-31T15:59:59Z"}

_settings := {
	"covered_employment_types": ["employee", "contractor", "intern"],
	"training_days": 365,
	"newcomer_days": 30,
}

_shard(case) := {
	"people": [_changed(
		{
			"uid": "hr/person/chen",
			"status": "active",
			"employment_type": "employee",
			"hire_date": "2020-01-01",
			"hire_day_starts_at": "2019-12-31T16:00:00Z",
			"employments": [],
			"unknown": {},
		},
		object.get(case, "person", {}),
	)],
	"training_records": [_record(number, fields) | some number, fields in object.get(case, "records", [{}])],
	"absences": [_changed(
		{
			"uid": sprintf("reg/absence/%d", [number]),
			"person": "hr/person/chen",
			"kind": "leave",
			"from_at": "2026-01-01T00:00:00Z",
			"until_at": "2026-12-31T00:00:00Z",
			"unknown": {},
		},
		fields,
	) |
		some number, fields in object.get(case, "absences", [])
	],
	"context": {
		"people": [{"uid": "hr/person/wu", "status": "active", "unknown": {}}],
		"absences": [],
		"training_records": [_record(100 + number, fields) | some number, fields in object.get(case, "strays", [])],
	},
}

_record(number, fields) := _changed(
	{
		"uid": sprintf("reg/training_record/%d", [number]),
		"person": "hr/person/chen",
		"course": "reg/training_course/a",
		"completed_at": "2026-07-23T06:00:00Z",
		"passed": "yes",
		"unknown": {},
	},
	fields,
)

_company(case) := {"training_courses": [
	_changed(
		{
			"uid": "reg/training_course/a",
			"number": "a",
			"counts_for": ["communication_security"],
			"graded": "yes",
			"unknown": {},
		},
		object.get(case, "course", {}),
	),
	{
		"uid": "reg/training_course/b",
		"number": "b",
		"counts_for": ["other"],
		"graded": "yes",
		"unknown": {},
	},
]}

# a record with other fields; null takes away
_changed(record, fields) := json.patch(record, [step |
	some field, value in fields
	step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
])
