package checks["10.1-a_test"]

import future.keywords.not

import data.checks["10.1-a"] as check

test_these_are_violations[name] if {
	some name, case in {
		"never reviewed": {
			"versions": [object.remove(_version, ["reviewed_on", "reviewed_on_starts_at"])],
			"evidence": {"faults": ["not_reviewed"], "reviewed_on": "never", "version_in_force": "2024-01"},
		},
		"reviewed too long ago": {
			"versions": [_version],
			"evidence": {"faults": ["not_reviewed"], "reviewed_on": "2025-03-01", "version_in_force": "2024-01"},
		},
		"review still to come": {
			"versions": [object.union(_version, {"reviewed_on_starts_at": "2026-10-01T16:00:00Z"})],
			"evidence": {"faults": ["not_reviewed"], "reviewed_on": "2025-03-01", "version_in_force": "2024-01"},
		},
		"replaced": {
			"versions": [object.union(_version, {"valid_until": _as_of}), _newer],
			"evidence": {"faults": ["wrong_version"], "reviewed_on": "2025-03-01", "version_in_force": "2026-05"},
		},
		"over, and nothing followed": {
			"versions": [object.union(_version, {"valid_until": _as_of})],
			"evidence": {"faults": ["wrong_version"], "reviewed_on": "2025-03-01", "version_in_force": "none"},
		},
		"not yet in force, and the old one not reviewed": {
			"versions": [
				object.union(_version, {"valid_from": "2026-10-01T16:00:00Z"}),
				object.union(_version, {"uid": "policy/policy_version/old", "version": "2022-01"}),
			],
			"evidence": {
				"faults": ["not_reviewed", "wrong_version"],
				"reviewed_on": "2025-03-01",
				"version_in_force": "2022-01",
			},
		},
	}
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.company as _company(case.versions)

	answer.population == 1
	answer.violations == {{
		"subject": _version.uid,
		"owner": "hr/person/han",
		"evidence": object.union(case.evidence, {"version_audited": "2024-01"}),
	}}
	answer.unknown == set()
}

test_a_version_without_a_record_is_not_in_force_if_another_is if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.root as "ROOT"
		with data.company as _company([_newer])

	answer.violations == {{"subject": "hr/department/ROOT", "evidence": {
		"faults": ["wrong_version"],
		"reviewed_on": "unknown",
		"version_audited": "2024-01",
		"version_in_force": "2026-05",
	}}}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, case in {
		"reviewed": {"versions": [object.union(_version, _reviewed)], "statements": []},
		"reviewed on the last day": {
			"versions": [object.union(_version, {"reviewed_on_starts_at": _cutoff})],
			"statements": [],
		},
		"issued on the last day": {
			"versions": [object.union(_version, {"valid_from": _cutoff})],
			"statements": [],
		},
		"reviewed by a signed statement": {"versions": [_version], "statements": [_statement]},
		"a newer version is adopted": {
			"versions": [object.union(_version, _reviewed), object.union(_newer, {"valid_from": "2026-10-01T16:00:00Z"})],
			"statements": [],
		},
	}
	answer := check with input as object.union(_shard, {"attestations": case.statements})
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.company as _company(case.versions)

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_second_before_the_cutoff_is_too_long_ago if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.company as _company([object.union(_version, {"reviewed_on_starts_at": "2025-09-30T15:59:58Z"})])

	count(answer.violations) == 1
}

test_these_are_unknown[name] if {
	some name, case in {
		"review date": {"change": {"unknown": {"reviewed_on": "stale"}}, "drop": _dates, "reason": "stale"},
		"reviewer": {
			"change": object.union(_reviewed, {"unknown": {"reviewed_by": "stale"}}),
			"drop": ["reviewed_by"],
			"reason": "stale",
		},
		"start": {"change": {"unknown": {"valid_from": "stale"}}, "drop": ["valid_from"], "reason": "stale"},
		"end": {"change": {"unknown": {"valid_until": "stale"}}, "drop": [], "reason": "stale"},
		"not signed": {"change": _reviewed, "drop": ["reviewed_by"], "reason": "statement_expired"},
	}
	version := object.remove(object.union(_version, case.change), case.drop)
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.company as _company([version])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _version.uid, "reason": case.reason}}
}

test_two_versions_in_force_contradict_each_other if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.company as _company([_version, _newer])

	answer.violations == set()
	answer.unknown == {{"subject": _version.uid, "reason": "ambiguous"}}
}

test_no_record_at_all_is_unknown if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.root as "ROOT"
		with data.company as _company([])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/ROOT", "reason": "not_collected"}}
}

test_departments_are_not_asked if {
	answer := check with input as object.union(_shard, {"department": "SALES"})
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.policy.audited as "2024-01"
		with data.company as _company([_version])

	answer.population == 0
	answer.violations | answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, case in {
		"reviewed too long ago": {"versions": [_version], "statements": []},
		"replaced": {"versions": [object.union(_version, {"valid_until": _as_of}), _newer], "statements": []},
		"no record": {"versions": [_newer], "statements": []},
		"statement does not conform": {
			"versions": [_version],
			"statements": [object.union(_statement, {"conforms": "no"})],
		},
		"statement too old": {
			"versions": [_version],
			"statements": [object.union(_statement, {"signed_at": "2025-08-01T02:00:00Z"})],
		},
	}
	document := {
		"input": object.union(_shard, {"attestations": case.statements}),
		"data": {
			"as_of": _as_of,
			"root": "ROOT",
			"policy": {"audited": "2024-01"},
			"cutoff": {"policy_review_days": _cutoff},
			"company": _company(case.versions),
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2025-09-30T15:59:59Z"

_dates := ["reviewed_on", "reviewed_on_starts_at"]

_version := {
	"uid": "policy/policy_version/2024-01",
	"version": "2024-01",
	"valid_from": "2023-12-31T16:00:00Z",
	"reviewed_on": "2025-03-01",
	"reviewed_on_starts_at": "2025-02-28T16:00:00Z",
	"reviewed_by": "hr/person/han",
	"owner_department": "IT",
	"unknown": {},
}

_reviewed := {"reviewed_on": "2026-03-01", "reviewed_on_starts_at": "2026-02-28T16:00:00Z"}

_newer := {
	"uid": "policy/policy_version/2026-05",
	"version": "2026-05",
	"valid_from": "2026-04-30T16:00:00Z",
	"unknown": {},
}

_statement := {
	"uid": "register/attestation/1",
	"check": "10.1-a",
	"statement": "已檢討，無需修改",
	"conforms": "yes",
	"signed_by": "hr/person/han",
	"signed_at": "2026-08-01T02:00:00Z",
	"unknown": {},
}

_departments := [
	{"uid": "hr/department/ROOT", "code": "ROOT", "renamed_from": [], "unknown": {}},
	{"uid": "hr/department/IT", "code": "IT", "renamed_from": [], "head": ["hr/person/han"], "unknown": {}},
]

_shard := {"department": "_company", "attestations": []}

_company(versions) := {"departments": _departments, "policy_versions": versions}
