package checks["7.2-b_test"]

import future.keywords.not

import data.checks["7.2-b"] as check

test_backups_that_do_not_reach_back_are_a_violation if {
	answer := check with input as _changed({"restore_points/0/created_at": "2026-09-20T00:00:00Z"})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company.approvals as []

	answer.population == 1
	answer.violations == {{"subject": "reg/backup_plan/p", "evidence": {
		"retention_days": 30,
		"oldest_created_at": "2026-09-20T00:00:00Z",
		"points": 2,
		"points_demanded": 2,
		"effective_from": "2025-01-01T00:00:00Z",
		"faults": ["too_recent"],
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"a second too recent": {
			"changes": {"restore_points/0/created_at": "2026-09-02T04:00:00Z"},
			"faults": ["too_recent"],
		},
		"old one is empty": {"changes": {"restore_points/0/size_bytes": 0}, "faults": ["too_recent", "too_few"]},
		"old one has expired": {
			"changes": {"restore_points/0/expires_at": _as_of},
			"faults": ["too_recent", "too_few"],
		},
		"old one in another store": {
			"changes": {"restore_points/0/target": "reg/storage_location/far"},
			"faults": ["too_recent", "too_few"],
		},
		"too recent, at an interval of a second": {
			"changes": {"backup_plans/0/interval_s": 1, "restore_points/0/created_at": "2026-09-02T04:00:00Z"},
			"faults": ["too_recent"],
		},
		"kept for a day, and none is as old": {
			"changes": {
				"backup_plans/0/retention_days": 1,
				"backup_plans/0/interval_s": 3600,
				"restore_points/0/created_at": "2026-09-30T10:00:00Z",
				"restore_points/1/created_at": "2026-09-30T12:00:00Z",
			},
			"faults": ["too_recent"],
		},
		"too few": {"changes": {"backup_plans/0/restore_points_min": 3}, "faults": ["too_few"]},
		"younger plan, but its first points are gone": {
			"changes": {
				"backup_plans/0/effective_from": "2026-09-10T00:00:00Z",
				"restore_points/0/created_at": "2026-09-20T00:00:00Z",
			},
			"faults": ["too_recent"],
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company.approvals as []

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.settings as document.data.settings
		with data.company.approvals as document.data.company.approvals

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"nothing demanded": {"backup_plans/0/retention_days": null, "backup_plans/0/restore_points_min": null},
		"for no days, and no points": {
			"backup_plans/0/retention_days": 0,
			"backup_plans/0/restore_points_min": 0,
		},
		"none but an empty one": {"restore_points/0/size_bytes": 0, "restore_points/1": null},
		"plan over": {"backup_plans/0/effective_until": _as_of},
		"retired": {"data_sets/0/retired": "yes"},
	}
	answer := check with input as _changed(object.union({"restore_points/0/created_at": "2026-09-20T00:00:00Z"}, changes))
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company.approvals as []

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_an_exception_excuses[name] if {
	some name, case in {
		"in force": {"change": {}, "found": 0},
		"over": {"change": {"valid_until": "2026-09-30T15:59:58Z"}, "found": 1},
	}
	answer := check with input as _changed({"restore_points/0/created_at": "2026-09-20T00:00:00Z"})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company.approvals as [object.union(_approval, case.change)]

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"days": {"backup_plans/0/retention_days": null, "backup_plans/0/unknown/retention_days": "stale"},
		"number": {
			"backup_plans/0/restore_points_min": null,
			"backup_plans/0/unknown/restore_points_min": "stale",
			"restore_points/0/created_at": "2026-08-01T00:00:00Z",
		},
		"beginning": {"backup_plans/0/effective_from": null, "backup_plans/0/unknown/effective_from": "stale"},
		"interval": {"backup_plans/0/interval_s": null, "backup_plans/0/unknown/interval_s": "stale"},
		"beginning, and no point is as old as the term": {
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
			"backup_plans/0/restore_points_min": null,
			"restore_points/0/created_at": "2026-09-02T04:00:00Z",
		},
		"end of the plan": {"backup_plans/0/unknown/effective_until": "stale"},
		"whether retired": {"data_sets/0/retired": "unknown", "data_sets/0/unknown/retired": "stale"},
		"data set of the plan": {"backup_plans/0/data_set": null, "backup_plans/0/unknown/data_set": "stale"},
		"data set of the point": {
			"restore_points/0/created_at": "2026-08-01T00:00:00Z",
			"restore_points/0/data_set": null,
			"restore_points/0/unknown/data_set": "stale",
		},
		"store of the point": {
			"restore_points/0/created_at": "2026-08-01T00:00:00Z",
			"restore_points/0/target": null,
			"restore_points/0/unknown/target": "stale",
		},
		"end of the point": {
			"restore_points/0/created_at": "2026-08-01T00:00:00Z",
			"restore_points/0/unknown/expires_at": "stale",
		},
		"size of the only point, to be kept for no days": {
			"backup_plans/0/retention_days": 0,
			"restore_points/0/size_bytes": null,
			"restore_points/0/unknown/size_bytes": "stale",
			"restore_points/1": null,
		},
		"age of the point": {
			"restore_points/0/created_at": null,
			"restore_points/0/unknown/created_at": "stale",
		},
		"size of the point": {
			"restore_points/0/created_at": "2026-08-01T00:00:00Z",
			"restore_points/0/size_bytes": null,
			"restore_points/0/unknown/size_bytes": "stale",
		},
	}
	answer := check with input as _changed(object.union({"restore_points/0/created_at": "2026-09-20T00:00:00Z"}, changes))
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company.approvals as []

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/backup_plan/p", "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed(changes),
	"data": {"as_of": _as_of, "settings": _settings, "company": {"approvals": []}},
} |
	some name, changes in {
		"too recent": {"restore_points/0/created_at": "2026-09-20T00:00:00Z"},
		"too few": {"backup_plans/0/restore_points_min": 3},
		"old one is empty": {"restore_points/0/size_bytes": 0},
		"old one in another store": {"restore_points/0/target": "reg/storage_location/far"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {
	"as_of": _as_of,
	"settings": _settings,
	"company": {"approvals": []},
}} |
	some name, changes in {
		"exactly as old as so many": {
			"backup_plans/0/effective_from": "2026-09-27T15:59:59Z",
			"backup_plans/0/restore_points_min": 3,
			"restore_points/0/created_at": "2026-09-28T00:00:00Z",
		},
		"an interval of nothing": {
			"backup_plans/0/interval_s": 0,
			"restore_points/0/created_at": "2026-08-25T00:00:00Z",
		},
		"no interval": {
			"backup_plans/0/interval_s": null,
			"restore_points/0/created_at": "2026-08-25T00:00:00Z",
		},
		"for no days, and enough points": {"backup_plans/0/retention_days": 0},
		"as old as the term, of a plan of nobody knows when": {
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
			"restore_points/0/created_at": "2026-09-02T03:59:59Z",
		},
		"far enough": {},
		"exactly at the grace": {"restore_points/0/created_at": "2026-09-02T03:59:59Z"},
		"as old as the plan": {
			"backup_plans/0/effective_from": "2026-09-19T00:00:00Z",
			"restore_points/0/created_at": "2026-09-20T00:00:00Z",
		},
		"no days, enough points": {"backup_plans/0/retention_days": null},
		"days, no number": {"backup_plans/0/restore_points_min": null},
		"too young for so many": {
			"backup_plans/0/effective_from": "2026-09-28T15:59:59Z",
			"backup_plans/0/restore_points_min": 3,
			"backup_plans/0/interval_s": 86400,
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_settings := {"backup_grace_factor": 1.5, "backup_interval_max_s": 2678400}

_approval := {
	"uid": "reg/approval/a",
	"number": "a",
	"kind": "retention_exception",
	"subject": "crm",
	"state": "approved",
	"decisions": [{"by": "hr/person/han", "role": "approver", "decision": "approved", "at": "2026-01-04T02:00:00Z"}],
	"released_departments": [],
	"unknown": {},
}

_shard := {
	"backup_plans": [{
		"uid": "reg/backup_plan/p",
		"name": "p",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"interval_s": 86400,
		"retention_mode": "days",
		"retention_days": 30,
		"restore_points_min": 2,
		"effective_from": "2025-01-01T00:00:00Z",
		"unknown": {},
	}],
	"backup_runs": [],
	"restore_points": [
		{
			"uid": "restic/restore_point/old",
			"data_set": "reg/data_set/crm",
			"target": "reg/storage_location/nas",
			"created_at": "2026-09-01T00:00:00Z",
			"size_bytes": 1000,
			"unknown": {},
		},
		{
			"uid": "restic/restore_point/new",
			"data_set": "reg/data_set/crm",
			"target": "reg/storage_location/nas",
			"created_at": "2026-09-29T18:00:00Z",
			"size_bytes": 1000,
			"unknown": {},
		},
	],
	"data_sets": [{"uid": "reg/data_set/crm", "name": "crm", "retired": "no", "unknown": {}}],
	"storage_locations": [],
	"people": [],
	"context": {
		"data_sets": [],
		"people": [],
		"storage_locations": [
			{"uid": "reg/storage_location/nas", "name": "nas", "unknown": {}},
			{"uid": "reg/storage_location/far", "name": "far", "unknown": {}},
		],
	},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
