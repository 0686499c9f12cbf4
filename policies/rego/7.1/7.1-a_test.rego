package checks["7.1-a_test"]

import future.keywords.not

import data.checks["7.1-a"] as check

test_a_data_set_kept_too_short_is_a_violation if {
	answer := check with input as _data({"retention_days": 1094})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "reg/data_set/a", "evidence": {
		"classification": "confidential",
		"retention_mode": "days",
		"retention_days": 1094,
		"demanded_days": 1095,
	}}}
	answer.unknown == set()
}

test_a_group_kept_too_short_names_who_manages_it if {
	answer := check with input as _group({"retention_days": 364, "owners": ["im/account/chen"]})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "im/group/a", "owner": "hr/person/chen", "evidence": {
		"classification": "internal",
		"retention_mode": "days",
		"retention_days": 364,
		"demanded_days": 365,
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as case.input
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company as _company(object.get(case, "approval", {}))

	answer.population == 1
	{violation.evidence.demanded_days | some violation in answer.violations} == {case.days}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_where_a_class_asks_for_nothing_no_day_is_enough if {
	answer := check with input as _data({
		"classification": "public",
		"retention_days": 0,
		"retention_days_policy": null,
	})
		with data.as_of as _as_of
		with data.settings as object.union(_settings, {"retention_days_public": 0})
		with data.company as _company({})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, shard in {
		"other data": _data({"kind": "other", "retention_days": 1}),
		"a group with the term of its application": _group({"retention_mode": "unset", "retention_days": null}),
		"a group closed for writing": _group({"archived": "yes", "retention_days": 1}),
		"a chat of two": _group({"direct": "yes", "retention_days": 1}),
	}
	answer := check with input as shard
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"class, between the least and the most": {"input": _data({
			"classification": "unknown",
			"retention_days": 1824,
			"retention_days_policy": null,
			"unknown": {"classification": "stale"},
		})},
		"class, and just what the least asks for": {"input": _data({
			"classification": "unknown",
			"retention_days": 180,
			"retention_days_policy": null,
			"unknown": {"classification": "stale"},
		})},
		"mode": {"input": _data({"retention_mode": "unknown", "unknown": {"retention_mode": "stale"}})},
		"days": {"input": _data({"retention_days": null, "unknown": {"retention_days": "stale"}})},
		"policy": {"input": _data({
			"retention_days_policy": null,
			"unknown": {"retention_days_policy": "stale"},
		})},
		"what it holds": {"input": _data({
			"kind": "unknown",
			"retention_days": 1,
			"unknown": {"kind": "stale"},
		})},
		"mode of a group": {"input": _group({
			"retention_mode": "unknown",
			"unknown": {"retention_mode": "stale"},
		})},
		"label of a group": {"input": _group({"label": "unknown", "unknown": {"label": "stale"}})},
		"whether a group is a chat of two": {"input": _group({
			"direct": "unknown",
			"retention_days": 1,
			"unknown": {"direct": "stale"},
		})},
		"whether a group is closed": {"input": _group({
			"archived": "unknown",
			"retention_days": 1,
			"unknown": {"archived": "stale"},
		})},
		"an exception of which nobody knows the state": {
			"input": _data({"retention_days": 10}),
			"approval": {"subject": "reg/data_set/a", "state": "unknown"},
			"reason": "not_collected",
		},
	}
	answer := check with input as case.input
		with data.as_of as _as_of
		with data.settings as _settings
		with data.company as _company(object.get(case, "approval", {}))

	answer.population == 1
	answer.violations == set()
	{row.reason | some row in answer.unknown} == {object.get(case, "reason", "stale")}
}

# decides nothing: account.kind: a manager has an account of any kind; the rule asks data sets for theirs
# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": case.input,
	"data": {"as_of": _as_of, "settings": _settings, "company": _company(object.get(case, "approval", {}))},
} |
	some name, case in _faulty
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": case.input, "data": {
	"as_of": _as_of,
	"settings": _settings,
	"company": _company(object.get(case, "approval", {})),
}} |
	some name, case in {
		"exactly as long": {"input": _data({})},
		"exactly as long as its policy": {"input": _data({"retention_days": 2000, "retention_days_policy": 2000})},
		"without a policy of its own": {"input": _data({"retention_days_policy": null})},
		"for ever": {"input": _data({"retention_mode": "forever", "retention_days": null})},
		"longer than any class asks, whatever it is": {"input": _data({
			"classification": "unknown",
			"retention_days": 1825,
			"unknown": {"classification": "stale"},
		})},
		"an exception in force": {
			"input": _data({"retention_days": 10}),
			"approval": {"subject": "reg/data_set/a"},
		},
		"an exception by name": {"input": _data({"retention_days": 10}), "approval": {"subject": "聊天記錄"}},
		"an exception for a group": {"input": _group({"retention_days": 10}), "approval": {"subject": "!a:corp"}},
		"a group, exactly as long": {"input": _group({})},
		"a group, for ever": {"input": _group({"retention_mode": "forever", "retention_days": null})},
		"audit log": {"input": _data({"kind": "audit_log"})},
		"public, exactly as long": {"input": _data({
			"classification": "public",
			"retention_days": 180,
			"retention_days_policy": null,
		})},
	}
}

_faulty := {
	"a day too short": {"input": _data({"retention_days": 1094}), "days": 1095},
	"a day shorter than its policy": {
		"input": _data({"retention_days": 1999, "retention_days_policy": 2000}),
		"days": 2000,
	},
	"public": {
		"input": _data({"classification": "public", "retention_days": 179, "retention_days_policy": null}),
		"days": 180,
	},
	"internal": {
		"input": _data({"classification": "internal", "retention_days": 364, "retention_days_policy": null}),
		"days": 365,
	},
	"secret": {"input": _data({"classification": "secret", "retention_days": 1824}), "days": 1825},
	"whatever its class is": {
		"input": _data({
			"classification": "unknown",
			"retention_days": 179,
			"retention_days_policy": null,
			"unknown": {"classification": "stale"},
		}),
		"days": 180,
	},
	"media": {"input": _data({"kind": "media", "retention_days": 1094}), "days": 1095},
	"configuration": {"input": _data({"kind": "config", "retention_days": 1094}), "days": 1095},
	"an audit log": {"input": _data({"kind": "audit_log", "retention_days": 1094}), "days": 1095},
	"an exception for nothing, and a data set without a name": {
		"input": _data({"name": "", "retention_days": 10}),
		"approval": {"subject": ""},
		"days": 1095,
	},
	"no term": {"input": _data({"retention_mode": "unset", "retention_days": null}), "days": 1095},
	"a group": {"input": _group({"retention_days": 364}), "days": 365},
	"a confidential group": {"input": _group({"label": "confidential", "retention_days": 1094}), "days": 1095},
	"an exception that is over": {
		"input": _data({"retention_days": 10}),
		"approval": {"subject": "reg/data_set/a", "valid_until": "2026-09-30T15:59:58Z"},
		"days": 1095,
	},
	"an exception for something else": {
		"input": _data({"retention_days": 10}),
		"approval": {"subject": "reg/data_set/b"},
		"days": 1095,
	},
	"an approval of something else": {
		"input": _data({"retention_days": 10}),
		"approval": {"subject": "reg/data_set/a", "kind": "data_deletion"},
		"days": 1095,
	},
}

_as_of := "2026-09-30T15:59:59Z"

_settings := {
	"retention_days_public": 180,
	"retention_days_internal": 365,
	"retention_days_confidential": 1095,
	"retention_days_secret": 1825,
}

_data(fields) := object.union(_empty, {"data_sets": [_changed(
	{
		"uid": "reg/data_set/a",
		"name": "聊天記錄",
		"kind": "messages",
		"classification": "confidential",
		"retention_mode": "days",
		"retention_days": 1095,
		"retention_days_policy": 365,
		"unknown": {},
	},
	fields,
)]})

_group(fields) := object.union(_empty, {"groups": [_changed(
	{
		"uid": "im/group/a",
		"native_id": "!a:corp",
		"source_system": "im",
		"name": "採購群組",
		"label": "internal",
		"archived": "no",
		"direct": "no",
		"owners": [],
		"retention_mode": "days",
		"retention_days": 365,
		"unknown": {},
	},
	fields,
)]})

_empty := {
	"data_sets": [],
	"groups": [],
	"accounts": [{
		"uid": "im/account/chen",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"unknown": {},
	}],
	"people": [{
		"uid": "hr/person/chen",
		"status": "active",
		"employment_type": "employee",
		"employments": [],
		"unknown": {},
	}],
	"context": {"accounts": [], "groups": [], "people": []},
}

_company(approval) := {
	"departments": [],
	"approvals": [object.union(
		{
			"uid": "reg/approval/a",
			"number": "a",
			"kind": "retention_exception",
			"subject": "something else",
			"state": "approved",
			"decisions": [{
				"by": "hr/person/chen",
				"role": "approver",
				"decision": "approved",
				"at": "2026-01-01T00:00:00Z",
			}],
			"released_departments": [],
			"unknown": {},
		},
		approval,
	)],
}

# a record with other fields; null takes away
_changed(record, fields) := json.patch(record, [step |
	some field, value in fields
	step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
])
