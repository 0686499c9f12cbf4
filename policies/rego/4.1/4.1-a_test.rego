package checks["4.1-a_test"]

import future.keywords.not

import data.checks["4.1-a"] as check

test_a_tool_that_nobody_chose_or_asked_for_is_a_violation[name] if {
	some name, application in {
		"in no register": _wechat,
		"registered and not selected": object.union(_wechat, {"registered": "yes"}),
		"for meetings": object.union(_wechat, {"category": "meeting"}),
		"in no register, selection not known": object.union(_wechat, {
			"selected": "unknown",
			"unknown": {"selected": "stale"},
		}),
	}
	answer := check with input as _shard({}, {})
		with data.company as _company(application, [])
		with data.cutoff.host_seen_days as _cutoff

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _install.uid, "evidence": {
		"application": _wechat.uid,
		"host": _host.uid,
		"installed_at": "unknown",
		"person": "hr/person/chen",
		"version": "4.1",
	}}}
}

test_a_device_of_nobody_counts_too if {
	answer := check with input as _shard({}, {"owner": null})
		with data.company as _company(_wechat, [])
		with data.cutoff.host_seen_days as _cutoff

	count(answer.violations) == 1
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff.host_seen_days as document.data.cutoff.host_seen_days

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_device_seen_at_the_limit_is_seen if {
	answer := check with input as _shard({}, {"last_seen_at": _cutoff})
		with data.company as _company(_wechat, [])
		with data.cutoff.host_seen_days as _cutoff

	count(answer.violations) == 1
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"device not seen": [{}, {"last_seen_at": "2026-08-31T15:59:58Z"}, _wechat, []],
		"when it was seen": [{}, {"last_seen_at": null, "unknown": {"last_seen_at": "stale"}}, _wechat, []],
		"selected": [
			{}, {}, object.union(_wechat, {
				"registered": "yes",
				"selected": "unknown",
				"unknown": {"selected": "stale"},
			}),
			[],
		],
		"category": [{}, {}, object.union(_wechat, {"category": "unknown", "unknown": {"category": "stale"}}), []],
		"what it is": [{"application": null, "unknown": {"application": "stale"}}, {}, _wechat, []],
		"what was asked for": [{}, {}, _wechat, [object.union(
			object.remove(_request, ["application"]),
			{"unknown": {"application": "stale"}},
		)]],
	}
	answer := check with input as _shard(case[0], case[1])
		with data.company as _company(case[2], case[3])
		with data.cutoff.host_seen_days as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _install.uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {"a stray tool": {
	"input": _shard({}, {}),
	"data": {"company": _company(_wechat, []), "cutoff": {"host_seen_days": _cutoff}},
}}

# who has done nothing wrong
# nobody looked at: the check looks at tools that nobody chose, and each of these is a violation
innocent := {name: {"input": _shard(case[0], {}), "data": {
	"company": _company(case[1], case[2]),
	"cutoff": {"host_seen_days": _cutoff},
}} |
	some name, case in {
		"selected": [{}, object.union(_wechat, {"selected": "yes", "registered": "yes"}), []],
		"mail": [{}, object.union(_wechat, {"category": "mail"}), []],
		"no tool": [{"application": null}, _wechat, []],
		"somebody asked for it: 4.2-b": [{}, _wechat, [_request]],
		"somebody asked in vain: 4.2-b": [{}, _wechat, [object.union(_request, {"state": "rejected"})]],
	}
}

_cutoff := "2026-08-31T15:59:59Z"

_wechat := {
	"uid": "inventory/application/wechat",
	"category": "chat",
	"registered": "no",
	"selected": "no",
	"unknown": {},
}

_install := {
	"uid": "inventory/software_install/PC-1/WeChat",
	"host": "inventory/host/PC-1",
	"application": "inventory/application/wechat",
	"version": "4.1",
	"unknown": {"installed_at": "not_supported"},
}

_host := {
	"uid": "inventory/host/PC-1",
	"owner": "hr/person/chen",
	"last_seen_at": "2026-09-29T02:00:00Z",
	"unknown": {},
}

_request := {
	"uid": "register/exception_request/EX-1",
	"application": "inventory/application/wechat",
	"state": "pending",
	"unknown": {},
}

_company(application, requests) := {
	"applications": [application],
	"exception_requests": requests,
	"approvals": [],
	"departments": [],
}

_changed(record, fields) := object.filter(object.union(record, fields), {name |
	some name, value in object.union(record, fields)
	not is_null(value)
})

_shard(install, host) := {
	"department": "SAL",
	"software_installs": [_changed(_install, install)],
	"hosts": [_changed(_host, host)],
	"people": [{"uid": "hr/person/chen", "department_code": "SAL", "posts": [], "unknown": {}}],
	"context": {"hosts": [], "people": []},
}
