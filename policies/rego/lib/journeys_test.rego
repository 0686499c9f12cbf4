package lib.journeys_test

import future.keywords.not

import data.lib.journeys

test_how_far_and_how_fast_somebody_can_travel[name] if {
	some name, case in {
		"as near as is not looked at": [{"distance_km": 99, "interval_s": 0}, "no"],
		"as far as is looked at": [{"distance_km": 100, "interval_s": 0}, "yes"],
		"as fast as may be": [{"distance_km": 900, "interval_s": 3300}, "no"],
		"a second faster": [{"distance_km": 900, "interval_s": 3299}, "yes"],
		"nobody knows how far, and there was time for the farthest": [{"farthest_km": 900, "interval_s": 3300}, "no"],
		"nobody knows how far, and a second was missing": [{"farthest_km": 900, "interval_s": 3299}, "unknown"],
	}

	journeys.answers({"uid": "im/account/chen"}) == [case[1]]
		with input.lending_signals as [object.union(_signal, case[0])]
		with data.settings as {"travel_min_km": 100, "travel_speed_kmh": 900, "clock_skew_s": 300}
		with data.period as {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}
		with data.as_of as "2026-09-30T15:59:59Z"
}

_signal := {
	"uid": "im/lending_signal/a",
	"account": "im/account/chen",
	"kind": "impossible_travel",
	"observed_at": "2026-08-05T02:00:00Z",
	"interactive": "yes",
	"succeeded": "yes",
	"relay": "no",
	"unknown": {},
}
