package lib.activity_test

import future.keywords.not

import data.lib.activity

test_unused_since[name] if {
	some name, case in {
		"before": [_at("2026-06-30T23:59:59Z", {}), "yes"],
		"at the instant": [_at("2026-07-01T00:00:00Z", {}), "no"],
		"after": [_at("2026-07-01T00:00:01Z", {}), "no"],
		"before by more than the blur": [_at("2026-06-30T23:57:59Z", {"precision_s": 120}), "yes"],
		"before by exactly the blur": [_at("2026-06-30T23:58:00Z", {"precision_s": 120}), "unknown"],
		"an old attempt": [_at("2026-06-30T23:59:59Z", {"kind": "attempt"}), "yes"],
		"a late attempt": [_at("2026-07-01T00:00:01Z", {"kind": "attempt"}), "unknown"],
		"not since before": [{"state": "not_since", "bound": "2026-06-30T00:00:00Z"}, "yes"],
		"not since the instant": [{"state": "not_since", "bound": "2026-07-01T00:00:00Z"}, "yes"],
		"not since a later one": [{"state": "not_since", "bound": "2026-07-01T00:00:01Z"}, "unknown"],
		"never": [{"state": "never"}, "unknown"],
		"unknown": [{"state": "unknown"}, "unknown"],
		"no instant": [{"state": "at"}, "unknown"],
		"nothing": [{}, "unknown"],
	}

	activity.unused_since({"last_activity": case[0]}, "2026-07-01T00:00:00Z") == case[1]
}

test_no_activity_at_all_is_unknown if {
	activity.unused_since({}, "2026-07-01T00:00:00Z") == "unknown"
	activity.use({}) == "unknown"
}

_at(instant, fields) := object.union({"state": "at", "at": instant, "kind": "login"}, fields)
