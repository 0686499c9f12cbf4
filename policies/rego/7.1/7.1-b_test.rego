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
		"everything": {
			"changes": {"backup_runs": [], "context/storage_locations/0/designated": "no"},
			"faults": ["no_copy", "location"],
		},
	}
	answer := check with input as _changed(case.changes) with data.as_of as _as_of

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
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
	}
	answer := check with input as _changed(changes) with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

test_a_run_of_nobody_knows_what_may_be_its_copy if {
	answer := check with input as _changed({"backup_runs/0/data_set": null, "backup_runs/0/unknown/data_set": "stale"})
		with data.as_of as _as_of

	answer.violations == set()
	count(answer.unknown) == 1
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of}} |
	some name, changes in {
		"no copy": {"backup_runs": []},
		"zero bytes": {"backup_runs/0/size_bytes": 0},
		"beside the data": {"backup_runs/0/target": "reg/storage_location/disk"},
		"place not designated": {"context/storage_locations/0/designated": "no"},
		"copy in a place not designated": {"context/storage_locations/1/designated": "no"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of}} |
	some name, changes in {
		"designated and copied": {},
		"a point alone": {"backup_runs": [], "restore_points": [_point]},
		"an older copy astray": {
			"backup_runs/1": {
				"uid": "restic/backup_run/old",
				"data_set": "reg/data_set/crm",
				"target": "reg/storage_location/usb",
				"plan": "reg/backup_plan/p",
				"started_at": "2026-01-01T00:00:00Z",
				"result": "success",
				"size_bytes": 10,
				"unknown": {},
			},
			"context/storage_locations/2": {
				"uid": "reg/storage_location/usb",
				"name": "usb",
				"designated": "no",
				"unknown": {},
			},
		},
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
	"backup_runs": [{
		"uid": "restic/backup_run/a",
		"plan": "reg/backup_plan/p",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"started_at": "2026-09-29T18:00:00Z",
		"result": "success",
		"size_bytes": 1000,
		"unknown": {},
	}],
	"restore_points": [],
	"storage_locations": [],
	"context": {
		"data_sets": [],
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
