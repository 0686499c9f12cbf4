package checks["7.1-b_test"]

import future.keywords.not

import data.checks["7.1-b"] as check

test_important_data_without_a_copy_is_a_violation if {
	answer := check with input as _changed({"backup_runs": []}) with data.as_of as _as_of

	answer.population == 1
	answer.violations == {{"subject": "reg/data_set/crm", "evidence": {
		"location": "reg/storage_location/disk",
		"designated": "yes",
		"copies": 0,
		"target": "none",
		"faults": ["no_copy"],
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"zero bytes": {"changes": {"backup_runs/0/size_bytes": 0}, "faults": ["no_copy"]},
		"failed": {"changes": {"backup_runs/0/result": "failed"}, "faults": ["no_copy"]},
		"beside the data": {
			"changes": {"backup_runs/0/target": "reg/storage_location/disk"},
			"faults": ["no_copy"],
		},
		"place not designated": {
			"changes": {"context/storage_locations/0/designated": "no"},
			"faults": ["location"],
		},
		"copy in a place not designated": {
			"changes": {"context/storage_locations/1/designated": "no"},
			"faults": ["target"],
		},
		"expired point": {
			"changes": {"backup_runs": [], "restore_points": [object.union(_point, {"expires_at": _as_of})]},
			"faults": ["no_copy"],
		},
		"copy of something else": {
			"changes": {"backup_runs/0/data_set": "reg/data_set/erp"},
			"faults": ["no_copy"],
		},
		"everything": {
			"changes": {"backup_runs": [], "context/storage_locations/0/designated": "no"},
			"faults": ["no_copy", "location"],
		},
	}
	answer := check with input as _changed(case.changes) with data.as_of as _as_of

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
	answer.unknown == set()
}

test_the_evidence_says_where_it_lies_and_how_many_copies_are_good[name] if {
	some name, case in {
		"a copy": {"changes": {}, "evidence": {}},
		"one good, one failed": {
			"changes": {"backup_runs/1": object.union(_run, {"uid": "restic/backup_run/b", "result": "failed"})},
			"evidence": {},
		},
		"two": {
			"changes": {"backup_runs/1": _older},
			"evidence": {"copies": 2},
		},
		"in a place of no register": {
			"changes": {"backup_runs/0/target": "reg/storage_location/no"},
			"evidence": {"copies": 0, "target": "none"},
		},
		"the newest in a place that is not designated, too": {
			"changes": {"backup_runs/1": object.union(_older, {"started_at": "2026-09-29T18:00:01Z"})},
			"evidence": {
				"copies": 2,
				"target": "reg/storage_location/usb",
				"faults": ["location", "target"],
			},
		},
		"the newest failed": {
			"changes": {"backup_runs/1": object.union(_older, {
				"started_at": "2026-09-29T18:00:01Z",
				"result": "failed",
			})},
			"evidence": {},
		},
	}
	answer := check with input as _changed(object.union(case.changes, {
		"context/storage_locations/0/designated": "no",
		"context/storage_locations/2": _usb,
	}))
		with data.as_of as _as_of

	answer.violations == {{"subject": "reg/data_set/crm", "evidence": object.union(
		{
			"location": "reg/storage_location/disk",
			"designated": "no",
			"copies": 1,
			"target": "reg/storage_location/nas",
			"faults": ["location"],
		},
		case.evidence,
	)}}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"not important": {"data_sets/0/important": "no", "backup_runs": []},
		"retired": {"data_sets/0/retired": "yes", "backup_runs": []},
	}
	answer := check with input as _changed(changes) with data.as_of as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"important": {
			"data_sets/0/important": "unknown",
			"data_sets/0/unknown/important": "stale",
			"backup_runs": [],
		},
		"retired": {
			"data_sets/0/retired": "unknown",
			"data_sets/0/unknown/retired": "stale",
			"backup_runs": [],
		},
		"location": {"data_sets/0/location": null, "data_sets/0/unknown/location": "stale"},
		"designated": {
			"context/storage_locations/0/designated": "unknown",
			"context/storage_locations/0/unknown/designated": "stale",
		},
		"target designated": {
			"context/storage_locations/1/designated": "unknown",
			"context/storage_locations/1/unknown/designated": "stale",
		},
		"result": {"backup_runs/0/result": "unknown", "backup_runs/0/unknown/result": "stale"},
		"size": {"backup_runs/0/size_bytes": null, "backup_runs/0/unknown/size_bytes": "stale"},
		"target": {"backup_runs/0/target": null, "backup_runs/0/unknown/target": "stale"},
		"start of a run": {"backup_runs/0/started_at": null, "backup_runs/0/unknown/started_at": "stale"},
		"start of a point": {
			"backup_runs": [],
			"restore_points": [json.patch(_point, [
				{"op": "remove", "path": "created_at"},
				{"op": "add", "path": "unknown/created_at", "value": "stale"},
			])],
		},
		"end of a point": {
			"backup_runs": [],
			"restore_points": [object.union(_point, {"unknown": {"expires_at": "stale"}})],
		},
		"whose run it is": {"backup_runs/0/data_set": null, "backup_runs/0/unknown/data_set": "stale"},
		"whose run it is, and it has no plan": {
			"backup_runs/0/plan": null,
			"backup_runs/0/data_set": null,
			"backup_runs/0/unknown/data_set": "stale",
		},
		"whose point it is": {"backup_runs": [], "restore_points": [object.union(
			object.remove(_point, ["data_set"]),
			{"unknown": {"data_set": "stale"}},
		)]},
	}
	answer := check with input as _changed(changes) with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

# who knows where the newest copy lies if it may be one of which less is known?
test_what_may_be_a_newer_copy_elsewhere_leaves_it_open[name] if {
	some name, changes in {
		"the older astray, result not known": {"backup_runs/0/result": "unknown"},
		"the older astray, start not known": {"backup_runs/0/started_at": null},
		"the older astray, of nobody knows what": {"backup_runs/0/data_set": null},
		"the older astray, of a data set in no register": {"backup_runs/0/data_set": "reg/data_set/no"},
		"the older astray, equally old": {
			"backup_runs/0/started_at": "2026-01-01T00:00:00Z",
			"backup_runs/0/result": "unknown",
		},
		"the newer astray": {
			"backup_runs/1/started_at": "2026-09-29T18:00:01Z",
			"backup_runs/1/size_bytes": null,
			"backup_runs/1/unknown/size_bytes": "not_collected",
		},
		"the newer nobody knows where": {
			"backup_runs/1/started_at": "2026-09-29T18:00:01Z",
			"backup_runs/1/target": null,
			"backup_runs/1/unknown/target": "not_collected",
		},
	}
	answer := check with input as _changed(object.union(_two, changes)) with data.as_of as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "not_collected"}}
}

test_a_doubtful_copy_changes_nothing[name] if {
	some name, case in {
		"it is older": {"changes": {"backup_runs/1/result": "unknown"}, "faults": set()},
		"it failed, whosever it was": {
			"changes": {
				"backup_runs/1/started_at": "2026-09-29T18:00:01Z",
				"backup_runs/1/data_set": null,
				"backup_runs/1/result": "failed",
			},
			"faults": set(),
		},
		"it lies astray, too": {
			"changes": {"backup_runs/0/target": "reg/storage_location/usb", "backup_runs/0/result": "unknown"},
			"faults": {"target"},
		},
	}
	answer := check with input as _changed(object.union(_two, case.changes)) with data.as_of as _as_of

	{fault | some violation in answer.violations; some fault in violation.evidence.faults} == case.faults
	answer.unknown == set()
}

test_the_reason_is_that_of_the_copy_in_doubt if {
	answer := check with input as _changed(object.union(_two, {
		"backup_runs/1/unknown/finished_at": "not_supported",
		"backup_runs/1/target": "reg/storage_location/usb",
		"backup_runs/0/result": "unknown",
		"backup_runs/0/unknown/result": "stale",
	}))
		with data.as_of as _as_of

	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

test_whoever_may_have_written_it_a_run_of_the_data_set_is_one_of_its_copies if {
	answer := check with input as _changed({
		"backup_runs/0/plan": null,
		"backup_runs/0/unknown/plan": "stale",
		"backup_runs/0/size_bytes": 0,
	})
		with data.as_of as _as_of

	{violation.evidence.faults | some violation in answer.violations} == {["no_copy"]}
	answer.unknown == set()
}

test_where_the_data_lies_must_be_in_the_register if {
	answer := check with input as _changed({
		"data_sets/0/location": "reg/storage_location/no",
		"context/storage_locations/1/designated": "no",
	})
		with data.as_of as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of}} |
	some name, changes in {
		"no copy": {"backup_runs": []},
		"zero bytes": {"backup_runs/0/size_bytes": 0},
		"beside the data": {"backup_runs/0/target": "reg/storage_location/disk"},
		"place not designated": {"context/storage_locations/0/designated": "no"},
		"copy in a place not designated": {"context/storage_locations/1/designated": "no"},
		"the newest copy in a place not designated": object.union(_two, {
			"backup_runs/1/started_at": "2026-09-29T18:00:01Z",
		}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of}} |
	some name, changes in {
		"designated and copied": {},
		"a point alone": {"backup_runs": [], "restore_points": [_point]},
		"an older copy astray": _two,
	}
}

_as_of := "2026-09-30T15:59:59Z"

_point := {
	"uid": "restic/restore_point/a",
	"data_set": "reg/data_set/crm",
	"target": "reg/storage_location/nas",
	"created_at": "2026-09-29T18:00:00Z",
	"size_bytes": 1000,
	"unknown": {},
}

_run := {
	"uid": "restic/backup_run/a",
	"plan": "reg/backup_plan/p",
	"data_set": "reg/data_set/crm",
	"target": "reg/storage_location/nas",
	"started_at": "2026-09-29T18:00:00Z",
	"result": "success",
	"size_bytes": 1000,
	"unknown": {},
}

_older := object.union(_run, {
	"uid": "restic/backup_run/old",
	"target": "reg/storage_location/usb",
	"started_at": "2026-01-01T00:00:00Z",
	"size_bytes": 10,
})

_usb := {"uid": "reg/storage_location/usb", "name": "usb", "designated": "no", "unknown": {}}

# an older copy lies in a place that is not designated
_two := {"backup_runs/1": _older, "context/storage_locations/2": _usb}

_shard := {
	"data_sets": [{
		"uid": "reg/data_set/crm",
		"name": "crm",
		"important": "yes",
		"retired": "no",
		"location": "reg/storage_location/disk",
		"unknown": {},
	}],
	"backup_plans": [],
	"backup_runs": [_run],
	"restore_points": [],
	"storage_locations": [],
	"context": {
		"data_sets": [{"uid": "reg/data_set/erp", "name": "erp", "unknown": {}}],
		"storage_locations": [
			{"uid": "reg/storage_location/disk", "name": "disk", "designated": "yes", "unknown": {}},
			{"uid": "reg/storage_location/nas", "name": "nas", "designated": "yes", "unknown": {}},
		],
	},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
