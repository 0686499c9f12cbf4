package checks["5.1-d_test"]

import future.keywords.not

import data.checks["5.1-d"] as check

test_an_account_without_a_request_is_a_violation if {
	answer := _answer({"hr_notices": []})

	answer.population == 1
	answer.violations == {{"subject": "im/account/chen", "evidence": {
		"cases": ["no_request"],
		"created_at": "2026-08-03T01:00:00Z",
		"hire_date": "2026-08-03",
		"request": "none",
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"the notice came a second late": [
			{"hr_notices/0/sent_at": "2026-08-03T01:00:01Z"},
			["request_late"], "reg/hr_notice/n1",
		],
		"the approval came late": [
			{"hr_notices": [], "approvals": [_approved("chen", "2026-08-03T01:00:01Z")]},
			["request_late"], "reg/approval/a1",
		],
		"a second before the first day": [
			{"people/0/hire_day_starts_at": "2026-08-03T01:00:01Z"},
			["created_early"], "none",
		],
		"early and without a request": [
			{"people/0/hire_day_starts_at": "2026-08-03T16:00:00Z", "hr_notices": []},
			["created_early", "no_request"], "none",
		],
		"between two employments": [
			{
				"people/0/employments": [{
					"hire_date": "2020-03-01",
					"hire_day_starts_at": "2020-02-29T16:00:00Z",
					"last_working_day": "2026-04-10",
					"last_day_ends_at": "2026-04-10T16:00:00Z",
				}],
				"people/0/hire_day_starts_at": "2026-08-09T16:00:00Z",
			},
			["created_early"], "none",
		],
		"only the notice of the employment before": [
			{
				"people/0/employments": [{
					"hire_date": "2020-03-01",
					"hire_day_starts_at": "2020-02-29T16:00:00Z",
					"last_working_day": "2026-04-10",
					"last_day_ends_at": "2026-04-10T16:00:00Z",
				}],
				"hr_notices/0/sent_at": "2026-04-10T16:00:00Z",
			},
			["no_request"], "none",
		],
		"the notice was for the first account": [
			{"accounts/-": _other("2026-08-03T00:59:59Z")},
			["no_request"], "none",
		],
		"a notice of another kind": [{"hr_notices/0/kind": "mover"}, ["no_request"], "none"],
		"somebody else's notice": [{"hr_notices/0/person": "hr/person/gao"}, ["no_request"], "none"],
		"an approval that was refused": [
			{"hr_notices": [], "approvals": [object.union(_approved("chen", "2026-08-01T00:00:00Z"), {"state": "rejected"})]},
			["no_request"], "none",
		],
		"an approval of something else": [
			{"hr_notices": [], "approvals": [object.union(_approved("chen", "2026-08-01T00:00:00Z"), {"kind": "other"})]},
			["no_request"], "none",
		],
		"an approval for another one": [
			{"hr_notices": [], "approvals": [_approved("gao", "2026-08-01T00:00:00Z")]},
			["no_request"], "none",
		],
		"closed again": [{"accounts/0/state": "deactivated", "hr_notices": []}, ["no_request"], "none"],
		"in the first second of the quarter": [
			{"accounts/0/created_at": "2026-06-30T16:00:00Z"},
			["created_early", "request_late"], "reg/hr_notice/n1",
		],
		"in the last second of the quarter": [
			{"accounts/0/created_at": "2026-09-30T15:59:59Z", "hr_notices": []},
			["no_request"], "none",
		],
	}
	answer := _answer(case[0])

	{[row.evidence.cases, row.evidence.request] | some row in answer.violations; row.subject == "im/account/chen"} == {[
		case[1],
		case[2],
	]}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, changes in {
		"announced": {},
		"announced in the same second": {"hr_notices/0/sent_at": "2026-08-03T01:00:00Z"},
		"in the first moment of the first day": {"people/0/hire_day_starts_at": "2026-08-03T01:00:00Z"},
		"approved by the login": {"hr_notices": [], "approvals": [_approved("chen", "2026-08-03T01:00:00Z")]},
		"approved by the uid": {"hr_notices": [], "approvals": [_approved("im/account/chen", "2026-08-01T00:00:00Z")]},
		"approved by the employee number": {"hr_notices": [], "approvals": [_approved("00033", "2026-08-01T00:00:00Z")]},
		"approved by the person": {"hr_notices": [], "approvals": [_approved("hr/person/chen", "2026-08-01T00:00:00Z")]},
		"the whole tool moved": {"hr_notices": [], "approvals": [_approved("im", "2026-08-01T00:00:00Z")]},
		"hired again": {"people/0/employments": [{
			"hire_date": "2020-03-01",
			"hire_day_starts_at": "2020-02-29T16:00:00Z",
			"last_working_day": "2026-04-10",
			"last_day_ends_at": "2026-04-10T16:00:00Z",
		}]},
		"hired, and another employment is still to come": {
			"people/0/hire_day_starts_at": "2026-08-09T16:00:00Z",
			"people/0/employments": [{"hire_date": "2026-08-03", "hire_day_starts_at": "2026-08-02T16:00:00Z"}, _to_come],
		},
		"of a later employment nobody knows when it ended": object.union(_left_some_day, {"people/0/employments": [
			{
				"hire_date": "2020-03-01",
				"hire_day_starts_at": "2020-02-29T16:00:00Z",
				"last_working_day": "2026-08-05",
				"last_day_ends_at": "2026-08-05T16:00:00Z",
			},
			_to_come,
		]}),
		"another account was there before the notice": {"accounts/-": _other("2026-07-19T00:00:00Z")},
		"another account came later": {"accounts/-": object.union(_other("2026-08-03T01:00:01Z"), {"kind": "bot"})},
		"another account in another tool": {"accounts/-": object.union(
			_other("2026-08-02T00:00:00Z"),
			{"source_system": "mail", "kind": "bot"},
		)},
		"somebody else's account": {"accounts/-": object.union(
			_other("2026-08-02T00:00:00Z"),
			{"holder": "hr/person/gao", "kind": "bot"},
		)},
	}
	answer := _answer(changes)

	{row | some row in (answer.violations | answer.unknown); row.subject == "im/account/chen"} == set()
	answer.population >= 1
}

test_days_before_joining_may_be_allowed if {
	answer := _asked({"people/0/hire_day_starts_at": "2026-08-05T01:00:00Z"}, 2)

	answer.population == 1
	answer.violations == set()
	count(_asked({"people/0/hire_day_starts_at": "2026-08-05T01:00:01Z"}, 2).violations) == 1
}

test_these_are_outside[name] if {
	some name, changes in {
		"of the quarter before": {"accounts/0/created_at": "2026-06-30T15:59:59Z"},
		"of the next quarter": {"accounts/0/created_at": "2026-09-30T16:00:00Z"},
		"seen before the quarter": {"accounts/0/first_seen_at": "2026-06-30T15:59:59Z"},
		"seen before the quarter, and nobody knows how old": {
			"accounts/0/created_at": null,
			"accounts/0/unknown/created_at": "stale",
			"accounts/0/first_seen_at": "2026-06-30T15:59:59Z",
		},
		"a robot": {"accounts/0/kind": "bot"},
		"nobody's": {"accounts/0/holder": null},
	}
	answer := _answer(object.union({"hr_notices": []}, changes))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"when it was opened": {"accounts/0/created_at": null, "accounts/0/unknown/created_at": "stale", "hr_notices": []},
		"kind": {"accounts/0/kind": "unknown", "accounts/0/unknown/kind": "stale", "hr_notices": []},
		"holder": {"accounts/0/holder": null, "accounts/0/unknown/holder": "stale", "hr_notices": []},
		"hire date": {
			"people/0/hire_day_starts_at": null,
			"people/0/unknown/hire_day_starts_at": "stale",
		},
		"when the notice was sent": {"hr_notices/0/sent_at": null, "hr_notices/0/unknown/sent_at": "stale"},
		"whether the notice was of an employment that had ended": {
			"people/0/status": "left",
			"people/0/unknown/last_day_ends_at": "stale",
		},
		"when the employment ended": object.union(_left_some_day, {"people/0/employments": [
			{"hire_date": "2026-08-03", "hire_day_starts_at": "2026-08-02T16:00:00Z"},
			_to_come,
		]}),
		"whom the notice is about": {"hr_notices/0/person": null, "hr_notices/0/unknown/person": "stale"},
		"what the notice says": {"hr_notices/0/kind": "unknown", "hr_notices/0/unknown/kind": "stale"},
		"whether it was approved": {"hr_notices": [], "approvals": [object.union(
			_approved("chen", "2026-08-01T00:00:00Z"),
			{"state": "unknown", "unknown": {"state": "stale"}},
		)]},
		"what was approved": {"hr_notices": [], "approvals": [object.union(
			object.remove(_approved("chen", "2026-08-01T00:00:00Z"), ["subject"]),
			{"unknown": {"subject": "stale"}},
		)]},
		"who decided": {"hr_notices": [], "approvals": [object.union(
			object.remove(_approved("chen", "2026-08-01T00:00:00Z"), ["decisions"]),
			{"unknown": {"decisions": "stale"}},
		)]},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "stale"}}
}

test_a_holder_who_is_on_no_file_is_unknown if {
	answer := _answer({"accounts/0/holder": "hr/person/nobody"})

	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": "not_collected"}}
}

test_seen_in_the_first_second_of_the_quarter_is_of_the_quarter if {
	answer := _answer({
		"hr_notices": [],
		"accounts/0/first_seen_at": "2026-06-30T16:00:00Z",
		"accounts/0/unknown": {},
	})

	count(answer.violations) == 1
}

test_an_employment_that_ends_in_that_second_is_still_one if {
	answer := _answer({"people/0/hire_day_starts_at": "2026-08-10T16:00:00Z", "people/0/employments": [
		{
			"hire_date": "2020-03-01",
			"hire_day_starts_at": "2020-02-29T16:00:00Z",
			"last_working_day": "2026-08-03",
			"last_day_ends_at": "2026-08-03T01:00:00Z",
		},
		{"hire_date": "2026-08-11", "hire_day_starts_at": "2026-08-10T16:00:00Z"},
	]})

	answer.violations | answer.unknown == set()
}

test_the_innocent_are_not_named[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

# may accuse: person: HR announces people of all departments, and somebody else's notice opens no account
# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": parts.input, "data": {
	"company": _company(parts),
	"as_of": _as_of,
	"period": _period,
	"settings": {"account_early_days": 0},
}} |
	some name, changes in {
		"no request": {"hr_notices": []},
		"late notice": {"hr_notices/0/sent_at": "2026-08-04T01:00:00Z"},
		"late approval": {"hr_notices": [], "approvals": [_approved("chen", "2026-08-04T01:00:00Z")]},
		"early": {"people/0/hire_day_starts_at": "2026-08-03T16:00:00Z"},
		"between two employments": _between,
		"only the notice of an employment that is over": {
			"people/0/hire_day_starts_at": "2026-07-01T16:00:00Z",
			"people/0/last_day_ends_at": "2026-08-02T16:00:00Z",
		},
	}
	parts := _parts(changes)
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": parts.input, "data": {
	"company": _company(parts),
	"as_of": _as_of,
	"period": _period,
	"settings": {"account_early_days": 0},
}} |
	some name, changes in {
		"hired again": {"people/0/employments": [{
			"hire_date": "2020-03-01",
			"hire_day_starts_at": "2020-02-29T16:00:00Z",
			"last_working_day": "2026-04-10",
			"last_day_ends_at": "2026-04-10T16:00:00Z",
		}]},
		"announced": {},
		"approved": {"hr_notices": [], "approvals": [_approved("chen", "2026-08-03T01:00:00Z")]},
		"approved, after the last day": {
			"hr_notices": [],
			"approvals": [_approved("chen", "2026-08-01T00:00:00Z")],
			"people/0/hire_day_starts_at": "2026-07-01T16:00:00Z",
			"people/0/last_day_ends_at": "2026-08-02T16:00:00Z",
		},
	}
	parts := _parts(changes)
}

_between := {
	"people/0/hire_day_starts_at": "2020-02-29T16:00:00Z",
	"people/0/last_day_ends_at": "2026-04-10T16:00:00Z",
	"people/0/employments": [
		{
			"hire_date": "2020-03-01",
			"hire_day_starts_at": "2020-02-29T16:00:00Z",
			"last_working_day": "2026-04-10",
			"last_day_ends_at": "2026-04-10T16:00:00Z",
		},
		_to_come,
	],
}

_to_come := {"hire_date": "2026-08-10", "hire_day_starts_at": "2026-08-09T16:00:00Z"}

# whose account was approved, so that only its time is asked
_left_some_day := {
	"people/0/status": "left",
	"people/0/hire_day_starts_at": "2026-08-09T16:00:00Z",
	"people/0/unknown/last_day_ends_at": "stale",
	"hr_notices": [],
	"approvals": [_approved("chen", "2026-08-03T01:00:00Z")],
}

_answer(changes) := _asked(changes, 0)

_asked(changes, days) := answer if {
	parts := _parts(changes)
	answer := check with input as parts.input
		with data.company as _company(parts)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.account_early_days as days
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_company(parts) := {"hr_notices": parts.hr_notices, "approvals": parts.approvals}

_approved(subject, at) := {
	"uid": "reg/approval/a1",
	"number": "a1",
	"kind": "account_creation",
	"subject": subject,
	"state": "approved",
	"decisions": [{"by": "hr/person/gao", "role": "approver", "decision": "approved", "at": at}],
	"unknown": {},
}

_other(at) := {
	"uid": "im/account/chen2",
	"source_system": "im",
	"login": "chen2",
	"kind": "human",
	"state": "active",
	"holder": "hr/person/chen",
	"created_at": at,
	"first_seen_at": "2026-01-01T00:00:00Z",
	"unknown": {},
}

_shard := {
	"accounts": [{
		"uid": "im/account/chen",
		"source_system": "im",
		"login": "chen",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"created_at": "2026-08-03T01:00:00Z",
		"unknown": {"first_seen_at": "not_collected"},
	}],
	"people": [{
		"uid": "hr/person/chen",
		"employee_no": "00033",
		"status": "active",
		"hire_date": "2026-08-03",
		"hire_day_starts_at": "2026-08-02T16:00:00Z",
		"employments": [],
		"unknown": {},
	}],
	"context": {"accounts": [], "people": [{"uid": "hr/person/gao", "employments": [], "unknown": {}}]},
}

_records := {
	"approvals": [],
	"hr_notices": [{
		"uid": "reg/hr_notice/n1",
		"number": "n1",
		"person": "hr/person/chen",
		"kind": "joiner",
		"effective_on": "2026-08-03",
		"sent_at": "2026-07-20T02:00:00Z",
		"unknown": {},
	}],
}

# the shard and the records with values put at paths; null takes away
_parts(changes) := object.union(
	{"input": object.remove(changed, object.keys(_records))},
	object.filter(changed, object.keys(_records)),
) if {
	changed := json.patch(object.union(_shard, _records), [step |
		some path, value in changes
		step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
	])
}
