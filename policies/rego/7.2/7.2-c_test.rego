package checks["7.2-c_test"]

import future.keywords.not

import data.checks["7.2-c"] as check

test_an_old_restore_test_is_a_violation if {
	answer := _answer({"restore_tests/0/tested_at": "2026-01-15T00:00:00Z"})

	answer.population == 1
	answer.violations == {{
		"subject": "reg/data_set/crm",
		"owner": "hr/person/gao",
		"evidence": {
			"verified_at": "2026-09-20T00:00:00Z",
			"verify_result": "yes",
			"tested_at": "2026-01-15T00:00:00Z",
			"test_result": "success",
			"faults": ["restore_test"],
		},
	}}
	answer.unknown == set()
}

test_the_evidence_tells_the_newest_proofs[name] if {
	some name, case in {
		"never checked, never tested": {
			"changes": {"integrity_checks": [], "restore_tests": []},
			"evidence": {
				"verified_at": "never",
				"verify_result": "none",
				"tested_at": "never",
				"test_result": "none",
				"faults": ["integrity", "restore_test"],
			},
		},
		"a point alone": {
			"changes": object.union(_point_alone, {"integrity_checks": []}),
			"evidence": {"verified_at": "never", "verify_result": "none", "faults": ["integrity"]},
		},
		"damaged": {"changes": _damaged, "evidence": {"verify_result": "no", "faults": ["integrity"]}},
		"both in one second": {
			"changes": {"integrity_checks/1": object.union(_check, {"result": "no"}), "restore_tests": []},
			"evidence": {"tested_at": "never", "test_result": "none", "faults": ["restore_test"]},
		},
		"failed, and nobody wrote down who tried": {
			"changes": {
				"restore_tests/0/result": "failed",
				"restore_tests/0/by": null,
				"restore_tests/0/evidence_ref": null,
			},
			"evidence": {"test_result": "failed", "faults": ["restore_test"]},
		},
		"structure was looked at, and is damaged": {
			"changes": _damaged,
			"settings": {"integrity_needs_data": "yes"},
			"evidence": {"verify_result": "no", "faults": ["integrity"]},
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as object.get(case, "settings", _settings)

	{violation.evidence | some violation in answer.violations} == {object.union(
		{
			"verified_at": "2026-09-20T00:00:00Z",
			"verify_result": "yes",
			"tested_at": "2026-07-01T00:00:00Z",
			"test_result": "success",
		},
		case.evidence,
	)}
	answer.unknown == set()
}

test_the_one_to_act_is_the_first_who_is_still_there if {
	answer := _answer({
		"restore_tests": [],
		"backup_plans/0/responsible": "hr/person/gone",
		"backup_plans/1": object.union(_shard.backup_plans[0], {"uid": "reg/backup_plan/p2"}),
	})

	{violation.owner | some violation in answer.violations} == {"hr/person/gao"}
}

test_these_are_violations[name] if {
	some name, case in {
		"never checked": {"changes": {"integrity_checks": []}, "faults": ["integrity"]},
		"never tested": {"changes": {"restore_tests": []}, "faults": ["restore_test"]},
		"store is damaged": {"changes": _damaged, "faults": ["integrity"]},
		"damaged since the last good check": {"changes": _damaged_since, "faults": ["integrity"]},
		"newest test failed": {"changes": _failed_since, "faults": ["restore_test"]},
		"test of nobody": {"changes": {"restore_tests/0/by": null}, "faults": ["restore_test"]},
		"test without a record": {"changes": {"restore_tests/0/evidence_ref": null}, "faults": ["restore_test"]},
		"partial test": {"changes": {"restore_tests/0/result": "partial"}, "faults": ["restore_test"]},
		"test of another set": {"changes": {"restore_tests/0/data_set": _erp}, "faults": ["restore_test"]},
	}
	answer := _answer(case.changes)

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
	answer.unknown == set()
}

test_these_are_violations_by_their_date_or_place[name] if {
	some name, case in {
		"check of another store": {
			"changes": {"integrity_checks/0/target": "reg/storage_location/far"},
			"faults": ["integrity"],
		},
		"check of another set, same store": {"changes": {"integrity_checks/0/data_set": _erp}, "faults": ["integrity"]},
		"verified run of another data set": {
			"changes": {"integrity_checks": [], "backup_runs/1": object.union(_stray_run, {"data_set": _erp})},
			"faults": ["integrity"],
		},
		"run of nobody knows what, which nobody verified": {
			"changes": {"integrity_checks": [], "backup_runs": [_sound, object.remove(_stray_run, ["verified_at"])]},
			"faults": ["integrity"],
		},
		"test of the future": {
			"changes": {"restore_tests/0/tested_at": "2026-09-30T16:00:00Z"},
			"faults": ["restore_test"],
		},
		"check a second too old": {
			"changes": {"integrity_checks/0/checked_at": "2026-08-31T15:59:58Z"},
			"faults": ["integrity"],
		},
		"test a second too old": {
			"changes": {"restore_tests/0/tested_at": "2026-04-03T15:59:58Z"},
			"faults": ["restore_test"],
		},
		"a backup without a plan": {
			"changes": {"backup_plans": [], "integrity_checks": [], "restore_tests": []},
			"faults": ["integrity", "restore_test"],
		},
		"damaged under a new plan": {
			"changes": object.union(_damaged, {"backup_plans/0/effective_from": "2026-09-20T00:00:00Z"}),
			"faults": ["integrity"],
		},
	}
	answer := _answer(case.changes)

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"retired": {"data_sets/0/retired": "yes", "restore_tests": []},
		"no plan, no backup": {"backup_plans": [], "backup_runs": [], "restore_tests": []},
		"no plan, empty backup": {"backup_plans": [], "backup_runs/0/size_bytes": 0, "restore_tests": []},
	}
	answer := _answer(changes)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_company_may_ask_for_checks_of_data[name] if {
	some name, case in {
		"structure": {"depth": "structure", "violations": 1, "reasons": []},
		"data": {"depth": "data", "violations": 0, "reasons": []},
		"not known": {"depth": "unknown", "violations": 0, "reasons": ["stale"]},
		"not known, and not asked": {"depth": "unknown", "asked": "no", "violations": 0, "reasons": []},
	}
	every of in [{}, {"integrity_checks/0/data_set": "reg/data_set/crm"}] {
		answer := check with input as _changed(object.union(of, {
			"integrity_checks/0/depth": case.depth,
			"integrity_checks/0/unknown/depth": "stale",
		}))
			with data.as_of as _as_of
			with data.cutoff as _cutoff
			with data.settings as {"integrity_needs_data": object.get(case, "asked", "yes")}
		count(answer.violations) == case.violations
		[row.reason | some row in answer.unknown] == case.reasons
	}
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"whether retired": {
			"data_sets/0/retired": "unknown",
			"data_sets/0/unknown/retired": "stale",
			"restore_tests": [],
		},
		"beginning of the plan": {
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
			"restore_tests": [],
		},
		"result of the check": {"integrity_checks/0/result": "unknown", "integrity_checks/0/unknown/result": "stale"},
		"time of the check": {"integrity_checks/0/checked_at": null, "integrity_checks/0/unknown/checked_at": "stale"},
		"store of the check": {"integrity_checks/0/target": null, "integrity_checks/0/unknown/target": "stale"},
		"data set of the check": {"integrity_checks/0/unknown/data_set": "stale"},
		"store of the plan, and the check is of another": {
			"backup_plans/0/target": null,
			"backup_plans/0/unknown/target": "stale",
			"integrity_checks/0/target": "reg/storage_location/far",
		},
		"data set of a plan, and the check is of a store": {
			"backup_plans/1": _stray_plan,
			"integrity_checks/0/target": "reg/storage_location/far",
		},
		"data set of a plan that may be older than the limit": {
			"backup_plans/0/effective_from": "2026-09-20T00:00:00Z",
			"backup_plans/1": _stray_plan,
			"restore_tests": [],
		},
		"data set of the only plan": {"backup_plans": [_stray_plan], "restore_tests": []},
		"data set of a verified run": {"integrity_checks": [], "backup_runs": [_sound, _stray_run]},
		"data set of a point, the only backup": {
			"backup_plans": [],
			"backup_runs": [],
			"restore_tests": [],
			"restore_points": [_of_nobody_knows_what(_point, {})],
		},
		"data set of a damaged run": {"backup_runs": [_sound, object.union(_stray_run, {"verify_result": "no"})]},
		"data set of the newest test, which failed": {"restore_tests/1": _of_nobody_knows_what(_test, {
			"tested_at": "2026-08-01T00:00:00Z",
			"result": "failed",
		})},
		"record of the test": {"restore_tests/0/evidence_ref": null, "restore_tests/0/unknown/evidence_ref": "stale"},
		"time of a run's verification": {
			"integrity_checks": [],
			"backup_runs/0/verify_result": "yes",
			"backup_runs/0/unknown": {"verified_at": "stale"},
		},
		"result of a run's verification": {
			"backup_runs/0/verified_at": "2026-09-25T00:00:00Z",
			"backup_runs/0/unknown": {"verify_result": "stale"},
		},
		"runs that a source that tells does not tell of": {"backup_runs/0/unknown": {"verified_at": "stale"}},
		"time of the test": {"restore_tests/0/tested_at": null, "restore_tests/0/unknown/tested_at": "stale"},
		"result of the test": {"restore_tests/0/result": "unknown", "restore_tests/0/unknown/result": "stale"},
		"tester": {"restore_tests/0/by": null, "restore_tests/0/unknown/by": "stale"},
		"data set of the test": {"restore_tests/0/data_set": null, "restore_tests/0/unknown/data_set": "stale"},
		"runs that their source does not tell of": {"integrity_checks": [], "backup_runs/0/unknown/verified_at": "stale"},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

test_without_a_limit_nothing_is_said[limit] if {
	some limit, _ in _cutoff
	answer := check with input as _changed({"backup_runs/0/unknown": {}})
		with data.as_of as _as_of
		with data.cutoff as object.remove(_cutoff, [limit])
		with data.settings as _settings

	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "not_collected"}}
}

test_what_leads_nowhere_may_be_the_sets[name] if {
	some name, changes in {
		"check": {"integrity_checks/0/data_set": "reg/data_set/nowhere", "backup_runs/0/unknown": {}},
		"plan": {"backup_plans/0/data_set": "reg/data_set/nowhere", "backup_runs": [], "restore_tests": []},
	}
	answer := _answer(changes)

	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "not_collected"}}
}

test_what_is_not_known_of_the_only_backup_is_unknown[field] if {
	some field, changes in {
		"started_at": {"backup_plans": [], "backup_runs": [_less("started_at", _shard.backup_runs[0])]},
		"size_bytes": {"backup_plans": [], "backup_runs": [_less("size_bytes", _shard.backup_runs[0])]},
		"created_at": object.union(_point_alone, {"restore_points": [_less("created_at", _point)]}),
		"expires_at": object.union(_point_alone, {"restore_points": [_less("expires_at", _point)]}),
	}
	answer := _answer(object.union(changes, {"integrity_checks": []}))

	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

_less(field, record) := object.union(object.remove(record, [field, "unknown"]), {"unknown": {field: "stale"}})

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {
		"never checked": {"integrity_checks": []},
		"never tested": {"restore_tests": []},
		"damaged": _damaged,
		"damaged since the last good check": _damaged_since,
		"newest test failed": _failed_since,
		"old test": {"restore_tests/0/tested_at": "2026-01-15T00:00:00Z"},
		"no backup": {"backup_runs": [], "restore_tests": []},
		"backed up by no plan, and never checked": {"backup_plans": [], "integrity_checks": []},
		"no more than a point in the store": object.union(_point_alone, {"integrity_checks": []}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": object.union(_data, {"settings": _settings_of(name)})} |
	some name, changes in {
		"backed up by no plan": {"backup_plans": []},
		"no more than a point in the store": _point_alone,
		"checked to the data": {"integrity_checks/0/depth": "data"},
		"damaged, by a check to come": {"integrity_checks/1": object.union(_check, {
			"uid": "restic/integrity_check/b",
			"checked_at": "2026-09-30T16:00:00Z",
			"result": "no",
		})},
		"damaged, by a run that is verified later": {
			"backup_runs/0/verified_at": "2026-09-30T16:00:00Z",
			"backup_runs/0/verify_result": "no",
		},
		"plan exactly as old as the limit": {
			"integrity_checks": [],
			"backup_plans/0/effective_from": "2026-08-31T15:59:59Z",
		},
		"check in this second": {"integrity_checks/0/checked_at": _as_of},
		"test in this second": {"restore_tests/0/tested_at": _as_of},
		"run verified in this second": {
			"integrity_checks": [],
			"backup_runs/0/verified_at": _as_of,
			"backup_runs/0/verify_result": "yes",
		},
		"checked and tested": {},
		"check exactly at the limit": {"integrity_checks/0/checked_at": "2026-08-31T15:59:59Z"},
		"test exactly at the limit": {"restore_tests/0/tested_at": "2026-04-03T15:59:59Z"},
		"check of the set itself": {
			"integrity_checks/0/target": "reg/storage_location/far",
			"integrity_checks/0/data_set": "reg/data_set/crm",
		},
		"verified run": {
			"integrity_checks": [],
			"backup_runs/0/verified_at": "2026-09-25T00:00:00Z",
			"backup_runs/0/verify_result": "yes",
		},
		"new plan": {
			"integrity_checks": [],
			"restore_tests": [],
			"backup_plans/0/effective_from": "2026-09-20T00:00:00Z",
		},
		"repaired since it was found damaged": {"integrity_checks/1": object.union(_check, {
			"uid": "restic/integrity_check/b",
			"checked_at": "2026-09-10T00:00:00Z",
			"result": "no",
		})},
		"runs whose tool never tells": {
			"backup_runs/0/verify_result": "unknown",
			"backup_runs/0/unknown/verified_at": "not_supported",
			"backup_runs/0/unknown/verify_result": "not_supported",
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"integrity_days": "2026-08-31T15:59:59Z", "restore_test_days": "2026-04-03T15:59:59Z"}

_data := {"as_of": _as_of, "cutoff": _cutoff, "settings": _settings}

_settings := {"integrity_needs_data": "no"}

_settings_of(name) := {"integrity_needs_data": {true: "yes", false: "no"}[name == "checked to the data"]}

_damaged := {"integrity_checks/0/result": "no"}

_damaged_since := {"integrity_checks/1": object.union(_check, {
	"uid": "restic/integrity_check/b",
	"checked_at": "2026-09-25T00:00:00Z",
	"result": "no",
})}

_failed_since := {"restore_tests/1": object.union(_test, {
	"uid": "reg/restore_test/b",
	"tested_at": "2026-08-01T00:00:00Z",
	"result": "failed",
})}

_check := {
	"uid": "restic/integrity_check/a",
	"target": "reg/storage_location/nas",
	"checked_at": "2026-09-20T00:00:00Z",
	"result": "yes",
	"depth": "structure",
	"unknown": {},
}

_test := {
	"uid": "reg/restore_test/a",
	"data_set": "reg/data_set/crm",
	"tested_at": "2026-07-01T00:00:00Z",
	"result": "success",
	"by": "hr/person/gao",
	"evidence_ref": "RT-1",
	"unknown": {},
}

_erp := "reg/data_set/erp"

_point := {
	"uid": "restic/restore_point/a",
	"data_set": "reg/data_set/crm",
	"target": "reg/storage_location/nas",
	"created_at": "2026-09-29T18:00:00Z",
	"size_bytes": 1000,
	"unknown": {},
}

_point_alone := {"backup_plans": [], "backup_runs": [], "restore_points": [_point]}

_stray_plan := {
	"uid": "reg/backup_plan/stray",
	"name": "stray",
	"effective_from": "2025-01-01T00:00:00Z",
	"unknown": {"data_set": "stale"},
}

_of_nobody_knows_what(record, fields) := object.union_n([
	object.remove(record, ["data_set"]),
	{"unknown": {"data_set": "stale"}},
	fields,
])

_sound := object.union(object.remove(_shard.backup_runs[0], ["unknown"]), {"unknown": {}})

_stray_run := object.union(object.remove(_shard.backup_runs[0], ["data_set", "unknown"]), {
	"uid": "restic/backup_run/stray",
	"verified_at": "2026-09-25T00:00:00Z",
	"verify_result": "yes",
	"unknown": {"data_set": "stale"},
})

_shard := {
	"data_sets": [{"uid": "reg/data_set/crm", "name": "crm", "retired": "no", "unknown": {}}],
	"backup_plans": [{
		"uid": "reg/backup_plan/p1",
		"name": "p1",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"effective_from": "2025-01-01T00:00:00Z",
		"responsible": "hr/person/gao",
		"unknown": {},
	}],
	"backup_runs": [{
		"uid": "restic/backup_run/a",
		"plan": "reg/backup_plan/p1",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"started_at": "2026-09-29T18:00:00Z",
		"result": "success",
		"size_bytes": 1000,
		"verify_result": "unknown",
		"unknown": {"verify_result": "not_supported"},
	}],
	"restore_points": [],
	"integrity_checks": [_check],
	"restore_tests": [_test],
	"people": [{
		"uid": "hr/person/gao",
		"status": "active",
		"hire_day_starts_at": "2020-01-01T16:00:00Z",
		"unknown": {},
	}],
	"storage_locations": [],
	"context": {
		"storage_locations": [
			{"uid": "reg/storage_location/nas", "name": "nas", "unknown": {}},
			{"uid": "reg/storage_location/far", "name": "far", "unknown": {}},
		],
		"data_sets": [{"uid": "reg/data_set/erp", "name": "erp", "retired": "no", "unknown": {}}],
		"integrity_checks": [],
		"people": [],
	},
}

_answer(changes) := answer if {
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.settings as _settings
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
