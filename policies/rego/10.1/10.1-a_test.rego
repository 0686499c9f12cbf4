package checks["10.1-a_test"]

import future.keywords.not

import data.checks["10.1-a"] as check

test_a_version_not_reviewed_in_time_is_a_violation if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _company
		with data.policy as _policy

	answer.population == 1
	answer.violations == {{
		"subject": "reg/policy_version/1",
		"owner": "hr/person/gu",
		"evidence": {
			"version_audited": "2025-09",
			"version_in_force": "2025-09",
			"reviewed_on": "2025-08-15",
			"fault": "not_reviewed",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"never reviewed": {
			"changes": {
				"policy_versions/0/reviewed_on": null,
				"policy_versions/0/reviewed_on_starts_at": null,
			},
			"fault": "not_reviewed",
		},
		"reviewed a second too long ago": {
			"changes": {"policy_versions/0/reviewed_on_starts_at": "2025-09-30T15:59:58Z"},
			"fault": "not_reviewed",
		},
		"audited version is over": {
			"changes": object.union(_reviewed, {
				"policy_versions/0/version": "2026-01",
				"policy_versions/1": object.union(_old, {"valid_until": "2026-01-01T00:00:00Z"}),
			}),
			"fault": "wrong_version",
		},
		"audited version is not in force yet": {
			"changes": object.union(_reviewed, {
				"policy_versions/0/version": "2024-01",
				"policy_versions/1": object.union(_old, {"valid_from": "2026-11-01T00:00:00Z"}),
			}),
			"fault": "wrong_version",
		},
		"another version is in force": {
			"changes": object.union(_reviewed, {"policy_versions/0/version": "2026-01"}),
			"fault": "wrong_version",
		},
	}
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed(case.changes)
		with data.policy as _policy
		with data.root as "LEG"

	{violation.evidence.fault | some violation in answer.violations} == {case.fault}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff.policy_review_days as document.data.cutoff.policy_review_days
		with data.company as document.data.company
		with data.policy as document.data.policy

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_signed_statement_stands_in_for_the_entry[name] if {
	some name, case in {
		"in force": {"change": {}, "violations": 0, "unknown": 0},
		"signed in this second": {"change": {"signed_at": _as_of}, "violations": 0, "unknown": 0},
		"over": {"change": {"valid_until_ends_at": _as_of}, "violations": 1, "unknown": 0},
		"signed later": {"change": {"signed_at": "2026-10-01T00:00:00Z"}, "violations": 1, "unknown": 0},
		"says the opposite": {"change": {"conforms": "no"}, "violations": 1, "unknown": 0},
		"of another check": {"change": {"check": "9.1-b"}, "violations": 1, "unknown": 0},
		"not known what it says": {
			"change": {"conforms": "unknown", "unknown": {"conforms": "stale"}},
			"violations": 0,
			"unknown": 1,
		},
	}
	statement := object.union(_statement, case.change)
	answer := check with input as {"department": "_company", "attestations": [statement]}
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _company
		with data.policy as _policy

	count(answer.violations) == case.violations
	count(answer.unknown) == case.unknown
}

test_an_unsigned_statement_excuses_nobody[name] if {
	some name in ["signed_by", "signed_at", "valid_until_ends_at"]
	answer := check with input as {"department": "_company", "attestations": [object.remove(_statement, [name])]}
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _company
		with data.policy as _policy

	count(answer.violations) == 1
}

test_a_statement_of_which_something_is_not_known_leaves_it_open[field] if {
	some field in ["conforms", "signed_by", "signed_at", "valid_until_ends_at"]
	statement := object.union(object.remove(_statement, [field]), {"unknown": {field: "stale"}})
	answer := check with input as {"department": "_company", "attestations": [_of_another_check, statement]}
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _company
		with data.policy as _policy

	answer.violations == set()
	answer.unknown == {{"subject": "reg/policy_version/1", "reason": "stale"}}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"review": {
			"changes": {
				"policy_versions/0/reviewed_on_starts_at": null,
				"policy_versions/0/unknown/reviewed_on_starts_at": "stale",
			},
			"reason": "stale",
		},
		"beginning": {
			"changes": {
				"policy_versions/0/valid_from": null,
				"policy_versions/0/unknown/valid_from": "stale",
			},
			"reason": "stale",
		},
		"end": {"changes": {"policy_versions/0/unknown/valid_until": "stale"}, "reason": "stale"},
		"who signed": {
			"changes": object.union(_reviewed, {
				"policy_versions/0/reviewed_by": null,
				"policy_versions/0/unknown/reviewed_by": "stale",
			}),
			"reason": "stale",
		},
		"nobody signed": {
			"changes": object.union(_reviewed, {"policy_versions/0/reviewed_by": null}),
			"reason": "statement_expired",
		},
		"two in force": {
			"changes": object.union(_reviewed, {"policy_versions/1": object.union(_old, {"version": "2025-10"})}),
			"reason": "ambiguous",
		},
		"two in force, and nobody signed": {
			"changes": object.union(_reviewed, {
				"policy_versions/0/reviewed_by": null,
				"policy_versions/1": object.union(_old, {"version": "2025-10"}),
			}),
			"reason": "ambiguous",
		},
		"whether there is a second one": {
			"changes": object.union(_reviewed, {"policy_versions/1": object.union(
				object.remove(_old, ["valid_from"]),
				{"version": "2025-10", "unknown": {"valid_from": "stale"}},
			)}),
			"reason": "stale",
		},
		"review, and nobody signed": {
			"changes": {
				"policy_versions/0/reviewed_on_starts_at": null,
				"policy_versions/0/reviewed_by": null,
				"policy_versions/0/unknown/reviewed_on_starts_at": "stale",
			},
			"reason": "stale",
		},
		"reviewed after the snapshot": {
			"changes": {"policy_versions/0/reviewed_on_starts_at": "2026-10-10T16:00:00Z"},
			"reason": "not_collected",
		},
	}
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed(case.changes)
		with data.policy as _policy

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/policy_version/1", "reason": case.reason}}
}

test_without_a_record_the_company_stands_for_it[root] if {
	some root, subject in {"LEG": "hr/department/LEG", "GD": "_company"}
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed({
			"policy_versions": [],
			"departments/0": {"uid": "hr/department/HR", "code": "HR", "renamed_from": [], "unknown": {}},
		})
		with data.policy as _policy
		with data.root as root

	answer.violations == set()
	answer.unknown == {{"subject": subject, "reason": "not_collected"}}
}

test_another_version_of_which_nobody_knows_since_when_it_holds_accuses_nobody if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed({
			"policy_versions/0/version": "2026-01",
			"policy_versions/0/valid_from": null,
			"policy_versions/0/unknown/valid_from": "stale",
		})
		with data.policy as _policy
		with data.root as "LEG"

	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/LEG", "reason": "stale"}}
}

test_where_no_version_is_in_force_none_is_named if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed({"policy_versions/0/valid_until": "2026-01-01T00:00:00Z"})
		with data.policy as _policy

	{violation.evidence | some violation in answer.violations} == {{
		"version_audited": "2025-09",
		"version_in_force": "none",
		"reviewed_on": "never",
		"fault": "wrong_version",
	}}
}

test_it_is_asked_of_the_company_alone[name] if {
	some name, changes in {
		"not reviewed": {},
		"nobody knows": {
			"policy_versions/0/reviewed_on_starts_at": null,
			"policy_versions/0/unknown/reviewed_on_starts_at": "stale",
		},
	}
	answer := check with input as {"department": "HR", "attestations": []}
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed(changes)
		with data.policy as _policy

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_two_versions_in_force_are_not_told_apart if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.cutoff.policy_review_days as _cutoff
		with data.company as _changed({
			"policy_versions/0/version": "2026-01",
			"policy_versions/1": object.union(_old, {"valid_until": "2026-01-01T00:00:00Z"}),
			"policy_versions/2": object.union(_old, {"uid": "reg/policy_version/3", "version": "2026-02"}),
		})
		with data.policy as _policy
		with data.root as "LEG"

	{[row.evidence.version_in_force, row.evidence.reviewed_on] | some row in answer.violations} == {["ambiguous", "never"]}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard,
	"data": {
		"as_of": _as_of,
		"cutoff": {"policy_review_days": _cutoff},
		"company": _changed(changes),
		"policy": _policy,
		"root": "LEG",
	},
} |
	some name, changes in {
		"reviewed too long ago": {},
		"never reviewed": {
			"policy_versions/0/reviewed_on": null,
			"policy_versions/0/reviewed_on_starts_at": null,
		},
		"audited version is over": object.union(_reviewed, {
			"policy_versions/0/version": "2026-01",
			"policy_versions/1": object.union(_old, {"valid_until": "2026-01-01T00:00:00Z"}),
		}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": {"department": "_company", "attestations": statements}, "data": {
	"as_of": _as_of,
	"cutoff": {"policy_review_days": _cutoff},
	"company": _changed(changes),
	"policy": _policy,
}} |
	some name, changes in {
		"a signed statement": {},
		"in force from this second": {"policy_versions/0/valid_from": _as_of},
		"reviewed in this second": {"policy_versions/0/reviewed_on_starts_at": _as_of},
		"lasts until a day to come": object.union(_reviewed, {"policy_versions/0/valid_until": "2026-12-31T16:00:00Z"}),
		"the one before has just ended": object.union(_reviewed, {"policy_versions/1": object.union(
			_old,
			{"version": "2023-04", "valid_until": _as_of},
		)}),
		"reviewed": _reviewed,
		"reviewed exactly at the limit": {"policy_versions/0/reviewed_on_starts_at": _cutoff},
		"came into force since": {"policy_versions/0/valid_from": _cutoff},
		"the next one is adopted": object.union(_reviewed, {"policy_versions/1": object.union(
			_old,
			{"version": "2026-11", "valid_from": "2026-10-31T16:00:00Z"},
		)}),
		"the one before is over": object.union(_reviewed, {"policy_versions/1": object.union(
			_old,
			{"version": "2023-04", "valid_until": "2025-08-31T16:00:00Z"},
		)}),
	}
	statements := [_statement | name == "a signed statement"]
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2025-09-30T15:59:59Z"

_policy := {"id": "p", "audited": "2025-09", "in_force": "2025-09"}

_shard := {"department": "_company", "attestations": []}

_reviewed := {
	"policy_versions/0/reviewed_on": "2026-06-01",
	"policy_versions/0/reviewed_on_starts_at": "2026-05-31T16:00:00Z",
}

_old := {
	"uid": "reg/policy_version/2",
	"version": "2025-09",
	"valid_from": "2024-01-01T00:00:00Z",
	"unknown": {},
}

_statement := {
	"uid": "reg/attestation/a",
	"check": "10.1-a",
	"statement": "reviewed",
	"conforms": "yes",
	"signed_by": "hr/person/gu",
	"signed_at": "2026-08-01T00:00:00Z",
	"valid_until_ends_at": "2026-12-31T16:00:00Z",
	"unknown": {},
}

_of_another_check := {"uid": "reg/attestation/0", "check": "9.1-b", "unknown": {"signed_by": "redacted"}}

_company := {
	"policy_versions": [{
		"uid": "reg/policy_version/1",
		"version": "2025-09",
		"valid_from": "2025-08-31T16:00:00Z",
		"reviewed_on": "2025-08-15",
		"reviewed_on_starts_at": "2025-08-14T16:00:00Z",
		"reviewed_by": "hr/person/gu",
		"owner_department": "LEG",
		"unknown": {},
	}],
	"departments": [{
		"uid": "hr/department/LEG",
		"code": "LEG",
		"name": "法務部",
		"renamed_from": [],
		"deputies": [],
		"head": ["hr/person/gu"],
		"unknown": {},
	}],
}

# the company's documents with values put at paths; null takes away
_changed(changes) := json.patch(_company, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
