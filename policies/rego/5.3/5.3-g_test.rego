package checks["5.3-g_test"]

import future.keywords.not

import data.checks["5.3-g"] as check

test_a_closed_account_with_traces_is_a_violation if {
	sessions := [
		_session, _token,
		object.union(_token, {"uid": "im/session/3", "kind": "access_token"}),
		object.union(_session, {"uid": "im/session/4", "revoked": "yes"}),
		object.union(_session, {"uid": "im/session/5", "account": "im/account/li"}),
	]
	memberships := [
		_membership,
		object.union(_membership, {"uid": "im/membership/2", "group": "im/group/old"}),
		object.union(_membership, {"uid": "im/membership/3", "account": "im/account/li"}),
	]
	answer := check with input as _shard({}, sessions, memberships)
		with data.as_of as _as_of
		with data.sources as _sources
		with data.settings.closed_membership_counts as "yes"

	answer.population == 1
	answer.violations == {{"subject": _account.uid, "evidence": {
		"deactivated_at": "2026-08-01T00:00:00Z",
		"memberships": [_membership.uid],
		"sessions": 1,
		"state": "deactivated",
		"tokens": 2,
	}}}
	answer.unknown == set()
}

test_one_trace_is_enough[name] if {
	some name, case in {
		"a session that never ends": [{}, [object.remove(_session, ["expires_at"])], []],
		"a token": [{}, [_token], []],
		"a session that ends a second later": [{}, [object.union(_session, {"expires_at": "2026-09-30T16:00:00Z"})], []],
		"a place in a group": [{"state": "deleted"}, [], [_membership]],
		"a place through another group": [{}, [], [object.union(_membership, {"via": "nested"})]],
		"a robot": [{"kind": "bot"}, [_token], []],
		"the rest is not known": [{}, [_token, object.union(_session, {"revoked": "unknown"})], []],
	}
	answer := check with input as _shard(case[0], case[1], case[2])
		with data.as_of as _as_of
		with data.sources as _sources
		with data.settings.closed_membership_counts as "yes"

	count(answer.violations) == 1
	answer.unknown == set()
}

test_a_place_in_a_group_of_another_department_counts if {
	shard := _shard({}, [], [])
	context := object.union(shard.context, {"memberships": [_membership], "groups": [_group]})
	answer := check with input as object.union(shard, {"groups": [], "context": context})
		with data.as_of as _as_of
		with data.sources as _sources
		with data.settings.closed_membership_counts as "yes"

	{violation.evidence.memberships | some violation in answer.violations} == {[_membership.uid]}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.sources as document.data.sources
		with data.settings.closed_membership_counts as document.data.settings.closed_membership_counts

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_open_accounts_are_outside[state] if {
	some state in ["active", "invited", "locked", "suspended"]
	answer := check with input as _shard({"state": state}, [_session], [_membership])
		with data.as_of as _as_of
		with data.sources as _sources
		with data.settings.closed_membership_counts as "yes"

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"state": [{"state": "unknown", "unknown": {"state": "stale"}}, [_session], "im/group/sales"],
		"revoked": [{}, [object.union(_session, {"revoked": "unknown", "unknown": {"revoked": "stale"}})], ""],
		"end": [
			{},
			[object.union(object.remove(_session, ["expires_at"]), {"unknown": {"expires_at": "stale"}})],
			"im/group/old",
		],
		"archived": [{}, [], "im/group/doubt"],
	}
	memberships := [object.union(_membership, {"group": case[2]}) | case[2] != ""]
	answer := check with input as _shard(case[0], case[1], memberships)
		with data.as_of as _as_of
		with data.sources as _sources
		with data.settings.closed_membership_counts as "yes"

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "stale"}}
}

test_a_system_that_does_not_tell_clears_nobody[name] if {
	some name, case in {
		"no sessions": [["dir"], ["im"], "yes", {}],
		"no memberships": [["im"], ["dir"], "yes", {}],
		"neither": [["dir"], ["dir"], "yes", {}],
		"no sessions, and groups do not count": [["dir"], ["dir"], "no", {}],
		"nobody knows whose": [["im"], ["im"], "yes", {"source_system": "unknown"}],
	}
	answer := check with input as _shard(case[3], [], [])
		with data.as_of as _as_of
		with data.sources as _from(case[0], case[1])
		with data.settings.closed_membership_counts as case[2]

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "not_supported"}}
}

test_where_groups_do_not_count_nobody_need_tell_of_them if {
	answer := check with input as _shard({}, [], [])
		with data.as_of as _as_of
		with data.sources as _from(["im"], ["dir"])
		with data.settings.closed_membership_counts as "no"

	answer.violations | answer.unknown == set()
}

test_a_trace_decides_whatever_else_is_not_told[name] if {
	some name, case in {
		"a place in a group": [[], [_membership], ["dir"], ["im"]],
		"a session": [[_session], [], ["im"], ["dir"]],
	}
	answer := check with input as _shard({}, case[0], case[1])
		with data.as_of as _as_of
		with data.sources as _from(case[2], case[3])
		with data.settings.closed_membership_counts as "yes"

	count(answer.violations) == 1
	answer.unknown == set()
}

test_the_reason_of_the_account_goes_before_what_is_not_told if {
	answer := check with input as _shard({"state": "unknown", "unknown": {"state": "stale"}}, [], [])
		with data.as_of as _as_of
		with data.sources as _from(["dir"], ["dir"])
		with data.settings.closed_membership_counts as "yes"

	answer.unknown == {{"subject": _account.uid, "reason": "stale"}}
}

# decides nothing: account.kind: accounts of any kind have to be closed for good; the rule asks sessions for their kind
# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, case in {
		"a session": [[_session], []],
		"a token that never ends": [[_token], []],
		"a place in a group": [[], [_membership]],
	}
	document := {
		"input": _shard({}, case[0], case[1]),
		"data": {"as_of": _as_of, "sources": _sources, "settings": {"closed_membership_counts": "yes"}},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard({}, case[0], case[1]), "data": {
	"as_of": _as_of,
	"sources": _sources,
	"settings": {"closed_membership_counts": case[2]},
}} |
	some name, case in {
		"nothing left": [[], [], "yes"],
		"revoked": [[object.union(_session, {"revoked": "yes"})], [], "yes"],
		"ends now": [[object.union(_session, {"expires_at": _as_of})], [], "yes"],
		"an archived group": [[], [object.union(_membership, {"group": "im/group/old"})], "yes"],
		"groups do not count": [[], [_membership], "no"],
		"somebody else's": [[object.union(_session, {"account": "im/account/li"})], [], "yes"],
	}
}

_as_of := "2026-09-30T15:59:59Z"

_sources := _from(["dir", "im"], ["dir", "im"])

_from(sessions, memberships) := {
	"types": {"session": _delivered(sessions), "membership": _delivered(memberships)},
	"departments": {},
}

_delivered(systems) := {
	"state": "complete",
	"sources": [{"id": id, "state": "complete", "received": 1} | some id in systems],
}

_account := {
	"uid": "im/account/chen",
	"source_system": "im",
	"kind": "human",
	"state": "deactivated",
	"deactivated_at": "2026-08-01T00:00:00Z",
	"unknown": {},
}

_session := {
	"uid": "im/session/1",
	"account": "im/account/chen",
	"kind": "session",
	"expires_at": "2026-12-31T16:00:00Z",
	"revoked": "no",
	"unknown": {},
}

_token := object.remove(object.union(_session, {"uid": "im/session/2", "kind": "access_token"}), ["expires_at"])

_membership := {"uid": "im/membership/1", "account": "im/account/chen", "group": "im/group/sales", "unknown": {}}

_group := {"uid": "im/group/sales", "archived": "no", "unknown": {}}

_groups := [
	_group,
	object.union(_group, {"uid": "im/group/old", "archived": "yes"}),
	object.union(_group, {"uid": "im/group/doubt", "archived": "unknown", "unknown": {"archived": "stale"}}),
]

_shard(account, sessions, memberships) := {
	"accounts": [object.union(_account, account)],
	"sessions": sessions,
	"memberships": memberships,
	"groups": _groups,
	"context": {"accounts": [], "groups": [], "memberships": []},
}
