package checks["6.2.1-b_test"]

import future.keywords.not

import data.checks["6.2.1-b"] as check

test_a_sensitive_post_without_a_release_is_a_violation if {
	answer := check with input as _shard({"announcement": {"approval": null}})
		with data.as_of as _as_of
		with data.period as _period
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "reg/announcement/a", "evidence": {
		"published_at": "2026-08-05T02:00:00Z",
		"class": "sensitive",
		"audience": "department",
		"released_audience": "unknown",
		"departments": [],
		"released_departments": [],
		"approval": "none",
		"decided_at": "none",
		"fault": "no_release",
	}}}
	answer.unknown == set()
}

test_the_evidence_says_how_far_it_went_and_how_far_it_might if {
	answer := check with input as _shard({"announcement": {"outsiders": "yes"}})
		with data.as_of as _as_of
		with data.period as _period
		with data.company as _company({})

	answer.violations == {{"subject": "reg/announcement/a", "evidence": {
		"published_at": "2026-08-05T02:00:00Z",
		"class": "sensitive",
		"audience": "external",
		"released_audience": "department",
		"departments": [],
		"released_departments": [],
		"approval": "reg/approval/a",
		"decided_at": "2026-08-04T02:00:00Z",
		"fault": "wider",
	}}}
}

test_the_evidence_says_for_which_departments_it_was_released if {
	case := _faulty["to another department"]
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.company as _company(case)

	{[violation.evidence.departments, violation.evidence.released_departments] |
		some violation in answer.violations
	} == {[["SALES", "LAW"], ["SALES"]]}
}

test_how_far_it_went_is_not_known_and_it_was_not_released if {
	case := {"announcement": {"approval": null, "audience": null}}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.company as _company(case)

	{violation.evidence.audience | some violation in answer.violations} == {"unknown"}
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
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
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, announcement in {
		"ordinary": {"kind": "ordinary"},
		"important, which is 6.2.1-a": {"kind": "important"},
		"the quarter before": {"published_at": "2026-06-30T15:59:59Z"},
		"the next quarter": {"published_at": "2026-09-30T16:00:00Z"},
	}
	case := {"announcement": object.union(announcement, {"approval": null})}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.company as _company(case)

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
		"what was approved": {"approval": {"kind": "unknown", "unknown": {"kind": "stale"}}, "reason": "stale"},
		"author": {"announcement": {"author": null, "unknown": {"author": "stale"}}, "reason": "stale"},
		"requester": {"approval": {"requested_by": null, "unknown": {"requested_by": "stale"}}, "reason": "stale"},
		"approver": {"decision": {"by": null}, "reason": "not_collected"},
		"when decided": {"decision": {"at": null}, "reason": "not_collected"},
		"decisions": {"approval": {"decisions": null, "unknown": {"decisions": "stale"}}, "reason": "stale"},
		"state": {"approval": {"state": "unknown", "unknown": {"state": "stale"}}, "reason": "stale"},
		"beginning": {"approval": {"unknown": {"valid_from": "stale"}}, "reason": "stale"},
		"end": {"approval": {"unknown": {"valid_until": "stale"}}, "reason": "stale"},
		"where the class comes from": {
			"announcement": {"kind_origin": "unknown", "approval": null, "unknown": {"kind_origin": "stale"}},
			"reason": "stale",
		},
		"departments released": {"approval": {"released_departments": null}, "reason": "not_collected"},
		"audience": {
			"announcement": {"audience": "unknown", "unknown": {"audience": "stale"}},
			"reason": "stale",
		},
		"who is in the group": {
			"announcement": {"outsiders": "unknown", "unknown": {"outsiders": "stale"}},
			"reason": "stale",
		},
		"audience released": {
			"approval": {"released_audience": "unknown", "unknown": {"released_audience": "stale"}},
			"reason": "stale",
		},
		"nobody stated an audience": {"approval": {"released_audience": null}, "reason": "not_collected"},
		"to all of the company, released for some of it": {
			"announcement": {"audience": "company", "audience_departments": ["LAW"]},
			"approval": {"released_audience": "company", "released_departments": ["LAW"]},
			"reason": "not_collected",
		},
		"to a group of nobody knows which department": {
			"announcement": {"audience": "group"},
			"approval": {"released_departments": ["LAW"]},
			"reason": "not_collected",
		},
		"own department": {
			"announcement": {"department_code": null, "unknown": {"department_code": "stale"}},
			"approval": {"released_departments": ["LAW"]},
			"reason": "stale",
		},
		"a department of which nobody knows what stands above": {
			"announcement": {"audience_departments": ["XX"]},
			"approval": {"released_departments": ["LAW"]},
			"reason": "not_collected",
		},
		"what took a department over": {
			"announcement": {"audience_departments": ["OLD"]},
			"approval": {"released_departments": ["LAW"]},
			"gone": {"merged_into": null, "unknown": {"merged_into": "stale"}},
			"reason": "stale",
		},
		"what took the department over for which it was released": {
			"announcement": {"audience_departments": ["LAW"]},
			"approval": {"released_departments": ["OLD"]},
			"gone": {"merged_into": null, "unknown": {"merged_into": "stale"}},
			"reason": "stale",
		},
		"what is above": {
			"announcement": {"audience_departments": ["OLD"]},
			"approval": {"released_departments": ["SALES"]},
			"gone": {"parent": null, "unknown": {"parent": "stale"}},
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
		"edited after the decision": {
			"announcement": {"edited_at": "2026-08-06T00:00:00Z"},
			"reason": "not_collected",
		},
	}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.company as _company(case)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/announcement/a", "reason": case.reason}}
}

# decides nothing: account.kind: an author writes by an account of any kind; the rule asks announcements for theirs
# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(case),
	"data": {"as_of": _as_of, "period": _period, "company": _company(case)},
} |
	some name, case in object.union(_faulty, {"no release": {"announcement": {"approval": null}}})
}

# a class that is only a guess is the first doubt, whatever else is not known
# other reason: published_at: the class is in doubt first
# other reason: approval: the class is in doubt first
# other reason: author: the class is in doubt first
# other reason: audience: the class is in doubt first
# other reason: outsiders: the class is in doubt first
# other reason: kind: the class is in doubt first
# other reason: state: the class is in doubt first
# other reason: decisions: the class is in doubt first
# other reason: requested_by: the class is in doubt first
# other reason: released_audience: the class is in doubt first

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case), "data": {
	"as_of": _as_of,
	"period": _period,
	"company": _company(case),
}} |
	some name, case in {
		"released": {},
		"in the second of publishing": {"decision": {"at": "2026-08-05T02:00:00Z"}},
		"to fewer than released": {"announcement": {"audience": "group"}, "approval": {"released_audience": "company"}},
		"to everybody, as released": {
			"announcement": {"audience": "company"},
			"approval": {"released_audience": "company"},
		},
		"outside, as released": {
			"announcement": {"audience": "external", "outsiders": "yes"},
			"approval": {"released_audience": "external"},
		},
		"nobody knows how far, and it was released for all": {
			"announcement": {
				"audience": "unknown",
				"outsiders": "unknown",
				"unknown": {"audience": "stale", "outsiders": "stale"},
			},
			"approval": {"released_audience": "external"},
		},
		"to a department released": {
			"announcement": {"audience_departments": ["LAW"]},
			"approval": {"released_departments": ["LAW"]},
		},
		"to one below a department released": {
			"announcement": {"audience_departments": ["SALES"]},
			"approval": {"released_departments": ["GD"]},
		},
		"to the own one, which nobody names": {"approval": {"released_departments": ["SALES"]}},
		"released under the code that it had": {
			"announcement": {"audience_departments": ["LAW"]},
			"approval": {"released_departments": ["LEGAL"]},
		},
		"to the code that it had": {
			"announcement": {"audience_departments": ["LEGAL"]},
			"approval": {"released_departments": ["LAW"]},
		},
		"released for the department that took it over": {
			"announcement": {"audience_departments": ["OLD"]},
			"approval": {"released_departments": ["LAW"]},
		},
		"to a group in a department released": {
			"announcement": {"audience": "group", "audience_departments": ["LAW"]},
			"approval": {"released_departments": ["LAW"]},
		},
		"rejected first": {"approval": {"decisions": [
			{"by": "hr/person/han", "role": "approver", "decision": "rejected", "at": "2026-08-02T00:00:00Z"},
			_decision,
		]}},
		"the author approved too": {"approval": {"decisions": [
			object.union(_decision, {"by": "hr/person/chen"}),
			_decision,
		]}},
		"expired since": {"approval": {"state": "expired", "valid_until": "2026-08-06T00:00:00Z"}},
		"same text": {
			"announcement": {"text_sha256": "aa", "unknown": {}},
			"approval": {"text_sha256": "aa", "unknown": {}},
		},
		"only a guess, and released": {"announcement": {"kind_origin": "rule"}},
		"class not known, and released": {"announcement": {"kind": "unknown", "unknown": {"kind": "stale"}}},
		"first second of the quarter": {
			"announcement": {"published_at": "2026-06-30T16:00:00Z"},
			"decision": {"at": "2026-06-30T15:00:00Z"},
		},
	}
}

_faulty := {
	"an approval of something else": {"approval": {"kind": "important_announcement"}, "fault": "no_release"},
	"pending": {"approval": {"state": "pending"}, "fault": "no_release"},
	"no decision": {"approval": {"decisions": []}, "fault": "no_release"},
	"a decision still to be made": {"decision": {"decision": "pending"}, "fault": "no_release"},
	"rejected last": {
		"approval": {"decisions": [_decision, {
			"by": "hr/person/han",
			"role": "approver",
			"decision": "rejected",
			"at": "2026-08-05T01:00:00Z",
		}]},
		"fault": "no_release",
	},
	"approved by the author": {"decision": {"by": "hr/person/chen"}, "fault": "self_approved"},
	"approved by the author's other account": {
		"announcement": {"author": "im/account/chen2"},
		"decision": {"by": "hr/person/chen"},
		"fault": "self_approved",
	},
	"approved by who asked": {"approval": {"requested_by": "hr/person/han"}, "fault": "self_approved"},
	# as an important notice this would do
	"the head of the company approves alone": {
		"announcement": {"author": "hr/person/boss"},
		"approval": {"requested_by": "hr/person/boss"},
		"decision": {"by": "hr/person/boss"},
		"fault": "self_approved",
	},
	"a second late": {"decision": {"at": "2026-08-05T02:00:01Z"}, "fault": "late"},
	"only the author in time": {
		"approval": {"decisions": [
			object.union(_decision, {"by": "hr/person/chen"}),
			object.union(_decision, {"at": "2026-08-06T02:00:00Z"}),
		]},
		"fault": "late",
	},
	"no longer valid": {"approval": {"valid_until": "2026-08-05T01:59:59Z"}, "fault": "expired"},
	"to a department instead of a group": {"approval": {"released_audience": "group"}, "fault": "wider"},
	"to all instead of a department": {"announcement": {"audience": "company"}, "fault": "wider"},
	"outside instead of to all": {
		"announcement": {"audience": "external"},
		"approval": {"released_audience": "company"},
		"fault": "wider",
	},
	"a group with an outsider": {"announcement": {"audience": "group", "outsiders": "yes"}, "fault": "wider"},
	"a group with an outsider, nobody knows more": {
		"announcement": {"audience": "unknown", "outsiders": "yes", "unknown": {"audience": "stale"}},
		"fault": "wider",
	},
	"to another department": {
		"announcement": {"audience_departments": ["SALES", "LAW"]},
		"approval": {"released_departments": ["SALES"]},
		"fault": "wider",
	},
	"to the department above": {
		"announcement": {"audience_departments": ["GD"]},
		"approval": {"released_departments": ["SALES"]},
		"fault": "wider",
	},
	"to the own department, released for another": {
		"approval": {"released_departments": ["LAW"]},
		"fault": "wider",
	},
	"another text": {
		"announcement": {"text_sha256": "bb", "unknown": {}},
		"approval": {"text_sha256": "aa", "unknown": {}},
		"fault": "changed",
	},
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_decision := {"by": "hr/person/han", "role": "approver", "decision": "approved", "at": "2026-08-04T02:00:00Z"}

_base := {
	"announcement": {
		"uid": "reg/announcement/a",
		"number": "a",
		"department_code": "SALES",
		"author": "hr/person/chen",
		"published_at": "2026-08-05T02:00:00Z",
		"kind": "sensitive",
		"kind_origin": "register",
		"audience": "department",
		"outsiders": "no",
		"audience_departments": [],
		"approval": "reg/approval/a",
		"unknown": {"edited_at": "not_collected", "text_sha256": "not_collected"},
	},
	"approval": {
		"uid": "reg/approval/a",
		"number": "a",
		"kind": "sensitive_publication",
		"requested_by": "hr/person/chen",
		"state": "approved",
		"decisions": [_decision],
		"released_audience": "department",
		"released_departments": [],
		"unknown": {"text_sha256": "not_collected"},
	},
}

_departments(case) := [
	_department("GD", {}),
	_department("SALES", {"parent": "GD"}),
	_department("LAW", {"parent": "GD", "renamed_from": ["LEGAL"]}),
	_changed(_department("OLD", {"parent": "GD", "merged_into": "LAW"}), object.get(case, "gone", {})),
]

_department(code, fields) := object.union(
	{
		"uid": concat("/", ["hr/department", code]),
		"code": code,
		"name": code,
		"renamed_from": [],
		"deputies": [],
		"unknown": {},
	},
	fields,
)

_shard(case) := {
	"announcements": [_changed(_base.announcement, object.get(case, "announcement", {}))],
	"accounts": object.get(
		case, "accounts",
		[{"uid": "im/account/chen2", "kind": "human", "holder": "hr/person/chen", "unknown": {}}],
	),
	"people": [{"uid": concat("/", ["hr/person", name]), "unknown": {}} | some name in ["chen", "han", "boss"]],
	"context": {"accounts": [], "people": []},
}

_company(case) := {
	"approvals": [_changed(_approval(case), object.get(case, "approval", {}))],
	"departments": _departments(case),
}

_approval(case) := json.patch(_base.approval, [{
	"op": "replace",
	"path": "decisions/0",
	"value": _changed(_base.approval.decisions[0], object.get(case, "decision", {})),
}])

# a record with other fields; null takes away
_changed(record, fields) := json.patch(record, [step |
	some field, value in fields
	step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
])
