package checks["3.2-a_test"]

import future.keywords.not

import data.checks["3.2-a"] as check

test_a_share_that_is_certainly_too_large_is_a_violation if {
	answer := _asked(_shard)

	answer.population == 1
	answer.violations == {{"subject": "reg/sample/FIN", "evidence": {
		"off_work": 10,
		"looked_at": 25,
		"unlabelled": 0,
		"bounds": "23.4-59.3 %",
		"frame_size": 400,
		"seed": "a",
	}}}
	answer.unknown == set()
}

# bounds in millionths: what is known counted as work, and as off work
test_the_bound_decides[name] if {
	some name, case in {
		"exactly the limit": {"least": 200000, "most": 200000, "found": 0, "unknown": 0},
		"just above": {"least": 200001, "most": 200001, "found": 1, "unknown": 0},
		"above only if the others are off work": {"least": 200000, "most": 200001, "found": 0, "unknown": 1},
		"none": {"least": 0, "most": 0, "found": 0, "unknown": 0},
	}
	answer := _asked(_changed({"samples/0/shares": [
		_share("off_work_at_least", 10, case.least),
		_share("off_work_at_most", 10, case.most),
	]}))

	answer.population == 1
	count(answer.violations) == case.found
	count(answer.unknown) == case.unknown
}

test_a_label_that_is_missing_is_counted if {
	answer := _asked(_changed({"samples/0/shares": [
		_share("off_work_at_least", 10, 234033),
		_share("off_work_at_most", 13, 335027),
	]}))

	{violation.evidence.unlabelled | some violation in answer.violations} == {3}
}

test_so_many_are_needed[name] if {
	some name, case in {
		"enough": {"changes": {"samples/0/in_hours": 20}, "found": 1},
		"one fewer": {"changes": {"samples/0/in_hours": 19}, "found": 0},
		"one fewer, and all that there was": {
			"changes": {"samples/0/in_hours": 19, "samples/0/frame_size": 25},
			"found": 1,
		},
		"one fewer, and one more not drawn": {
			"changes": {"samples/0/in_hours": 19, "samples/0/frame_size": 26},
			"found": 0,
		},
		"all that there was, and one without a label": {
			"changes": {"samples/0/in_hours": 19, "samples/0/frame_size": 25, "samples/0/shares": [
				_share("off_work_at_least", 10, 234033),
				_share("off_work_at_most", 11, 265955),
			]},
			"found": 0,
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == 1
	count(answer.violations) == case.found
	answer.unknown == {{"subject": "reg/sample/FIN", "reason": "sample_not_drawn"} | case.found == 0}
}

test_these_are_outside[name] if {
	some name, case in {
		"a department that wrote nothing": {
			"samples/0/frame_size": 0,
			"samples/0/drawn": 0,
			"samples/0/listed": 0,
		},
		"the quarter before": {
			"samples/0/period": "2026Q2",
			"samples/1": object.union(_sample, {
				"uid": "reg/sample/empty",
				"frame_size": 0,
				"drawn": 0,
				"listed": 0,
			}),
		},
	}
	answer := _asked(_changed(case))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"no sample": {
			"changes": {"samples/0/period": "2026Q2"},
			"subject": "hr/department/FIN",
			"reason": "sample_not_drawn",
		},
		"too few": {
			"changes": {"samples/0/drawn": 24},
			"subject": "reg/sample/FIN",
			"reason": "sample_not_drawn",
		},
		"not all messages": {
			"changes": {"samples/0/frame_complete": "no"},
			"subject": "reg/sample/FIN",
			"reason": "source_partial",
		},
		"how many": {
			"changes": {"samples/0/drawn": null, "samples/0/unknown/drawn": "stale"},
			"subject": "reg/sample/FIN",
			"reason": "stale",
		},
		"the shares": {
			"changes": {"samples/0/shares": null, "samples/0/unknown/shares": "stale"},
			"subject": "reg/sample/FIN",
			"reason": "sample_not_drawn",
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": case.subject, "reason": case.reason}}
}

# what the law of missing facts is tried on: each document gives a violation
# other reason: in_hours, shares: a sample without its counts is as good as none

violating := {name: {"input": shard, "data": _data} |
	some name, shard in {
		"a large sample": _shard,
		"all that there was": _changed({"samples/0/in_hours": 19, "samples/0/frame_size": 25}),
	}
}

# who is looked at and has done nothing wrong
innocent := {"exactly the limit": {
	"input": _changed({"samples/0/shares": [
		_share("off_work_at_least", 10, 200000),
		_share("off_work_at_most", 10, 200000),
	]}),
	"data": _data,
}}

_share(of, hits, least) := {
	"of": of,
	"hits": hits,
	"labelled": 25,
	"lower_ppm": least,
	"upper_ppm": 592606,
	"interval": "wilson",
	"bounds": "23.4-59.3 %",
}

_asked(shard) := answer if {
	answer := check with input as shard
		with data.period as _data.period
		with data.settings as _data.settings
		with data.company as _data.company
}

_data := {
	"period": {"label": "2026Q3"},
	"settings": {"sample_size": 25, "off_work_share_percent": 20, "off_work_min_items": 20},
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
		"in_hours": 25,
		"shares": [_share("off_work_at_least", 10, 234033), _share("off_work_at_most", 10, 234033)],
	})],
	"sample_items": [],
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
