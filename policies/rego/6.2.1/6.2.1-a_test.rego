package checks["6.2.1-a_test"]

import future.keywords.not

import data.checks["6.2.1-a"] as check

test_a_notice_without_an_approval_is_a_violation if {
	answer := check with input as _shard({"announcement": {"approval": null}})
		with data.as_of as _as_of
		with data.period as _period
		with data.root as "GD"
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "reg/announcement/a", "evidence": {
		"published_at": "2026-08-05T02:00:00Z",
		"author": "hr/person/chen",
		"approval": "none",
		"approver": "none",
		"decided_at": "none",
		"fault": "no_approval",
	}}}
	answer.unknown == set()
}

test_a_late_approval_is_shown if {
	case := {"decision": {"at": "2026-08-05T02:00:01Z"}}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.root as "GD"
		with data.company as _company(case)

	answer.violations == {{"subject": "reg/announcement/a", "evidence": {
		"published_at": "2026-08-05T02:00:00Z",
		"author": "hr/person/chen",
		"approval": "reg/approval/a",
		"approver": "hr/person/han",
		"decided_at": "2026-08-05T02:00:01Z",
		"fault": "late",
	}}}
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.root as "GD"
		with data.company as _company(case)

	{violation.evidence.fault | some violation in answer.violations} == {case.fault}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.root as document.data.root
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, announcement in {
		"ordinary": {"kind": "ordinary"},
		"sensitive, which is 6.2.1-b": {"kind": "sensitive"},
		"the quarter before": {"published_at": "2026-06-30T15:59:59Z"},
		"the next quarter": {"published_at": "2026-09-30T16:00:00Z"},
	}
	case := {"announcement": object.union(announcement, {"approval": null})}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.root as "GD"
		with data.company as _company(case)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_after_the_snapshot_is_outside if {
	answer := check with input as _shard({"announcement": {"approval": null}})
		with data.as_of as "2026-08-05T01:59:59Z"
		with data.period as _period
		with data.root as "GD"
		with data.company as _company({})

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"class": {
			"announcement": {"kind": "unknown", "approval": null, "unknown": {"kind": "stale"}},
			"reason": "stale",
		},
		"a guess by keywords": {"announcement": {"kind_origin": "rule", "approval": null}, "reason": "ambiguous"},
		"when": {
			"announcement": {"published_at": null, "unknown": {"published_at": "stale"}},
			"decision": {"by": "hr/person/chen"},
			"reason": "stale",
		},
		"approval": {"announcement": {"approval": null, "unknown": {"approval": "stale"}}, "reason": "stale"},
		"approval leads nowhere": {"announcement": {"approval": "reg/approval/no"}, "reason": "not_collected"},
		"author": {"announcement": {"author": null, "unknown": {"author": "stale"}}, "reason": "stale"},
		"requester": {"approval": {"requested_by": null, "unknown": {"requested_by": "stale"}}, "reason": "stale"},
		"approver": {"decision": {"by": null}, "reason": "not_collected"},
		"when decided": {"decision": {"at": null}, "reason": "not_collected"},
		"approver is in no file": {"decision": {"by": "hr/person/none"}, "reason": "not_collected"},
		"heads": {"department": {"heads": null, "unknown": {"heads": "stale"}}, "reason": "stale"},
		"what is above": {
			"department": {"parent": null, "unknown": {"parent": "stale"}},
			"decision": {"by": "hr/person/law"},
			"reason": "stale",
		},
		"since when somebody decides for the head": {
			"decision": {"by": "hr/person/law"},
			"delegations": [_delegated({"valid_from": null, "unknown": {"valid_from": "stale"}})],
			"reason": "stale",
		},
		"until when somebody decides for the head": {
			"decision": {"by": "hr/person/law"},
			"delegations": [_delegated({"valid_until": null, "unknown": {"valid_until": "stale"}})],
			"reason": "stale",
		},
		"whose the author's account is": {
			"announcement": {"author": "im/account/none"},
			"accounts": [{"uid": "im/account/none", "kind": "human", "unknown": {"holder": "stale"}}],
			"reason": "stale",
		},
		"text": {
			"announcement": {"unknown": {"text_sha256": "stale"}},
			"approval": {"text_sha256": "aa", "unknown": {}},
			"reason": "stale",
		},
		"decisions": {"approval": {"decisions": null, "unknown": {"decisions": "stale"}}, "reason": "stale"},
		"beginning": {"approval": {"unknown": {"valid_from": "stale"}}, "reason": "stale"},
		"where the class comes from": {
			"announcement": {"kind_origin": "unknown", "approval": null, "unknown": {"kind_origin": "stale"}},
			"reason": "stale",
		},
		"approved after the rejection, or before it": {
			"approval": {"decisions": [_rejection, object.remove(_decision, ["at"])]},
			"reason": "not_collected",
		},
		"what was decided after the rejection": {
			"approval": {"decisions": [_rejection, object.union(_decision, {"decision": "unknown"})]},
			"reason": "not_collected",
		},
		"what was decided in the second of publishing": {
			"approval": {"decisions": [
				_rejection,
				object.union(_decision, {"decision": "unknown", "at": "2026-08-05T02:00:00Z"}),
			]},
			"reason": "not_collected",
		},
		"what was decided in the second of the rejection": {
			"approval": {"decisions": [
				_decision,
				object.union(_rejection, {"at": "2026-08-05T01:00:00Z"}),
				object.union(_decision, {"decision": "unknown", "at": "2026-08-05T01:00:00Z"}),
			]},
			"reason": "not_collected",
		},
		"department": {
			"announcement": {"department_code": null, "unknown": {"department_code": "stale"}},
			"reason": "stale",
		},
		"state": {"approval": {"state": "unknown", "unknown": {"state": "stale"}}, "reason": "stale"},
		"end": {"approval": {"unknown": {"valid_until": "stale"}}, "reason": "stale"},
		"edited after the decision": {
			"announcement": {"edited_at": "2026-08-06T00:00:00Z"},
			"reason": "not_collected",
		},
	}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.root as "GD"
		with data.company as _company(case)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/announcement/a", "reason": case.reason}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(case),
	"data": {"as_of": _as_of, "period": _period, "root": "GD", "company": _company(case)},
} |
	some name, case in object.union(_faulty, {"no approval": {"announcement": {"approval": null}}})
}

# a class that is only a guess is the first doubt, whatever else is not known
# other reason: published_at: the class is in doubt first
# other reason: approval: the class is in doubt first
# other reason: author: the class is in doubt first
# other reason: department_code: the class is in doubt first
# other reason: state: the class is in doubt first
# other reason: decisions: the class is in doubt first
# other reason: requested_by: the class is in doubt first
# other reason: heads: the class is in doubt first

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case), "data": {
	"as_of": _as_of,
	"period": _period,
	"root": "GD",
	"company": _company(case),
}} |
	some name, case in {
		"approved by the head": {},
		"in the second of publishing": {"decision": {"at": "2026-08-05T02:00:00Z"}},
		"by the head above": {"decision": {"by": "hr/person/boss"}},
		"by the head of a department addressed": {
			"announcement": {"audience_departments": ["LAW"]},
			"decision": {"by": "hr/person/law"},
		},
		"by a deputy": {"decision": {"by": "hr/person/deputy"}},
		"by a delegate of the head": {
			"decision": {"by": "hr/person/law"},
			"delegations": [_delegated({})],
		},
		"by who headed it then": {"department": {"heads": [
			{"person": "hr/person/han", "acting": "no", "until_at": "2026-08-10T00:00:00Z"},
			{"person": "hr/person/law", "acting": "no", "from_at": "2026-08-10T00:00:00Z"},
		]}},
		"rejected first": {"approval": {"decisions": [_rejection, _decision]}},
		"the head of the company approves alone": {
			"announcement": {"author": "hr/person/boss"},
			"approval": {"requested_by": "hr/person/boss"},
			"decision": {"by": "hr/person/boss"},
		},
		"expired since": {"approval": {"state": "expired", "valid_until": "2026-08-06T00:00:00Z"}},
		"same text": {
			"announcement": {"text_sha256": "aa", "unknown": {}},
			"approval": {"text_sha256": "aa", "unknown": {}},
		},
		"only a guess, and approved": {"announcement": {"kind_origin": "rule"}},
		"class not known, and approved": {"announcement": {"kind": "unknown", "unknown": {"kind": "stale"}}},
		"last second of the quarter": {"announcement": {"published_at": "2026-09-30T15:59:59Z"}},
		"first second of the quarter": {
			"announcement": {"published_at": "2026-06-30T16:00:00Z"},
			"decision": {"at": "2026-06-30T15:00:00Z"},
		},
	}
}

_faulty := {
	"pending": {"approval": {"state": "pending"}, "fault": "not_approved"},
	"no decision": {"approval": {"decisions": []}, "fault": "not_approved"},
	"a decision still to be made": {"decision": {"decision": "pending"}, "fault": "not_approved"},
	"rejected last": {
		"approval": {"decisions": [_decision, {
			"by": "hr/person/han",
			"role": "approver",
			"decision": "rejected",
			"at": "2026-08-05T01:00:00Z",
		}]},
		"fault": "not_approved",
	},
	"rejected, and what was decided before does not matter": {
		"approval": {"decisions": [
			object.union(_decision, {"decision": "unknown", "at": "2026-08-01T00:00:00Z"}),
			_decision,
			object.union(_rejection, {"at": "2026-08-05T01:00:00Z"}),
		]},
		"fault": "not_approved",
	},
	"rejected, and decided only after publishing": {
		"approval": {"decisions": [
			_decision,
			object.union(_rejection, {"at": "2026-08-05T01:00:00Z"}),
			object.union(_decision, {"decision": "unknown", "at": "2026-08-05T02:00:01Z"}),
		]},
		"fault": "not_approved",
	},
	"approved by the author": {"decision": {"by": "hr/person/chen"}, "fault": "self_approved"},
	"approved by the author's other account": {
		"announcement": {"author": "im/account/chen2"},
		"decision": {"by": "hr/person/chen"},
		"fault": "self_approved",
	},
	"approved by who asked": {
		"approval": {"requested_by": "hr/person/han"},
		"fault": "self_approved",
	},
	"approved by a colleague": {"decision": {"by": "hr/person/wu"}, "fault": "not_head"},
	"approved by who heads it only now": {
		"department": {"heads": [
			{"person": "hr/person/wu", "acting": "no", "until_at": "2026-08-10T00:00:00Z"},
			{"person": "hr/person/han", "acting": "no", "from_at": "2026-08-10T00:00:00Z"},
		]},
		"fault": "not_head",
	},
	"a second late": {"decision": {"at": "2026-08-05T02:00:01Z"}, "fault": "late"},
	"no longer valid": {"approval": {"valid_until": "2026-08-05T01:59:59Z"}, "fault": "expired"},
	"not valid yet": {"approval": {"valid_from": "2026-08-05T02:00:01Z"}, "fault": "expired"},
	"another text": {
		"announcement": {"text_sha256": "bb", "unknown": {}},
		"approval": {"text_sha256": "aa", "unknown": {}},
		"fault": "changed",
	},
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_decision := {"by": "hr/person/han", "role": "approver", "decision": "approved", "at": "2026-08-04T02:00:00Z"}

_rejection := {"by": "hr/person/han", "role": "approver", "decision": "rejected", "at": "2026-08-02T00:00:00Z"}

_delegated(fields) := _changed(
	{
		"uid": "reg/delegation/a",
		"delegator": "hr/person/han",
		"delegate": "hr/person/law",
		"valid_from": "2026-08-01T00:00:00Z",
		"valid_until": "2026-08-31T00:00:00Z",
		"scope": "",
		"unknown": {},
	},
	fields,
)

_base := {
	"announcement": {
		"uid": "reg/announcement/a",
		"number": "a",
		"department_code": "SALES",
		"author": "hr/person/chen",
		"published_at": "2026-08-05T02:00:00Z",
		"kind": "important",
		"kind_origin": "register",
		"audience_departments": [],
		"approval": "reg/approval/a",
		"unknown": {"edited_at": "not_collected", "text_sha256": "not_collected"},
	},
	"approval": {
		"uid": "reg/approval/a",
		"number": "a",
		"kind": "important_announcement",
		"requested_by": "hr/person/chen",
		"state": "approved",
		"decisions": [_decision],
		"released_departments": [],
		"unknown": {"text_sha256": "not_collected"},
	},
	"department": {
		"uid": "hr/department/SALES",
		"code": "SALES",
		"name": "銷售部",
		"parent": "GD",
		"renamed_from": [],
		"heads": [{"person": "hr/person/han", "acting": "no"}],
		"deputies": ["hr/person/deputy"],
		"unknown": {},
	},
	"departments": [
		{
			"uid": "hr/department/GD",
			"code": "GD",
			"name": "總經辦",
			"renamed_from": [],
			"heads": [{"person": "hr/person/boss", "acting": "no"}],
			"deputies": [],
			"unknown": {},
		},
		{
			"uid": "hr/department/LAW",
			"code": "LAW",
			"name": "法務部",
			"parent": "GD",
			"renamed_from": [],
			"heads": [{"person": "hr/person/law", "acting": "no"}],
			"deputies": [],
			"unknown": {},
		},
	],
	"people": ["chen", "han", "wu", "boss", "law", "deputy"],
}

_shard(case) := {
	"announcements": [_changed(_base.announcement, object.get(case, "announcement", {}))],
	"accounts": object.get(
		case, "accounts",
		[{"uid": "im/account/chen2", "kind": "human", "holder": "hr/person/chen", "unknown": {}}],
	),
	"people": [{"uid": concat("/", ["hr/person", name]), "unknown": {}} | some name in _base.people],
	"context": {"accounts": [], "people": []},
}

_company(case) := {
	"approvals": [_changed(_approval(case), object.get(case, "approval", {}))],
	"departments": array.concat(
		[_changed(_base.department, object.get(case, "department", {}))],
		_base.departments,
	),
	"delegations": object.get(case, "delegations", []),
}

_approval(case) := json.patch(_base.approval, [{
	"op": "replace",
	"path": "decisions/0",
	"value": _changed(_base.approval.decisions[0], object.get(case, "decision", {})),
}])

# a record with other fields; null takes away, and what is known now is no longer unknown
_changed(record, fields) := json.patch(record, [step |
	some field, value in fields
	step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
])
