package checks["6.1.3-a_test"]

import future.keywords.not

import data.checks["6.1.3-a"] as check

test_a_group_with_a_confirmed_message_is_a_violation if {
	answer := _asked(_bad)

	answer.population == 1
	answer.violations == {{"subject": "chat/group/a", "evidence": {
		"labelled": 8,
		"hits_off_topic": 1,
		"hits_abusive": 1,
		"frame_size": 400,
		"drawn": 25,
		"labelled_total": 20,
		"hits_total": 1,
		"bounds": "0.8-23.7 %",
		"interval": "wilson",
		"seed": "a",
		"frame_digest": "f0",
	}}}
	answer.unknown == set()
}

test_the_manager_acts if {
	answer := _asked(_changed(object.union(_hit, {
		"groups/0/owners": ["chat/account/li"],
		"accounts": [{"uid": "chat/account/li", "kind": "human", "state": "active", "holder": "hr/person/li", "unknown": {}}],
		"people": [{
			"uid": "hr/person/li",
			"status": "active",
			"employment_type": "employee",
			"hire_day_starts_at": "2020-01-01T00:00:00Z",
			"employments": [],
			"posts": [],
			"unknown": {},
		}],
	})))

	{violation.owner | some violation in answer.violations} == {"hr/person/li"}
}

test_a_message_that_is_both_counts_once[name] if {
	some name, case in {
		"one of two needed": {"min": 2, "found": 0},
		"one of one": {"min": 1, "found": 1},
	}
	answer := _set(_bad, {"group_conduct_hits_min": case.min})

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_the_company_chooses_what_counts[name] if {
	some name, case in {
		"abusive, and none": {"labels": ["abusive"], "row": {"abusive": 0}, "found": 0, "hits": set()},
		"abusive": {"labels": ["abusive"], "row": {}, "found": 1, "hits": {2}},
		"off topic, and none": {"labels": ["off_topic"], "row": {"off_topic": 0}, "found": 0, "hits": set()},
		"off topic": {"labels": ["off_topic"], "row": {}, "found": 1, "hits": {3}},
		"both": {"labels": ["off_topic", "abusive"], "row": {}, "found": 1, "hits": {1}},
		"both, and none": {"labels": ["off_topic", "abusive"], "row": {"either": 0}, "found": 0, "hits": set()},
	}
	row := object.union_n([_row, {"off_topic": 1, "abusive": 1, "either": 1}, case.row])
	answer := _set(_changed({"samples/0/by_group": [row]}), {"group_conduct_labels": case.labels})

	count(answer.violations) == case.found
	{violation.evidence.hits_total | some violation in answer.violations} == case.hits
	answer.unknown == set()
}

test_a_group_that_is_not_labelled_to_the_end_is_unknown[name] if {
	some name, case in {
		"all labelled": {"labelled": 8, "hits": 0, "min": 1, "unknown": set()},
		"one without a label": {"labelled": 7, "hits": 0, "min": 1, "unknown": {"chat/group/a"}},
		"one without a label could not do it": {"labelled": 7, "hits": 0, "min": 2, "unknown": set()},
		"two could": {"labelled": 6, "hits": 0, "min": 2, "unknown": {"chat/group/a"}},
		"one and another could": {"labelled": 7, "hits": 1, "min": 2, "unknown": {"chat/group/a"}},
	}
	answer := _set(
		_changed({"samples/0/by_group": [object.union(_row, {
			"either_labelled": case.labelled,
			"either": case.hits,
		})]}),
		{"group_conduct_hits_min": case.min},
	)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": uid, "reason": "sample_not_drawn"} | some uid in case.unknown}
}

test_what_was_not_drawn_is_unknown[name] if {
	some name, case in {
		"no sample of the quarter": {
			"changes": {"samples/0/period": "2026Q2"},
			"unknown": {{"subject": "hr/department/FIN", "reason": "sample_not_drawn"}},
			"population": 1,
			"found": 0,
		},
		"no sample, and a group that is perhaps closed": {
			"changes": {"samples/0/period": "2026Q2", "groups/0/archived": "unknown"},
			"unknown": {{"subject": "hr/department/FIN", "reason": "sample_not_drawn"}},
			"population": 1,
			"found": 0,
		},
		"no sample, and nobody may write": {
			"changes": {"samples/0/period": "2026Q2", "groups/0/archived": "yes"},
			"unknown": set(),
			"population": 0,
			"found": 0,
		},
		"too few, and a certain one": {
			"changes": object.union(_hit, {"samples/0/drawn": 24}),
			"unknown": {{"subject": "reg/sample/FIN", "reason": "sample_not_drawn"}},
			"population": 2,
			"found": 1,
		},
		"groups not counted": {
			"changes": {"samples/0/by_group": null, "samples/0/unknown/by_group": "stale"},
			"unknown": {{"subject": "chat/group/a", "reason": "stale"}},
			"population": 1,
			"found": 0,
		},
		"groups not counted, no reason": {
			"changes": {"samples/0/by_group": null},
			"unknown": {{"subject": "chat/group/a", "reason": "not_collected"}},
			"population": 1,
			"found": 0,
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == case.unknown
}

test_a_sample_without_messages_of_the_groups_is_fine if {
	answer := _asked(_changed({"samples/0/by_group": []}))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_certain_stays_a_violation if {
	answer := _asked(_changed(object.union(_hit, {"samples/0/shares": null, "samples/0/unknown/shares": "stale"})))

	{object.filter(violation.evidence, ["bounds", "hits_total", "interval", "labelled_total"]) |
		some violation in answer.violations
	} == {{"bounds": "unknown", "hits_total": "unknown", "interval": "unknown", "labelled_total": "unknown"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {"a confirmed message": {"input": _bad, "data": _data}}

# who is looked at and has done nothing wrong
innocent := {"labelled, and no hit": {"input": _changed({"samples/0/by_group": [_row]}), "data": _data}}

_bad := _changed(_hit)

_hit := {"samples/0/by_group": [object.union(_row, {"off_topic": 1, "abusive": 1, "either": 1})]}

_row := {
	"group": "chat/group/a",
	"drawn": 8,
	"off_topic_labelled": 8,
	"off_topic": 0,
	"abusive_labelled": 8,
	"abusive": 0,
	"either_labelled": 8,
	"either": 0,
}

_share(of, hits) := {
	"of": of,
	"hits": hits,
	"labelled": 20,
	"lower_ppm": 8881,
	"upper_ppm": 236131,
	"interval": "wilson",
	"bounds": "0.8-23.7 %",
}

_asked(shard) := _set(shard, {})

_set(shard, settings) := answer if {
	answer := check with input as shard
		with data.period as _data.period
		with data.settings as object.union(_data.settings, settings)
		with data.company as _data.company
}

_data := {
	"period": {"label": "2026Q3"},
	"settings": {"sample_size": 25, "group_conduct_labels": ["off_topic", "abusive"], "group_conduct_hits_min": 1},
	"company": {"departments": [{"uid": "hr/department/FIN", "code": "FIN", "unknown": {}}]},
}

_sample := {
	"uid": "reg/sample/FIN",
	"number": "2026Q3-FIN",
	"department_code": "FIN",
	"period": "2026Q3",
	"frame_size": 400,
	"frame_complete": "yes",
	"frame_unreadable": 0,
	"drawn": 25,
	"listed": 25,
	"unknown": {},
}

_shard := {
	"department": "FIN",
	"samples": [object.union(_sample, {
		"seed": "a",
		"frame_digest": "f0",
		"by_group": [_row],
		"shares": [_share("off_topic_or_abusive", 1), _share("abusive", 2), _share("off_topic", 3)],
	})],
	"sample_items": [],
	"accounts": [],
	"people": [],
	"groups": [{
		"uid": "chat/group/a",
		"archived": "no",
		"direct": "no",
		"owners": [],
		"unknown": {},
	}],
	"context": {"accounts": [], "people": [], "groups": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
