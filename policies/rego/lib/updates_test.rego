package lib.updates_test

import future.keywords.not

import data.lib.updates

test_that_nothing_is_missing_a_list_shows_from_the_cutoff_on[at] if {
	some at, answer in {_cutoff.update_list_days: "no", "2026-08-31T15:59:58Z": "unknown"}

	updates.behind({"update_state": "current", "lists_as_of": at}) == answer with data.cutoff as _cutoff
}

test_it_is_lacked_for_too_long_a_second_after_the_days_allowed[name] if {
	some name, case in {
		"released in the second of the cutoff": [{"released_at": _cutoff.update_days}, "no"],
		"a second before": [{"released_at": "2026-06-30T15:59:58Z"}, "yes"],
		"closes a hole": [{"released_at": _cutoff.security_update_days, "security": "yes"}, "no"],
		"closes a hole, a second before": [{"released_at": "2026-08-31T15:59:58Z", "security": "yes"}, "yes"],
		"first listed in the second of the cutoff": [{"first_seen_at": _cutoff.update_days}, "unknown"],
		"first listed a second before": [{"first_seen_at": "2026-06-30T15:59:58Z"}, "yes"],
	}
	missed := object.union(
		{"uid": "mdm/software_update/a", "install": _listed.uid, "lacking": "yes", "security": "no", "unknown": {}},
		case[0],
	)

	updates.late(_listed) == case[1]
		with input as _shard(missed)
		with data.company as {"releases": [_release(_cutoff.update_days)]}
		with data.cutoff as _cutoff
	updates.overdue(_listed) == [missed | case[1] == "yes"]
		with input as _shard(missed)
		with data.company as {"releases": [_release(_cutoff.update_days)]}
		with data.cutoff as _cutoff
}

test_a_tool_is_the_same_since_before_the_cutoff[name] if {
	some name, case in {
		"in its second": [{"version_since": _cutoff.self_maintained_days}, "no"],
		"a second before": [{"version_since": "2025-09-30T15:59:58Z"}, "yes"],
		"last changed a second before": [_last_changed("2025-09-30T15:59:58Z"), "yes"],
		"last changed in the second of its release": [_last_changed(_cutoff.self_maintained_days), "no"],
	}

	updates.unchanged(object.union(_tool, case[0])) == case[1]
		with data.company as {"releases": [_release(_cutoff.self_maintained_days)]}
		with data.cutoff as _cutoff
}

test_nobody_had_a_version_before_its_release[at] if {
	some at, answer in {_cutoff.self_maintained_days: "no", "2025-09-30T15:59:58Z": "unknown"}

	updates.unchanged(_tool) == answer with data.company as {"releases": [_release(at)]} with data.cutoff as _cutoff
}

_cutoff := {
	"update_list_days": "2026-08-31T15:59:59Z",
	"update_days": "2026-06-30T15:59:59Z",
	"security_update_days": "2026-08-31T15:59:59Z",
	"self_maintained_days": "2025-09-30T15:59:59Z",
}

_tool := {"uid": "edr/software_install/a", "version": "2.1", "release": "reg/release/a", "unknown": {}}

# of which every newer release is on a list that is recent enough
_listed := object.union(_tool, {
	"newer_releases": [],
	"update_state": "behind",
	"lists_as_of": _cutoff.update_list_days,
})

_shard(missed) := {"software_updates": [missed], "context": {"software_updates": []}}

_last_changed(at) := {"installed_at": at, "installed_at_kind": "last_change"}

_release(at) := {
	"uid": "reg/release/a",
	"version": "2.1",
	"released_at": at,
	"lists_as_of": _cutoff.update_list_days,
	"unknown": {},
}
