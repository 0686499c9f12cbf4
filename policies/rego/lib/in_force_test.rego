package lib.in_force_test

import future.keywords.not

import data.lib.in_force

test_a_check_that_always_holds_holds if {
	in_force.on("5.3-a", {"at": "2026-07-31T16:00:00Z"}, "at") == "yes" with data.in_force as {"5.3-b": []}
	in_force.on("5.3-a", {"at": "2026-07-31T16:00:00Z"}, "at") == "yes"
}

test_it_holds_from_the_first_moment_to_the_last[name] if {
	some name, case in {
		"the moment before": ["2026-06-30T15:59:59Z", "no"],
		"the first moment": ["2026-06-30T16:00:00Z", "yes"],
		"the last moment": ["2026-07-31T15:59:59Z", "yes"],
		"the moment after": ["2026-07-31T16:00:00Z", "no"],
	}
	in_force.on("5.3-a", {"at": case[0]}, "at") == case[1] with data.in_force as _periods
}

test_a_check_without_any_day_never_holds if {
	in_force.on("5.3-a", {"at": "2026-07-31T16:00:00Z"}, "at") == "no" with data.in_force as {"5.3-a": []}
}

test_what_has_no_day_is_unknown if {
	in_force.on("5.3-a", {}, "at") == "unknown" with data.in_force as _periods
	in_force.on("5.3-a", {"at": null}, "at") == "unknown" with data.in_force as _periods
}

_periods := {"5.3-a": [{"from": "2026-06-30T16:00:00Z", "until": "2026-07-31T16:00:00Z"}]}
