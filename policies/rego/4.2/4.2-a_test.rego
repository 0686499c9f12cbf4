package checks["4.2-a_test"]

import future.keywords.not

import data.checks["4.2-a"] as check

test_a_request_that_leaves_something_out_is_a_violation[name] if {
	some name, case in {
		"no reason": [{"reason": ""}, ["reason"]],
		"nothing at all": [{"reason": "", "software": "", "functions": ""}, ["functions", "reason", "software"]],
		"a placeholder": [{"functions": "同上"}, ["functions"]],
		"a placeholder in small letters": [{"software": "n/a"}, ["software"]],
		"one is empty, another not known": [
			{"reason": "", "software": null, "unknown": {"software": "stale"}},
			["reason"],
		],
		"of the period, and called expired": [{"reason": "", "state": "expired"}, ["reason"]],
		"waiting for long": [{"reason": "", "state": "pending", "requested_at": "2025-01-01T00:00:00Z"}, ["reason"]],
		"in force for long": [{"reason": "", "requested_at": "2025-01-01T00:00:00Z"}, ["reason"]],
	}
	request := _changed(_request, case[0])
	answer := check with input as _shard
		with data.company as _company(request, _approval)
		with data.period as _period
		with data.as_of as _as_of
		with data.settings.placeholder_words as _words

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _request.uid, "evidence": {
		"missing": case[1],
		"requested_at": request.requested_at,
		"state": request.state,
	}}}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.period as document.data.period
		with data.as_of as document.data.as_of
		with data.settings.placeholder_words as document.data.settings.placeholder_words

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"a text": [{"reason": null, "unknown": {"reason": "redacted"}}, {}, "redacted"],
		"state": [{"reason": "", "state": "unknown", "unknown": {"state": "stale"}}, {}, "stale"],
		"state, and over for long": [
			object.union(_old, {"state": "unknown", "unknown": {"state": "stale"}}),
			{"valid_until": "2026-01-01T00:00:00Z"}, "stale",
		],
		"until when it holds": [_old, {"valid_until": null, "unknown": {"valid_until": "stale"}}, "stale"],
		"since when it holds": [_old, {"unknown": {"valid_from": "stale"}}, "stale"],
		"who decided": [_old, {"decisions": null, "unknown": {"decisions": "stale"}}, "stale"],
		"its approval": [object.union(_old, {"approval": null, "unknown": {"approval": "stale"}}), {}, "stale"],
		"which department": [
			object.union(_old, {"department_code": null, "unknown": {"department_code": "stale"}}),
			{}, "stale",
		],
		"when, and not in force": [
			{"reason": "", "requested_at": null, "unknown": {"requested_at": "stale"}},
			{"valid_until": "2026-01-01T00:00:00Z"}, "stale",
		],
	}
	answer := check with input as _shard
		with data.company as _company(_changed(_request, case[0]), _changed(_approval, case[1]))
		with data.period as _period
		with data.as_of as _as_of
		with data.settings.placeholder_words as _words

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _request.uid, "reason": case[2]}}
}

test_what_was_asked_for_in_the_period_counts_though_it_is_over[name] if {
	some name, case in {
		"in the first second": ["2026-06-30T16:00:00Z", 1],
		"in the last": [_as_of, 1],
		"before": ["2026-06-30T15:59:59Z", 0],
		"after": ["2026-09-30T16:00:00Z", 0],
	}
	request := _changed(_request, {"reason": "", "requested_at": case[0]})
	answer := check with input as _shard
		with data.company as _company(request, _changed(_approval, {"valid_until": "2026-01-01T00:00:00Z"}))
		with data.period as _period
		with data.as_of as _as_of
		with data.settings.placeholder_words as _words

	answer.population == case[1]
	count(answer.violations) == case[1]
	answer.unknown == set()
}

test_of_what_is_old_and_over_only_what_waits_counts[state] if {
	some state, looked_at in {"pending": 1, "approved": 0, "expired": 0, "rejected": 0, "withdrawn": 0}
	request := object.union(_changed(_request, _old), {"state": state})
	answer := check with input as _shard
		with data.company as _company(request, _changed(_approval, {"valid_until": "2026-01-01T00:00:00Z"}))
		with data.period as _period
		with data.as_of as _as_of
		with data.settings.placeholder_words as _words

	answer.population == looked_at
	count(answer.violations) == looked_at
	answer.unknown == set()
}

# what the law of missing facts is tried on: each input gives a violation
# may accuse: department_code: a request of nobody knows which department is judged for the whole company

violating := {name: {"input": _shard, "data": {
	"company": _company(object.union(_request, fields), _approval),
	"period": _period,
	"as_of": _as_of,
	"settings": {"placeholder_words": _words},
}} |
	some name, fields in {
		"no reason": {"reason": ""},
		"a placeholder, in force for long": {"software": "-", "requested_at": "2025-01-01T00:00:00Z"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard, "data": {
	"company": _company(_changed(_request, case[0]), _changed(_approval, case[1])),
	"period": _period,
	"as_of": _as_of,
	"settings": {"placeholder_words": _words},
}} |
	some name, case in {
		"complete": [{}, {}],
		"short": [{"reason": "無線電"}, {}],
		"rejected": [{"reason": "", "state": "rejected"}, {}],
		"withdrawn": [{"reason": "", "state": "withdrawn"}, {}],
		"over for long": [
			{"reason": "", "requested_at": "2025-01-01T00:00:00Z"},
			{"valid_until": "2026-01-01T00:00:00Z"},
		],
		"of another department": [{"reason": "", "department_code": "FIN"}, {}],
		"of the next period": [
			{"reason": "", "requested_at": "2026-09-30T16:00:00Z"},
			{"valid_from": "2027-01-01T00:00:00Z"},
		],
	}
}

# of these the check does not ask its question
_outside := {"of another department", "of the next period", "over for long", "rejected", "withdrawn"}

_old := {"reason": "", "requested_at": "2025-01-01T00:00:00Z"}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_words := ["-", "/", "無", "同上", "N/A", "TBD"]

_request := {
	"uid": "r/exception_request/EX-1",
	"department_code": "RD",
	"also_for": [],
	"application": "r/application/slack",
	"requester": "hr/person/chen",
	"reason": "供應商僅在 Slack 提供支持頻道",
	"software": "Slack",
	"functions": "頻道與文件",
	"requested_at": "2026-08-10T02:00:00Z",
	"approval": "r/approval/AP-1",
	"state": "approved",
	"unknown": {},
}

_approval := {
	"uid": "r/approval/AP-1",
	"state": "approved",
	"decisions": [{"role": "approver", "decision": "approved", "at": "2025-02-10T03:00:00Z"}],
	"valid_until": "2026-12-31T16:00:00Z",
	"unknown": {},
}

_changed(record, fields) := object.filter(object.union(record, fields), {name |
	some name, value in object.union(record, fields)
	not is_null(value)
})

_company(request, approval) := {
	"exception_requests": [request],
	"approvals": [approval],
	"applications": [],
	"departments": [{"uid": "hr/department/RD", "code": "RD", "renamed_from": [], "unknown": {}}],
}

_shard := {"department": "RD", "people": [{"uid": "hr/person/chen", "unknown": {}}], "context": {"people": []}}
