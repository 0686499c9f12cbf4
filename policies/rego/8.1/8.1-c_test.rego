package checks["8.1-c_test"]

import future.keywords.not

import data.checks["8.1-c"] as check

test_a_tool_that_nobody_looks_at_is_a_violation if {
	shard := _shard({"vuln_scans/0/started_at": "2026-08-31T15:59:58Z"})
	answer := _answer(shard, _company({"security_assessments/0/performed_at": "2025-09-30T15:59:58Z"}))

	answer.population == 1
	answer.violations == {{"subject": "reg/application/chat", "evidence": {
		"faults": ["assessment", "scan"],
		"hosts_unscanned": ["srv/host/chat01"],
		"last_scan_at": "2026-08-31T15:59:58Z",
		"db_built_at": "2026-09-19T00:00:00Z",
		"last_assessment_at": "2025-09-30T15:59:58Z",
	}}}
	answer.unknown == set()
}

test_each_fault[name] if {
	some name, case in {
		"never scanned": [{"vuln_scans": []}, {}, ["scan"]],
		"another host was scanned": [{"vuln_scans/0/scope": ["srv/host/x"]}, {}, ["scan"]],
		"the scan failed": [{"vuln_scans/0/result": "failed"}, {}, ["scan"]],
		"the scan has no end": [{"vuln_scans/0/result": "partial"}, {}, ["scan"]],
		"a scan of the future": [{"vuln_scans/0/started_at": "2026-09-30T16:00:00Z"}, {}, ["scan"]],
		"an old database": [{"vuln_scans/0/db_built_at": "2026-09-12T23:59:59Z"}, {}, ["stale_database"]],
		"an old database, and failed": [
			{"vuln_scans/0/db_built_at": "2026-09-12T23:59:59Z", "vuln_scans/0/result": "failed"},
			{}, ["scan"],
		],
	}
	answer := _answer(_shard(case[0]), _company(case[1]))

	answer.population == 1
	[violation.evidence.faults | some violation in answer.violations] == [case[2]]
	answer.unknown == set()
}

test_each_fault_of_assessments[name] if {
	some name, case in {
		"never assessed": [{}, {"security_assessments": []}, ["assessment"]],
		"another tool was assessed": [
			{},
			{"security_assessments/0/application": "reg/application/x"},
			["assessment"],
		],
		"assessed in the future": [
			{},
			{"security_assessments/0/performed_at": "2026-09-30T16:00:00Z"},
			["assessment"],
		],
		"assessed by who runs it": [{}, {"security_assessments/0/performed_by": "hr/person/liu"}, ["assessment"]],
		"assessed by somebody who is not independent": [
			{},
			{"security_assessments/0/independent": "no"},
			["assessment"],
		],
		"a provider's, never assessed": [
			{"vuln_scans": []},
			{"applications/0/hosted": "provider", "security_assessments": []}, ["assessment"],
		],
		"nobody knows who runs it, and it was never assessed": [
			{},
			{"applications/0/hosted": "unknown", "security_assessments": []}, ["assessment"],
		],
		"no server is known, and it was never assessed": [
			{"hosts/0/serves": []},
			{"security_assessments": []}, ["assessment"],
		],
	}
	answer := _answer(_shard(case[0]), _company(case[1]))

	answer.population == 1
	[violation.evidence.faults | some violation in answer.violations] == [case[2]]
	answer.unknown == set()
}

test_one_of_two_hosts_is_enough[name] if {
	some name, case in {
		"scanned before": [{"vuln_scans/0/scope": ["srv/host/chat01"]}, ["srv/host/chat02"]],
		"both": [{"vuln_scans/0/scope": ["srv/host/chat01", "srv/host/chat02"]}, []],
	}
	answer := _answer(_shard(object.union(case[0], {"hosts/1": _second})), _company({}))

	[uid | some violation in answer.violations; some uid in violation.evidence.hosts_unscanned] == case[1]
}

test_two_hosts_two_faults if {
	second := {
		"uid": "reg/vuln_scan/t",
		"number": "t",
		"scope": ["srv/host/chat02"],
		"started_at": "2026-09-21T00:00:00Z",
		"db_built_at": "2026-09-01T00:00:00Z",
		"result": "success",
		"authenticated": "yes",
		"unknown": {},
	}
	answer := _answer(
		_shard({
			"hosts/1": object.union(_host, {"uid": "srv/host/chat02"}),
			"vuln_scans/0/scope": ["srv/host/x"],
			"vuln_scans/1": second,
		}),
		_company({}),
	)

	[violation.evidence | some violation in answer.violations] == [{
		"faults": ["scan", "stale_database"],
		"hosts_unscanned": ["srv/host/chat01", "srv/host/chat02"],
		"last_scan_at": "2026-09-21T00:00:00Z",
		"db_built_at": "2026-09-01T00:00:00Z",
		"last_assessment_at": "2026-03-01T00:00:00Z",
	}]
}

test_these_conform[name] if {
	some name, document in innocent
	answer := _answer(document.input, document.data.company)

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_due_a_second_later[name] if {
	some name, case in {
		"scan": [{"vuln_scans": []}, {"applications/0/deployed_at": "2026-08-31T15:59:58Z"}],
		"assessment": [{}, {"applications/0/deployed_at": "2025-09-30T15:59:58Z", "security_assessments": []}],
	}
	answer := _answer(_shard(case[0]), _company(case[1]))

	[violation.evidence.faults | some violation in answer.violations] == [[name]]
}

test_what_never_was_is_told if {
	answer := _answer(_shard({"vuln_scans": []}), _company({"security_assessments": []}))

	[violation.evidence | some violation in answer.violations] == [{
		"faults": ["assessment", "scan"],
		"hosts_unscanned": ["srv/host/chat01"],
		"last_scan_at": "none",
		"db_built_at": "none",
		"last_assessment_at": "none",
	}]
}

test_the_scan_of_the_host_that_lacks_one_is_told[name] if {
	some name, case in {
		"one is not scanned": ["srv/host/chat02", ["2026-08-01T00:00:00Z", "2026-07-31T00:00:00Z"]],
		"all are scanned": ["srv/host/x", ["2026-09-20T00:00:00Z", "2026-09-19T00:00:00Z"]],
	}
	answer := _answer(
		_shard({
			"hosts/1": object.union(_host, {"uid": case[0], "serves": [_serves[case[0]]]}),
			"vuln_scans/1": {
				"uid": "reg/vuln_scan/t",
				"number": "t",
				"scope": ["srv/host/chat02"],
				"started_at": "2026-08-01T00:00:00Z",
				"db_built_at": "2026-07-31T00:00:00Z",
				"result": "success",
				"authenticated": "yes",
				"unknown": {},
			},
		}),
		_company({"security_assessments": []}),
	)

	[[v.evidence.last_scan_at, v.evidence.db_built_at] | some v in answer.violations] == [case[1]]
}

_serves := {"srv/host/chat02": "reg/application/chat", "srv/host/x": "reg/application/x"}

test_the_future_is_not_told if {
	answer := _answer(
		_shard({"vuln_scans/0/started_at": "2026-09-30T16:00:00Z"}),
		_company({"security_assessments/0/performed_at": "2026-09-30T16:00:00Z"}),
	)

	[
	[v.evidence.last_scan_at, v.evidence.db_built_at, v.evidence.last_assessment_at] |
		some v in answer.violations
	] == [["none", "none", "none"]]
}

test_what_was_done_at_the_last_moment_is_told if {
	assessment := {"security_assessments/0/performed_at": _as_of, "security_assessments/0/independent": "no"}
	scan := {"vuln_scans/0/started_at": _as_of, "vuln_scans/0/result": "failed"}
	some violation in _answer(_shard(scan), _company(assessment)).violations
	violation.evidence.last_scan_at == _as_of
	violation.evidence.db_built_at == "2026-09-19T00:00:00Z"
	violation.evidence.last_assessment_at == _as_of
}

test_these_are_outside[name] if {
	some name, case in {
		"mail": {"applications/0/category": "mail"},
		"not chosen": {"applications/0/selected": "no"},
		"chosen, and not in use": {"applications/0/deployed_at": null},
		"in use from tomorrow": {"applications/0/deployed_at": "2026-09-30T16:00:00Z"},
		"another department's": {"applications/0/department_code": "RD"},
	}
	answer := _answer(_shard({}), _company(object.union({"security_assessments": []}, case)))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_tool_used_by_exception[name] if {
	some name, case in {
		"since long": [{}, 1],
		"for less than a year": [{"approvals/0/valid_from": "2025-09-30T15:59:59Z"}, 0],
		"no longer": [{"approvals/0/valid_until": "2026-09-30T15:59:58Z"}, 0],
		"in use since lately": [{"applications/0/deployed_at": "2025-09-30T15:59:59Z"}, 0],
	}
	answer := _answer(_shard({}), _company(object.union(_excepted, case[0])))

	count(answer.violations) == case[1]
	answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"scope": [{"vuln_scans/0/scope": null, "vuln_scans/0/unknown/scope": "stale"}, {}, "stale"],
		"result": [{"vuln_scans/0/result": "unknown", "vuln_scans/0/unknown/result": "stale"}, {}, "stale"],
		"start": [{"vuln_scans/0/started_at": null, "vuln_scans/0/unknown/started_at": "stale"}, {}, "stale"],
		"database": [{"vuln_scans/0/db_built_at": null, "vuln_scans/0/unknown/db_built_at": "stale"}, {}, "stale"],
		"who runs it": [
			{"vuln_scans": []},
			{"applications/0/hosted": "unknown", "applications/0/unknown/hosted": "stale"},
			"stale",
		],
		"no server is known": [{"hosts": []}, {}, "not_collected"],
		"what the server serves": [{"hosts/0/serves": null, "hosts/0/unknown/serves": "stale"}, {}, "stale"],
		"the server serves another": [{"hosts/0/serves": ["a"], "hosts/0/unknown/owner": "stale"}, {}, "not_collected"],
		"its only server is retired": [{"hosts/0/retired": "yes"}, {}, "not_collected"],
		"its only server is a provider's": [{"hosts/0/hosted": "provider"}, {}, "not_collected"],
		"who runs the server": [
			{"vuln_scans": [], "hosts/0/hosted": "unknown", "hosts/0/unknown/hosted": "stale"},
			{}, "stale",
		],
		"retired": [
			{"vuln_scans": [], "hosts/0/retired": "unknown", "hosts/0/unknown/retired": "stale"},
			{}, "stale",
		],
		"since when": [
			{"vuln_scans": []},
			{"applications/0/deployed_at": null, "applications/0/unknown/deployed_at": "stale"}, "stale",
		],
		"category": [
			{"vuln_scans": []},
			{"applications/0/category": "unknown", "applications/0/unknown/category": "stale"},
			"stale",
		],
		"chosen": [
			{"vuln_scans": []},
			{"applications/0/selected": "unknown", "applications/0/unknown/selected": "stale"},
			"stale",
		],
		"registered": [
			{"vuln_scans": []},
			{
				"applications/0/selected": null,
				"applications/0/registered": "unknown",
				"applications/0/unknown/registered": "stale",
			},
			"stale",
		],
		"when assessed": [
			{},
			{
				"security_assessments/0/performed_at": null,
				"security_assessments/0/unknown/performed_at": "stale",
			},
			"stale",
		],
		"independent": [
			{},
			{
				"security_assessments/0/independent": "unknown",
				"security_assessments/0/unknown/independent": "stale",
			},
			"stale",
		],
		"who assessed": [{}, {"security_assessments/0/unknown/performed_by": "stale"}, "stale"],
		"an assessor whom nobody knows": [
			{},
			{"security_assessments/0/performed_by": "hr/person/x"},
			"not_collected",
		],
		"who answers for it": [
			{},
			{
				"applications/0/owner": null,
				"applications/0/unknown/owner": "stale",
				"security_assessments/0/performed_by": "hr/person/wei",
			},
			"stale",
		],
		"whether the exception holds": [
			{},
			object.union(_excepted, {"approvals/0/state": "unknown", "approvals/0/unknown/state": "stale"}), "stale",
		],
	}
	answer := _answer(_shard(case[0]), _company(case[1]))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/application/chat", "reason": case[2]}}
}

test_a_company_may_ask_for_a_login[name] if {
	some name, case in {"yes": [0, 0], "no": [1, 0], "unknown": [0, 1]}
	answer := check with input as _shard({
		"vuln_scans/0/authenticated": name,
		"vuln_scans/0/unknown/authenticated": "redacted",
	})
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as object.union(_settings, {"scan_needs_login": "yes"})
		with data.company as _company({})

	[count(answer.violations), count(answer.unknown)] == case
	{row.reason | some row in answer.unknown} == {"redacted" | case[1] == 1}
}

_answer(shard, company) := answer if {
	answer := check with input as shard
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company as company
}

violating := {name: {
	"input": _shard(case[0]),
	"data": {"as_of": _as_of, "cutoff": _cutoff, "settings": _settings, "company": _company(case[1])},
} |
	some name, case in {
		"not scanned": [{"vuln_scans/0/started_at": "2026-08-01T00:00:00Z"}, {}],
		"an old database": [{"vuln_scans/0/db_built_at": "2026-09-01T00:00:00Z"}, {}],
		"not assessed": [{}, {"security_assessments/0/performed_at": "2025-01-01T00:00:00Z"}],
		"assessed by who runs it": [{}, {"security_assessments/0/performed_by": "hr/person/liu"}],
		"by exception": [{}, _excepted],
	}
}

# who is looked at and has done nothing wrong
# may accuse: scope: a scan that names a server of no inventory has not named this one
innocent := {name: {
	"input": _shard(case[0]),
	"data": {"as_of": _as_of, "cutoff": _cutoff, "settings": _settings, "company": _company(case[1])},
} |
	some name, case in {
		"scanned and assessed": [{}, {}],
		"exactly at the limits": [
			{"vuln_scans/0/started_at": "2026-08-31T15:59:59Z", "vuln_scans/0/db_built_at": "2026-08-24T15:59:59Z"},
			{"security_assessments/0/performed_at": "2025-09-30T15:59:59Z"},
		],
		"at the last moment": [
			{"vuln_scans/0/started_at": _as_of, "vuln_scans/0/db_built_at": "2026-09-30T00:00:00Z"},
			{"security_assessments/0/performed_at": _as_of},
		],
		"a server in another shard": [{"hosts": [], "context/hosts": [_host]}, {}],
		"a retired host": [
			{
				"vuln_scans/0/scope": ["srv/host/chat01"],
				"hosts/1": object.union(_host, {"uid": "srv/host/old", "retired": "yes"}),
			},
			{},
		],
		"a provider's host": [
			{
				"vuln_scans/0/scope": ["srv/host/chat01"],
				"hosts/1": object.union(_host, {"uid": "srv/host/p", "hosted": "provider"}),
			},
			{},
		],
		"a provider's": [{"vuln_scans": [], "hosts": []}, {"applications/0/hosted": "provider"}],
		"assessed by somebody else of the company": [
			{},
			{"security_assessments/0/performed_by": "hr/person/wei", "security_assessments/0/independent": "unknown"},
		],
		"nobody owns it": [{}, {"security_assessments/0/performed_by": "hr/person/wei", "applications/0/owner": null}],
		"30 days": [{"vuln_scans": []}, {"applications/0/deployed_at": "2026-08-31T15:59:59Z", "security_assessments": []}],
		"in use for 365 days": [{}, {"applications/0/deployed_at": "2025-09-30T15:59:59Z", "security_assessments": []}],
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"scan_max_age_days": "2026-08-31T15:59:59Z", "assessment_days": "2025-09-30T15:59:59Z"}

_settings := {"scan_needs_login": "no", "vuln_db_days": 7}

_host := {
	"uid": "srv/host/chat01",
	"name": "chat01",
	"serves": ["reg/application/chat"],
	"hosted": "self",
	"retired": "no",
	"unknown": {},
}

_second := object.union(_host, {"uid": "srv/host/chat02"})

# a provider's tool that a department may use since 2025-06-01, and nobody assessed
_excepted := {
	"applications/0/selected": "no",
	"applications/0/hosted": "provider",
	"applications/0/deployed_at": null,
	"security_assessments": [],
	"approvals/0": {
		"uid": "reg/approval/a",
		"number": "a",
		"kind": "software_exception",
		"state": "approved",
		"decisions": [
			{"by": "hr/person/wei", "role": "approver", "decision": "approved", "at": "2025-05-01T00:00:00Z"},
		],
		"valid_from": "2025-06-01T00:00:00Z",
		"released_departments": [],
		"unknown": {},
	},
	"exception_requests/0": {
		"uid": "reg/exception_request/a",
		"number": "a",
		"application": "reg/application/chat",
		"department_code": "IT",
		"also_for": [],
		"approval": "reg/approval/a",
		"state": "approved",
		"unknown": {},
	},
}

_shard(changes) := _patched(
	{
		"department": "IT",
		"hosts": [_host],
		"vuln_scans": [{
			"uid": "reg/vuln_scan/s",
			"number": "s",
			"scope": ["srv/host/chat01", "srv/host/pc1"],
			"started_at": "2026-09-20T00:00:00Z",
			"db_built_at": "2026-09-19T00:00:00Z",
			"result": "success",
			"authenticated": "yes",
			"unknown": {},
		}],
		"people": [{"uid": "hr/person/liu", "unknown": {}}, {"uid": "hr/person/wei", "unknown": {}}],
		"context": {"hosts": [], "vuln_scans": [], "people": []},
	},
	changes,
)

_company(changes) := _patched(
	{
		"applications": [{
			"uid": "reg/application/chat",
			"product": "chat",
			"name": "chat",
			"category": "chat",
			"origin": "register",
			"registered": "yes",
			"selected": "yes",
			"hosted": "self",
			"department_code": "IT",
			"owner": "hr/person/liu",
			"deployed_at": "2025-01-05T00:00:00Z",
			"unknown": {},
		}],
		"approvals": [],
		"delegations": [],
		"departments": [
			{"uid": "hr/department/IT", "code": "IT", "heads": [], "renamed_from": [], "unknown": {}},
			{"uid": "hr/department/RD", "code": "RD", "heads": [], "renamed_from": [], "unknown": {}},
		],
		"exception_requests": [],
		"security_assessments": [{
			"uid": "reg/security_assessment/a",
			"number": "a",
			"application": "reg/application/chat",
			"performed_at": "2026-03-01T00:00:00Z",
			"independent": "yes",
			"unknown": {},
		}],
	},
	changes,
)

# values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
