package lib.devices_test

import future.keywords.not

import data.lib.devices

test_by_one_account_or_none[name] if {
	some name, case in {
		"none": [[], [true]],
		"one, twice": [[_use("chen", _first), _use("chen", _last)], [true]],
		"two": [[_use("chen", _first), _use("han", _last)], []],
	}

	[answer | answer := devices.by_one({"uses": case[0]})] == case[1]
}

test_two_may_use_a_device_and_three_within_some_days_are_too_many[name] if {
	some name, case in {
		"two": [[_use("chen", _first), _use("han", _first)], "no"],
		"three on one day": [[_use("chen", _first), _use("han", _first), _use("lin", _first)], "yes"],
		"the third in the last second": [[_use("chen", _first), _use("han", _first), _use("lin", _last)], "yes"],
		"the third a second later": [[_use("chen", _first), _use("han", _last), _use("lin", _later)], "no"],
		"perhaps the third, in the last second": [
			[_use("chen", _first), _use("han", _first), _perhaps("lin", _last)], "unknown",
		],
		"perhaps the third, a second later": [
			[_use("chen", _first), _use("han", _last), _perhaps("lin", _later)], "no",
		],
	}
	device := {"uid": "edr/device/a", "shared": "no", "uses": case[0], "unknown": {}}

	devices.crowded(device) == case[1]
		with input as _shard
		with data.settings as {"people_per_device": 2, "device_window_days": 1}
		with data.period as {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}
		with data.as_of as "2026-09-30T15:59:59Z"
}

test_the_first_crowd_is_told_from_its_first_use_to_its_last[name] if {
	some name, case in {
		"two": [[_use("chen", _first), _use("han", _first)], []],
		"three": [[_use("chen", _first), _use("han", _first), _use("lin", _last)], [[_first, _last]]],
	}
	found := [[told.first_at, told.last_at] |
		told := devices.first({"uses": case[0]})
			with input as _shard
			with data.settings as {"people_per_device": 2, "device_window_days": 1}
			with data.period as {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}
			with data.as_of as "2026-09-30T15:59:59Z"
	]

	found == case[1]
}

_first := "2026-08-05T02:00:00Z"

_last := "2026-08-06T02:00:00Z"

_later := "2026-08-06T02:00:01Z"

_use(name, at) := {"account": concat("/", ["im/account", name]), "at": at, "certain": "yes", "supporting": "no"}

_perhaps(name, at) := object.union(_use(name, at), {"certain": "unknown"})

_names := ["chen", "han", "lin"]

_shard := {
	"accounts": [{
		"uid": concat("/", ["im/account", name]),
		"kind": "human",
		"holder": concat("/", ["hr/person", name]),
		"unknown": {},
	} |
		some name in _names
	],
	"people": [{"uid": concat("/", ["hr/person", name]), "unknown": {}} | some name in _names],
	"context": {"accounts": [], "people": []},
}
