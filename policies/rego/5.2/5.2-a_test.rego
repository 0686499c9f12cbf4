package checks["5.2-a_test"]

import future.keywords.not

import data.checks["5.2-a"] as check

test_a_journey_that_nobody_can_have_made_is_a_violation[name] if {
	some name, changes in {
		"faster than anybody travels": {},
		"at the same second": {"distance_km": 100, "interval_s": 0},
		"one kilometre too far": {"distance_km": 975, "interval_s": 3599},
		"at the first moment of the quarter": {"observed_at": _period.from},
		"at the last moment": {"observed_at": "2026-09-30T15:59:59Z"},
	}
	signal := _signal(changes)
	answer := _answer({"input/lending_signals": [signal]})

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": "im/account/chen", "evidence": {
		"accounts": [],
		"case": "impossible_travel",
		"devices": ["phone", "pc"],
		"distance_km": signal.distance_km,
		"first_at": "2026-08-10T01:00:00Z",
		"interval_s": signal.interval_s,
		"last_at": signal.observed_at,
		"people": "none",
	}}}
}

test_too_many_people_on_one_device_are_a_violation[name] if {
	some name, changes in {
		"three": {},
		"in exactly as many days": {"uses": [
			_use("chen", "2026-08-01T01:00:00Z"), _use("du", "2026-08-20T01:00:00Z"), _use("fu", "2026-08-31T01:00:00Z"),
		]},
		"since before the quarter": {"uses": [
			_use("chen", "2026-06-10T01:00:00Z"), _use("du", "2026-06-20T01:00:00Z"), _use("fu", "2026-07-01T01:00:00Z"),
		]},
		"and a program": {"uses": array.concat([_use("bot", "2026-08-10T00:00:00Z")], _three)},
	}
	device := _device(changes)
	uses := [use | some use in device.uses; use.account != "im/account/bot"]
	answer := _answer({"input/devices": [device]})

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": "im/device/pc", "evidence": {
		"accounts": ["im/account/chen", "im/account/du", "im/account/fu"],
		"case": "many_people",
		"devices": ["pc"],
		"distance_km": "none",
		"first_at": uses[0].at,
		"interval_s": "none",
		"last_at": uses[2].at,
		"people": 3,
	}}}
}

test_the_first_days_are_told_of if {
	uses := array.concat(_three, [_use("gu", "2026-08-20T01:00:00Z")])
	answer := _answer({"input/devices": [_device({"uses": uses})]})

	[violation.evidence.last_at | some violation in answer.violations] == ["2026-08-12T01:00:00Z"]
}

test_these_journeys_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_devices_are_none[name] if {
	some name, case in {
		"two people": [1, {"uses": array.slice(_three, 0, 2)}],
		"two accounts of one": [1, {"uses": [
			_use("chen", "2026-08-10T01:00:00Z"), _use("du", "2026-08-11T01:00:00Z"), _use("chen2", "2026-08-12T01:00:00Z"),
		]}],
		"only one account": [0, {"uses": [_use("chen", "2026-08-10T01:00:00Z"), _use("chen", "2026-08-11T01:00:00Z")]}],
		"no use": [0, {"uses": []}],
		"registered as shared": [0, {"shared": "yes"}],
		"handed on": [1, {"uses": [
			_use("chen", "2026-08-01T00:59:59Z"), _use("du", "2026-08-20T01:00:00Z"), _use("fu", "2026-08-31T01:00:00Z"),
		]}],
		"before the quarter": [1, {"uses": [
			_use("chen", "2026-06-01T01:00:00Z"), _use("du", "2026-06-02T01:00:00Z"), _use("fu", "2026-06-03T01:00:00Z"),
		]}],
		"a program is nobody": [1, {"uses": _with("bot")}],
		"a shared account is 5.2-b's": [1, {"uses": _with("desk")}],
		"kept for support": [1, {"uses": [
			_use("chen", "2026-08-10T01:00:00Z"), _use("du", "2026-08-11T01:00:00Z"),
			object.union(_use("fu", "2026-08-12T01:00:00Z"), {"supporting": "yes"}),
		]}],
	}
	answer := _answer({"input/devices": [_device(case[1])]})

	answer.population == case[0]
	answer.violations | answer.unknown == set()
}

test_who_is_judged[name] if {
	some name, case in {
		"signed in": [1, {"input/login_events": [_event({})]}],
		"may have signed in": [1, {"input/login_events": [_less(_event({"unknown": {"at": "stale"}}), ["at"])]}],
		"result not known": [1, {"input/login_events": [_event({"result": "unknown", "unknown": {"result": "stale"}})]}],
		"did not get in": [0, {"input/login_events": [_event({"result": "failure"})]}],
		"signed in before the quarter": [0, {"input/login_events": [_event({"at": "2026-06-30T15:59:59Z"})]}],
		"a client in use": [1, {"input/sessions": [_session({})]}],
		"one in use since": [1, {"input/sessions": [_session({"started_at": "2025-01-01T00:00:00Z"})]}],
		"one opened since": [0, {"input/sessions": [_session({"started_at": "2026-09-30T16:00:00Z"})]}],
		"one not used any more": [0, {"input/sessions": [_session({"last_used_at": "2026-06-30T15:59:59Z"})]}],
		"a token": [0, {"input/sessions": [_session({"kind": "access_token"})]}],
		"a guest": [0, {"input/accounts": [_account("chen", {"kind": "guest"})], "input/sessions": [_session({})]}],
		"a shared account": [0, {"input/accounts": [_account("chen", {"kind": "shared"})], "input/sessions": [_session({})]}],
		"a program": [0, {"input/accounts": [_account("chen", {"kind": "bot"})], "input/sessions": [_session({})]}],
		"nobody": [0, {}],
	}
	answer := _answer(case[1])

	answer.population == case[0]
	answer.violations | answer.unknown == set()
}

test_an_account_of_which_it_is_not_known_is_unknown[name] if {
	some name, case in {
		"distance": ["not_collected", {"input/lending_signals": [
			_less(_signal({"interval_s": 79851, "unknown": {"distance_km": "not_collected"}}), ["distance_km"]),
		]}],
		"interval": ["stale", {"input/lending_signals": [_less(_doubtful("interval_s", "stale"), ["interval_s"])]}],
		"time": ["stale", {"input/lending_signals": [_less(_doubtful("observed_at", "stale"), ["observed_at"])]}],
		"a person": ["stale", {"input/lending_signals": [_doubtful("interactive", "stale")]}],
		"success": ["stale", {"input/lending_signals": [_doubtful("succeeded", "stale")]}],
		"relay": ["not_supported", {"input/lending_signals": [_doubtful("relay", "not_supported")]}],
		"hint": ["stale", {"input/lending_signals": [_doubtful("kind", "stale")]}],
		"kind of the account": ["stale", {
			"input/lending_signals": [_signal({})],
			"input/accounts": [_account("chen", {"kind": "unknown", "unknown": {"kind": "stale"}})],
		}],
		"device of a sign-in": ["not_supported", {
			"input/login_events": [_less(_event({"unknown": {"device_key": "not_supported"}}), ["device_key"])],
		}],
		"device of a client": ["not_supported", {
			"input/sessions": [_less(_session({"unknown": {"device_key": "not_supported"}}), ["device_key"])],
		}],
	}
	answer := _answer(case[1])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/account/chen", "reason": case[0]}}
}

test_each_account_has_the_reason_of_its_own_uses if {
	answer := _answer({
		"input/login_events": [_less(_event({"unknown": {"device_key": "not_supported"}}), ["device_key"])],
		"input/sessions": [_less(
			_session({"account": "im/account/du", "unknown": {"device_key": "stale"}}),
			["device_key"],
		)],
	})

	answer.unknown == {
		{"subject": "im/account/chen", "reason": "not_supported"},
		{"subject": "im/account/du", "reason": "stale"},
	}
}

test_what_is_known_of_one_journey_says_nothing_of_another if {
	answer := _answer({"input/lending_signals": [
		_signal({"kind": "many_devices", "unknown": {"distance_km": "stale"}}),
		_less(_signal({"uid": "im/lending_signal/2", "unknown": {"distance_km": "not_supported"}}), ["distance_km"]),
		_signal({"uid": "im/lending_signal/3", "distance_km": 1}),
	]})

	answer.unknown == {{"subject": "im/account/chen", "reason": "not_supported"}}
}

test_an_account_of_one_journey_is_a_violation_whatever_the_others_are if {
	answer := _answer({"input/lending_signals": [
		_less(_signal({"unknown": {"distance_km": "not_supported"}}), ["distance_km"]),
		_signal({"uid": "im/lending_signal/2"}),
	]})

	answer.unknown == set()
	count(answer.violations) == 1
}

test_a_device_of_which_it_is_not_known_is_unknown[name] if {
	some name, case in {
		"whether it is shared": ["not_collected", {"input/devices": [
			_device({"shared": "unknown", "unknown": {"shared": "not_collected"}}),
		]}],
		"who used it": ["stale", {"input/devices": [_less(_device({"unknown": {"uses": "stale"}}), ["uses"])]}],
		"whether they got in": ["not_collected", {"input/devices/0/uses/1/certain": "unknown"}],
		"whether it is kept for support": ["not_collected", {"input/devices/0/uses/1/supporting": "unknown"}],
		"when": ["not_collected", {"input/devices/0/uses/1": _less(_three[1], ["at"])}],
		"when the last one did": ["not_collected", {"input/devices/0/uses/2": _less(_three[2], ["at"])}],
		"whose account": ["stale", {
			"input/accounts/1": _less(_account("du", {"unknown": {"holder": "stale"}}), ["holder"]),
		}],
		"kind of the account": ["stale", {
			"input/accounts/1": _account("du", {"kind": "unknown", "unknown": {"kind": "stale"}}),
		}],
		"nobody's account": ["not_collected", {"input/accounts/1": _less(_account("du", {}), ["holder"])}],
		"the account": ["not_collected", {"input/devices/0/uses/1/account": "im/account/none"}],
	}
	answer := _answer(object.union({"input/devices": [_device({})]}, case[1]))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/device/pc", "reason": case[0]}}
}

test_a_doubt_that_decides_nothing_is_none[name] if {
	some name, changes in {
		"two people, and the register does not say": {
			"input/devices": [_device({
				"uses": array.slice(_three, 0, 2),
				"shared": "unknown", "unknown": {"shared": "not_collected"},
			})],
		},
		"a third long before": {"input/devices": [_device({"uses": [
			_use("none", "2026-07-01T01:00:00Z"), _use("chen", "2026-08-10T01:00:00Z"), _use("du", "2026-08-11T01:00:00Z"),
		]})]},
	}
	answer := _answer(changes)

	answer.violations | answer.unknown == set()
}

test_a_client_used_in_the_first_second_of_the_quarter_is_looked_at[at] if {
	some at, looked_at in {"2026-06-30T16:00:00Z": 1, "2026-06-30T15:59:59Z": 0}
	answer := _answer({"input/sessions": [_session({"last_used_at": at, "started_at": "2026-01-01T00:00:00Z"})]})

	answer.population == looked_at
	answer.violations == set()
}

# what the law of missing facts is tried on: each input gives a violation
violating := {
	"an impossible journey": _changed_document({
		"input/lending_signals": [_signal({})],
		"input/login_events": [_event({})],
		"input/sessions": [_session({})],
	}),
	"three people on one device": _changed_document({"input/devices": [_device({})]}),
	"three people, and the device is on file": _changed_document({
		"input/devices": [_device({"host": "osq/host/1"})],
		"input/login_events": [_event({})],
	}),
}

# who is looked at and has done nothing wrong
innocent := object.union(_of_journeys, _of_uses)

_of_journeys := {name: _changed_document({"input/lending_signals": [_signal(changes)]}) |
	some name, changes in {
		"as fast as somebody may travel": {"distance_km": 975, "interval_s": 3600},
		"near": {"distance_km": 99, "interval_s": 0},
		"by a program": {"interactive": "no"},
		"through an exit of the company": {"relay": "yes"},
		"one of them did not get in": {"succeeded": "no"},
		"before the quarter": {"observed_at": "2026-06-30T15:59:59Z"},
		"after it": {"observed_at": "2026-09-30T16:00:00Z"},
		"another hint": {"kind": "many_devices"},
		"simultaneous": {"kind": "simultaneous_sessions"},
		"by their own word": {"kind": "self_reported"},
		"in a register": {"kind": "shared_by_register"},
		"from nobody knows where, and long enough for any place": _less({"interval_s": 79852}, ["distance_km"]),
	}
}

# beside a client whose device is known one use of which it is not, and need not be
_of_uses := {name: _changed_document(object.union({"input/sessions": [_session({})]}, changes)) |
	some name, changes in {
		"did not get in": {"input/login_events": [_nowhere(_event({"result": "failure"}))]},
		"a token": {"input/sessions": [_session({}), _nowhere(_session({"kind": "access_token"}))]},
		"not used any more": {"input/sessions": [_session({}), _nowhere(_session({
			"started_at": "2026-01-01T00:00:00Z",
			"last_used_at": "2026-06-30T15:59:59Z",
		}))]},
		"opened only after the quarter": {"input/sessions": [_session({}), _nowhere(_session({
			"started_at": "2026-09-30T16:00:00Z",
			"last_used_at": "2026-09-30T16:00:00Z",
		}))]},
	}
}

_nowhere(use) := object.union(
	_less(use, ["device_key"]),
	{"uid": concat("/", [use.uid, "nowhere"]), "unknown": {"device_key": "stale"}},
)

_answer(changes) := answer if {
	document := _changed_document(changes)
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
}

_changed_document(changes) := json.patch(_document, [{"op": "replace", "path": path, "value": changes[path]} |
	some path in sort(object.keys(changes))
])

_document := {
	"input": {
		"accounts": [
			_account("chen", {}), _account("du", {}), _account("fu", {}), _account("gu", {}),
			_account("chen2", {"holder": "hr/person/chen"}),
			_less(_account("bot", {"kind": "bot"}), ["holder"]),
			_less(_account("desk", {"kind": "shared"}), ["holder"]),
		],
		"devices": [],
		"lending_signals": [],
		"login_events": [],
		"people": [_person("chen"), _person("du"), _person("fu"), _person("gu")],
		"sessions": [],
		"context": {"accounts": [], "people": []},
	},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"period": _period,
		"settings": {
			"clock_skew_s": 300,
			"device_window_days": 30,
			"people_per_device": 2,
			"travel_min_km": 100,
			"travel_speed_kmh": 900,
		},
	},
}

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_less(record, fields) := object.remove(record, fields)

_account(name, fields) := object.union(
	{
		"uid": concat("/", ["im/account", name]),
		"kind": "human",
		"holder": concat("/", ["hr/person", name]),
		"unknown": {},
	},
	fields,
)

_person(name) := {"uid": concat("/", ["hr/person", name]), "unknown": {}}

_signal(fields) := object.union(
	{
		"uid": "im/lending_signal/1",
		"account": "im/account/chen",
		"kind": "impossible_travel",
		"observed_at": "2026-08-10T02:00:00Z",
		"earlier_at": "2026-08-10T01:00:00Z",
		"distance_km": 8000,
		"farthest_km": 20038,
		"interval_s": 3600,
		"interactive": "yes",
		"relay": "no",
		"succeeded": "yes",
		"device_keys": ["phone", "pc"],
		"unknown": {},
	},
	fields,
)

_doubtful(field, why) := object.union(_signal({}), {field: "unknown", "unknown": {field: why}})

_device(fields) := object.union(
	{"uid": "im/device/pc", "key": "pc", "shared": "no", "uses": _three, "unknown": {}},
	fields,
)

_three := [
	_use("chen", "2026-08-10T01:00:00Z"),
	_use("du", "2026-08-11T01:00:00Z"),
	_use("fu", "2026-08-12T01:00:00Z"),
]

_with(name) := array.concat(array.slice(_three, 0, 2), [_use(name, "2026-08-12T01:00:00Z")])

_use(name, at) := {"account": concat("/", ["im/account", name]), "at": at, "certain": "yes", "supporting": "no"}

_event(fields) := object.union(
	{
		"uid": "im/login_event/1",
		"account": "im/account/chen",
		"at": "2026-08-10T02:00:00Z",
		"result": "success",
		"device_key": "pc",
		"unknown": {},
	},
	fields,
)

_session(fields) := object.union(
	{
		"uid": "im/session/1",
		"account": "im/account/chen",
		"device_key": "pc",
		"kind": "session",
		"started_at": "2026-08-01T02:00:00Z",
		"last_used_at": "2026-09-30T02:00:00Z",
		"unknown": {},
	},
	fields,
)
