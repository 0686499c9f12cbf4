package checks["5.2-b_test"]

import future.keywords.not

import data.checks["5.2-b"] as check

test_an_account_of_several_people_is_a_violation[name] if {
	some name, case in {
		"shared": [_front_desk, [], [], "shared", 0],
		"locked": [object.union(_front_desk, {"state": "locked"}), [], [], "shared", 0],
		"used lately": [
			object.union(_front_desk, {"last_activity": {"state": "at", "at": "2026-09-01T00:00:00Z"}}), [], [],
			"shared", 0,
		],
		"in a register": [object.union(_front_desk, {"owner": "hr/person/gone"}), [], [], "shared", 0],
		"two people behind one": [_mine, [_link("chen", "yes"), _link("du", "yes")], [], "several_people", 2],
		"said by a register": [_mine, [_link("chen", "no")], [_signal("shared_by_register")], "shared_by_register", 1],
	}
	answer := check with input as _shard(case[0], case[1], case[2]) with data.as_of as _as_of

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": case[0].uid, "evidence": {
		"activity": object.get(case[0], ["last_activity", "state"], "unknown"),
		"case": case[3],
		"kind": case[0].kind,
		"owner": object.get(case[0], "owner", "none"),
		"people": case[4],
	}}}
}

test_an_owner_in_service_acts if {
	account := object.union(_front_desk, {"owner": "hr/person/chen"})
	answer := check with input as _shard(account, [], []) with data.as_of as _as_of

	[violation.owner | some violation in answer.violations] == ["hr/person/chen"]
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"state": [object.union(_front_desk, {"state": "unknown", "unknown": {"state": "stale"}}), [], []],
		"kind, and no holder": [object.union(_front_desk, {"kind": "unknown", "unknown": {"kind": "stale"}}), [], []],
		"kind, and two people are behind it: it may be a program's": [
			object.union(_mine, {"kind": "unknown", "unknown": {"kind": "stale"}}),
			[_link("chen", "yes"), _link("du", "yes")], [],
		],
		"conflict": [_mine, [object.union(_link("chen", "unknown"), {"unknown": {"conflict": "stale"}})], []],
		"conflict, of which nothing is said": [
			_mine, [object.union(object.remove(_link("chen", ""), ["conflict"]), {"unknown": {"conflict": "stale"}})], [],
		],
		"signal": [_mine, [], [object.union(_signal("unknown"), {"unknown": {"kind": "stale"}})]],
	}
	answer := check with input as _shard(case[0], case[1], case[2]) with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": case[0].uid, "reason": "stale"}}
}

test_the_hints_of_lending_are_another_checks[kind] if {
	some kind in ["impossible_travel", "simultaneous_sessions", "self_reported"]
	answer := check with input as _shard(_mine, [_link("chen", "no")], [_signal(kind)]) with data.as_of as _as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_machine_is_no_shared_account[kind] if {
	some kind in ["service", "bot", "room_device"]
	answer := check with input as _shard(object.union(_front_desk, {"kind": kind}), [], []) with data.as_of as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_the_links_and_hints_of_other_accounts_say_nothing if {
	links := [_link("chen", "no"), object.union(_link("du", "yes"), {"account": "im/account/other"})]
	hints := [object.union(_signal("shared_by_register"), {"account": "im/account/other"})]
	answer := check with input as _shard(_mine, links, array.concat(hints, [_signal("many_devices")]))
		with data.as_of as _as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_shared_account_is_one_whoever_holds_it[name] if {
	some name, links in {
		"one person": [_link("chen", "no")],
		"several": [_link("chen", "yes"), object.union(_link("du", "yes"), {"strength": "weak"})],
	}
	answer := check with input as _shard(_held, links, []) with data.as_of as _as_of

	{[row.evidence.case, row.evidence.people] | some row in answer.violations} == {["shared", 1]}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {
	"a shared account": {"input": _shard(_front_desk, [], []), "data": {"as_of": _as_of}},
	"two people behind one account": {
		"input": _shard(_mine, [_link("chen", "yes")], []),
		"data": {"as_of": _as_of},
	},
	"a shared account with an owner": {
		"input": _shard(object.union(_front_desk, {"owner": "hr/person/chen"}), [], []),
		"data": {"as_of": _as_of},
	},
	"a register calls it shared": {
		"input": _shard(_mine, [_link("chen", "no")], [_signal("shared_by_register")]),
		"data": {"as_of": _as_of},
	},
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case[0], case[1], case[2]), "data": {"as_of": _as_of}} |
	some name, case in {
		"one person's": [_mine, [_link("chen", "no")], []],
		"of one person under two numbers": [_mine, [_link("chen", "no"), _link("chen", "no")], []],
		"closed": [object.union(_front_desk, {"state": "deactivated"}), [], []],
		"program": [object.union(_front_desk, {"kind": "service"}), [_link("chen", "yes")], []],
		"guest": [object.union(_front_desk, {"kind": "guest"}), [], []],
		"nobody's: 5.1-a": [object.union(_front_desk, {"kind": "human"}), [], []],
		"kind not known, one person's": [
			object.union(_mine, {"kind": "unknown", "unknown": {"kind": "stale"}}),
			[_link("chen", "no")], [],
		],
		"only many devices": [_mine, [_link("chen", "no")], [_signal("many_devices")]],
	}
}

# of these the check does not ask its question
_outside := {"closed", "program"}

_as_of := "2026-09-30T15:59:59Z"

_front_desk := {"uid": "im/account/desk", "kind": "shared", "state": "active", "unknown": {}}

_held := object.union(_front_desk, {"holder": "hr/person/chen"})

_mine := object.union(_front_desk, {"kind": "human", "holder": "hr/person/chen"})

_link(person, conflict) := {
	"uid": sprintf("im/identity_link/%s", [person]),
	"account": "im/account/desk",
	"person": sprintf("hr/person/%s", [person]),
	"strength": "exact",
	"conflict": conflict,
	"unknown": {},
}

_signal(kind) := {"uid": "im/lending_signal/1", "account": "im/account/desk", "kind": kind, "unknown": {}}

_shard(account, links, signals) := {
	"accounts": [account],
	"identity_links": links,
	"lending_signals": signals,
	"people": [
		{
			"uid": "hr/person/chen", "status": "active", "hire_day_starts_at": "2020-01-01T16:00:00Z",
			"employments": [], "unknown": {},
		},
		{
			"uid": "hr/person/gone", "status": "left", "hire_day_starts_at": "2020-01-01T16:00:00Z",
			"last_day_ends_at": "2026-08-31T16:00:00Z", "employments": [], "unknown": {},
		},
	],
	"context": {"accounts": [], "people": []},
}
