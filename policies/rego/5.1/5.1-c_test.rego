package checks["5.1-c_test"]

import future.keywords.not

import data.checks["5.1-c"] as check

test_a_second_account_is_a_violation[name] if {
	some name, case in {
		"the younger one": [{}, {}, "im/account/a", "im/account/b"],
		"the younger one, by date": [{"created_at": "2026-08-01T00:00:00Z"}, {}, "im/account/b", "im/account/a"],
		"by uid, if a date is missing": [
			{"created_at": null, "unknown": {"created_at": "stale"}},
			{"created_at": "2020-01-01T00:00:00Z"}, "im/account/a", "im/account/b",
		],
		"locked": [{}, {"state": "locked"}, "im/account/a", "im/account/b"],
	}
	answer := check with input as _shard([_account("a", case[0]), _account("b", case[1])], [])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	answer.population == 2
	answer.unknown == set()
	answer.violations == {{"subject": case[3], "evidence": {
		"others": [case[2]],
		"source_system": "im",
		"state": object.get(case[1], "state", "active"),
	}}}
}

test_a_closed_account_is_none_of_the_others if {
	accounts := [
		_account("a", {}), _account("b", {}),
		# its date is not known, and does not matter
		_account("c", {"state": "deactivated", "created_at": null}),
		_account("0", {"created_at": "2026-08-01T00:00:00Z"}),
	]
	answer := check with input as _shard(accounts, [])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	{violation.subject: violation.evidence.others | some violation in answer.violations} == {
		"im/account/0": ["im/account/a", "im/account/b"],
		"im/account/b": ["im/account/0", "im/account/a"],
	}
}

test_of_three_all_but_one_are_violations if {
	answer := check with input as _shard([_account("a", {}), _account("b", {}), _account("c", {})], [])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	{violation.subject | some violation in answer.violations} == {"im/account/b", "im/account/c"}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff.second_account_review_days as document.data.cutoff.second_account_review_days

	answer.population == 2 - count({name} & _outside)
	answer.violations | answer.unknown == set()
}

test_a_leavers_accounts_are_another_checks if {
	accounts := [_account("a", {"holder": "hr/person/gone"}), _account("b", {"holder": "hr/person/gone"})]
	answer := check with input as _shard(accounts, [])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_purpose_that_does_not_count_excuses_nothing[name] if {
	some name, fields in {
		"empty": {"purpose": ""},
		"reviewed too long ago": {"reviewed_at": "2025-09-30T15:59:58Z"},
		"never reviewed": {"reviewed_at": null},
		"none stated": {"purpose": null},
		"of another register": {"kind": "shared_account"},
	}
	entries := [_entry("b", fields), _entry("of another account", {})]
	answer := check with input as _shard([_account("a", {}), _account("b", {})], entries)
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	{violation.subject | some violation in answer.violations} == {"im/account/b"}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"state": [{"state": "unknown", "unknown": {"state": "stale"}}, []],
		"kind": [{"kind": "unknown", "unknown": {"kind": "stale"}}, []],
		"purpose": [{}, [_entry("b", {"purpose": null, "unknown": {"purpose": "stale"}})]],
		"what has a purpose": [{}, [_entry("b", {"subject": null, "unknown": {"subject": "stale"}})]],
		"review": [{}, [_entry("b", {"reviewed_at": null, "unknown": {"reviewed_at": "stale"}})]],
	}
	answer := check with input as _shard([_account("a", {}), _account("b", case[0])], case[1])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	answer.violations == set()
	answer.unknown == {{"subject": "im/account/b", "reason": "stale"}}
}

test_in_another_tool_it_may_be_so_too if {
	unheld := {"holder": null, "unknown": {"holder": "stale"}}
	accounts := [
		_account("a", {"unknown": {"holder": "ambiguous"}, "holder": null}),
		_account("b", object.union(unheld, {"source_system": "mail"})), _account("c", {"source_system": "mail"}),
	]
	answer := check with input as _shard(accounts, [])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	answer.violations == set()
	answer.unknown == {
		{"subject": "im/account/a", "reason": "ambiguous"},
		{"subject": "im/account/b", "reason": "stale"},
		{"subject": "im/account/c", "reason": "stale"},
	}
}

test_an_account_of_nobody_knows_whom_may_be_anybodys_first if {
	accounts := [_account("a", {}), _account("b", {"holder": null, "unknown": {"holder": "stale"}})]
	answer := check with input as _shard(accounts, [])
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	answer.population == 2
	answer.violations == set()
	answer.unknown == {{"subject": uid, "reason": "stale"} | some uid in ["im/account/a", "im/account/b"]}
}

test_whether_the_holder_left_may_not_be_known[field] if {
	shard := _shard([_account("a", {}), _account("b", {})], [])
	some field, person in {
		"last_day_ends_at": {"status": "left", "unknown": {"last_day_ends_at": "stale"}},
		"status": {"status": "unknown", "unknown": {"status": "stale"}},
	}
	answer := check with input as object.union(shard, {"people": [_person("chen", person)]})
		with data.as_of as _as_of
		with data.cutoff.second_account_review_days as _cutoff

	answer.population == 2
	answer.violations == set()
	answer.unknown == {{"subject": "im/account/b", "reason": "stale"}}
}

# decides nothing: account.created_at: all accounts but one are told of in any case; dates only choose which is kept
# may accuse: subject: a purpose that is on record for an account which is not there is none for this one
# what the law of missing facts is tried on: each input gives a violation
violating := {
	"two accounts": {
		"input": _shard([_account("a", {}), _account("b", {})], []),
		"data": {"as_of": _as_of, "cutoff": {"second_account_review_days": _cutoff}},
	},
	"a purpose that nobody reviewed": {
		"input": _shard(
			[_account("a", {}), _account("b", {})],
			[_entry("b", {"reviewed_at": "2020-01-01T00:00:00Z"})],
		),
		"data": {"as_of": _as_of, "cutoff": {"second_account_review_days": _cutoff}},
	},
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard([_account("a", {}), _account("b", case[0])], case[1]), "data": {
	"as_of": _as_of,
	"cutoff": {"second_account_review_days": _cutoff},
}} |
	some name, case in {
		"of another person": [{"holder": "hr/person/du"}, []],
		"in another tool": [{"source_system": "mail"}, []],
		"closed": [{"state": "deactivated"}, []],
		"a program's": [{"kind": "service"}, []],
		"a bot's": [{"kind": "bot"}, []],
		"a room's": [{"kind": "room_device"}, []],
		"a guest's": [{"kind": "guest"}, []],
		"several people's: 5.2-b": [{"kind": "shared"}, []],
		"nobody's: 5.1-a": [{"holder": null}, []],
		"with a purpose on record": [{}, [_entry("b", {})]],
		"the first with a purpose on record": [{}, [_entry("a", {})]],
		"reviewed as long ago as allowed": [{}, [_entry("b", {"reviewed_at": _cutoff})]],
		"a purpose of one character": [{}, [_entry("b", {"purpose": "考"})]],
	}
}

# of these the check does not ask its question
_outside := {"a bot's", "a guest's", "a program's", "a room's", "closed", "nobody's: 5.1-a", "several people's: 5.2-b"}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2025-09-30T15:59:59Z"

_changed(record, fields) := object.filter(object.union(record, fields), {name |
	some name, value in object.union(record, fields)
	not is_null(value)
})

_account(name, fields) := _changed(
	{
		"uid": sprintf("im/account/%s", [name]),
		"source_system": "im",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"created_at": "2026-07-01T00:00:00Z",
		"unknown": {},
	},
	fields,
)

_entry(name, fields) := _changed(
	{
		"uid": sprintf("r/register_entry/%s", [name]),
		"kind": "second_account",
		"subject": sprintf("im/account/%s", [name]),
		"subject_key": name,
		"purpose": "管理員操作",
		"reviewed_at": "2026-06-01T00:00:00Z",
		"unknown": {},
	},
	fields,
)

_person(name, fields) := object.union(
	{
		"uid": sprintf("hr/person/%s", [name]),
		"status": "active",
		"hire_day_starts_at": "2020-01-01T16:00:00Z",
		"employments": [],
		"unknown": {},
	},
	fields,
)

_shard(accounts, entries) := {
	"accounts": accounts,
	"register_entries": entries,
	"people": [
		_person("chen", {}),
		_person("du", {}),
		_person("gone", {"status": "left", "last_day_ends_at": "2026-08-31T16:00:00Z"}),
	],
	"context": {"accounts": [], "people": [], "register_entries": []},
}
