package checks["5.2-c_test"]

import future.keywords.not

import data.checks["5.2-c"] as check

test_an_abnormal_login_that_nobody_reported_is_a_violation if {
	answer := _answer({})

	answer.population == 1
	answer.violations == {{
		"subject": "log/login_event/1",
		"evidence": {
			"account": "im/account/han",
			"at": "2026-08-05T02:00:00Z",
			"case": "unreported",
			"flagged_at": "2026-08-05T03:00:00Z",
			"reported_at": "none",
		},
		"owner": "hr/person/han",
	}}
	answer.unknown == set()
}

test_one_that_was_reported_a_second_too_late_is_a_violation if {
	answer := _answer(_reports("2026-08-06T03:00:01Z"))

	[violation.evidence.case | some violation in answer.violations] == ["reported_late"]
	[violation.evidence.reported_at | some violation in answer.violations] == ["2026-08-06T03:00:01Z"]
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, changes in {
		"the incident was not reported": _reports(null),
		"the incident was reported after the snapshot": _reports("2026-10-02T03:00:00Z"),
		"the incident is about another person": object.union(_reports("2026-08-05T04:00:00Z"), _about("hr/person/wu")),
		"the incident about the person is older": object.union(_reports("2026-08-05T01:59:59Z"), _about("hr/person/han")),
		"the incident about the person came too late": object.union(
			_reports("2026-08-06T03:00:01Z"),
			_about("hr/person/han"),
		),
		"the incident names nothing": object.union(
			_reports("2026-08-05T04:00:00Z"),
			{_event: [], _party: []},
		),
		"the incident is about nobody known, and came too late": object.union(
			_reports("2026-08-06T03:00:01Z"),
			{_event: null, "data/company/incidents/0/unknown/events": "stale"},
		),
		"a machine's account": {
			"input/accounts/0/kind": "service",
			"input/accounts/0/holder": null,
			"input/accounts/0/owner": "hr/person/wu",
		},
		"the time ended with the snapshot": {
			"input/login_events/0/at": "2026-09-29T10:00:00Z",
			"input/login_events/0/flagged_at": "2026-09-29T15:59:59Z",
		},
		"the time ended with the first second": {
			"input/login_events/0/at": "2026-06-29T10:00:00Z",
			"input/login_events/0/flagged_at": "2026-06-29T16:00:00Z",
		},
		"flagged nobody says when, at once": object.union(
			_reports("2026-08-06T02:00:01Z"),
			{"input/login_events/0/flagged_at": null},
		),
		"flagged by a tool that does not say when": object.union(_reports("2026-08-06T02:00:01Z"), {
			"input/login_events/0/flagged_at": null,
			"input/login_events/0/unknown/flagged_at": "not_supported",
		}),
	}
	answer := _answer(changes)

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
		"nothing abnormal": {"input/login_events/0/abnormal": "no"},
		"they did not get in": {"input/login_events/0/result": "failure"},
		"the time ends a second after the snapshot": {"input/login_events/0/flagged_at": "2026-09-29T16:00:00Z"},
		"the time ended before the period": {
			"input/login_events/0/at": "2026-06-29T10:00:00Z",
			"input/login_events/0/flagged_at": "2026-06-29T15:59:59Z",
		},
	}
	answer := _answer(changes)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in _open
	answer := _answer(case.changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "log/login_event/1", "reason": case.reason}}
}

_open := {
	"whether it was abnormal": {
		"changes": {
			"input/login_events/0/abnormal": "unknown",
			"input/login_events/0/unknown/abnormal": "stale",
		},
		"reason": "stale",
	},
	"whether it was abnormal, of which nothing is said": {
		"changes": {
			"input/login_events/0/abnormal": null,
			"input/login_events/0/unknown/abnormal": "stale",
		},
		"reason": "stale",
	},
	"whether it was abnormal, and an incident is about the person": {
		"changes": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/han"),
			{"input/login_events/0/abnormal": "unknown", "input/login_events/0/unknown/abnormal": "stale"},
		]),
		"reason": "stale",
	},
	"whether they got in": {
		"changes": {"input/login_events/0/result": "unknown", "input/login_events/0/unknown/result": "stale"},
		"reason": "stale",
	},
	"when it was flagged": {
		"changes": {
			"input/login_events/0/flagged_at": null,
			"input/login_events/0/unknown/flagged_at": "stale",
		},
		"reason": "stale",
	},
	"when": {
		"changes": {
			"input/login_events/0/flagged_at": null,
			"input/login_events/0/at": null,
			"input/login_events/0/unknown/at": "redacted",
		},
		"reason": "redacted",
	},
	"a tool that flags nothing, in no register": {
		"changes": {
			"input/login_events/0/abnormal": "unknown",
			"input/login_events/0/unknown/abnormal": "not_supported",
			"data/company/applications/0/source_systems": [],
		},
		"reason": "not_supported",
	},
	"an incident about the person": {
		"changes": object.union(_reports("2026-08-05T04:00:00Z"), _about("hr/person/han")),
		"reason": "ambiguous",
	},
	"an incident about the account": {
		"changes": object.union(_reports("2026-08-06T03:00:00Z"), _about("im/account/han")),
		"reason": "ambiguous",
	},
	"an incident about another account of the person": {
		"changes": object.union(_reports("2026-08-05T02:00:00Z"), _about("im/account/han2")),
		"reason": "ambiguous",
	},
	"an incident about the owner of a machine's account": {
		"changes": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/wu"),
			{"input/accounts/0/holder": null, "input/accounts/0/owner": "hr/person/wu"},
		]),
		"reason": "ambiguous",
	},
	"who is behind the account": {
		"changes": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/wu"),
			{"input/accounts/0/holder": null, "input/accounts/0/unknown/holder": "stale"},
		]),
		"reason": "stale",
	},
	"what the incident names": {
		"changes": object.union(
			_reports("2026-08-05T04:00:00Z"),
			{_event: null, "data/company/incidents/0/unknown/events": "stale"},
		),
		"reason": "stale",
	},
	"whom the incident is about": {
		"changes": object.union(
			_reports("2026-08-05T04:00:00Z"),
			{_event: [], _party: null, "data/company/incidents/0/unknown/concerns": "stale"},
		),
		"reason": "stale",
	},
	"when the incident was reported": {
		"changes": object.union(_reports(null), {"data/company/incidents/0/unknown/reported_at": "stale"}),
		"reason": "stale",
	},
}

test_a_tool_that_flags_nothing_is_not_asked_about_other_periods if {
	answer := _answer({
		"input/login_events/0/abnormal": "unknown",
		"input/login_events/0/unknown/abnormal": "not_supported",
		"input/login_events/0/flagged_at": "2026-06-20T02:00:00Z",
	})

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_tool_that_flags_nothing_is_unknown_once if {
	answer := _answer({
		"input/login_events/0/abnormal": "unknown",
		"input/login_events/0/unknown/abnormal": "not_supported",
	})

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/application/element", "reason": "not_supported"}}
}

# other reason: source_systems: whether the sign-in was abnormal is what is not known; its tool never tells
# what the law of missing facts is tried on: each document gives a violation
violating := {name: _document(changes) |
	some name, changes in {
		"nobody reported it": {},
		"too late": _reports("2026-08-06T04:00:00Z"),
		"an incident about somebody else": object.union(_reports("2026-08-05T04:00:00Z"), _about("hr/person/wu")),
		"a machine's account": {"input/accounts/0/holder": null, "input/accounts/0/owner": "hr/person/wu"},
		"nobody reported it, and another tool flags nothing": {
			"data/company/applications/-": {
				"uid": "reg/application/mail", "product": "mail", "source_systems": ["mail"], "unknown": {},
			},
			"input/accounts/1/source_system": "mail",
			"input/login_events/-": {
				"uid": "log/login_event/2",
				"number": "2",
				"account": "im/account/han2",
				"at": "2026-08-05T02:00:00Z",
				"result": "success",
				"interactive": "yes",
				"unknown": {"abnormal": "not_supported", "flagged_at": "not_supported"},
			},
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
		"reported after exactly 24 hours": _reports("2026-08-06T03:00:00Z"),
		"reported before it was flagged": _reports("2026-08-05T02:30:00Z"),
		"reported, and a false alarm": object.union(
			_reports("2026-08-05T04:00:00Z"),
			{"data/company/incidents/0/status": "rejected"},
		),
		"reported among others": object.union(
			_reports("2026-08-05T04:00:00Z"),
			{_event: ["log/login_event/0", "log/login_event/1"]},
		),
		"reported by an incident about nobody known": object.union(
			_reports("2026-08-05T04:00:00Z"),
			{_party: null, "data/company/incidents/0/unknown/concerns": "stale"},
		),
	}
	document := _document(changes)
}

_answer(changes) := answer if {
	document := _document(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company
}

_event := "data/company/incidents/0/events"

_party := "data/company/incidents/0/concerns"

# an incident of the person's that names the sign-in, and when it was reported
_reports(at) := {
	_event: ["log/login_event/1"],
	_party: ["hr/person/han"],
	"data/company/incidents/0/reported_at": at,
}

# an incident that is about somebody, and names another sign-in
_about(uid) := {_party: [uid], _event: ["log/login_event/0"]}

# the document with values put at paths; null takes away
_document(changes) := json.patch(_base, [step |
	some path, value in changes
	some step in [
		{"op": "add", "path": path, "value": value},
		{"op": "remove", "path": {true: path, false: "nothing"}[is_null(value)]},
	]
	step.path != "nothing"
])

_base := {
	"input": {
		"department": "SAL",
		"login_events": [{
			"uid": "log/login_event/1",
			"number": "1",
			"account": "im/account/han",
			"at": "2026-08-05T02:00:00Z",
			"result": "success",
			"interactive": "yes",
			"abnormal": "yes",
			"flagged_at": "2026-08-05T03:00:00Z",
			"unknown": {},
		}],
		"accounts": [
			{
				"uid": "im/account/han", "source_system": "im", "login": "han", "kind": "human",
				"holder": "hr/person/han", "unknown": {},
			},
			{
				"uid": "im/account/han2", "source_system": "im", "login": "han2", "kind": "human",
				"holder": "hr/person/han", "unknown": {},
			},
		],
		"people": [{"uid": "hr/person/han", "unknown": {}}, {"uid": "hr/person/wu", "unknown": {}}],
		"context": {"accounts": [], "people": []},
	},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"period": {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"},
		"settings": {"login_report_hours": 24},
		"company": {
			"departments": [],
			"applications": [{
				"uid": "reg/application/element", "product": "element", "source_systems": ["im"], "unknown": {},
			}],
			"incidents": [{
				"uid": "reg/incident/1",
				"number": "1",
				"departments": ["SAL"],
				"category": "account_theft",
				"status": "open",
				"concerns": [],
				"events": [],
				"unknown": {},
			}],
		},
	},
}
