package checks["2-a_test"]

import future.keywords.not

import data.checks["2-a"] as check

test_a_tool_outside_the_audit_is_a_violation if {
	answer := check with input as _shard([_install("1", {}), _install("2", {})])
		with data.company.applications as [_wechat]
		with data.cutoff.host_seen_days as _cutoff

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _wechat.uid, "evidence": {
		"application": _wechat.uid,
		"collected": "no",
		"hosts": 2,
		"installs": 2,
		"registered": "no",
	}}}
}

test_one_device_that_was_seen_is_enough if {
	mail := _install("2", {"uid": "inventory/software_install/2/Mail", "application": "inventory/application/mail"})
	answer := check with input as _shard([_install("1", {}), _install("silent", {}), mail])
		with data.company.applications as [_wechat]
		with data.cutoff.host_seen_days as _cutoff

	[violation.evidence | some violation in answer.violations] == [{
		"application": _wechat.uid,
		"collected": "no",
		"hosts": 2,
		"installs": 2,
		"registered": "no",
	}]
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company.applications as document.data.company.applications
		with data.cutoff.host_seen_days as document.data.cutoff.host_seen_days

	answer.population == count({name} - {"mail", "no tool"})
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"registered": ["1", {"registered": "unknown", "unknown": {"registered": "redacted"}}, "redacted"],
		"collected": ["1", {"collected": "unknown", "unknown": {"collected": "redacted"}}, "redacted"],
		"category": ["1", {"category": "unknown", "unknown": {"category": "redacted"}}, "redacted"],
		"nothing but its kind": ["1", {"registered": null, "collected": null}, "not_collected"],
		"device not seen": ["silent", {}, "stale"],
		"when it was seen": ["strange", {}, "redacted"],
	}
	answer := check with input as _shard([_install(case[0], {})])
		with data.company.applications as [_known(object.union(_wechat, case[1]))]
		with data.cutoff.host_seen_days as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _wechat.uid, "reason": case[2]}}
}

test_an_install_that_may_be_a_tool_is_unknown if {
	install := object.remove(_install("1", {"unknown": {"application": "stale"}}), ["application"])
	answer := check with input as _shard([install])
		with data.company.applications as [_wechat]
		with data.cutoff.host_seen_days as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": install.uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {name: {
	"input": _shard(installs),
	"data": {"company": {"applications": [_wechat]}, "cutoff": {"host_seen_days": _cutoff}},
} |
	some name, installs in {
		"a tool outside the audit": [_install("1", {}), _install("2", {})],
		"on one device, and on one that is silent": [_install("1", {}), _install("silent", {})],
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard([case[0]]), "data": {
	"company": {"applications": [object.union(_wechat, case[1])]},
	"cutoff": {"host_seen_days": _cutoff},
}} |
	some name, case in {
		"registered": [_install("1", {}), {"registered": "yes"}],
		"collected": [_install("1", {}), {"collected": "yes"}],
		"registered, collection not known": [_install("1", {}), {"registered": "yes", "collected": "unknown"}],
		"mail": [_install("1", {}), {"category": "mail"}],
		"no tool": [object.remove(_install("1", {}), ["application"]), {}],
	}
}

_cutoff := "2026-08-31T15:59:59Z"

_wechat := {
	"uid": "inventory/application/wechat",
	"category": "chat",
	"registered": "no",
	"collected": "no",
	"unknown": {},
}

_known(record) := object.filter(record, [field | some field, value in record; not is_null(value)])

_install(device, fields) := object.union(
	{
		"uid": sprintf("inventory/software_install/%s/WeChat", [device]),
		"host": sprintf("inventory/host/%s", [device]),
		"application": "inventory/application/wechat",
		"unknown": {},
	},
	fields,
)

_host(name, fields) := object.union({"uid": sprintf("inventory/host/%s", [name]), "unknown": {}}, fields)

_shard(installs) := {
	"department": "SAL",
	"software_installs": installs,
	"hosts": [
		_host("1", {"last_seen_at": _cutoff}),
		_host("2", {"last_seen_at": "2026-09-29T02:00:00Z"}),
		_host("silent", {"last_seen_at": "2026-08-31T15:59:58Z"}),
		_host("strange", {"unknown": {"last_seen_at": "redacted"}}),
	],
	"people": [],
	"context": {"hosts": [], "people": []},
}
