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
