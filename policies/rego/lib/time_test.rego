package lib.time_test

import future.keywords.not

import data.lib.time as clock

test_seconds_between_two_instants[name] if {
	some name, case in {
		"after": ["2026-09-30T15:59:10Z", "2026-09-30T16:00:00Z", 50],
		"before": ["2026-09-30T16:00:00Z", "2026-09-30T15:59:10Z", -50],
		"same": ["2026-09-30T16:00:00Z", "2026-09-30T16:00:00Z", 0],
		"leap day": ["2024-02-28T00:00:00Z", "2024-03-01T00:00:00Z", 172800],
	}

	clock.seconds(case[0], case[1]) == case[2]
}

test_what_never_happened_had_not_happened_before[name] if {
	some name, case in {
		"before": [{"uid": "a", "closed_at": "2026-09-30T15:59:59Z"}, "yes"],
		"then": [{"uid": "a", "closed_at": "2026-09-30T16:00:00Z"}, "no"],
		"never": [{"uid": "a"}, "no"],
		"nobody knows": [{"uid": "a", "unknown": {"closed_at": "stale"}}, "unknown"],
	}

	clock.happened(case[0], "closed_at", "2026-09-30T16:00:00Z") == case[1]
}
