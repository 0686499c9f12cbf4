package checks["6.1.3-b_test"]

import future.keywords.not

import data.checks["6.1.3-b"] as check

test_a_request_answered_late_is_a_violation if {
	answer := _asked(_bad)

	answer.population == 1
	answer.violations == {{"subject": "hr/department/FIN", "evidence": {
		"late": 1,
		"requests": 4,
		"excused": 1,
		"undecided": 0,
		"bounds": "4.5-70.0 %",
		"frame_size": 400,
		"drawn": 25,
		"limit_used": 1,
	}}}
	answer.unknown == set()
}

test_so_many_are_let_pass[name] if {
	some name, case in {
		"none late": {"counts": {"late": 0}, "max": 0, "result": "fine"},
		"one late": {"counts": {"late": 1}, "max": 0, "result": "violation"},
		"as many as are let pass": {"counts": {"late": 2}, "max": 2, "result": "fine"},
		"one more": {"counts": {"late": 3}, "max": 2, "result": "violation"},
		"one undecided": {"counts": {"late": 0, "undecided": 1}, "max": 0, "result": "unknown"},
		"undecided could not do it": {"counts": {"late": 1, "undecided": 1}, "max": 2, "result": "fine"},
		"one without a label": {"counts": {"late": 0, "unlabelled_requests": 1}, "max": 0, "result": "unknown"},
		"one of each": {"counts": {"late": 1, "undecided": 1, "unlabelled_requests": 1}, "max": 2, "result": "unknown"},
		"late, and one without a label": {"counts": {"late": 1, "unlabelled_requests": 9}, "max": 0, "result": "violation"},
	}
	changes := {sprintf("samples/0/%s", [field]): number | some field, number in case.counts}
	answer := _set(_changed(changes), {"late_replies_max": case.max})

	_result(answer) == case.result
	answer.population == 1
}

test_these_are_outside[name] if {
	some name, changes in {
		"nobody was asked anything": {"samples/0/requests": 0},
		"no sample, and nobody may write": {"samples/0/period": "2026Q2", "groups/0/archived": "yes"},
		"the company as a whole": {"department": "_company", "samples/0/period": "2026Q2"},
	}
	answer := _asked(_changed(changes))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"no sample": {"changes": {"samples/0/period": "2026Q2"}, "reason": "sample_not_drawn"},
		"no sample, and a group that is perhaps closed": {
			"changes": {"samples/0/period": "2026Q2", "groups/0/archived": "unknown"},
			"reason": "sample_not_drawn",
		},
		"too few": {"changes": {"samples/0/drawn": 24}, "reason": "sample_not_drawn"},
		"nobody was asked, and too few": {
			"changes": {"samples/0/drawn": 24, "samples/0/requests": 0},
			"reason": "sample_not_drawn",
		},
		"nobody was asked as far as is labelled": {
			"changes": {"samples/0/requests": 0, "samples/0/unlabelled_requests": 1},
			"reason": "sample_not_drawn",
		},
		"terms reckoned with two days, and late": {
			"changes": {"samples/0/reply_limit_used": 2, "samples/0/late": 5},
			"reason": "stale",
		},
		"terms reckoned with two days, and none late": {"changes": {"samples/0/reply_limit_used": 2}, "reason": "stale"},
	}
	answer := _asked(_changed(case.changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/FIN", "reason": case.reason}}
}

test_why_the_sample_does_not_say[field] if {
	some field in [
		"late", "undecided", "unlabelled_requests", "reply_limit_used",
		"frame_complete", "frame_size", "drawn", "listed",
	]
	where := concat("/", ["samples/0", field])
	why := concat("/", ["samples/0/unknown", field])
	answer := _asked(_changed({where: null, why: "redacted"}))

	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/FIN", "reason": "redacted"}}
}

test_two_samples_of_one_department_are_added_up[name] if {
	some name, case in {
		"both know": {"second": {}, "late": {2}, "unknown": 0},
		"one does not know": {"second": {"late": null}, "late": set(), "unknown": 1},
		"one is of another quarter": {"second": {"period": "2026Q2"}, "late": {1}, "unknown": 0},
		"one was reckoned with two days": {"second": {"reply_limit_used": 2}, "late": set(), "unknown": 1},
	}
	second := object.filter(
		object.union(_bad.samples[0], case.second),
		[field | some field, value in object.union(_bad.samples[0], case.second); not is_null(value)],
	)
	answer := _asked(_changed(object.union(_late, {"samples/1": object.union(second, {"uid": "reg/sample/OLD"})})))

	{violation.evidence.late | some violation in answer.violations} == case.late
	{violation.evidence.bounds | some violation in answer.violations} == {bounds |
		some late in case.late
		bounds := {1: "4.5-70.0 %", 2: "unknown"}[late]
	}
	count(answer.unknown) == case.unknown
}

test_a_department_whose_groups_are_closed_by_now_is_asked_for_what_was_written if {
	answer := _asked(_changed(object.union(_late, {"groups/0/archived": "yes"})))

	answer.population == 1
	{violation.evidence.late | some violation in answer.violations} == {1}
}

test_what_is_certain_stays_a_violation[name] if {
	some name, shown in {
		"requests": {"requests": "unknown"},
		"excused": {"excused": "unknown"},
		"undecided": {"undecided": "unknown"},
		"frame_size": {"frame_size": "unknown"},
		"drawn": {"drawn": "unknown"},
		"shares": {},
	}
	answer := _asked(_changed(object.union(_late, {sprintf("samples/0/%s", [name]): null})))

	count(answer.violations) == 1
	some violation in answer.violations
	object.union(violation.evidence, shown) == violation.evidence
	answer.unknown == set()
}

_result(answer) := "violation" if {
	count(answer.violations) == 1
	answer.unknown == set()
}

_result(answer) := "unknown" if {
	count(answer.unknown) == 1
	answer.violations == set()
}

_result(answer) := "fine" if answer.violations | answer.unknown == set()

# what the law of missing facts is tried on: each document gives a violation
violating := {"one late": {"input": _bad, "data": _data}}

# who is looked at and has done nothing wrong
innocent := {"none late": {"input": _changed({"samples/0/late": 0}), "data": _data}}

_bad := _changed(_late)

_late := {"samples/0/late": 1}

_share := {
	"of": "late_reply",
	"hits": 1,
	"labelled": 4,
	"lower_ppm": 45587,
	"upper_ppm": 699358,
	"interval": "wilson",
	"bounds": "4.5-70.0 %",
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
	"settings": {"sample_size": 25, "reply_working_days": 1, "late_replies_max": 0},
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
		"reply_limit_used": 1,
		"requests": 4,
		"late": 0,
		"excused": 1,
		"undecided": 0,
		"unlabelled_requests": 0,
		"shares": [_share],
	})],
	"sample_items": [],
	"groups": [{"uid": "chat/group/a", "archived": "no", "direct": "no", "unknown": {}}],
	"context": {"groups": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
