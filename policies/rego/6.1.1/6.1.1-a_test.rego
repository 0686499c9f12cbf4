package checks["6.1.1-a_test"]

import future.keywords.not

import data.checks["6.1.1-a"] as check

test_a_group_that_says_nothing_is_a_violation if {
	group := object.union(_group, {"purpose": "", "scope_text": ""})
	answer := check with input as _shard(group)

	answer.population == 1
	answer.violations == {{
		"subject": _group.uid,
		"owner": "hr/person/han",
		"evidence": {"missing": ["purpose", "scope"], "purpose_origin": "native"},
	}}
	answer.unknown == set()
}

test_one_part_is_enough[name] if {
	some name, case in {
		"no purpose": [{"purpose": "", "scope_text": "銷售部全體"}, ["purpose"]],
		"white space": [{"purpose": " \u3000\n", "scope_text": "銷售部全體"}, ["purpose"]],
		"no members": [{"scope_text": ""}, ["scope"]],
		"no purpose, members not known": [
			{"purpose": "", "scope_text": "unknown", "unknown": {"scope": "stale"}}, ["purpose"],
		],
	}
	answer := check with input as _shard(object.union(_group, case[0]))

	{violation.evidence.missing | some violation in answer.violations} == {case[1]}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, change in {
		"archived": {"archived": "yes", "purpose": ""},
		"one-to-one": {"direct": "yes", "purpose": ""},
	}
	answer := check with input as _shard(object.union(_group, change))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"purpose": [{"scope_text": "銷售部全體", "unknown": {"purpose": "stale"}}, ["purpose"]],
		"members in words": [{"unknown": {"scope_text": "stale"}}, ["scope_text"]],
		"members": [{"unknown": {"scope": "stale"}}, ["scope"]],
		"archived": [{"archived": "unknown", "unknown": {"archived": "stale"}}, []],
		"one-to-one": [{"direct": "unknown", "unknown": {"direct": "stale"}}, []],
	}
	answer := check with input as _shard(object.remove(object.union(_group, case[0]), case[1]))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _shard(object.union(_group, change)), "data": {}} |
	some name, change in {
		"no purpose": {"purpose": "", "scope_text": "銷售部全體"},
		"no members": {"scope_text": ""},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(object.union(_group, change)), "data": {}} |
	some name, change in {
		"members in words": {"scope_text": "銷售部全體"},
		"a department": {"scope": {"departments": ["SALES"], "projects": []}},
		"a project": {"scope": {"departments": [], "projects": ["P1"]}},
	}
}

_group := {
	"uid": "im/group/sales",
	"source_system": "im",
	"native_id": "sales",
	"purpose": "銷售協調",
	"purpose_origin": "native",
	"scope_text": "",
	"scope": {"departments": [], "projects": []},
	"owners": ["im/account/han"],
	"archived": "no",
	"direct": "no",
	"unknown": {},
}

_account := {"uid": "im/account/han", "kind": "human", "state": "active", "holder": "hr/person/han", "unknown": {}}

_person := {"uid": "hr/person/han", "status": "active", "employment_type": "employee", "employments": [], "unknown": {}}

_shard(group) := {
	"groups": [group],
	"accounts": [_account],
	"people": [_person],
	"context": {"groups": [], "accounts": [], "people": []},
}
