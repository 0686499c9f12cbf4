package checks["7.2-d_test"]

import future.keywords.not

import data.checks["7.2-d"] as check

test_a_data_set_without_a_plan_is_a_violation if {
	answer := check with input as _changed({"backup_plans": []}) with data.as_of as _as_of

	answer.population == 1
	answer.violations == {{"subject": "reg/data_set/crm", "evidence": {
		"plan": "none",
		"missing": ["frequency", "method", "retention", "responsible"],
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"no interval": {"changes": {"backup_plans/0/interval_s": null}, "missing": ["frequency"]},
		"interval of nothing": {"changes": {"backup_plans/0/interval_s": 0}, "missing": ["frequency"]},
		"no method": {"changes": {"backup_plans/0/method": "none"}, "missing": ["method"]},
		"retention unset": {"changes": {"backup_plans/0/retention_mode": "unset"}, "missing": ["retention"]},
		"no days": {"changes": {"backup_plans/0/retention_days": null}, "missing": ["retention"]},
		"no day": {"changes": {"backup_plans/0/retention_days": 0}, "missing": ["retention"]},
		"nobody": {"changes": {"backup_plans/0/responsible": null}, "missing": ["responsible"]},
		"left": {
			"changes": {"people/0/last_day_ends_at": "2026-09-30T15:59:58Z"},
			"missing": ["responsible"],
		},
		"outsider": {"changes": {"people/0/employment_type": "external"}, "missing": ["responsible"]},
		"parts of two plans": {
			"changes": {
				"backup_plans/0/interval_s": null,
				"backup_plans/1": object.union(_plan, {"uid": "reg/backup_plan/q", "method": "none"}),
			},
			"missing": ["frequency"],
		},
		"nothing but an interval, beside all but one": {
			"changes": {
				"backup_plans/0/interval_s": null,
				"backup_plans/0/method": "none",
				"backup_plans/1": object.union(_plan, {"uid": "reg/backup_plan/q", "method": "none"}),
			},
			"missing": ["method"],
		},
		"plan over": {
			"changes": {"backup_plans/0/effective_until": _as_of},
			"missing": ["frequency", "method", "retention", "responsible"],
		},
	}
	answer := check with input as _changed(case.changes) with data.as_of as _as_of

	{violation.evidence.missing | some violation in answer.violations} == {case.missing}
	answer.unknown == set()
}

test_the_evidence_names_the_plan_that_comes_closest if {
	answer := check with input as _changed({"backup_plans/0/interval_s": null}) with data.as_of as _as_of

	answer.violations == {{"subject": "reg/data_set/crm", "evidence": {
		"plan": "reg/backup_plan/p",
		"missing": ["frequency"],
	}}}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_retired_data_set_is_outside if {
	answer := check with input as _changed({"data_sets/0/retired": "yes", "backup_plans": []})
		with data.as_of as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"whether retired": {
			"data_sets/0/retired": "unknown",
			"data_sets/0/unknown/retired": "stale",
			"backup_plans": [],
		},
		"interval": {"backup_plans/0/interval_s": null, "backup_plans/0/unknown/interval_s": "stale"},
		"method": {"backup_plans/0/method": "unknown", "backup_plans/0/unknown/method": "stale"},
		"days": {"backup_plans/0/retention_days": null, "backup_plans/0/unknown/retention_days": "stale"},
		"who": {"backup_plans/0/responsible": null, "backup_plans/0/unknown/responsible": "stale"},
		"beginning": {"backup_plans/0/effective_from": null, "backup_plans/0/unknown/effective_from": "stale"},
		"end": {"backup_plans/0/unknown/effective_until": "stale"},
		"of which data set": {"backup_plans/0/data_set": null, "backup_plans/0/unknown/data_set": "stale"},
		"mode, and no days are stated": {
			"backup_plans/0/retention_mode": "unknown",
			"backup_plans/0/unknown/retention_mode": "stale",
			"backup_plans/0/retention_days": null,
		},
		"first day": {"people/0/hire_day_starts_at": null, "people/0/unknown/hire_day_starts_at": "stale"},
		"status": {"people/0/status": "unknown", "people/0/unknown/status": "stale"},
		"contract": {"people/0/employment_type": "unknown", "people/0/unknown/employment_type": "stale"},
		"last day": {"people/0/status": "left", "people/0/unknown/last_day_ends_at": "stale"},
	}
	answer := check with input as _changed(changes) with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

test_a_plan_of_another_shard_that_may_be_its_own_leaves_a_doubt if {
	stray := object.union(object.remove(_plan, ["data_set"]), {"unknown": {"data_set": "stale"}})
	shard := _changed({"backup_plans": [], "context/backup_plans": [stray]})
	answer := check with input as shard with data.as_of as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

test_a_plan_of_nobody_knows_which_data_set_that_lacks_something_is_not_this_ones_either if {
	every field, value in {"method": "none", "interval_s": 0} {
		stray := object.union(object.remove(_plan, ["data_set"]), {field: value, "unknown": {"data_set": "stale"}})
		answer := check with input as _changed({"backup_plans": [stray]})
		count(answer.violations) == 1
		count(answer.unknown) == 0
	}
}

test_somebody_who_is_in_no_roster_is_unknown if {
	answer := check with input as _changed({"people": []}) with data.as_of as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of}} |
	some name, changes in {
		"no plan": {"backup_plans": []},
		"no interval": {"backup_plans/0/interval_s": null},
		"no method": {"backup_plans/0/method": "none"},
		"no retention": {"backup_plans/0/retention_mode": "unset", "backup_plans/0/retention_days": null},
		"nobody": {"backup_plans/0/responsible": null},
		"left": {"people/0/last_day_ends_at": "2026-08-31T16:00:00Z"},
		"outsider": {"people/0/employment_type": "external"},
		"plan over": {"backup_plans/0/effective_until": "2026-08-31T16:00:00Z"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of}} |
	some name, changes in {
		"complete": {},
		"in full, every second": {"backup_plans/0/method": "full", "backup_plans/0/interval_s": 1},
		"differential": {"backup_plans/0/method": "differential"},
		"snapshots": {"backup_plans/0/method": "snapshot"},
		"continuous": {"backup_plans/0/method": "continuous"},
		"kept for a day": {"backup_plans/0/retention_days": 1},
		"kept for ever": {"backup_plans/0/retention_mode": "forever", "backup_plans/0/retention_days": null},
		"mode not known, days stated": {
			"backup_plans/0/retention_mode": "unknown",
			"backup_plans/0/unknown/retention_mode": "stale",
		},
		"who will leave": {"people/0/last_day_ends_at": "2026-12-31T16:00:00Z"},
		"last moment of the last day": {"people/0/last_day_ends_at": _as_of},
		"one complete plan of two": {"backup_plans/1": {
			"uid": "reg/backup_plan/q",
			"name": "q",
			"data_set": "reg/data_set/crm",
			"method": "none",
			"unknown": {},
		}},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_plan := {
	"uid": "reg/backup_plan/p",
	"name": "p",
	"data_set": "reg/data_set/crm",
	"interval_s": 86400,
	"method": "incremental",
	"retention_mode": "days",
	"retention_days": 30,
	"responsible": "hr/person/gao",
	"effective_from": "2025-01-01T00:00:00Z",
	"unknown": {},
}

_shard := {
	"data_sets": [{"uid": "reg/data_set/crm", "name": "crm", "retired": "no", "unknown": {}}],
	"backup_plans": [_plan],
	"people": [{
		"uid": "hr/person/gao",
		"status": "active",
		"employment_type": "employee",
		"hire_day_starts_at": "2020-01-01T16:00:00Z",
		"unknown": {},
	}],
	"context": {"data_sets": [], "people": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
