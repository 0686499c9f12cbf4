package lib.cases_test

import future.keywords.not

import data.lib.cases

test_confirmed_before_an_instant[name] if {
	some name, case in {
		"a second before": [{"confirmed_at": "2026-06-30T23:59:59Z"}, "yes"],
		"in its second": [{"confirmed_at": _instant}, "no"],
		"nobody knows when": [{}, "unknown"],
	}

	cases.confirmed_before(case[0], _instant) == case[1]
}

test_decided_by_an_instant[name] if {
	some name, case in {
		"in its second": [{"decided_at": _instant}, "yes"],
		"a second after": [{"decided_at": "2026-07-01T00:00:01Z"}, "no"],
		"not decided": [{}, "no"],
		"nobody knows when": [{"unknown": {"decided_at": "stale"}}, "unknown"],
	}

	cases.decided(object.union({"uid": "reg/disposition/d", "unknown": {}}, case[0]), _instant) == case[1]
}

_instant := "2026-07-01T00:00:00Z"
