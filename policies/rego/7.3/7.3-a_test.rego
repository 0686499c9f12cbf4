package checks["7.3-a_test"]

import future.keywords.not

import data.checks["7.3-a"] as check

test_a_record_past_its_term_is_a_violation if {
	answer := check with input as _changed({"data_sets/0/oldest_record_at": "2025-08-01T00:00:00Z"})
		with data.as_of as _as_of
		with data.settings.clearing_grace_days as 30
		with data.company.approvals as []

	answer.population == 1
	answer.violations == {{"subject": "reg/data_set/crm", "evidence": {
		"oldest_record_at": "2025-08-01T00:00:00Z",
		"retention_days_policy": 365,
		"expired_since": "2026-08-01T00:00:00Z",
	}}}
	answer.unknown == set()
}

test_both_sides_of_the_boundary[name] if {
	some name, case in {
		"exactly at the end of grace": {"oldest": "2025-08-31T15:59:59Z", "found": 0},
		"a second past it": {"oldest": "2025-08-31T15:59:58Z", "found": 1},
	}
	answer := check with input as _changed({"data_sets/0/oldest_record_at": case.oldest})
		with data.as_of as _as_of
		with data.settings.clearing_grace_days as 30
		with data.company.approvals as []

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"on hold": {"data_sets/0/on_hold": "yes"},
		"no term": {"data_sets/0/retention_days_policy": null},
	}
	answer := check with input as _changed(object.union(_late, changes))
		with data.as_of as _as_of
		with data.settings.clearing_grace_days as 30
		with data.company.approvals as []

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_an_exception_in_force_excuses[name] if {
	some name, case in {
		"by its name": {"change": {}, "violations": 0, "unknown": 0},
		"by its uid": {"change": {"subject": "reg/data_set/crm"}, "violations": 0, "unknown": 0},
		"until this very moment": {"change": {"valid_until": _as_of}, "violations": 0, "unknown": 0},
		"over": {"change": {"valid_until": "2026-09-30T15:59:58Z"}, "violations": 1, "unknown": 0},
		"of another data set": {"change": {"subject": "erp"}, "violations": 1, "unknown": 0},
		"of another kind": {"change": {"kind": "other"}, "violations": 1, "unknown": 0},
		"rejected": {"change": {"state": "rejected"}, "violations": 1, "unknown": 0},
		"decided by nobody": {"change": {"decisions": []}, "violations": 1, "unknown": 0},
		"decided later": {
			"change": {"decisions": [object.union(_decision, {"at": "2026-10-01T00:00:00Z"})]},
			"violations": 1,
			"unknown": 0,
		},
		"kind not known": {"change": {"kind": "unknown", "unknown": {"kind": "stale"}}, "violations": 0, "unknown": 1},
		"state not known": {
			"change": {"state": "unknown", "unknown": {"state": "stale"}},
			"violations": 0,
			"unknown": 1,
		},
	}
	answer := check with input as _changed(_late)
		with data.as_of as _as_of
		with data.settings.clearing_grace_days as 30
		with data.company.approvals as [object.union(_approval, case.change)]

	count(answer.violations) == case.violations
	count(answer.unknown) == case.unknown
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"oldest record": {
			"data_sets/0/oldest_record_at": null,
			"data_sets/0/unknown/oldest_record_at": "stale",
		},
		"term": {
			"data_sets/0/retention_days_policy": null,
			"data_sets/0/unknown/retention_days_policy": "stale",
		},
		"hold": {"data_sets/0/on_hold": "unknown", "data_sets/0/unknown/on_hold": "stale"},
	}
	answer := check with input as _changed(object.union(_late, changes))
		with data.as_of as _as_of
		with data.settings.clearing_grace_days as 30
		with data.company.approvals as []

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/data_set/crm", "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed(_late),
	"data": {
		"as_of": _as_of,
		"settings": {"clearing_grace_days": 30},
		"company": {"approvals": found},
	},
} |
	some name, found in {
		"past its term": [],
		"the exception is over": [object.union(_approval, {"valid_until": "2026-08-01T00:00:00Z"})],
		"the exception is another's": [object.union(_approval, {"subject": "erp"})],
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {
	"input": _changed({"data_sets/0/oldest_record_at": case.oldest}),
	"data": {"as_of": _as_of, "settings": {"clearing_grace_days": 30}, "company": {"approvals": case.approvals}},
} |
	some name, case in {
		"exactly at the end of grace": {"oldest": "2025-08-31T15:59:59Z", "approvals": []},
		"an exception is in force": {"oldest": "2025-08-01T00:00:00Z", "approvals": [_approval]},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_late := {"data_sets/0/oldest_record_at": "2025-01-01T00:00:00Z"}

_decision := {"by": "hr/person/han", "role": "approver", "decision": "approved", "at": "2026-01-04T02:00:00Z"}

_approval := {
	"uid": "reg/approval/a",
	"number": "a",
	"kind": "retention_exception",
	"subject": "crm",
	"state": "approved",
	"decisions": [_decision],
	"released_departments": [],
	"unknown": {},
}

_shard := {"data_sets": [{
	"uid": "reg/data_set/crm",
	"name": "crm",
	"oldest_record_at": "2026-01-01T00:00:00Z",
	"retention_days_policy": 365,
	"on_hold": "no",
	"unknown": {},
}]}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
