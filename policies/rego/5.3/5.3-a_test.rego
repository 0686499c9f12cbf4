package checks["5.3-a_test"]

import future.keywords.not

import data.checks["5.3-a"] as check

test_a_leavers_open_account_is_a_violation if {
	answer := check with input as _shard({}, _leaver) with data.cutoff.leaver_grace_days as _cutoff

	answer.population == 1
	answer.violations == {{
		"subject": _account.uid,
		"evidence": {"state": "active", "holder": _leaver.uid, "last_day_ends_at": _leaver.last_day_ends_at},
	}}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.cutoff.leaver_grace_days as document.data.cutoff.leaver_grace_days

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_one_second_past_grace_is_a_violation if {
	person := object.union(_leaver, {"last_day_ends_at": "2026-09-30T15:59:59Z"})
	answer := check with input as _shard({}, person) with data.cutoff.leaver_grace_days as _cutoff

	count(answer.violations) == 1
}

test_who_was_hired_again_is_no_leaver_unless_it_is_for_later[name] if {
	some name, case in {
		"hired again since": ["2026-09-29T16:00:00Z", 0],
		"hired again today": [_as_of, 0],
		"hired again for tomorrow": ["2026-10-01T16:00:00Z", 1],
	}
	person := object.union(object.remove(_leaver, ["last_day_ends_at"]), {
		"status": "active",
		"hire_day_starts_at": case[0],
		"employments": [
			{"hire_day_starts_at": "2020-01-01T16:00:00Z", "last_day_ends_at": _leaver.last_day_ends_at},
			{"hire_day_starts_at": case[0]},
		],
	})
	answer := check with input as _shard({}, person)
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	count(answer.violations) == case[1]
	answer.unknown == set()
}

test_nobody_holds_it_is_another_checks if {
	shard := _shard_of(object.remove(_account, ["holder"]), _leaver)
	answer := check with input as shard with data.cutoff.leaver_grace_days as _cutoff

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, shard in {
		"state": _shard({"state": "unknown", "unknown": {"state": "stale"}}, _leaver),
		"kind": _shard({"kind": "unknown", "unknown": {"kind": "stale"}}, _leaver),
		"holder": _shard({"holder": "hr/person/nobody", "unknown": {"holder": "stale"}}, _leaver),
		"whether the holder left": _shard({}, {
			"uid": _leaver.uid,
			"status": "unknown",
			"unknown": {"status": "stale"},
		}),
		"last day": _shard({}, {"uid": _leaver.uid, "status": "left", "unknown": {"last_day_ends_at": "stale"}}),
	}
	answer := check with input as shard with data.cutoff.leaver_grace_days as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {"a leaver's open account": {
	"input": _shard({}, _leaver),
	"data": {"cutoff": {"leaver_grace_days": _cutoff}},
}}

# who is looked at and has done nothing wrong
innocent := {name: {"input": shard, "data": {"cutoff": {"leaver_grace_days": _cutoff}}} |
	some name, shard in {
		"closed": _shard({"state": "deactivated"}, _leaver),
		"deleted": _shard({"state": "deleted"}, _leaver),
		"closed, whoever holds it": _shard({"state": "deleted", "holder": "hr/person/nobody"}, _leaver),
		"last moment of grace": _shard({}, object.union(_leaver, {"last_day_ends_at": _cutoff})),
		"leaves in the future": _shard({}, object.union(_leaver, {"last_day_ends_at": "2027-01-01T16:00:00Z"})),
		"colleague": _shard({}, {"uid": _leaver.uid, "status": "active", "unknown": {}}),
		"robot": _shard({"kind": "bot"}, _leaver),
	}
}

# of these the check does not ask its question
_outside := {"colleague", "last moment of grace", "leaves in the future", "robot"}

_as_of := "2026-10-01T15:59:59Z"

_cutoff := "2026-09-30T16:00:00Z"

_account := {"uid": "im/account/chen", "kind": "human", "state": "active", "holder": "hr/person/chen", "unknown": {}}

_leaver := {"uid": "hr/person/chen", "status": "left", "last_day_ends_at": "2026-09-30T15:59:59Z", "unknown": {}}

_shard(account, person) := _shard_of(object.union(_account, account), person)

_shard_of(account, person) := {
	"accounts": [account],
	"people": [person],
	"context": {"accounts": [], "people": []},
}
