package checks["6.1.2-e_test"]

import future.keywords.not

import data.checks["6.1.2-e"] as check

test_a_silent_group_is_a_violation if {
	answer := check with input as _shard(_group, _pair)
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == {{
		"subject": _group.uid,
		"owner": "hr/person/han",
		"evidence": {
			"created_at": "2024-01-01T00:00:00Z",
			"faults": ["silent"],
			"last_message_at": "2026-01-01T00:00:00Z",
			"members": 2,
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"one second too long": [_last("2026-04-03T15:59:58Z"), _pair, ["silent"]],
		"never a message": [{"last_message_at": {"state": "never"}}, _pair, ["silent"]],
		"not since the cutoff": [
			{"last_message_at": {"state": "not_since", "bound": _cutoff.dead_group_days}}, _pair, ["silent"],
		],
		"register's quiet time is over": [
			{"quiet_until": "2026-09-29", "quiet_until_ends_at": "2026-09-29T16:00:00Z"}, _pair, ["silent"],
		],
		"one member": [_lively, ["im/account/han"], ["lone"]],
		"nobody": [_lively, [], ["lone"]],
		"a member in twice": [_lively, ["im/account/han", "im/account/han"], ["lone"]],
		"a robot beside the member": [_lively, ["im/account/han", "im/account/bot"], ["lone"]],
		"a closed account beside the member": [_lively, ["im/account/han", "im/account/old"], ["lone"]],
		"one member, made one second too early": [
			object.union(_lively, {"created_at": "2026-09-16T15:59:58Z"}), [], ["lone"],
		],
		"silent and alone": [{}, ["im/account/han"], ["lone", "silent"]],
		"alone, last message not known": [
			{"last_message_at": {"state": "unknown"}, "unknown": {"last_message_at": "not_supported"}}, [], ["lone"],
		],
	}
	answer := check with input as _shard(_changed(case[0]), case[1])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	{violation.evidence.faults | some violation in answer.violations} == {case[2]}
	answer.unknown == set()
}

test_what_the_evidence_says_of_the_last_message[name] if {
	some name, case in {
		"never": [{"state": "never"}, _pair, "never"],
		"not since": [{"state": "not_since", "bound": "2026-01-02T00:00:00Z"}, _pair, "2026-01-02T00:00:00Z"],
		"not known": [{"state": "unknown"}, [], "unknown"],
		"not known, in spite of a bound": [{"state": "unknown", "bound": "2026-01-02T00:00:00Z"}, [], "unknown"],
	}
	answer := check with input as _shard(_changed({"last_message_at": case[0]}), case[1])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	{violation.evidence.last_message_at | some violation in answer.violations} == {case[2]}
}

test_members_of_another_group_do_not_count if {
	shard := _shard(_changed(_lively), ["im/account/han"])
	other := {"uid": "im/membership/o", "group": "im/group/other", "account": "im/account/chen", "unknown": {}}
	answer := check with input as object.union(shard, {"memberships": array.concat(shard.memberships, [other])})
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	{violation.evidence.members | some violation in answer.violations} == {1}
}

test_what_the_platform_keeps_matters_for_lists_only[name] if {
	some name, case in {
		"room": "violation",
		"channel": "violation",
		"team": "violation",
		"stream": "violation",
		"dept_group": "fine",
		"mailing_list": "fine",
		"unknown": "unknown",
	}
	group := _changed({"kind": name, "messages_kept": "no", "last_message_at": {"state": "never"}})
	answer := check with input as _shard(group, _pair)
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	{outcome |
		some outcome, rows in {"violation": answer.violations, "unknown": answer.unknown}
		count(rows) > 0
	} == {case} - {"fine"}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, change in {
		"archived": {"archived": "yes"},
		"one-to-one": {"direct": "yes"},
		"quiet by the register": {"quiet_until": "2026-09-30", "quiet_until_ends_at": _as_of},
		"made just now": {"created_at": _cutoff.lone_group_days},
	}
	answer := check with input as _shard(_changed(change), [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_these_are_unknown[name] if {
	some name, case in {
		"last message": [
			{"last_message_at": {"state": "unknown"}, "unknown": {"last_message_at": "stale"}}, _pair, "stale",
		],
		"blurred": [
			{"last_message_at": {"state": "at", "at": "2026-04-03T15:00:00Z", "precision_s": 3600}},
			_pair,
			"not_collected",
		],
		"blurred, and nobody counts two members": [
			{
				"last_message_at": {"state": "at", "at": "2026-04-03T15:00:00Z", "precision_s": 3600},
				"unknown": {"member_count": "not_supported"},
			},
			_pair,
			"not_collected",
		],
		"not since a later time": [
			{"last_message_at": {"state": "not_since", "bound": "2026-05-01T00:00:00Z"}}, _pair, "not_collected",
		],
		"archived": [{"archived": "unknown", "unknown": {"archived": "stale"}}, _pair, "stale"],
		"one-to-one": [{"direct": "unknown", "unknown": {"direct": "stale"}}, _pair, "stale"],
		"whether a list keeps messages": [
			{"kind": "mailing_list", "messages_kept": "unknown", "unknown": {"messages_kept": "stale"}},
			_pair,
			"stale",
		],
		"until when it may be quiet, of which no instant is known": [{"quiet_until": "2026-09-29"}, _pair, "not_collected"],
		"not since, and made lately": [
			{"last_message_at": {"state": "unknown", "at": "2026-01-01T00:00:00Z"}}, _pair, "not_collected",
		],
		"a time that is not said to be the last message's": [
			{"last_message_at": {"state": "unknown", "at": "2026-09-20T00:00:00Z"}}, _pair, "not_collected",
		],
		"a bound that is not said to be one": [
			{"last_message_at": {"state": "unknown", "bound": "2026-01-01T00:00:00Z"}}, _pair, "not_collected",
		],
		"quiet time": [{"unknown": {"quiet_until_ends_at": "stale"}}, _pair, "stale"],
		"kind of a list": [
			{"kind": "unknown", "messages_kept": "no", "unknown": {"kind": "stale"}}, _pair, "stale",
		],
		"list not read": [
			object.union(_lively, {"unknown": {"member_count": "source_partial"}}), ["im/account/han"], "source_partial",
		],
		"list not read, and nobody on it": [
			object.union(_lively, {"unknown": {"member_count": "source_partial"}}), [], "source_partial",
		],
		"list not complete": [object.union(_lively, {"member_count": 3}), ["im/account/han"], "not_collected"],
		"second member not collected": [_lively, ["im/account/han", "im/account/none"], "not_collected"],
		"second member perhaps closed": [_lively, ["im/account/han", "im/account/doubt"], "stale"],
	}
	answer := check with input as _shard(_changed(case[0]), case[1])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": case[2]}}
}

test_its_age_is_not_known[name] if {
	some name, case in {
		"alone": [object.union(_lively, {"member_count": 0}), []],
		"never a message": [{"last_message_at": {"state": "never"}}, _pair],
	}
	group := object.union(object.remove(_changed(case[0]), ["created_at"]), {"unknown": {"created_at": "stale"}})
	answer := check with input as _shard(group, case[1])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "stale"}}
}

test_an_old_message_proves_an_old_group[name] if {
	some name, last in {
		"at": _group.last_message_at,
		"not since": {"state": "not_since", "bound": "2026-01-01T00:00:00Z"},
	}
	group := object.union(
		object.remove(_changed({"last_message_at": last}), ["created_at"]),
		{"unknown": {"created_at": "stale"}},
	)
	answer := check with input as _shard(group, _pair)
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	count(answer.violations) == 1
	answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, case in {
		"silent": [{}, _pair],
		"never a message": [{"last_message_at": {"state": "never"}}, _pair],
		"not since": [{"last_message_at": {"state": "not_since", "bound": "2026-01-01T00:00:00Z"}}, _pair],
		"quiet time is over": [{"quiet_until": "2026-09-29", "quiet_until_ends_at": "2026-09-29T16:00:00Z"}, _pair],
		"alone": [object.union(_lively, {"member_count": 3}), ["im/account/han", "im/account/bot", "im/account/old"]],
	}
	document := {
		"input": _shard(_changed(case[0]), case[1]),
		"data": {"as_of": _as_of, "cutoff": _cutoff},
	}
}

# may accuse: created_at: an old last message proves an old group, unless it is known that its messages were moved

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(_changed(case[0]), case[1]), "data": {
	"as_of": _as_of,
	"cutoff": _cutoff,
}} |
	some name, case in {
		"a message at the cutoff": [_last(_cutoff.dead_group_days), _pair],
		"never a message, as young as it may be": [
			{"last_message_at": {"state": "never"}, "created_at": _cutoff.dead_group_days}, _pair,
		],
		"moved here lately, with old messages": [{"created_at": _cutoff.dead_group_days}, _pair],
		"a list whose platform keeps nothing": [
			{"kind": "mailing_list", "messages_kept": "no", "last_message_at": {"state": "never"}}, _pair,
		],
		"two members, and one whom the list does not show": [object.union(_lively, {"member_count": 3}), _pair],
		"one member, young": [object.union(_lively, {"created_at": "2026-09-01T00:00:00Z"}), _pair],
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"dead_group_days": "2026-04-03T15:59:59Z", "lone_group_days": "2026-09-16T15:59:59Z"}

_group := {
	"uid": "im/group/sales",
	"source_system": "im",
	"native_id": "sales",
	"kind": "room",
	"owners": ["im/account/han"],
	"created_at": "2024-01-01T00:00:00Z",
	"last_message_at": {"state": "at", "at": "2026-01-01T00:00:00Z"},
	"messages_kept": "yes",
	"archived": "no",
	"direct": "no",
	"unknown": {},
}

_lively := _last("2026-09-20T00:00:00Z")

_last(instant) := {"last_message_at": {"state": "at", "at": instant}}

# a last message is replaced as a whole
_changed(change) := object.union(object.remove(_group, object.keys(change)), change)

_pair := ["im/account/han", "im/account/chen"]

_account := {"kind": "human", "state": "active", "unknown": {}}

_accounts := [
	object.union(_account, {"uid": "im/account/han", "holder": "hr/person/han"}),
	object.union(_account, {"uid": "im/account/chen"}),
	object.union(_account, {"uid": "im/account/bot", "kind": "bot"}),
	object.union(_account, {"uid": "im/account/old", "state": "deactivated"}),
	object.union(_account, {"uid": "im/account/doubt", "state": "unknown", "unknown": {"state": "stale"}}),
]

_person := {"uid": "hr/person/han", "status": "active", "employment_type": "employee", "employments": [], "unknown": {}}

_around := {
	"accounts": _accounts,
	"people": [_person],
	"context": {"groups": [], "accounts": [], "people": [], "memberships": []},
}

# the group with as many members as the list shows, where its number is not what the case is about
_counted(group, members) := object.union({"member_count": count({member | some member in members})}, group) if {
	not group.unknown.member_count
}

_counted(group, _) := group if group.unknown.member_count

_shard(group, members) := object.union(_around, {
	"groups": [_counted(group, members)],
	"memberships": [{"uid": sprintf("im/membership/%d", [number]), "group": group.uid, "account": member, "unknown": {}} |
		some number, member in members
	],
})
