package checks["8.1-d_test"]

import future.keywords.not

import data.checks["8.1-d"] as check

test_a_critical_hole_past_its_week_is_a_violation if {
	answer := _answer({}, [])

	answer.population == 2
	answer.violations == {{
		"subject": "reg/vuln_finding/a",
		"severity": "critical",
		"owner": "hr/person/liu",
		"due": "2026-09-22T00:00:00Z",
		"evidence": {
			"vuln_id": "CVE-2026-1",
			"component": "openssl",
			"severity": "critical",
			"first_seen_at": "2026-09-15T00:00:00Z",
			"due_at": "2026-09-22T00:00:00Z",
			"fixed_version": "none",
			"acceptance": "none",
			"target": "srv/host/chat01",
		},
	}}
	answer.unknown == set()
}

test_the_evidence_tells_what_was_accepted_and_what_would_repair_it if {
	answer := _answer(
		{
			"vuln_findings/0/status": "accepted",
			"vuln_findings/0/acceptance": "reg/approval/a",
			"vuln_findings/0/fixed_version": "3.0.1",
			"people/0/last_day_ends_at": "2026-09-29T16:00:00Z",
		},
		[object.union(_approval, {"state": "rejected"})],
	)

	answer.violations == {{
		"subject": "reg/vuln_finding/a",
		"severity": "critical",
		"due": "2026-09-22T00:00:00Z",
		"evidence": {
			"vuln_id": "CVE-2026-1",
			"component": "openssl",
			"severity": "critical",
			"first_seen_at": "2026-09-15T00:00:00Z",
			"due_at": "2026-09-22T00:00:00Z",
			"fixed_version": "3.0.1",
			"acceptance": "reg/approval/a",
			"target": "srv/host/chat01",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"high": {"severity": "high", "first_seen_at": "2026-08-31T15:59:58Z", "as": "high"},
		"medium": {"severity": "medium", "first_seen_at": "2026-07-02T15:59:58Z", "as": "medium"},
		"low": {"severity": "low", "first_seen_at": "2026-04-03T15:59:58Z", "as": "medium"},
		"critical": {"severity": "critical", "first_seen_at": "2026-09-23T15:59:58Z", "as": "critical"},
		"not known, and older than the longest term": {
			"severity": "unknown",
			"first_seen_at": "2026-04-03T15:59:58Z",
			"as": "medium",
		},
	}
	answer := _answer(_seen(case.severity, case.first_seen_at), [])

	{violation.severity | some violation in answer.violations} == {case.as}
	answer.unknown == set()
}

test_these_are_in_time[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff
		with data.settings as document.data.settings
		with data.company.approvals as document.data.company.approvals

	answer.population == 2
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"fixed": {"vuln_findings/0/status": "fixed"},
		"no severity": {"vuln_findings/0/severity": "none"},
		"of an installed program": {"vuln_findings/0/target_kind": "install"},
		"on a host that serves nothing": {"vuln_findings/0/target": "srv/host/pc1"},
		"on a retired host": {
			"hosts/1/serves": ["reg/application/chat"],
			"hosts/1/retired": "yes",
			"vuln_findings/0/target": "srv/host/pc1",
		},
		"on a host that serves nothing, which the list does not call a host": {
			"vuln_findings/0/target_kind": "unknown",
			"vuln_findings/0/target": "srv/host/pc1",
		},
		"on a retired endpoint": object.union(_on_endpoint, {"service_endpoints/0/retired": "yes"}),
		"on an endpoint of the host alone": object.union(_on_endpoint, {"service_endpoints/0/exposure": "loopback"}),
		"on a retired endpoint, which the list does not call an endpoint": object.union(
			_on_endpoint,
			{"vuln_findings/0/target_kind": "unknown", "service_endpoints/0/retired": "yes"},
		),
		"on a retired endpoint of another department": object.union(_on_endpoint, {
			"service_endpoints": [],
			"context/service_endpoints": [object.union(_endpoint, {"retired": "yes"})],
		}),
	}
	answer := _answer(changes, [])

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_what_has_no_kind_is_judged_here[name] if {
	some name, target in {"no target": null, "of which no list knows": "reg/software_install/a"}
	answer := _answer({"vuln_findings/0/target_kind": "unknown", "vuln_findings/0/target": target}, [])

	count(answer.violations) == 1
}

test_a_hole_of_an_endpoint_is_its_owners_to_repair if {
	answer := _answer(_on_endpoint, [])

	answer.population == 2
	{[violation.evidence.target, violation.owner] | some violation in answer.violations} == {[
		"reg/service_endpoint/chat:443",
		"hr/person/wei",
	]}
	answer.unknown == set()
}

test_an_acceptance_of_an_endpoints_hole[name] if {
	some name, case in {
		"by another": {"changes": {}, "by": "hr/person/liu", "said": "no"},
		"by its owner": {"changes": {}, "by": "hr/person/wei", "said": "yes"},
		"of one that is nobody's": {"changes": {"service_endpoints/0/owner": null}, "by": "hr/person/wei", "said": "no"},
		"of one of which nobody knows whose": {
			"changes": {"service_endpoints/0/owner": null, "service_endpoints/0/unknown/owner": "stale"},
			"by": "hr/person/wei",
			"said": "stale",
		},
	}
	answer := _answer(object.union_n([_on_endpoint, _taken_on, case.changes]), [object.union(
		_approval,
		{"decisions": [object.union(_decision, {"by": case.by})]},
	)])

	answer.population == 2
	_said(answer) == case.said
}

_answer(changes, approvals) := answer if {
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.company.approvals as approvals
}

_said(answer) := "yes" if count(answer.violations) > 0

_said(answer) := [row.reason | some row in answer.unknown][0] if count(answer.unknown) > 0

_said(answer) := "no" if count(answer.violations | answer.unknown) == 0

test_nobody_knows_whether_the_endpoint_serves[name] if {
	some name, case in {
		"who can reach it": [
			{"service_endpoints/0/exposure": "unknown", "service_endpoints/0/unknown/exposure": "stale"},
			"stale",
		],
		"whether it is retired": [
			{"service_endpoints/0/retired": "unknown", "service_endpoints/0/unknown/retired": "stale"},
			"stale",
		],
		"which it is": [{"vuln_findings/0/target": null, "vuln_findings/0/unknown/target": "ambiguous"}, "ambiguous"],
		"it is in no list": [{"service_endpoints": []}, "not_collected"],
	}
	answer := _answer(object.union(_on_endpoint, case[0]), [])

	answer.population == 2
	answer.violations == set()
	answer.unknown == {{"subject": "reg/vuln_finding/a", "reason": case[1]}}
}

test_an_acceptance_stops_the_clock[name] if {
	some name, case in {
		"in force": {"approval": {}, "violations": 0, "unknown": 0},
		"until this very moment": {"approval": {"valid_until": _as_of}, "violations": 0, "unknown": 0},
		"over": {"approval": {"valid_until": "2026-09-30T15:59:58Z"}, "violations": 1, "unknown": 0},
		"only rejected": {"approval": {"state": "rejected"}, "violations": 1, "unknown": 0},
		"not yet": {"approval": {"valid_from": "2026-10-01T00:00:00Z"}, "violations": 1, "unknown": 0},
		"by whoever repairs": {
			"approval": {"decisions": [object.union(_decision, {"by": "hr/person/liu"})]},
			"violations": 1,
			"unknown": 0,
		},
		"decided later": {
			"approval": {"decisions": [object.union(_decision, {"at": "2026-10-01T00:00:00Z"})]},
			"violations": 1,
			"unknown": 0,
		},
		"nobody decided": {"approval": {"decisions": []}, "violations": 1, "unknown": 0},
		"nobody knows who": {
			"approval": {"decisions": [object.remove(_decision, ["by"])]},
			"violations": 0,
			"unknown": 1,
		},
		"nobody knows until when": {
			"approval": {"unknown": {"valid_until": "stale"}},
			"violations": 0,
			"unknown": 1,
		},
	}
	every status in ["accepted", "false_positive"] {
		answer := _answer(
			{
				"vuln_findings/0/status": status,
				"vuln_findings/0/acceptance": "reg/approval/a",
			},
			[object.union(_approval, case.approval)],
		)

		count(answer.violations) == case.violations
		count(answer.unknown) == case.unknown
	}
}

test_where_nobody_repairs_anybody_may_accept if {
	answer := _answer(object.union(_taken_on, {"hosts/0/owner": null}), [_approval])

	answer.population == 2
	answer.violations | answer.unknown == set()
}

test_the_reason_is_that_of_the_acceptance_or_of_who_repairs[name] if {
	some name, case in {
		"state": {"approval": {"state": "unknown", "unknown": {"state": "stale"}}},
		"decisions": {"approval": {"decisions": null, "unknown": {"decisions": "stale"}}},
		"valid_from": {"approval": {"unknown": {"valid_from": "stale"}}},
		"valid_until": {"approval": {"unknown": {"valid_until": "stale"}}},
		"owner": {"host": {"hosts/0/owner": null, "hosts/0/unknown/owner": "stale"}},
	}
	approval := object.union(_approval, object.get(case, "approval", {}))
	answer := _answer(object.union(_taken_on, object.get(case, "host", {})), [approval])

	answer.violations == set()
	answer.unknown == {{"subject": "reg/vuln_finding/a", "reason": "stale"}}
}

test_an_acceptance_without_an_approval_is_none if {
	answer := _answer({"vuln_findings/0/status": "accepted"}, [])

	count(answer.violations) == 1
}

test_a_host_without_a_good_scan_is_unknown[name] if {
	some name, case in {
		"never": {"changes": {"vuln_scans": []}, "reason": "not_collected"},
		"of another host": {"changes": {"vuln_scans/0/scope": ["srv/host/pc1"]}, "reason": "not_collected"},
		"too long ago": {"changes": {"vuln_scans/0/started_at": "2026-08-31T15:59:58Z"}, "reason": "stale"},
		"old database": {"changes": {"vuln_scans/0/db_built_at": "2026-09-12T23:59:59Z"}, "reason": "stale"},
		"failed": {"changes": {"vuln_scans/0/result": "failed"}, "reason": "stale"},
		"result not known": {
			"changes": {"vuln_scans/0/result": "unknown", "vuln_scans/0/unknown/result": "unparsable"},
			"reason": "unparsable",
		},
		"nobody knows what was looked at": {
			"changes": {"vuln_scans/0/scope": null, "vuln_scans/0/unknown/scope": "unparsable"},
			"reason": "unparsable",
		},
		"nobody knows when": {
			"changes": {"vuln_scans/0/started_at": null, "vuln_scans/0/unknown/started_at": "unparsable"},
			"reason": "unparsable",
		},
		"nobody knows with what": {
			"changes": {"vuln_scans/0/db_built_at": null, "vuln_scans/0/unknown/db_built_at": "unparsable"},
			"reason": "unparsable",
		},
		"of the future": {"changes": {"vuln_scans/0/started_at": "2026-09-30T16:00:00Z"}, "reason": "stale"},
	}
	answer := _answer(object.union(case.changes, {"vuln_findings": []}), [])

	answer.violations == set()
	answer.unknown == {{"subject": "srv/host/chat01", "reason": case.reason}}
}

test_a_host_with_a_good_scan_conforms[name] if {
	some name, changes in {
		"scanned": {},
		"exactly at the limit": {
			"vuln_scans/0/started_at": "2026-08-31T15:59:59Z",
			"vuln_scans/0/db_built_at": "2026-08-24T15:59:59Z",
		},
		"of a provider, never scanned": {"hosts/0/hosted": "provider", "vuln_scans": []},
	}
	answer := _answer(object.union(changes, {"vuln_findings": []}), [])

	answer.violations | answer.unknown == set()
}

test_a_company_may_ask_for_a_login[name] if {
	some name, reasons in {"yes": set(), "no": {"stale"}, "unknown": {"not_permitted"}}
	answer := check with input as _changed({
		"vuln_findings": [],
		"vuln_scans/0/authenticated": name,
		"vuln_scans/0/unknown/authenticated": "not_permitted",
	})
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as object.union(_settings, {"scan_needs_login": "yes"})
		with data.company.approvals as []

	answer.unknown == {{"subject": "srv/host/chat01", "reason": reason} | some reason in reasons}
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"severity, between the terms": {
			"vuln_findings/0/severity": "unknown",
			"vuln_findings/0/unknown/severity": "stale",
		},
		"first seen": {"vuln_findings/0/first_seen_at": null, "vuln_findings/0/unknown/first_seen_at": "stale"},
		"status": {"vuln_findings/0/status": "unknown", "vuln_findings/0/unknown/status": "stale"},
		"kind of the target": {"vuln_findings/0/target_kind": null, "vuln_findings/0/unknown/target_kind": "stale"},
		"target": {"vuln_findings/0/target": null, "vuln_findings/0/unknown/target": "stale"},
		"acceptance": {
			"vuln_findings/0/status": "accepted",
			"vuln_findings/0/unknown/acceptance": "stale",
		},
	}
	answer := _answer(changes, [])

	answer.violations == set()
	answer.unknown == {{"subject": "reg/vuln_finding/a", "reason": "stale"}}
}

test_nobody_knows_whether_the_host_serves[name] if {
	some name, changes in {
		"what": {"hosts/0/serves": null, "hosts/0/unknown/serves": "stale"},
		"still": {"hosts/0/retired": "unknown", "hosts/0/unknown/retired": "stale"},
	}
	answer := _answer(changes, [])

	answer.violations == set()
	answer.unknown == {{"subject": "reg/vuln_finding/a", "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed(case.changes),
	"data": {
		"as_of": _as_of,
		"cutoff": _cutoff,
		"settings": _settings,
		"company": {"approvals": case.approvals},
	},
} |
	some name, case in {
		"open": {"changes": {}, "approvals": []},
		"open on an endpoint": {"changes": _on_endpoint, "approvals": []},
		"open, and no list knows on what": {"changes": _on_unlisted, "approvals": []},
		"accepted, and the approval is over": {
			"changes": _taken_on,
			"approvals": [object.union(_approval, {"valid_until": "2026-08-31T16:00:00Z"})],
		},
		"accepted by whoever repairs": {
			"changes": _taken_on,
			"approvals": [object.union(_approval, {"decisions": [object.union(_decision, {"by": "hr/person/liu"})]})],
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {
	"input": _changed(changes),
	"data": {"as_of": _as_of, "cutoff": _cutoff, "settings": _settings, "company": {"approvals": []}},
} |
	some name, changes in {
		"critical": _seen("critical", "2026-09-23T15:59:59Z"),
		"high": _seen("high", "2026-08-31T15:59:59Z"),
		"medium": _seen("medium", "2026-07-02T15:59:59Z"),
		"low": _seen("low", "2026-04-03T15:59:59Z"),
		"not known, and not older than the shortest term": _seen("unknown", "2026-09-23T15:59:59Z"),
		"on an endpoint": object.union(_on_endpoint, _seen("critical", "2026-09-23T15:59:59Z")),
	}
}

_seen(severity, at) := {"vuln_findings/0/severity": severity, "vuln_findings/0/first_seen_at": at}

_on_unlisted := {"vuln_findings/0/target_kind": "unknown", "vuln_findings/0/target": "reg/software_install/a"}

_on_endpoint := {"vuln_findings/0/target_kind": "endpoint", "vuln_findings/0/target": _endpoint.uid}

_taken_on := {"vuln_findings/0/status": "accepted", "vuln_findings/0/acceptance": "reg/approval/a"}

_endpoint := {
	"uid": "reg/service_endpoint/chat:443",
	"address": "chat:443",
	"exposure": "network",
	"hosted": "self",
	"retired": "no",
	"owner": "hr/person/wei",
	"unknown": {},
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {
	"scan_max_age_days": "2026-08-31T15:59:59Z",
	"vuln_critical_days": "2026-09-23T15:59:59Z",
	"vuln_high_days": "2026-08-31T15:59:59Z",
	"vuln_medium_days": "2026-07-02T15:59:59Z",
	"vuln_low_days": "2026-04-03T15:59:59Z",
}

_settings := {
	"scan_needs_login": "no",
	"vuln_critical_days": 7,
	"vuln_db_days": 7,
	"vuln_high_days": 30,
	"vuln_low_days": 180,
	"vuln_medium_days": 90,
}

_decision := {"by": "hr/person/deng", "role": "approver", "decision": "approved", "at": "2026-09-16T00:00:00Z"}

_approval := {
	"uid": "reg/approval/a",
	"number": "SP-1",
	"kind": "vulnerability_acceptance",
	"state": "approved",
	"decisions": [_decision],
	"released_departments": [],
	"unknown": {},
}

_shard := {
	"vuln_findings": [{
		"uid": "reg/vuln_finding/a",
		"vuln_id": "CVE-2026-1",
		"component": "openssl",
		"severity": "critical",
		"first_seen_at": "2026-09-15T00:00:00Z",
		"status": "open",
		"target": "srv/host/chat01",
		"target_kind": "host",
		"unknown": {},
	}],
	"hosts": [
		{
			"uid": "srv/host/chat01",
			"name": "chat01",
			"serves": ["reg/application/chat"],
			"hosted": "self",
			"retired": "no",
			"owner": "hr/person/liu",
			"unknown": {},
		},
		{
			"uid": "srv/host/pc1",
			"name": "pc1",
			"serves": [],
			"hosted": "self",
			"retired": "no",
			"unknown": {},
		},
	],
	"service_endpoints": [_endpoint],
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
	"people": [
		{"uid": "hr/person/liu", "status": "active", "hire_day_starts_at": "2020-01-01T16:00:00Z", "unknown": {}},
		{"uid": "hr/person/wei", "status": "active", "hire_day_starts_at": "2020-01-01T16:00:00Z", "unknown": {}},
		{"uid": "hr/person/deng", "status": "active", "hire_day_starts_at": "2020-01-01T16:00:00Z", "unknown": {}},
	],
	"context": {"hosts": [], "service_endpoints": [], "vuln_scans": [], "people": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
