package checks["3.4-a_test"]

import future.keywords.not

import data.checks["3.4-a"] as check

test_a_message_confirmed_as_abusive_is_a_violation if {
	answer := _asked(_changed(_bad))

	answer.population == 1
	answer.violations == {{"subject": "reg/sample_item/1", "evidence": {
		"sent_at": "2026-08-05T02:00:00Z",
		"group": "chat/group/a",
		"sample": "reg/sample/FIN",
		"reviewers": 2,
	}}}
	answer.unknown == set()
}

test_one_reviewer_is_enough if {
	answer := _asked(_changed(object.union(_bad, {"sample_items/0/reviewers": 1})))

	count(answer.violations) == 1
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, case in {
		"civil": {"changes": {}, "population": 1},
		"off topic alone": {"changes": {"sample_items/0/off_topic": "yes"}, "population": 1},
		"unlawful besides": {"changes": object.union(_bad, {"sample_items/0/unlawful": "yes"}), "population": 0},
		"harmful besides": {"changes": object.union(_bad, {"sample_items/0/harmful": "yes"}), "population": 0},
	}
	answer := _asked(_changed(case.changes))

	answer.population == case.population
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"not labelled": {
			"changes": {"sample_items/0/abusive": "unknown", "sample_items/0/unknown/abusive": "not_collected"},
			"reason": "sample_not_drawn",
		},
		"reviewers disagree": {
			"changes": {"sample_items/0/abusive": "unknown", "sample_items/0/unknown/abusive": "ambiguous"},
			"reason": "ambiguous",
		},
		"perhaps worse than abusive": {
			"changes": object.union(_bad, {
				"sample_items/0/harmful": "unknown",
				"sample_items/0/unknown/harmful": "redacted",
			}),
			"reason": "redacted",
		},
		"perhaps against the law": {
			"changes": object.union(_bad, {
				"sample_items/0/unlawful": "unknown",
				"sample_items/0/unknown/unlawful": "stale",
			}),
			"reason": "stale",
		},
		"nobody stands behind the label": {
			"changes": object.union(_bad, {"sample_items/0/reviewers": 0}),
			"reason": "sample_not_drawn",
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
	}
	answer := _asked(_changed(object.union(_bad, case.changes)))

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == case.unknown
}

# what the law of missing facts is tried on: each document gives a violation
violating := {"abusive": {"input": _changed(_bad), "data": _data}}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {"civil": {}, "off topic alone": {"sample_items/0/off_topic": "yes"}}
}

_bad := {"sample_items/0/abusive": "yes"}

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
		"reviewers": 2,
		"unknown": {},
	}],
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
