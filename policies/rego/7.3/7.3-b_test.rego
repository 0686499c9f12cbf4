package checks["7.3-b_test"]

import future.keywords.not

import data.checks["7.3-b"] as check

test_a_disposal_under_hold_is_a_violation if {
	answer := check with input as _shard({"hold": {}})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "reg/deletion_record/a", "evidence": {
		"executed_at": "2026-08-05T02:00:00Z",
		"executed_by": "hr/person/chen",
		"reviewed_at": "2026-08-01T02:00:00Z",
		"reviewed_by": "hr/person/han",
		"hold": "reg/hold/a",
		"fault": "on_hold",
	}}}
	answer.unknown == set()
}

test_a_hold_of_another_time_is_not_shown if {
	case := {"hold": {"from_at": "2026-08-05T02:00:01Z"}, "disposal": {"reviewed_at": null}}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company({})

	answer.violations == {{"subject": "reg/deletion_record/a", "evidence": {
		"executed_at": "2026-08-05T02:00:00Z",
		"executed_by": "hr/person/chen",
		"reviewed_at": "none",
		"reviewed_by": "hr/person/han",
		"hold": "none",
		"fault": "no_review",
	}}}
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company(case)

	answer.population == 1
	{violation.evidence.fault | some violation in answer.violations} == {case.fault}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, executed_at in {
		"the quarter before": "2026-06-30T15:59:59Z",
		"the next quarter": "2026-09-30T16:00:00Z",
	}
	answer := check with input as _shard({"disposal": {"executed_at": executed_at, "reviewed_at": null}})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"when carried out": {"disposal": {
			"executed_at": null,
			"reviewed_at": null,
			"unknown": {"executed_at": "stale"},
		}},
		"by whom": {"disposal": {"executed_by": null, "unknown": {"executed_by": "stale"}}},
		"when reviewed": {"disposal": {"reviewed_at": null, "unknown": {"reviewed_at": "stale"}}},
		"who reviewed": {"disposal": {"reviewed_by": null, "unknown": {"reviewed_by": "stale"}}},
		"which data set": {"disposal": {"data_set": null, "unknown": {"data_set": "stale"}}},
		"a data set of no register": {
			"disposal": {"data_set": "reg/data_set/no"},
			"reason": "not_collected",
		},
		"whether by a rule, reviewed long ago": {"disposal": {
			"routine": "unknown",
			"reviewed_at": "2026-01-01T00:00:00Z",
			"unknown": {"routine": "stale"},
		}},
		"since when it was held": {"hold": {"from_at": null, "unknown": {"from_at": "stale"}}},
		"until when it was held": {"hold": {"unknown": {"until_at": "stale"}}},
		"who carried it out is in no file, and until when a later hold lasts": {
			"disposal": {"executed_by": "hr/person/none"},
			"hold": {"from_at": "2026-08-05T02:00:01Z", "unknown": {"until_at": "stale"}},
			"reason": "not_collected",
		},
		"marked, and no order is on file": {"data_set": {"on_hold": "yes"}, "reason": "not_collected"},
		"whether it is marked, and no order is on file": {"data_set": {
			"on_hold": "unknown",
			"unknown": {"on_hold": "stale"},
		}},
		"which approval": {"disposal": {"unknown": {"approval": "stale"}}},
		"an approval of no register": {
			"disposal": {"approval": "reg/approval/no"},
			"reason": "not_collected",
		},
		"state of the approval": {"approval": {"state": "unknown", "unknown": {"state": "stale"}}},
		"decisions of the approval": {"approval": {"decisions": null, "unknown": {"decisions": "stale"}}},
		"what was approved": {"approval": {"kind": "unknown", "state": "pending", "unknown": {"kind": "stale"}}},
		"when it was approved": {
			"approval": {"decisions": [{"by": "hr/person/han", "role": "approver", "decision": "approved"}]},
			"reason": "not_collected",
		},
	}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company(case)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/deletion_record/a", "reason": object.get(case, "reason", "stale")}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(case),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings, "company": _company(case)},
} |
	some name, case in _faulty
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case), "data": {
	"as_of": _as_of,
	"period": _period,
	"settings": _settings,
	"company": _company(case),
}} |
	some name, case in {
		"reviewed by somebody else": {},
		"reviewed in the same second": {"disposal": {"reviewed_at": "2026-08-05T02:00:00Z"}},
		"reviewed as long ago as may be": {"disposal": {"reviewed_at": "2026-05-07T02:00:00Z"}},
		"by a rule reviewed years ago": {"disposal": {"routine": "yes", "reviewed_at": "2020-01-01T00:00:00Z"}},
		"not known whether by a rule, reviewed lately": {"disposal": {
			"routine": "unknown",
			"unknown": {"routine": "stale"},
		}},
		"held a second later": {"hold": {"from_at": "2026-08-05T02:00:01Z"}},
		"no longer held": {"hold": {"until_at": "2026-08-05T02:00:00Z"}},
		"another data set held": {"hold": {"data_set": "reg/data_set/b"}},
		"no longer held, while another data set is": {
			"hold": {"until_at": "2026-08-05T02:00:00Z"},
			"other": {"uid": "reg/hold/b", "data_set": "reg/data_set/b"},
		},
		"no order on file, where nobody marks data sets": {"data_set": {
			"on_hold": "unknown",
			"unknown": {"on_hold": "not_collected"},
		}},
		"marked since a hold that came later": {
			"data_set": {"on_hold": "yes"},
			"hold": {"from_at": "2026-08-20T02:00:00Z"},
		},
		"approved in the same second": {"approval": {"decisions": [_decision("approved", "2026-08-05T02:00:00Z")]}},
		"approved, and run out since": {"approval": {"state": "expired"}},
		"another kind of approval is named": {"approval": {"kind": "other", "state": "pending"}},
	}
}

_faulty := {
	"held": {"hold": {}, "fault": "on_hold"},
	"held since that second": {"hold": {"from_at": "2026-08-05T02:00:00Z"}, "fault": "on_hold"},
	"held until the second after": {"hold": {"until_at": "2026-08-05T02:00:01Z"}, "fault": "on_hold"},
	"held, and not reviewed": {"hold": {}, "disposal": {"reviewed_at": null}, "fault": "on_hold"},
	"never reviewed": {"disposal": {"reviewed_at": null}, "fault": "no_review"},
	"reviewed by nobody": {"disposal": {"reviewed_by": null}, "fault": "no_review"},
	"reviewed a second late": {"disposal": {"reviewed_at": "2026-08-05T02:00:01Z"}, "fault": "late_review"},
	"reviewed by who did it": {"disposal": {"reviewed_by": "hr/person/chen"}, "fault": "self_reviewed"},
	"reviewed a second too long ago": {
		"disposal": {"reviewed_at": "2026-05-07T01:59:59Z"},
		"fault": "stale_review",
	},
	"approval pending": {"approval": {"state": "pending", "decisions": []}, "fault": "not_approved"},
	"approval rejected": {"approval": {"state": "rejected"}, "fault": "not_approved"},
	"approved a second late": {
		"approval": {"decisions": [_decision("approved", "2026-08-05T02:00:01Z")]},
		"fault": "not_approved",
	},
	"approved by no decision": {
		"approval": {"decisions": [_decision("rejected", "2026-08-01T02:00:00Z")]},
		"fault": "not_approved",
	},
	"a rule that nobody reviewed": {"disposal": {"routine": "yes", "reviewed_at": null}, "fault": "no_review"},
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"disposal_review_max_days": 90}

_decision(decision, at) := {"by": "hr/person/han", "role": "approver", "decision": decision, "at": at}

_shard(case) := {
	"deletion_records": [_changed(
		object.union(
			{
				"uid": "reg/deletion_record/a",
				"number": "a",
				"data_set": "reg/data_set/a",
				"reviewed_at": "2026-08-01T02:00:00Z",
				"reviewed_by": "hr/person/han",
				"executed_at": "2026-08-05T02:00:00Z",
				"executed_by": "hr/person/chen",
				"routine": "no",
				"unknown": {},
			},
			{field: "reg/approval/a" | some field, _ in case; field == "approval"},
		),
		object.get(case, "disposal", {}),
	)],
	"data_sets": [
		_changed(
			{"uid": "reg/data_set/a", "name": "a", "on_hold": "no", "unknown": {}},
			object.get(case, "data_set", {}),
		),
		{"uid": "reg/data_set/b", "name": "b", "on_hold": "no", "unknown": {}},
	],
	"holds": [hold |
		some each in ["hold", "other"]
		hold := _changed(
			{
				"uid": "reg/hold/a",
				"number": "a",
				"data_set": "reg/data_set/a",
				"from_at": "2026-08-01T02:00:00Z",
				"unknown": {},
			},
			case[each],
		)
	],
	"people": [{"uid": concat("/", ["hr/person", name]), "unknown": {}} | some name in ["chen", "han"]],
	"context": {"data_sets": [], "people": []},
}

_company(case) := {"approvals": [_changed(
	{
		"uid": "reg/approval/a",
		"number": "a",
		"kind": "data_deletion",
		"state": "approved",
		"decisions": [_decision("approved", "2026-08-01T02:00:00Z")],
		"released_departments": [],
		"unknown": {},
	},
	object.get(case, "approval", {}),
)]}

# a record with other fields; null takes away
_changed(record, fields) := json.patch(record, [step |
	some field, value in fields
	step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
])
