package checks["6.1.2-a_test"]

import future.keywords.not

import data.checks["6.1.2-a"] as check

test_somebody_whom_a_plain_member_added_is_a_violation if {
	answer := _answer({})

	answer.population == 1
	answer.violations == {{
		"subject": "im/membership/g1/chen",
		"owner": "hr/person/gao",
		"evidence": {
			"account": "im/account/chen",
			"added_by": "im/account/lin",
			"group": "im/group/g1",
			"join_rule": "invite",
			"joined_at": "2026-08-05T03:00:00Z",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations_too[name] if {
	some name, changes in {
		"came in alone where everybody may": {
			"memberships/0/added_by": "im/account/chen",
			"groups/0/join_rule": "open",
		},
		"came in alone by a second account": {
			"accounts/1/holder": "hr/person/chen",
			"groups/0/join_rule": "open",
		},
		"into a secret group": {
			"memberships/0/added_by": "im/account/chen",
			"groups/0/join_rule": "open",
			"groups/0/label": "secret",
		},
		"into a confidential group": {
			"memberships/0/added_by": "im/account/chen",
			"groups/0/join_rule": "open",
			"groups/0/label": "confidential",
		},
		"seen in it before, and joined anew": {"memberships/0/first_seen_at": "2026-06-30T15:59:59Z"},
		"added by nobody's account": {"accounts/1/holder": null},
		"added by a robot": {"accounts/1/kind": "bot", "accounts/1/holder": null},
		"an account of nobody was added": {"accounts/0/holder": null},
		"in the first second of the quarter": {"memberships/0/joined_at": "2026-06-30T16:00:00Z"},
		"in the last second of the quarter": {"memberships/0/joined_at": "2026-09-30T15:59:59Z"},
		"the approval was refused": {"approvals/0": _approval({"state": "rejected"})},
		"the approval is of something else": {"approvals/0": _approval({"kind": "group_creation"})},
		"the approval is of another group": {"approvals/0": _approval({"subject": "g2"})},
		"the approval came afterwards": {"approvals/0": _approval({"decisions": [{
			"by": "hr/person/gao",
			"role": "approver",
			"decision": "approved",
			"at": "2026-08-05T03:00:01Z",
		}]})},
		"head of another department": {"departments/1/heads": [{"person": "hr/person/lin", "acting": "no"}]},
		"head no longer": {"departments/0/heads": [{
			"person": "hr/person/lin",
			"until_at": "2026-08-01T00:00:00Z",
			"acting": "no",
		}]},
		"a guest": {"memberships/1/role": "guest"},
		"the department of the register, not of the manager": {
			"groups/0/owner_department": "FIN",
			"groups/0/department_code": "OPS",
			"departments/1/heads": [{"person": "hr/person/lin", "acting": "no"}],
		},
	}
	answer := _answer(changes)

	answer.population == 1
	{row.subject | some row in answer.violations} == {"im/membership/g1/chen"}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as document.data.as_of
		with data.period as document.data.period

	# of that one the check does not ask its question
	answer.population == count({name} - {"nobody knows since when, but seen before the quarter"})
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"by a rule": {"memberships/0/via": "dynamic_rule"},
		"through another group": {"memberships/0/via": "nested"},
		"before the quarter": {"memberships/0/joined_at": "2026-06-30T15:59:59Z"},
		"after the quarter": {"memberships/0/joined_at": "2026-09-30T16:00:00Z"},
		"seen before the quarter": {
			"memberships/0/joined_at": null,
			"memberships/0/unknown/joined_at": "stale",
			"memberships/0/first_seen_at": "2026-06-30T15:59:59Z",
		},
		"a robot": {"accounts/0/kind": "bot"},
		"an owner by role": {"memberships/0/role": "owner"},
		"an owner by the register": {"groups/0/owners": ["im/account/gao", "im/account/chen"]},
		"who created the group": {"groups/0/creator": "im/account/chen"},
		"an archived group": {"groups/0/archived": "yes"},
		"a chat of two": {"groups/0/direct": "yes"},
	}
	answer := _answer(changes)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_comes_after_the_snapshot_is_outside if {
	parts := _parts({})
	answer := check with input as parts.input
		with data.company as parts.company
		with data.as_of as "2026-08-05T02:59:59Z"
		with data.period as _period

	answer.population == 0
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"who added": {"memberships/0/added_by": null, "memberships/0/unknown/added_by": "stale"},
		"when": {"memberships/0/joined_at": null, "memberships/0/unknown/joined_at": "stale"},
		"how": {"memberships/0/via": "unknown", "memberships/0/unknown/via": "stale"},
		"role of the member": {"memberships/0/role": "unknown", "memberships/0/unknown/role": "stale"},
		"managers": {"groups/0/owners": null, "groups/0/unknown/owners": "stale"},
		"creator": {"groups/0/creator": null, "groups/0/unknown/creator": "stale"},
		"archived": {"groups/0/archived": "unknown", "groups/0/unknown/archived": "stale"},
		"whether it is a chat of two": {"groups/0/direct": "unknown", "groups/0/unknown/direct": "stale"},
		"how one gets in": {
			"memberships/0/added_by": "im/account/chen",
			"groups/0/join_rule": "unknown",
			"groups/0/unknown/join_rule": "stale",
		},
		"label of an open group": {
			"memberships/0/added_by": "im/account/chen",
			"groups/0/join_rule": "open",
			"groups/0/label": "unknown",
			"groups/0/unknown/label": "stale",
		},
		"department": {"groups/0/department_code": null, "groups/0/unknown/department_code": "stale"},
		"owning department": {"groups/0/unknown/owner_department": "stale"},
		"kind of account": {"accounts/0/kind": "unknown", "accounts/0/unknown/kind": "stale"},
		"whose account": {"accounts/0/holder": null, "accounts/0/unknown/holder": "stale"},
		"whose account added": {"accounts/1/holder": null, "accounts/1/unknown/holder": "stale"},
		"role of who added": {"memberships/1/role": "unknown", "memberships/1/unknown/role": "stale"},
		"whose the manager's account is": {
			"context/accounts/0/holder": null,
			"context/accounts/0/unknown/holder": "stale",
		},
		"who heads": {"departments/0/heads": null, "departments/0/unknown/heads": "stale"},
		"kind of approval": {"approvals/0": _approval({"kind": "unknown", "unknown": {"kind": "stale"}})},
		"what was approved": {"approvals/0": object.remove(_approval({"unknown": {"subject": "stale"}}), ["subject"])},
		"whether it was approved": {"approvals/0": _approval({"state": "unknown", "unknown": {"state": "stale"}})},
		"who approved": {"approvals/0": object.remove(_approval({"unknown": {"decisions": "stale"}}), ["decisions"])},
		"since when approved": {"approvals/0": _approval({"unknown": {"valid_from": "stale"}})},
		"until when approved": {"approvals/0": _approval({"unknown": {"valid_until": "stale"}})},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/membership/g1/chen", "reason": "stale"}}
}

test_what_else_is_not_known_is_unknown[name] if {
	some name, changes in {
		"who added is not in the group any more": {"memberships/1/account": "im/account/far"},
		"role of who added": {"memberships/1/role": "unknown"},
		"whose the manager's account is": {
			"context/accounts/0/holder": null,
			"context/accounts/0/unknown/holder": "stale",
		},
		"who added is not in HR's file": {"accounts/1/holder": "hr/person/none"},
		"the manager is not in HR's file": {
			"accounts/1/holder": "hr/person/gao",
			"context/accounts/0/holder": "hr/person/none",
		},
		"who heads": {"departments/0/heads": null},
		"what was approved": {"approvals/0": object.remove(_approval({}), ["subject"])},
		"a group that is not there": {"memberships/0/group": "im/group/none"},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	{row.subject | some row in answer.unknown} == {"im/membership/g1/chen"}
}

test_seen_in_the_first_second_of_the_quarter_may_be_new[at] if {
	some at, looked_at in {"2026-06-30T16:00:00Z": 1, "2026-06-30T15:59:59Z": 0}
	answer := _answer({
		"memberships/0/joined_at": null,
		"memberships/0/unknown/joined_at": "not_supported",
		"memberships/0/first_seen_at": at,
	})

	answer.population == looked_at
	answer.violations == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": parts.input, "data": {
	"company": parts.company,
	"as_of": _as_of,
	"period": _period,
}} |
	some name, changes in {
		"added by a plain member": {},
		"came in alone": {"memberships/0/added_by": "im/account/chen", "groups/0/join_rule": "open"},
		"the approval came late": {"approvals/0": _approval({"decisions": [{
			"by": "hr/person/gao",
			"role": "approver",
			"decision": "approved",
			"at": "2026-08-05T03:00:01Z",
		}]})},
	}
	parts := _parts(changes)
}

# since when somebody is in it is asked first, and not known in one of these cases for another reason
# other reason: owners: the time of joining comes first, and is not known either
# other reason: added_by: the time of joining comes first, and is not known either
# other reason: first_seen_at: the time of joining comes first, and is not known either

# who is looked at and has done nothing wrong
innocent := {name: {"input": parts.input, "data": {
	"company": parts.company,
	"as_of": _as_of,
	"period": _period,
}} |
	some name, changes in {
		"nobody knows since when, added by the manager": {
			"memberships/0/joined_at": null,
			"memberships/0/unknown/joined_at": "not_supported",
			"memberships/0/first_seen_at": "2026-08-01T00:00:00Z",
			"memberships/0/added_by": "im/account/gao",
		},
		"nobody knows since when, but seen before the quarter": {
			"memberships/0/joined_at": null,
			"memberships/0/unknown/joined_at": "not_supported",
			"memberships/0/first_seen_at": "2026-06-30T15:59:59Z",
		},
		"added by the manager": {"memberships/0/added_by": "im/account/gao"},
		"added by the manager's other account": {"accounts/1/holder": "hr/person/gao"},
		"added by a moderator": {"memberships/1/role": "moderator"},
		"added by an owner in the group": {"memberships/1/role": "owner"},
		"added by the head of the department": {"departments/0/heads": [{"person": "hr/person/lin", "acting": "no"}]},
		"added by the acting head of the owning department": {
			"groups/0/owner_department": "OPS",
			"departments/1/heads": [{"person": "hr/person/lin", "acting": "yes"}],
		},
		"approved for the group": {"approvals/0": _approval({})},
		"approved for the group by its uid": {"approvals/0": _approval({"subject": "im/group/g1"})},
		"approved for the member": {"approvals/0": _approval({"subject": "im/membership/g1/chen"})},
		"came in by invitation": {"memberships/0/added_by": "im/account/chen"},
		"came in alone by approval": {"memberships/0/added_by": "im/account/chen", "groups/0/join_rule": "approval"},
		"came into a public group": {
			"memberships/0/added_by": "im/account/chen",
			"groups/0/join_rule": "open",
			"groups/0/label": "public",
		},
	}
	parts := _parts(changes)
}

_answer(changes) := answer if {
	parts := _parts(changes)
	answer := check with input as parts.input
		with data.company as parts.company
		with data.as_of as _as_of
		with data.period as _period
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_approval(changes) := object.union(
	{
		"uid": "reg/approval/a1",
		"number": "a1",
		"kind": "other",
		"subject": "g1",
		"state": "approved",
		"decisions": [{"by": "hr/person/gao", "role": "approver", "decision": "approved", "at": "2026-08-01T00:00:00Z"}],
		"unknown": {},
	},
	changes,
)

_department(code) := {
	"uid": concat("/", ["hr/department", code]),
	"code": code,
	"renamed_from": [],
	"heads": [{"person": "hr/person/ma", "acting": "no"}],
	"deputies": [],
	"unknown": {},
}

_company := {"approvals": [], "departments": [_department("FIN"), _department("OPS")]}

_account(name) := {
	"uid": concat("/", ["im/account", name]),
	"source_system": "im",
	"login": name,
	"kind": "human",
	"state": "active",
	"holder": concat("/", ["hr/person", name]),
	"unknown": {},
}

_person(name) := {
	"uid": concat("/", ["hr/person", name]),
	"status": "active",
	"employment_type": "employee",
	"employments": [],
	"posts": [],
	"unknown": {},
}

_shard := {
	"memberships": [
		{
			"uid": "im/membership/g1/chen",
			"group": "im/group/g1",
			"account": "im/account/chen",
			"role": "member",
			"via": "direct",
			"joined_at": "2026-08-05T03:00:00Z",
			"added_by": "im/account/lin",
			"external": "no",
			"unknown": {},
		},
		{
			"uid": "im/membership/g1/lin",
			"group": "im/group/g1",
			"account": "im/account/lin",
			"role": "member",
			"via": "direct",
			"joined_at": "2024-03-04T00:00:00Z",
			"added_by": "im/account/gao",
			"external": "no",
			"unknown": {},
		},
	],
	"groups": [{
		"uid": "im/group/g1",
		"source_system": "im",
		"native_id": "g1",
		"direct": "no",
		"archived": "no",
		"owners": ["im/account/gao"],
		"creator": "im/account/gao",
		"join_rule": "invite",
		"label": "internal",
		"department_code": "FIN",
		"unknown": {},
	}],
	"accounts": [_account("chen"), _account("lin")],
	"people": [_person("chen"), _person("lin")],
	"context": {
		"accounts": [_account("gao")],
		"groups": [],
		"memberships": [],
		"people": [_person("gao")],
	},
}

# the shard and the company with values put at paths; null takes away
_parts(changes) := {
	"input": object.remove(changed, object.keys(_company)),
	"company": object.filter(changed, object.keys(_company)),
} if {
	changed := json.patch(object.union(_shard, _company), [step |
		some path, value in changes
		step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
	])
}
