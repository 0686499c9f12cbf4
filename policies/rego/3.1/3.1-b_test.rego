package checks["3.1-b_test"]

import future.keywords.not

import data.checks["3.1-b"] as check

test_a_message_confirmed_as_unlawful_is_a_violation if {
	answer := _asked(_changed({"sample_items/0/unlawful": "yes"}))

	answer.population == 1
	answer.violations == {{"subject": "reg/sample_item/1", "evidence": {
		"labels": ["unlawful"],
		"sent_at": "2026-08-05T02:00:00Z",
		"group": "chat/group/a",
		"sample": "reg/sample/FIN",
	}}}
	answer.unknown == set()
}

test_each_label_is_enough_and_both_are_one_violation[name] if {
	some name, labels in {
		"unlawful": ["unlawful"],
		"harmful": ["harmful"],
		"both": ["harmful", "unlawful"],
	}
	answer := _asked(_changed({sprintf("sample_items/0/%s", [label]): "yes" | some label in labels}))

	{violation.evidence.labels | some violation in answer.violations} == {labels}
	answer.population == 1
	answer.unknown == set()
}

test_what_is_certain_stays_a_violation[name] if {
	some name, changes in {
		"other label not known": {"sample_items/0/harmful": "unknown", "sample_items/0/unknown/harmful": "ambiguous"},
		"group not known": {"sample_items/0/group": null, "sample_items/0/unknown/group": "stale"},
		"time not known": {"sample_items/0/sent_at": null, "sample_items/0/unknown/sent_at": "stale"},
	}
	answer := _asked(_changed(object.union({"sample_items/0/unlawful": "yes"}, changes)))

	answer.population == 1
	count(answer.violations) == 1
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, case in {
		"looked at and fine": {"changes": {}, "population": 1},
		"abusive alone": {"changes": {"sample_items/0/abusive": "yes"}, "population": 1},
		"of the quarter before": {
			"changes": {"samples/0/period": "2026Q2", "sample_items/0/unlawful": "yes", "samples/1": _other},
			"population": 0,
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == case.population
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"not labelled": {
			"changes": {"sample_items/0/harmful": "unknown", "sample_items/0/unknown/harmful": "not_collected"},
			"reason": "sample_not_drawn",
		},
		"reviewers disagree": {
			"changes": {"sample_items/0/unlawful": "unknown", "sample_items/0/unknown/unlawful": "ambiguous"},
			"reason": "ambiguous",
		},
		"masked": {
			"changes": {"sample_items/0/unlawful": "unknown", "sample_items/0/unknown/unlawful": "redacted"},
			"reason": "redacted",
		},
		"nobody stands behind the label": {
			"changes": {"sample_items/0/unlawful": "yes", "sample_items/0/reviewers": 0},
			"reason": "sample_not_drawn",
		},
		"nobody knows who labelled": {
			"changes": {
				"sample_items/0/unlawful": "yes",
				"sample_items/0/reviewers": null,
				"sample_items/0/unknown/reviewers": "stale",
			},
			"reason": "stale",
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/sample_item/1", "reason": case.reason}}
}

test_what_was_not_drawn_is_unknown_besides[name] if {
	some name, case in {
		"no sample of the quarter": {
			"changes": {"samples/0/period": "2026Q2"},
			"unknown": {{"subject": "hr/department/FIN", "reason": "sample_not_drawn"}},
			"population": 1,
			"found": 0,
		},
		"too few": {
			"changes": {"samples/0/drawn": 24},
			"unknown": {{"subject": "reg/sample/FIN", "reason": "sample_not_drawn"}},
			"population": 2,
			"found": 1,
		},
		"not all messages were there": {
			"changes": {"samples/0/frame_complete": "no"},
			"unknown": {{"subject": "reg/sample/FIN", "reason": "source_partial"}},
			"population": 2,
			"found": 1,
		},
	}
	answer := _asked(_changed(object.union({"sample_items/0/harmful": "yes"}, case.changes)))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == case.unknown
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {
		"unlawful": {"sample_items/0/unlawful": "yes"},
		"harmful": {"sample_items/0/harmful": "yes"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {"looked at and fine": {}, "abusive alone": {"sample_items/0/abusive": "yes"}}
}

_asked(shard) := answer if {
	answer := check with input as shard
		with data.period as _data.period
		with data.settings as _data.settings
		with data.company as _data.company
}

_data := {
	"period": {"label": "2026Q3"},
	"settings": {"sample_size": 25},
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

_other := object.union(_sample, {"uid": "reg/sample/empty", "frame_size": 0, "drawn": 0, "listed": 0})

_shard := {
	"department": "FIN",
	"samples": [_sample],
	"sample_items": [{
		"uid": "reg/sample_item/1",
		"number": "2026Q3-FIN-01",
		"sample": "reg/sample/FIN",
		"message_id": "$1",
		"group": "chat/group/a",
		"sent_at": "2026-08-05T02:00:00Z",
		"unlawful": "no",
		"harmful": "no",
		"abusive": "no",
		"reviewers": 1,
		"unknown": {},
	}],
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
