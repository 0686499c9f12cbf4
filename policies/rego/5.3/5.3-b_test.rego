package checks["5.3-b_test"]

import future.keywords.not

import data.checks["5.3-b"] as check

test_use_after_the_last_day_is_a_violation[name] if {
	some name, case in {
		"seen the second after": [_used_at("2026-07-31T16:00:01Z"), _leaver],
		"seen in the last second of the period": [_used_at(_as_of), _leaver],
		"closed before, and used nevertheless": [
			object.union(_used_at("2026-08-03T01:00:00Z"), {
				"state": "deactivated",
				"deactivated_at": "2026-06-30T15:59:59Z",
			}),
			_leaver,
		],
		"closed since": [object.union(_used_at("2026-08-03T01:00:00Z"), {"state": "deactivated"}), _leaver],
		"before the rehire": [_used_at("2026-08-03T01:00:00Z"), _rehired],
		"back only next year": [_used_at("2026-08-03T01:00:00Z"), _returning],
	}
	answer := check with input as _shard(case[0], case[1], [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("failed")

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _account.uid, "evidence": {
		"first_use": case[0].last_activity.at,
		"holder": _leaver.uid,
		"kind": "api",
		"last_day_ends_at": "2026-07-31T16:00:00Z",
		"last_use": case[0].last_activity.at,
		"uses": 1,
	}}}
}

test_logins_count_with_the_last_use if {
	events := [_login("2026-08-01T01:00:00Z", "success"), _login("2026-08-02T01:00:00Z", "success")]
	answer := check with input as _shard(_used_at("2026-08-03T01:00:00Z"), _leaver, events)
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("partial")

	{violation.evidence | some violation in answer.violations} == {{
		"first_use": "2026-08-01T01:00:00Z",
		"holder": _leaver.uid,
		"kind": "api",
		"last_day_ends_at": "2026-07-31T16:00:00Z",
		"last_use": "2026-08-03T01:00:00Z",
		"uses": 3,
	}}
}

test_what_the_last_use_was_before_the_last_day_does_not_count if {
	answer := check with input as _shard(
		_used_at("2026-07-30T01:00:00Z"), _leaver,
		[_login("2026-07-30T02:00:00Z", "success"), _login("2026-08-01T01:00:00Z", "success")],
	)
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("partial")

	{violation.evidence | some violation in answer.violations} == {{
		"first_use": "2026-08-01T01:00:00Z",
		"holder": _leaver.uid,
		"kind": "login",
		"last_day_ends_at": "2026-07-31T16:00:00Z",
		"last_use": "2026-08-01T01:00:00Z",
		"uses": 1,
	}}
}

test_a_complete_log_does_not_take_back_what_the_last_use_shows if {
	answer := check with input as _shard(_used_at("2026-08-03T01:00:00Z"), _leaver, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("complete")

	count(answer.violations) == 1
	answer.unknown == set()
}

test_an_account_that_was_opened_again_is_judged[field] if {
	some field in ["deactivated_at", "deactivated_by"]
	account := object.union(_used_at("2026-06-30T15:00:00Z"), {field: "2026-06-30T15:59:59Z"})
	answer := check with input as _shard(account, _long_gone, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("failed")

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_an_account_that_was_closed_as_the_period_began_is_judged if {
	account := object.union(_used_at("2026-06-30T15:00:00Z"), {"state": "deactivated", "deactivated_at": _period.from})
	answer := check with input as _shard(account, _long_gone, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("failed")

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_log_may_not_be_complete_for_the_department if {
	sources := object.union(_sources("complete"), {"departments": {"OPS": {"login_event": {"state": "partial"}}}})
	answer := check with input as _shard(_not_since("2026-08-31T16:00:00Z"), _leaver, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as sources

	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "not_collected"}}
}

test_what_others_did_is_not_the_accounts if {
	events := [
		_login("2026-08-01T01:00:00Z", "failure"),
		object.union(_login("2026-08-02T01:00:00Z", "success"), {"account": "im/account/du"}),
	]
	answer := check with input as _shard(_used_at("2026-07-31T15:00:00Z"), _leaver, events)
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("partial")

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_login_alone_is_use if {
	account := object.union(_account, {"last_activity": {"state": "unknown"}, "unknown": {"last_activity": "stale"}})
	answer := check with input as _shard(account, _leaver, [_login("2026-08-01T01:00:00Z", "success")])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("complete")

	[violation.evidence.kind | some violation in answer.violations] == ["login"]
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.sources as document.data.sources

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_nobody_holds_it_is_another_checks if {
	answer := check with input as _shard(object.remove(_used_at("2026-08-03T01:00:00Z"), ["holder"]), _leaver, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("complete")

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"last use": [_unclear({"at": "2026-07-31T15:00:00Z"}), _leaver, [], "stale"],
		"last use, perhaps after the last day": [
			_unclear({"at": "2026-08-03T01:00:00Z", "kind": "api"}), _leaver, [], "stale",
		],
		"last use, but for a bound": [_unclear({"bound": "2026-07-31T16:00:00Z"}), _leaver, [], "stale"],
		"not since a later instant": [_not_since("2026-07-31T16:00:01Z"), _leaver, [], "not_collected"],
		"seen within the blur before the end": [
			_seen({"at": "2026-07-31T15:58:01Z", "precision_s": 120}),
			_leaver, [], "not_collected",
		],
		"seen as the last day ends, by a blurred source": [
			_seen({"at": "2026-07-31T16:00:00Z", "precision_s": 120}),
			_leaver, [], "not_collected",
		],
		"a late attempt": [_seen({"at": "2026-08-03T01:00:00Z", "kind": "attempt"}), _leaver, [], "not_collected"],
		"seen again after the period": [_used_at("2026-09-30T16:00:00Z"), _leaver, [], "not_collected"],
		"holder": [object.union(_late, {"holder": "hr/person/x"}), _leaver, [], "not_collected"],
		"whose it is": [
			object.union(object.remove(_late, ["holder"]), {"unknown": {"holder": "stale"}}),
			_leaver, [], "stale",
		],
		"kind": [object.union(_late, {"kind": "unknown", "unknown": {"kind": "stale"}}), _leaver, [], "stale"],
		"last day": [_late, _left_some_day, [], "stale"],
		"last day, and not since": [_not_since("2026-08-03T01:00:00Z"), _left_some_day, [], "stale"],
		"when the holder came back": [
			_late, object.union(object.remove(_colleague, ["hire_day_starts_at"]), {
				"employments": [_first, {}],
				"unknown": {"hire_day_starts_at": "stale"},
			}),
			[], "stale",
		],
		"whether the holder left": [
			_late, object.union(_colleague, {"status": "unknown", "unknown": {"status": "stale"}}),
			[], "stale",
		],
		"result": [
			_used_at("2026-07-31T15:00:00Z"), _leaver,
			[object.union(_login("2026-08-01T01:00:00Z", "unknown"), {"unknown": {"result": "stale"}})], "stale",
		],
		"time": [
			_used_at("2026-07-31T15:00:00Z"), _leaver, [object.union(
				object.remove(_login("2026-08-01T01:00:00Z", "success"), ["at"]),
				{"unknown": {"at": "stale"}},
			)],
			"stale",
		],
	}
	answer := check with input as _shard(case[0], case[1], case[2])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("partial")

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": case[3]}}
}

test_closed_between_two_snapshots_counts_from_the_first_that_shows_it[name] if {
	some name, case in {
		"closed in the one before": [_used_at("2026-07-31T15:00:00Z"), "2026-06-30T15:59:59Z", 0, 0, 0],
		"closed at the start of the period": [_used_at("2026-07-31T15:00:00Z"), "2026-06-30T16:00:00Z", 1, 0, 0],
		"closed then, and who knows what since": [_seen({"state": "unknown"}), "2026-06-30T15:59:59Z", 1, 0, 1],
		"closed then, and used since": [_used_at("2026-08-03T01:00:00Z"), "2026-06-30T15:59:59Z", 1, 1, 0],
	}
	account := object.union(case[0], {"state": "deactivated", "deactivated_by": case[1], "unknown": {
		"deactivated_at": "not_supported",
		"deactivated_after": "not_collected",
	}})
	answer := check with input as _shard(account, _leaver, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("not_configured")

	answer.population == case[2]
	count(answer.violations) == case[3]
	count(answer.unknown) == case[4]
}

test_within_the_blur_by_exactly_its_length_is_none if {
	account := _seen({"at": "2026-07-31T15:58:00Z", "precision_s": 120})
	answer := check with input as _shard(account, _leaver, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("failed")

	answer.violations | answer.unknown == set()
}

test_a_complete_log_of_its_system_settles_what_the_last_use_leaves_open[name] if {
	some name, case in {
		"complete": [{}, [], 0],
		"of another system": [{"source_system": "mail"}, [], 1],
		"with a login of unknown result": [{}, [_login("2026-08-01T01:00:00Z", "unknown")], 1],
	}
	account := object.union(_not_since("2026-08-31T16:00:00Z"), case[0])
	answer := check with input as _shard(account, _leaver, case[1])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("complete")

	count(answer.unknown) == case[2]
	answer.violations == set()
}

test_the_first_second_of_the_quarter_belongs_to_it if {
	answer := check with input as _shard(
		object.union(_used_at("2026-06-30T16:00:00Z"), {"state": "deactivated", "deactivated_at": "2026-06-30T16:00:00Z"}),
		_long_gone, [],
	)
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("not_configured")

	count(answer.violations) == 1
}

test_not_used_since_a_moment_after_the_last_day_says_nothing_of_the_time_between if {
	answer := check with input as _shard(_not_since("2026-09-15T00:00:00Z"), _rehired, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("not_configured")

	answer.population == 1
	answer.violations == set()
	count(answer.unknown) == 1
}

test_who_was_never_away_in_the_quarter_is_not_looked_at[name] if {
	some name, case in {
		"back as the quarter begins": ["2026-05-31T16:00:00Z", "2026-06-30T16:00:00Z"],
		"here until the snapshot": [_as_of, "2026-12-31T16:00:00Z"],
		"one employment after the other": ["2026-08-31T16:00:00Z", "2026-08-31T16:00:00Z"],
	}
	person := object.union(_colleague, {"employments": [
		{"hire_day_starts_at": "2020-01-01T16:00:00Z", "last_day_ends_at": case[0]},
		{"hire_day_starts_at": case[1]},
	]})
	answer := check with input as _shard(_used_at("2026-08-03T01:00:00Z"), person, [])
		with data.as_of as _as_of
		with data.period as _period
		with data.sources as _sources("not_configured")

	answer.population == 0
	answer.violations | answer.unknown == set()
}

# what the law of missing facts is tried on: each input gives a violation
violating := {
	"a leaver's account was used": {
		"input": _shard(_used_at("2026-08-03T01:00:00Z"), _leaver, []),
		"data": {"as_of": _as_of, "period": _period, "sources": _sources("failed")},
	},
	"a leaver's account was used, whatever two snapshots show": {
		"input": _shard(
			object.union(_used_at("2026-08-03T01:00:00Z"), {
				"state": "deactivated",
				"deactivated_by": "2026-06-30T15:59:59Z",
				"unknown": {"deactivated_at": "not_supported", "deactivated_after": "not_collected"},
			}),
			_leaver, [],
		),
		"data": {"as_of": _as_of, "period": _period, "sources": _sources("failed")},
	},
	"a leaver signed in": {
		"input": _shard(_used_at("2026-07-30T01:00:00Z"), _leaver, [_login("2026-08-03T01:00:00Z", "success")]),
		"data": {"as_of": _as_of, "period": _period, "sources": _sources("complete")},
	},
	"used between two employments": {
		"input": _shard(_used_at("2026-08-03T01:00:00Z"), _rehired, []),
		"data": {"as_of": _as_of, "period": _period, "sources": _sources("failed")},
	},
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case[0], case[1], case[2]), "data": {
	"as_of": _as_of,
	"period": _period,
	"sources": _sources("not_configured"),
}} |
	some name, case in {
		"a login before the period": [
			_used_at("2026-05-31T15:00:00Z"), _long_gone,
			[_login("2026-06-30T15:59:59Z", "success")],
		],
		"seen in the last second of the last day": [_used_at("2026-07-31T16:00:00Z"), _leaver, []],
		"used before the period": [_used_at("2026-06-30T15:59:59Z"), _long_gone, []],
		"never used": [object.union(_account, {"last_activity": {"state": "never"}}), _leaver, []],
		"not since the last day": [_not_since("2026-07-31T16:00:00Z"), _leaver, []],
		"not since the period began": [_not_since("2026-06-30T16:00:00Z"), _long_gone, []],
		"after the rehire": [_used_at("2026-09-03T01:00:00Z"), _rehired, []],
		"colleague": [_used_at("2026-08-03T01:00:00Z"), _colleague, []],
		"will leave": [
			_used_at("2026-08-03T01:00:00Z"), object.union(_colleague, {
				"last_day_ends_at": "2026-10-31T16:00:00Z",
			}),
			[],
		],
		"robot": [object.union(_used_at("2026-08-03T01:00:00Z"), {"kind": "service"}), _leaver, []],
		"closed before the period": [
			object.union(_used_at("2026-05-31T15:00:00Z"), {
				"state": "deactivated",
				"deactivated_at": "2026-06-30T15:59:59Z",
			}),
			_long_gone, [],
		],
		"closed before the period, as two snapshots show": [
			object.union(_used_at("2026-05-31T15:00:00Z"), {
				"state": "deactivated",
				"deactivated_by": "2026-06-30T15:59:59Z",
				"unknown": {"deactivated_at": "not_supported", "deactivated_after": "not_collected"},
			}),
			_long_gone, [],
		],
		"a failed attempt": [_used_at("2026-07-31T15:00:00Z"), _leaver, [_login("2026-08-01T01:00:00Z", "failure")]],
		"a login in the next period": [
			_used_at("2026-07-31T15:00:00Z"), _leaver,
			[_login("2026-09-30T16:00:00Z", "success")],
		],
		"an old attempt": [_seen({"at": "2026-07-31T15:00:00Z", "kind": "attempt"}), _leaver, []],
	}
}

# of these the check does not ask its question
_outside := {
	"closed before the period",
	"closed before the period, as two snapshots show",
	"colleague",
	"robot",
	"will leave",
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_sources(state) := {
	"types": {"login_event": {"state": state, "sources": [{"id": "im", "state": state, "received": 1}]}},
	"departments": {},
}

_account := {
	"uid": "im/account/chen",
	"source_system": "im",
	"kind": "human",
	"state": "active",
	"holder": "hr/person/chen",
	"unknown": {},
}

_seen(activity) := object.union(_account, {"last_activity": object.union({"state": "at", "kind": "api"}, activity)})

_used_at(instant) := _seen({"at": instant})

_late := _used_at("2026-08-03T01:00:00Z")

# of which it is not known when it was last used
_unclear(activity) := object.union(_account, {
	"last_activity": object.union({"state": "unknown"}, activity),
	"unknown": {"last_activity": "stale"},
})

_not_since(bound) := object.union(_account, {"last_activity": {"state": "not_since", "bound": bound, "kind": "api"}})

_login(instant, result) := {
	"uid": sprintf("log/login_event/%s", [instant]),
	"account": "im/account/chen",
	"at": instant,
	"result": result,
	"unknown": {},
}

_colleague := {
	"uid": "hr/person/chen",
	"status": "active",
	"hire_day_starts_at": "2020-01-01T16:00:00Z",
	"employments": [],
	"unknown": {},
}

_leaver := object.union(_colleague, {
	"status": "left",
	"last_day_ends_at": "2026-07-31T16:00:00Z",
	"employments": [_first],
})

_left_some_day := object.union(_colleague, {"status": "left", "unknown": {"last_day_ends_at": "stale"}})

_long_gone := object.union(_colleague, {"status": "left", "last_day_ends_at": "2026-05-31T16:00:00Z"})

_rehired := object.union(_colleague, {
	"hire_day_starts_at": "2026-08-31T16:00:00Z",
	"employments": [_first, {"hire_day_starts_at": "2026-08-31T16:00:00Z"}],
})

_returning := object.union(_colleague, {
	"hire_day_starts_at": "2026-12-31T16:00:00Z",
	"employments": [_first, {"hire_day_starts_at": "2026-12-31T16:00:00Z"}],
})

_first := {"hire_day_starts_at": "2020-01-01T16:00:00Z", "last_day_ends_at": "2026-07-31T16:00:00Z"}

_shard(account, person, events) := {
	"department": "OPS",
	"accounts": [account],
	"people": [person],
	"login_events": events,
	"context": {"accounts": [], "people": []},
}
