package checks["7.2-a_test"]

import future.keywords.not

import data.checks["7.2-a"] as check

# other reason: finished_at: when it started is not known either, and comes first
# other reason: verify_result: its size is not known either, and comes first

test_a_late_backup_is_a_violation if {
	answer := check with input as _changed({"backup_runs/0/started_at": "2026-09-20T18:00:00Z"})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations == {{
		"subject": "reg/backup_plan/p1",
		"owner": "hr/person/gao",
		"evidence": {
			"interval_s": 86400,
			"newest_good_at": "2026-09-20T18:00:00Z",
			"newest_started_at": "2026-09-20T18:00:00Z",
			"newest_result": "success",
			"newest_size_bytes": 1000,
			"data_set": "reg/data_set/crm",
			"target": "reg/storage_location/nas",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, changes in {
		"success of zero bytes": {"backup_runs/0/size_bytes": 0},
		"failed": {"backup_runs/0/result": "failed"},
		"partial": {"backup_runs/0/result": "partial"},
		"running": {"backup_runs/0/result": "running"},
		"none at all": {"backup_runs": []},
		"one second late": {"backup_runs/0/started_at": "2026-09-29T03:59:58Z"},
		"dated after the snapshot": {"backup_runs/0/started_at": "2026-09-30T16:00:00Z"},
		"interval cut to a month": {
			"backup_plans/0/interval_s": 31536000,
			"backup_runs/0/started_at": "2026-08-01T00:00:00Z",
		},
		"old plan without beginning": {
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
			"backup_runs/0/started_at": "2026-09-20T18:00:00Z",
		},
		"point of another store": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"target": "reg/storage_location/far"})],
		},
		"point of another data set": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"data_set": "reg/data_set/erp"})],
		},
		"run of another plan": {"backup_runs/0/plan": "reg/backup_plan/p2"},
		"run of the plan before": {
			"backup_runs/0/plan": "reg/backup_plan/p0",
			"backup_plans/1": object.union(_shard.backup_plans[0], {
				"uid": "reg/backup_plan/p0",
				"effective_until": "2026-09-01T00:00:00Z",
			}),
		},
		"run of no plan, for another data set": {
			"backup_runs/0/plan": null,
			"backup_runs/0/data_set": "reg/data_set/erp",
		},
		"run of no plan, to another store": {
			"backup_runs/0/plan": null,
			"backup_runs/0/target": "reg/storage_location/far",
		},
		"dated after the snapshot, and of no known result": {
			"backup_runs/0/started_at": "2026-09-30T16:00:00Z",
			"backup_runs/0/result": null,
			"backup_runs/0/unknown/result": "stale",
		},
		"empty point": {"backup_runs": [], "restore_points": [object.union(_point, {"size_bytes": 0})]},
		"expired point": {"backup_runs": [], "restore_points": [object.union(_point, {"expires_at": _as_of})]},
		"known only by its end, and late": {
			"backup_runs/0/started_at": null,
			"backup_runs/0/unknown/started_at": "unparsable",
			"backup_runs/0/finished_at": "2026-09-20T18:00:00Z",
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	{violation.subject | some violation in answer.violations} == {"reg/backup_plan/p1"}
	answer.unknown == set()
}

test_the_evidence_tells_the_newest_good_backup_and_the_newest_run[name] if {
	some name, case in {
		"no run": {"changes": {"backup_runs": []}, "evidence": _none},
		"a newer one that failed": {
			"changes": {
				"backup_runs/0/started_at": "2026-09-20T18:00:00Z",
				"backup_runs/1": object.union(_shard.backup_runs[0], {
					"uid": "restic/backup_run/b",
					"started_at": "2026-09-21T18:00:00Z",
					"result": "failed",
					"size_bytes": 2,
				}),
			},
			"evidence": {
				"newest_good_at": "2026-09-20T18:00:00Z",
				"newest_started_at": "2026-09-21T18:00:00Z",
				"newest_result": "failed",
				"newest_size_bytes": 2,
			},
		},
		"an old point": {
			"changes": {
				"backup_runs": [],
				"restore_points": [object.union(_point, {"created_at": "2026-09-20T18:00:00Z"})],
			},
			"evidence": object.union(_none, {"newest_good_at": "2026-09-20T18:00:00Z"}),
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations == {{"subject": "reg/backup_plan/p1", "owner": "hr/person/gao", "evidence": object.union(
		{"interval_s": 86400, "data_set": "reg/data_set/crm", "target": "reg/storage_location/nas"},
		case.evidence,
	)}}
	answer.unknown == set()
}

_none := {
	"newest_good_at": "none",
	"newest_started_at": "none",
	"newest_result": "none",
	"newest_size_bytes": "none",
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"no interval": {"backup_runs": [], "backup_plans/0/interval_s": null},
		"interval of nothing": {"backup_runs": [], "backup_plans/0/interval_s": 0},
		"plan over": {"backup_runs": [], "backup_plans/0/effective_until": _as_of},
		"plan of the future": {"backup_runs": [], "backup_plans/0/effective_from": "2026-10-01T00:00:00Z"},
		"retired data set": {"backup_runs": [], "data_sets/0/retired": "yes"},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"interval": {
			"backup_plans/0/interval_s": null,
			"backup_plans/0/unknown/interval_s": "stale",
			"backup_runs/0/result": "failed",
		},
		"beginning of the plan": {
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
			"backup_runs": [],
		},
		"end of the plan": {"backup_plans/0/unknown/effective_until": "stale", "backup_runs": []},
		"result": {"backup_runs/0/result": "unknown", "backup_runs/0/unknown/result": "stale"},
		"size": {"backup_runs/0/size_bytes": null, "backup_runs/0/unknown/size_bytes": "stale"},
		"start": {"backup_runs/0/started_at": null, "backup_runs/0/unknown/started_at": "stale"},
		"end of a plan that is late": {
			"backup_plans/0/unknown/effective_until": "stale",
			"backup_runs/0/started_at": "2026-09-20T18:00:00Z",
		},
		"beginning of a plan whose backups are empty": {
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
			"backup_runs/0/size_bytes": 0,
		},
		"start of the point": {
			"backup_runs": [],
			"restore_points": [object.union(
				object.remove(_point, ["created_at"]),
				{"unknown": {"created_at": "stale"}},
			)],
		},
		"data set of the point": {
			"backup_runs": [],
			"restore_points": [object.union(
				object.remove(_point, ["data_set"]),
				{"unknown": {"data_set": "stale"}},
			)],
		},
		"plan of the run": {"backup_runs/0/plan": null, "backup_runs/0/unknown/plan": "stale"},
		"data set": {
			"backup_plans/0/data_set": null,
			"backup_plans/0/unknown/data_set": "stale",
			"backup_runs": [],
		},
		"whether retired": {
			"data_sets/0/retired": "unknown",
			"data_sets/0/unknown/retired": "stale",
			"backup_runs": [],
		},
		"store of the point": {
			"backup_runs": [],
			"restore_points": [object.union(object.remove(_point, ["target"]), {"unknown": {"target": "stale"}})],
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/backup_plan/p1", "reason": "stale"}}
}

test_what_leads_nowhere_may_be_a_backup_of_the_plan[name] if {
	some name, changes in {
		"plan of the run": {"backup_runs/0/plan": "reg/backup_plan/no"},
		"store of the plan": {
			"backup_plans/0/target": "reg/storage_location/no",
			"backup_runs": [],
			"restore_points": [_point],
		},
		"store of the point": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"target": "reg/storage_location/no"})],
		},
		"data set of the point": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"data_set": "reg/data_set/no"})],
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations == set()
	answer.unknown == {{"subject": "reg/backup_plan/p1", "reason": "not_collected"}}
}

test_of_a_run_that_ended_before_it_began_the_beginning_counts if {
	answer := check with input as _changed({"backup_runs/0/finished_at": "2026-09-20T18:00:00Z"})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_the_grace_is_a_setting if {
	answer := check with input as _changed({"backup_runs/0/started_at": "2026-09-28T15:59:59Z"})
		with data.as_of as _as_of
		with data.settings as object.union(_settings, {"backup_grace_factor": 2})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_the_newest_run_is_told_up_to_the_snapshot[at] if {
	some at, told in {_as_of: "failed", "2026-09-30T16:00:00Z": "success"}
	failed := object.union(_shard.backup_runs[0], {
		"uid": "restic/backup_run/b",
		"started_at": at,
		"result": "failed",
	})
	answer := check with input as _changed({
		"backup_runs/0/started_at": "2026-09-20T18:00:00Z",
		"backup_runs/1": failed,
	})
		with data.as_of as _as_of
		with data.settings as _settings

	{row.evidence.newest_result | some row in answer.violations} == {told}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "settings": _settings}} |
	some name, changes in {
		"late": {"backup_runs/0/started_at": "2026-09-20T18:00:00Z"},
		"zero bytes": {"backup_runs/0/size_bytes": 0},
		"failed": {"backup_runs/0/result": "failed"},
		"none": {"backup_runs": []},
		"known only by its end, and late": {
			"backup_runs/0/started_at": null,
			"backup_runs/0/unknown/started_at": "unparsable",
			"backup_runs/0/finished_at": "2026-09-20T18:00:00Z",
		},
		"point of another store": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"target": "reg/storage_location/far"})],
		},
		"run of nobody knows which plan, of another data set": {
			"backup_runs": [_of_no_plan({"data_set": "reg/data_set/erp"})],
		},
		"run of nobody knows which plan, in another store": {
			"backup_runs": [_of_no_plan({"target": "reg/storage_location/far"})],
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "settings": _settings}} |
	some name, changes in {
		"in time": {},
		"exactly at the end of grace": {"backup_runs/0/started_at": "2026-09-29T03:59:59Z"},
		"size not known, verified": {
			"backup_runs/0/size_bytes": null,
			"backup_runs/0/unknown/size_bytes": "not_supported",
			"backup_runs/0/verify_result": "yes",
		},
		"new plan without a run": {
			"backup_runs": [],
			"backup_plans/0/effective_from": "2026-09-29T03:59:59Z",
		},
		"point in the store": {"backup_runs": [], "restore_points": [_point]},
		"point that the tool gives no end": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"unknown": {"expires_at": "not_supported"}})],
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_settings := {"backup_grace_factor": 1.5, "backup_interval_max_s": 2678400}

_point := {
	"uid": "restic/restore_point/a",
	"data_set": "reg/data_set/crm",
	"target": "reg/storage_location/nas",
	"created_at": "2026-09-29T18:00:00Z",
	"size_bytes": 1000,
	"unknown": {},
}

_of_no_plan(fields) := object.union_n([
	object.remove(_shard.backup_runs[0], ["plan"]),
	{"unknown": {"plan": "stale"}},
	fields,
])

_shard := {
	"backup_plans": [{
		"uid": "reg/backup_plan/p1",
		"name": "p1",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"interval_s": 86400,
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
	"data_sets": [{"uid": "reg/data_set/crm", "name": "crm", "retired": "no", "unknown": {}}],
	"people": [{
		"uid": "hr/person/gao",
		"status": "active",
		"hire_day_starts_at": "2020-01-01T16:00:00Z",
		"unknown": {},
	}],
	"storage_locations": [
		{"uid": "reg/storage_location/nas", "name": "nas", "unknown": {}},
		{"uid": "reg/storage_location/far", "name": "far", "unknown": {}},
	],
	"context": {
		"data_sets": [{"uid": "reg/data_set/erp", "name": "erp", "retired": "no", "unknown": {}}],
		"backup_plans": [{"uid": "reg/backup_plan/p2", "name": "p2", "data_set": "reg/data_set/erp", "unknown": {}}],
		"storage_locations": [],
		"people": [],
	},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
