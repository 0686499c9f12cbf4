package checks["3.3-c_test"]

import future.keywords.not

import data.checks["3.3-c"] as check

test_a_bad_link_that_nobody_reported_is_a_violation if {
	answer := _answer({})

	answer.population == 1
	answer.violations == {{
		"subject": "log/security_event/2",
		"evidence": {
			"account": "im/account/han",
			"at": "2026-08-05T02:00:00Z",
			"host": "inv/host/pc1",
			"kind": "blocklisted_link",
			"list_name": "urlhaus",
			"list_version": "2026-08-01",
			"outcome": "opened",
		},
		"owner": "hr/person/han",
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, changes in {
		"an executable was downloaded": object.union(_executable, {_outcome: "downloaded"}),
		"an executable was run": object.union(_executable, {_outcome: "run"}),
		"listed as it was opened": {_listed: "2026-08-05T02:00:00Z"},
		"the incident is reported after the snapshot": _reports("2026-10-02T03:00:00Z"),
		"the incident was never reported": _reports(null),
		"the incident is about another person": object.union(_reports("2026-08-05T04:00:00Z"), _about("hr/person/wu")),
		"the incident about the person came too late": object.union(
			_reports("2026-08-06T02:00:01Z"),
			_about("hr/person/han"),
		),
		"nobody was signed in": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/han"),
			{_account: null},
		]),
		"the time ended with the snapshot": {_at: "2026-09-29T15:59:59Z"},
		"the time ended with the first second": {_at: "2026-06-29T16:00:00Z", _listed: "2026-06-01T00:00:00Z"},
		"in a group of its own": {"input/security_events/0/group_key": "d1"},
	}
	answer := _answer(changes)

	answer.population == 1
	count(answer.violations) == 1
	answer.unknown == set()
}

test_records_of_one_download_are_one_subject if {
	answer := _answer(_second({"uid": "log/security_event/1", "number": "1", "outcome": "downloaded"}))

	answer.population == 1
	{violation.subject | some violation in answer.violations} == {"log/security_event/1"}
	[violation.evidence.outcome | some violation in answer.violations] == ["opened"]
}

test_what_is_shown_of_a_download_is_what_was_wrong if {
	answer := _answer(object.union({_listed: "2026-08-06T00:00:00Z"}, _second({
		"uid": "log/security_event/3",
		"number": "3",
		"kind": "external_executable",
		"outcome": "run",
		"listed_at": "2026-08-06T00:00:00Z",
	})))

	[violation.subject | some violation in answer.violations] == ["log/security_event/2"]
	[violation.evidence.outcome | some violation in answer.violations] == ["run"]
}

test_records_of_others_are_subjects_of_their_own[name] if {
	some name, changes in {
		"another download": {"group_key": "d2"},
		"another account": {"account": "im/account/wu"},
		"another device": {"host": "inv/host/pc2"},
	}
	answer := _answer(_second(object.union({"uid": "log/security_event/1", "number": "1"}, changes)))

	answer.population == 2
	count(answer.violations) == 2
}

test_an_incident_that_names_one_record_answers_for_the_download if {
	answer := _answer(object.union(
		_second({"uid": "log/security_event/1", "number": "1"}),
		_reports("2026-08-05T04:00:00Z"),
	))

	answer.population == 1
	answer.violations | answer.unknown == set()
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
		"blocked": {_outcome: "blocked"},
		"something else": {_kind: "other"},
		"a scanner did it": {_automatic: "yes"},
		"the time ends a second after the snapshot": {_at: "2026-09-29T16:00:00Z"},
		"the time ended before the period": {_at: "2026-06-29T15:59:59Z"},
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
	answer.unknown == {{"subject": "log/security_event/2", "reason": case.reason}}
}

_open := {
	"kind": {"changes": {_kind: "unknown", "input/security_events/0/unknown/kind": "stale"}, "reason": "stale"},
	"outcome": {"changes": {_outcome: "unknown", "input/security_events/0/unknown/outcome": "stale"}, "reason": "stale"},
	"whether a scanner did it": {
		"changes": {_automatic: "unknown", "input/security_events/0/unknown/automatic": "stale"},
		"reason": "stale",
	},
	"when": {"changes": {_at: null, "input/security_events/0/unknown/at": "redacted"}, "reason": "redacted"},
	"when an executable was run": {
		"changes": object.union(_executable, {_outcome: "run", _at: null, "input/security_events/0/unknown/at": "redacted"}),
		"reason": "redacted",
	},
	"kind, and an incident is about the person": {
		"changes": object.union_n([
			{_kind: "unknown", "input/security_events/0/unknown/kind": "stale"},
			_reports("2026-08-06T02:00:00Z"),
			_about("hr/person/han"),
		]),
		"reason": "stale",
	},
	"whom the incident is about": {
		"changes": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/han"),
			{_party: null, "data/company/incidents/0/unknown/concerns": "stale"},
		]),
		"reason": "stale",
	},
	"when it was listed": {
		"changes": {_listed: null, "input/security_events/0/unknown/listed_at": "stale"},
		"reason": "stale",
	},
	"on a list since never": {"changes": {_listed: null}, "reason": "not_collected"},
	"whose doing it was": {
		"changes": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/wu"),
			{_account: null, "input/security_events/0/unknown/account": "stale"},
		]),
		"reason": "stale",
	},
	"who holds the account": {
		"changes": object.union_n([
			_reports("2026-08-05T04:00:00Z"),
			_about("hr/person/wu"),
			{"input/accounts/0/holder": null, "input/accounts/0/unknown/holder": "stale"},
		]),
		"reason": "stale",
	},
	"an incident about the person": {
		"changes": object.union(_reports("2026-08-06T02:00:00Z"), _about("hr/person/han")),
		"reason": "ambiguous",
	},
	"what the incident names": {
		"changes": object.union(
			_reports("2026-09-05T04:00:00Z"),
			{_event: null, "data/company/incidents/0/unknown/events": "stale"},
		),
		"reason": "stale",
	},
	"when the incident was reported": {
		"changes": object.union(_reports(null), {"data/company/incidents/0/unknown/reported_at": "stale"}),
		"reason": "stale",
	},
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _document(changes) |
	some name, changes in {
		"nobody reported it": {},
		"an executable": object.union(_executable, {_outcome: "run"}),
		"an incident about somebody else": object.union(_reports("2026-08-05T04:00:00Z"), _about("hr/person/wu")),
		"nobody was signed in": {_account: null},
	}
}

# may accuse: events[0]: an incident that names another record, be it one that nobody has, does not name this one

# who is looked at and has done nothing wrong
innocent := {name: {"input": document.input, "data": {
	"as_of": document.data.as_of,
	"period": document.data.period,
	"settings": document.data.settings,
	"company": document.data.company,
}} |
	some name, changes in {
		"reported": _reports("2026-08-05T04:00:00Z"),
		"reported late": _reports("2026-09-20T04:00:00Z"),
		"reported with the snapshot": _reports("2026-09-30T15:59:59Z"),
		"listed afterwards": {_listed: "2026-08-05T02:00:01Z"},
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

_account := "input/security_events/0/account"

_at := "input/security_events/0/at"

_automatic := "input/security_events/0/automatic"

_kind := "input/security_events/0/kind"

_listed := "input/security_events/0/listed_at"

_outcome := "input/security_events/0/outcome"

_event := "data/company/incidents/0/events"

_party := "data/company/incidents/0/concerns"

_executable := {_kind: "external_executable", _listed: null}

# an incident of the person's that names the event, and when it was reported
_reports(at) := {
	_event: ["log/security_event/2"],
	_party: ["hr/person/han"],
	"data/company/incidents/0/reported_at": at,
}

# an incident that is about somebody, and names another event
_about(uid) := {_party: [uid], _event: ["log/security_event/0"]}

# two records of one download, of which the second differs as stated
_second(changes) := {
	"input/security_events/0/group_key": "d1",
	"input/security_events/1": object.union_n([_base.input.security_events[0], {"group_key": "d1"}, changes]),
}

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
		"security_events": [{
			"uid": "log/security_event/2",
			"number": "2",
			"kind": "blocklisted_link",
			"outcome": "opened",
			"at": "2026-08-05T02:00:00Z",
			"listed_at": "2026-08-01T00:00:00Z",
			"list_name": "urlhaus",
			"list_version": "2026-08-01",
			"account": "im/account/han",
			"host": "inv/host/pc1",
			"automatic": "no",
			"unknown": {},
		}],
		"accounts": [
			{"uid": "im/account/han", "login": "han", "holder": "hr/person/han", "unknown": {}},
			{"uid": "im/account/wu", "login": "wu", "holder": "hr/person/wu", "unknown": {}},
		],
		"people": [{"uid": "hr/person/han", "unknown": {}}, {"uid": "hr/person/wu", "unknown": {}}],
		"context": {"accounts": [], "people": []},
	},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"period": {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"},
		"settings": {"security_report_hours": 24},
		"company": {"incidents": [{
			"uid": "reg/incident/1",
			"number": "1",
			"departments": ["SAL"],
			"category": "malware",
			"status": "open",
			"concerns": [],
			"events": [],
			"unknown": {},
		}]},
	},
}
