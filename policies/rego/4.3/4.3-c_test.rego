package checks["4.3-c_test"]

import future.keywords.not

import data.checks["4.3-c"] as check

test_a_hole_past_its_term_is_a_violation if {
	answer := _answer(_shard({}), _company({}))

	answer.population == 1
	answer.violations == {{"subject": "inv/software_install/pc1/Zoom", "severity": "high", "evidence": {
		"application": "reg/application/zoom",
		"first_seen_at": "2026-08-01T00:00:00Z",
		"fixed_versions": ["none"],
		"host": "inv/host/pc1",
		"person": "hr/person/chen",
		"severities": ["high"],
		"version": "6.5.1",
		"vuln_ids": ["CVE-2026-1"],
	}}}
	answer.unknown == set()
}

test_each_severity_has_its_term[name] if {
	some name, case in {
		"critical": ["critical", "2026-09-23T15:59:58Z", ["critical"]],
		"critical, in time": ["critical", "2026-09-23T15:59:59Z", []],
		"high": ["high", "2026-08-31T15:59:58Z", ["high"]],
		"high, in time": ["high", "2026-08-31T15:59:59Z", []],
		"medium": ["medium", "2026-07-02T15:59:58Z", ["medium"]],
		"medium, in time": ["medium", "2026-07-02T15:59:59Z", []],
		"low": ["low", "2026-04-03T15:59:58Z", ["medium"]],
		"low, in time": ["low", "2026-04-03T15:59:59Z", []],
		"unknown, past the longest": ["unknown", "2026-04-03T15:59:58Z", ["medium"]],
		"unknown, within the shortest": ["unknown", "2026-09-23T15:59:59Z", []],
	}
	answer := _answer(
		_shard({"vuln_findings/0/severity": case[0], "vuln_findings/0/first_seen_at": case[1]}),
		_company({}),
	)

	[violation.severity | some violation in answer.violations] == case[2]
	answer.unknown == set()
}

test_several_holes_are_one_violation if {
	more := [
		object.union(_finding, {
			"uid": "reg/vuln_finding/b",
			"vuln_id": "CVE-2026-2",
			"severity": "critical",
			"first_seen_at": "2026-07-01T00:00:00Z",
			"fixed_version": "6.5.3",
		}),
		object.union(
			_finding,
			{"uid": "reg/vuln_finding/c", "vuln_id": "CVE-2026-3", "first_seen_at": "2026-09-20T00:00:00Z"},
		),
	]
	answer := _answer(_shard({"vuln_findings": array.concat([_finding], more)}), _company({}))

	answer.population == 1
	[[v.severity, v.evidence.vuln_ids, v.evidence.first_seen_at, v.evidence.fixed_versions, v.evidence.severities] |
		some v in answer.violations
	] == [["critical", ["CVE-2026-1", "CVE-2026-2"], "2026-07-01T00:00:00Z", ["6.5.3", "none"], ["critical", "high"]]]
}

test_these_conform[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff as document.data.cutoff
		with data.settings as document.data.settings
		with data.as_of as document.data.as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_the_version_that_was_seen_is_still_there[name] if {
	some name, case in {
		"since that moment": [{"software_installs/0/version_since": "2026-09-20T00:00:00Z"}, 1],
		"seen at the limit": [{"vuln_findings/0/last_seen_at": "2026-08-31T15:59:59Z"}, 1],
		"seen before, and nobody knows since when": [{"vuln_findings/0/last_seen_at": "2026-08-31T15:59:58Z"}, 0],
		"seen before, and it is older": [
			{
				"vuln_findings/0/last_seen_at": "2026-08-02T00:00:00Z",
				"software_installs/0/version_since": "2026-08-01T00:00:00Z",
			},
			1,
		],
	}
	answer := _answer(_shard(case[0]), _company({}))

	count(answer.violations) == case[1]
	count(answer.unknown) == 1 - case[1]
}

test_an_acceptance_stops_the_clock[name] if {
	some name, case in {
		"in force": [{}, 0, 0],
		"until this very moment": [{"valid_until": _as_of}, 0, 0],
		"over": [{"valid_until": "2026-09-30T15:59:58Z"}, 1, 0],
		"rejected": [{"state": "rejected"}, 1, 0],
		"not decided": [{"decisions": []}, 1, 0],
		"nobody knows": [{"state": "unknown"}, 0, 1],
	}
	every status in ["accepted", "false_positive"] {
		answer := _answer(
			_shard({
				"vuln_findings/0/status": status,
				"vuln_findings/0/acceptance": "reg/approval/ap1",
			}),
			_company({"approvals/0": object.union(_approval, case[0])}),
		)

		[count(answer.violations), count(answer.unknown)] == [case[1], case[2]]
	}
}

test_accepted_by_nobody_is_open if {
	answer := _answer(_shard({"vuln_findings/0/status": "accepted"}), _company({}))

	count(answer.violations) == 1
}

test_a_proven_hole_stands_without_a_scan if {
	answer := _answer(_shard({"host_scans": []}), _company({}))

	count(answer.violations) == 1
}

test_without_a_good_scan_nothing_is_known[name] if {
	some name, case in {
		"never": [{"host_scans": []}, "not_collected"],
		"another host's": [{"host_scans/0/host": "inv/host/pc2"}, "not_collected"],
		"too long ago": [{"host_scans/0/started_at": "2026-08-31T15:59:58Z"}, "stale"],
		"of the future": [{"host_scans/0/started_at": "2026-09-30T16:00:00Z"}, "stale"],
		"an old database": [{"host_scans/0/db_built_at": "2026-09-12T23:59:59Z"}, "stale"],
		"failed": [{"host_scans/0/result": "failed"}, "stale"],
		"nobody knows how it ended": [
			{"host_scans/0/result": "unknown", "host_scans/0/unknown/result": "unparsable"},
			"unparsable",
		],
		"nobody knows when": [
			{"host_scans/0/started_at": null, "host_scans/0/unknown/started_at": "redacted"},
			"redacted",
		],
		"nobody knows of its database": [
			{"host_scans/0/db_built_at": null, "host_scans/0/unknown/db_built_at": "redacted"},
			"redacted",
		],
	}
	answer := _answer(_shard(object.union({"vuln_findings": []}, case[0])), _company({}))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": case[1]}}
}

test_a_company_may_ask_for_a_login[name] if {
	some name, reasons in {"yes": set(), "no": {"stale"}, "unknown": {"redacted"}}
	answer := check with input as _shard({
		"vuln_findings": [],
		"host_scans/0/authenticated": name,
		"host_scans/0/unknown/authenticated": "redacted",
	})
		with data.company as _company({})
		with data.cutoff as _cutoff
		with data.settings as object.union(_settings, {"scan_needs_login": "yes"})
		with data.as_of as _as_of

	{row.reason | some row in answer.unknown} == reasons
}

test_a_scan_at_the_limits_counts if {
	answer := _answer(
		_shard({
			"vuln_findings": [],
			"host_scans/0/started_at": "2026-08-31T15:59:59Z",
			"host_scans/0/db_built_at": "2026-08-24T15:59:59Z",
		}),
		_company({}),
	)

	answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, case in {
		"not chosen": {"applications/0/selected": "no"},
		"mail": {"applications/0/category": "mail"},
	}
	answer := _answer(_shard({}), _company(case))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_by_exception_the_head_who_asked_answers if {
	answer := _answer(_shard({}), _company(_excepted))

	{violation.owner | some violation in answer.violations} == {"hr/person/zhou"}
}

test_a_program_that_nobody_can_place_is_unknown[name] if {
	some name, case in {
		"not known": [{"vuln_findings/0/target": null, "vuln_findings/0/unknown/target": "ambiguous"}, "ambiguous"],
		"a host": [{"vuln_findings/0/target": "inv/host/pc1"}, "not_collected"],
	}
	answer := _answer(_shard(case[0]), _company({}))

	answer.population == 2
	answer.violations == set()
	answer.unknown == {
		{"subject": "reg/vuln_finding/a", "reason": case[1]},
		{"subject": "inv/software_install/pc1/Zoom", "reason": case[1]},
	}
}

test_what_nobody_can_place_and_is_not_due_is_no_doubt if {
	answer := _answer(
		_shard({
			"vuln_findings/0/target": null,
			"vuln_findings/0/unknown/target": "ambiguous",
			"vuln_findings/0/first_seen_at": "2026-09-20T00:00:00Z",
		}),
		_company({}),
	)

	{row.subject | some row in answer.unknown} == {"reg/vuln_finding/a"}
}

test_a_silent_device_is_unknown[name] if {
	some name, changes in {
		"with a hole": {},
		"without": {"vuln_findings": []},
	}
	answer := _answer(_shard(object.union(changes, {"hosts/0/last_seen_at": "2026-08-31T15:59:58Z"})), _company({}))

	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": "stale"}}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"kind": [
			{"vuln_findings/0/target_kind": "unknown", "vuln_findings/0/unknown/target_kind": "redacted"},
			{},
			"redacted",
		],
		"status, and every scan is old": [
			{
				"vuln_findings/0/status": "unknown", "vuln_findings/0/unknown/status": "redacted",
				"host_scans/0/started_at": "2026-08-31T15:59:58Z",
			},
			{}, "redacted",
		],
		"status": [
			{"vuln_findings/0/status": "unknown", "vuln_findings/0/unknown/status": "redacted"},
			{},
			"redacted",
		],
		"first seen": [
			{"vuln_findings/0/first_seen_at": null, "vuln_findings/0/unknown/first_seen_at": "redacted"},
			{},
			"redacted",
		],
		"last seen": [
			{"vuln_findings/0/last_seen_at": null, "vuln_findings/0/unknown/last_seen_at": "redacted"},
			{},
			"redacted",
		],
		"severity, between the terms": [
			{"vuln_findings/0/severity": "unknown", "vuln_findings/0/unknown/severity": "redacted"}, {}, "redacted",
		],
		"since when": [
			{
				"vuln_findings/0/last_seen_at": "2026-08-02T00:00:00Z",
				"software_installs/0/unknown/version_since": "redacted",
			},
			{}, "redacted",
		],
		"acceptance": [
			{"vuln_findings/0/status": "accepted", "vuln_findings/0/unknown/acceptance": "redacted"}, {}, "redacted",
		],
		"an acceptance that is not there": [
			{
				"vuln_findings/0/status": "accepted",
				"vuln_findings/0/acceptance": "reg/approval/none",
			},
			{}, "not_collected",
		],
		"device": [{"hosts": []}, {}, "not_collected"],
		"chosen": [
			{},
			{"applications/0/selected": "unknown", "applications/0/unknown/selected": "redacted"},
			"redacted",
		],
		"exception": [
			{}, object.union(_excepted, {
				"approvals/0/state": "unknown",
				"approvals/0/unknown/state": "redacted",
			}),
			"redacted",
		],
	}
	answer := _answer(_shard(case[0]), _company(case[1]))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": case[2]}}
}

_answer(shard, company) := answer if {
	answer := check with input as shard
		with data.company as company
		with data.cutoff as _cutoff
		with data.settings as _settings
		with data.as_of as _as_of
}

violating := {name: {
	"input": _shard(case[0]),
	"data": {"as_of": _as_of, "company": _company(case[1]), "cutoff": _cutoff, "settings": _settings},
} |
	some name, case in {
		"open": [{"software_installs/0/version_since": "2026-08-01T00:00:00Z"}, {}],
		"accepted, and over": [
			{"vuln_findings/0/status": "accepted", "vuln_findings/0/acceptance": "reg/approval/ap1"},
			{"approvals/0": object.union(_approval, {"valid_until": "2026-08-31T16:00:00Z"})},
		],
		"by exception": [{}, _excepted],
	}
}

# may accuse: version_since: a hole that a scan of late showed is there, for all that anybody knows

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(changes), "data": {
	"company": _company({}),
	"cutoff": _cutoff,
	"settings": _settings,
	"as_of": _as_of,
}} |
	some name, changes in {
		"fixed": {"vuln_findings/0/status": "fixed"},
		"of no severity": {"vuln_findings/0/severity": "none"},
		"on a host": {"vuln_findings/0/target_kind": "host"},
		"on an endpoint": {"vuln_findings/0/target_kind": "endpoint"},
		"of another program": {
			"vuln_findings/0/target": "inv/software_install/pc2/Zoom",
			"context/software_installs": [
				{"uid": "inv/software_install/pc2/Zoom", "host": "inv/host/pc2", "name": "Zoom", "unknown": {}},
			],
		},
		"of a version that is gone": {"software_installs/0/version_since": "2026-09-20T00:00:01Z"},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {
	"host_seen_days": "2026-08-31T15:59:59Z",
	"scan_max_age_days": "2026-08-31T15:59:59Z",
	"vuln_critical_days": "2026-09-23T15:59:59Z",
	"vuln_high_days": "2026-08-31T15:59:59Z",
	"vuln_medium_days": "2026-07-02T15:59:59Z",
	"vuln_low_days": "2026-04-03T15:59:59Z",
}

_settings := {"scan_needs_login": "no", "vuln_db_days": 7}

_decision := {"by": "hr/person/zhou", "role": "approver", "decision": "approved", "at": "2026-06-01T02:00:00Z"}

_approval := {
	"uid": "reg/approval/ap1",
	"number": "AP-1",
	"kind": "other",
	"state": "approved",
	"decisions": [_decision],
	"valid_from": "2026-06-01T16:00:00Z",
	"valid_until": "2026-12-31T16:00:00Z",
	"released_departments": [],
	"unknown": {},
}

_excepted := {
	"applications/0/selected": "no",
	"approvals/0": _approval,
	"exception_requests/0": {
		"uid": "reg/exception_request/ex1",
		"number": "EX-1",
		"department_code": "CS",
		"also_for": [],
		"application": "reg/application/zoom",
		"approval": "reg/approval/ap1",
		"state": "approved",
		"unknown": {},
	},
}

_finding := {
	"uid": "reg/vuln_finding/a",
	"vuln_id": "CVE-2026-1",
	"component": "Zoom",
	"severity": "high",
	"first_seen_at": "2026-08-01T00:00:00Z",
	"last_seen_at": "2026-09-20T00:00:00Z",
	"status": "open",
	"target": "inv/software_install/pc1/Zoom",
	"target_kind": "install",
	"unknown": {},
}

_shard(changes) := _patched(
	{
		"department": "CS",
		"software_installs": [{
			"uid": "inv/software_install/pc1/Zoom",
			"host": "inv/host/pc1",
			"name": "Zoom",
			"version": "6.5.1",
			"application": "reg/application/zoom",
			"unknown": {},
		}],
		"vuln_findings": [_finding],
		"host_scans": [{
			"uid": "reg/host_scan/s|pc1",
			"host": "inv/host/pc1",
			"number": "s",
			"started_at": "2026-09-20T00:00:00Z",
			"db_built_at": "2026-09-19T00:00:00Z",
			"result": "success",
			"authenticated": "yes",
			"unknown": {},
		}],
		"hosts": [{
			"uid": "inv/host/pc1",
			"name": "pc1",
			"owner": "hr/person/chen",
			"last_seen_at": "2026-09-29T02:00:00Z",
			"unknown": {},
		}],
		"people": [
			{"uid": "hr/person/chen", "department_code": "CS", "posts": [], "status": "active", "unknown": {}},
			{
				"uid": "hr/person/zhou",
				"status": "active",
				"hire_day_starts_at": "2020-01-01T16:00:00Z",
				"unknown": {},
			},
			{
				"uid": "hr/person/left",
				"status": "left",
				"hire_day_starts_at": "2020-01-01T16:00:00Z",
				"last_day_ends_at": "2026-09-01T16:00:00Z",
				"unknown": {},
			},
		],
		"context": {"hosts": [], "people": [], "software_installs": []},
	},
	changes,
)

_company(changes) := _patched(
	{
		"applications": [{
			"uid": "reg/application/zoom", "product": "zoom", "name": "Zoom", "category": "meeting",
			"origin": "register", "registered": "yes", "selected": "yes",
			"exception_approvals": [],
			"unknown": {},
		}],
		"approvals": [],
		"delegations": [],
		"departments": [
			{
				"uid": "hr/department/CS",
				"code": "CS",
				"heads": [{"person": "hr/person/zhou", "acting": "no"}],
				"renamed_from": [],
				"unknown": {},
			},
			{"uid": "hr/department/FIN", "code": "FIN", "heads": [], "renamed_from": [], "unknown": {}},
		],
		"exception_requests": [],
	},
	changes,
)

# values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
