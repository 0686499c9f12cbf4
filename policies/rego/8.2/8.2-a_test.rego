package checks["8.2-a_test"]

import future.keywords.not

import data.checks["8.2-a"] as check

test_confidential_data_in_plain_is_a_violation if {
	answer := check with input as _changed({"data_sets/0/encrypted": "no"})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations == {{"subject": "reg/data_set/crm", "evidence": {
		"classification": "confidential",
		"places_in_plain": ["location"],
		"location": "reg/storage_location/disk",
		"targets": ["reg/storage_location/nas"],
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"backup in plain": {"changes": {"restore_points/0/encrypted": "no"}, "places": ["backup"]},
		"plan without a point yet": {
			"changes": {"restore_points": [], "backup_plans/0/encrypted": "no"},
			"places": ["plan"],
		},
		"customers' data": {
			"changes": {
				"data_sets/0/classification": "internal",
				"data_sets/0/customer_data": "yes",
				"data_sets/0/encrypted": "no",
			},
			"places": ["location"],
		},
		"trade secret of unknown class": {
			"changes": {
				"data_sets/0/classification": "unknown",
				"data_sets/0/unknown/classification": "stale",
				"data_sets/0/trade_secret": "yes",
				"data_sets/0/encrypted": "no",
			},
			"places": ["location"],
		},
		"local disk in plain": {
			"changes": {
				"data_sets/0/encrypted": "no",
				"context/storage_locations/0/kind": "local",
				"context/storage_locations/0/host": "srv/host/h",
				"context/hosts/0/disk_encrypted": "no",
			},
			"places": ["location"],
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.settings as _settings

	{violation.evidence.places_in_plain | some violation in answer.violations} == {case.places}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_what_is_not_sensitive_is_outside[class] if {
	some class in ["public", "internal"]
	answer := check with input as _changed({"data_sets/0/classification": class, "data_sets/0/encrypted": "no"})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_class_that_the_company_leaves_out_is_outside[class] if {
	some class in ["confidential", "secret"]
	answer := check with input as _changed({"data_sets/0/classification": class, "data_sets/0/encrypted": "no"})
		with data.as_of as _as_of
		with data.settings as {"encrypted_classes": ["internal"]}

	answer.population == 0
}

test_the_classes_are_a_setting if {
	answer := check with input as _changed({"data_sets/0/classification": "internal", "data_sets/0/encrypted": "no"})
		with data.as_of as _as_of
		with data.settings as {"encrypted_classes": ["internal", "confidential", "secret"]}

	count(answer.violations) == 1
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"class": {
			"data_sets/0/classification": "unknown",
			"data_sets/0/unknown/classification": "stale",
			"data_sets/0/encrypted": "no",
		},
		"whether of customers": {
			"data_sets/0/classification": "internal",
			"data_sets/0/customer_data": "unknown",
			"data_sets/0/unknown/customer_data": "stale",
			"data_sets/0/encrypted": "no",
		},
		"encryption": {"data_sets/0/encrypted": "unknown", "data_sets/0/unknown/encrypted": "stale"},
		"location": {
			"data_sets/0/encrypted": "no",
			"data_sets/0/location": null,
			"data_sets/0/unknown/location": "stale",
		},
		"store": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/encrypted_at_rest": "unknown",
			"context/storage_locations/0/unknown/encrypted_at_rest": "stale",
		},
		"whether a trade secret": {
			"data_sets/0/classification": "internal",
			"data_sets/0/trade_secret": "unknown",
			"data_sets/0/unknown/trade_secret": "stale",
			"data_sets/0/encrypted": "no",
		},
		"kind of the store": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/kind": "unknown",
			"context/storage_locations/0/unknown/kind": "stale",
		},
		"host of the store": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/kind": "local",
			"context/storage_locations/0/unknown/host": "stale",
		},
		"target of a point": {
			"restore_points/0/encrypted": "no",
			"restore_points/0/target": null,
			"restore_points/0/unknown/target": "stale",
		},
		"beginning of a plan": {
			"restore_points": [],
			"backup_plans/0/encrypted": "no",
			"backup_plans/0/effective_from": null,
			"backup_plans/0/unknown/effective_from": "stale",
		},
		"end of a plan": {
			"restore_points": [],
			"backup_plans/0/encrypted": "no",
			"backup_plans/0/unknown/effective_until": "stale",
		},
		"point": {"restore_points/0/encrypted": "unknown", "restore_points/0/unknown/encrypted": "stale"},
		"size of a plain point": {
			"restore_points/0/encrypted": "no",
			"restore_points/0/size_bytes": null,
			"restore_points/0/unknown/size_bytes": "stale",
		},
		"when a plain point was made": {
			"restore_points/0/encrypted": "no",
			"restore_points/0/created_at": null,
			"restore_points/0/unknown/created_at": "stale",
		},
		"end of a plain point": {
			"restore_points/0/encrypted": "no",
			"restore_points/0/unknown/expires_at": "stale",
		},
		"store of a plain point": {
			"restore_points/0/encrypted": "no",
			"context/storage_locations/1/encrypted_at_rest": "unknown",
			"context/storage_locations/1/unknown/encrypted_at_rest": "stale",
		},
		"whose a plain point is": {"restore_points/1": _stray_point},
		"kind of a store, a host being named": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/kind": "unknown",
			"context/storage_locations/0/host": "srv/host/h",
			"context/storage_locations/0/unknown/kind": "stale",
		},
		"disk": {
			"data_sets/0/encrypted": "no",
			"restore_points/0/target": "reg/storage_location/disk",
			"restore_points/0/encrypted": "no",
			"context/storage_locations/0/kind": "local",
			"context/storage_locations/0/host": "srv/host/h",
			"context/hosts/0/disk_encrypted": "unknown",
			"context/hosts/0/unknown/disk_encrypted": "stale",
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

test_what_a_store_of_another_kind_holds_is_as_plain_as_it_is[kind] if {
	some kind in ["nas", "object_store", "tape", "cloud", "local"]
	answer := check with input as _changed({
		"data_sets/0/encrypted": "no",
		"context/storage_locations/0/kind": kind,
	})
		with data.as_of as _as_of
		with data.settings as _settings

	count(answer.violations) == 1
	answer.unknown == set()
}

test_without_the_classes_nothing_is_known_to_be_outside if {
	answer := check with input as _changed({"data_sets/0/encrypted": "no"})
		with data.as_of as _as_of
		with data.settings as {}

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "not_collected"}}
}

test_the_targets_of_points_and_plans_are_told if {
	answer := check with input as _changed({
		"data_sets/0/encrypted": "no",
		"backup_plans/0/target": "reg/storage_location/disk",
	})
		with data.as_of as _as_of
		with data.settings as _settings

	{row.evidence.targets | some row in answer.violations} == {[
		"reg/storage_location/disk",
		"reg/storage_location/nas",
	]}
}

test_a_plain_point_of_nobody_knows_what_leaves_it_open[name] if {
	some name, case in {
		"in plain": {"changes": {}, "store": "no", "unknown": 1},
		"encrypted": {"changes": {"encrypted": "yes"}, "store": "no", "unknown": 0},
		"by the store": {"changes": {}, "store": "yes", "unknown": 0},
		"not known": {
			"changes": {"encrypted": "unknown", "unknown": {"encrypted": "stale"}},
			"store": "no", "unknown": 1,
		},
	}
	answer := check with input as _changed({
		"restore_points/1": object.union(_stray_point, case.changes),
		"context/storage_locations/1/encrypted_at_rest": case.store,
	})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations == set()
	count(answer.unknown) == case.unknown
}

test_a_plain_plan_of_nobody_knows_what_leaves_it_open[encrypted] if {
	some encrypted, open in {"no": 1, "unknown": 1, "yes": 0}
	stray := {
		"uid": "reg/backup_plan/b",
		"name": "b",
		"target": "reg/storage_location/nas",
		"encrypted": encrypted,
		"effective_from": "2025-01-01T00:00:00Z",
		"unknown": {"data_set": "stale"},
	}
	answer := check with input as _changed({"backup_plans/1": stray})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations == set()
	count(answer.unknown) == open
}

test_a_plan_of_nobody_knows_what_is_safe_in_a_store_that_encrypts if {
	stray := {
		"uid": "reg/backup_plan/b",
		"name": "b",
		"target": "reg/storage_location/nas",
		"encrypted": "no",
		"effective_from": "2025-01-01T00:00:00Z",
		"unknown": {"data_set": "stale"},
	}
	answer := check with input as _changed({
		"backup_plans/1": stray,
		"context/storage_locations/1/encrypted_at_rest": "yes",
	})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations | answer.unknown == set()
}

test_a_plain_plan_is_judged_by_its_points_where_it_has_some if {
	answer := check with input as _changed({"backup_plans/0/encrypted": "no"})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations | answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "settings": _settings}} |
	some name, changes in {
		"location": {"data_sets/0/encrypted": "no"},
		"backup": {"restore_points/0/encrypted": "no"},
		"plan": {"restore_points": [], "backup_plans/0/encrypted": "no"},
		"customers' data": {
			"data_sets/0/classification": "internal",
			"data_sets/0/customer_data": "yes",
			"data_sets/0/encrypted": "no",
		},
		"local disk": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/kind": "local",
			"context/storage_locations/0/host": "srv/host/h",
			"context/hosts/0/disk_encrypted": "no",
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "settings": _settings}} |
	some name, changes in {
		"encrypted": {},
		"by the store": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/encrypted_at_rest": "yes",
		},
		"by the disk": {
			"data_sets/0/encrypted": "no",
			"context/storage_locations/0/kind": "local",
			"context/storage_locations/0/host": "srv/host/h",
		},
		"plain point of nothing": {"restore_points/0/encrypted": "no", "restore_points/0/size_bytes": 0},
		"plain point that has expired": {"restore_points/0/encrypted": "no", "restore_points/0/expires_at": _as_of},
		"plain plan that is over": {
			"restore_points": [],
			"backup_plans/0/encrypted": "no",
			"backup_plans/0/effective_until": _as_of,
		},
		"store not known, encrypted itself": {
			"context/storage_locations/0/encrypted_at_rest": "unknown",
			"context/storage_locations/0/unknown/encrypted_at_rest": "stale",
		},
	}
}

_stray_point := {
	"uid": "restic/restore_point/b",
	"target": "reg/storage_location/nas",
	"created_at": "2026-09-29T18:00:00Z",
	"size_bytes": 1000,
	"encrypted": "no",
	"unknown": {"data_set": "stale"},
}

_as_of := "2026-09-30T15:59:59Z"

_settings := {"encrypted_classes": ["confidential", "secret"]}

_shard := {
	"data_sets": [{
		"uid": "reg/data_set/crm",
		"name": "crm",
		"classification": "confidential",
		"customer_data": "no",
		"trade_secret": "no",
		"encrypted": "yes",
		"location": "reg/storage_location/disk",
		"unknown": {},
	}],
	"backup_plans": [{
		"uid": "reg/backup_plan/p",
		"name": "p",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"encrypted": "yes",
		"effective_from": "2025-01-01T00:00:00Z",
		"unknown": {},
	}],
	"backup_runs": [],
	"restore_points": [{
		"uid": "restic/restore_point/a",
		"data_set": "reg/data_set/crm",
		"target": "reg/storage_location/nas",
		"created_at": "2026-09-29T18:00:00Z",
		"size_bytes": 1000,
		"encrypted": "yes",
		"unknown": {},
	}],
	"storage_locations": [],
	"hosts": [],
	"context": {
		"data_sets": [],
		"hosts": [{"uid": "srv/host/h", "name": "h", "disk_encrypted": "yes", "unknown": {}}],
		"storage_locations": [
			{
				"uid": "reg/storage_location/disk",
				"name": "disk",
				"kind": "nas",
				"encrypted_at_rest": "no",
				"unknown": {},
			},
			{
				"uid": "reg/storage_location/nas",
				"name": "nas",
				"kind": "nas",
				"encrypted_at_rest": "no",
				"unknown": {},
			},
		],
	},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
