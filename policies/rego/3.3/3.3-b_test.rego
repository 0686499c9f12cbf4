package checks["3.3-b_test"]

import future.keywords.not

import data.checks["3.3-b"] as check

test_customer_data_that_an_outsider_could_read_is_a_violation if {
	answer := _asked(_changed(_bad))

	answer.population == 1
	answer.violations == {{"subject": "reg/sample_item/1", "evidence": {
		"detectors": ["customer_data"],
		"sent_at": "2026-08-05T02:00:00Z",
		"group": "chat/group/a",
		"outsiders": 1,
		"sample": "reg/sample/FIN",
	}}}
	answer.unknown == set()
}

test_several_are_one_violation if {
	answer := _asked(_changed(object.union(_bad, {"sample_items/0/bank_card": "confirmed"})))

	{violation.evidence.detectors | some violation in answer.violations} == {["bank_card", "customer_data"]}
}

test_what_is_certain_stays_a_violation if {
	answer := _asked(_changed(object.union(_bad, {
		"sample_items/0/bank_card": "unreviewed",
		"sample_items/0/outsiders": null,
		"sample_items/0/unknown/outsiders": "stale",
	})))

	{violation.evidence.outsiders | some violation in answer.violations} == {"unknown"}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, case in {
		"nothing found": {"changes": {}, "population": 1},
		"found and rejected": {"changes": {"sample_items/0/customer_data": "rejected"}, "population": 1},
		"among colleagues": {"changes": object.union(_bad, {"sample_items/0/visible_to_outsider": "no"}), "population": 0},
		"not asked for": {"changes": {"sample_items/0/secret_or_key": "confirmed"}, "population": 1},
		"nothing found, nobody looked": {"changes": {"sample_items/0/reviewers": 0}, "population": 1},
	}
	answer := _asked(_changed(case.changes))

	answer.population == case.population
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"found and not looked at": {
			"changes": {"sample_items/0/customer_data": "unreviewed"},
			"reason": "sample_not_drawn",
		},
		"rejected by nobody": {
			"changes": {"sample_items/0/customer_data": "rejected", "sample_items/0/reviewers": 0},
			"reason": "sample_not_drawn",
		},
		"detector did not run": {
			"changes": {"sample_items/0/bank_card": "unknown", "sample_items/0/unknown/bank_card": "not_permitted"},
			"reason": "not_permitted",
		},
		"reviewers disagree": {
			"changes": {
				"sample_items/0/customer_data": "unknown",
				"sample_items/0/unknown/customer_data": "ambiguous",
			},
			"reason": "ambiguous",
		},
		"who could read": {
			"changes": object.union(_bad, {
				"sample_items/0/visible_to_outsider": "unknown",
				"sample_items/0/unknown/visible_to_outsider": "stale",
			}),
			"reason": "stale",
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/sample_item/1", "reason": case.reason}}
}

test_nothing_found_is_fine_whoever_could_read if {
	answer := _asked(_changed({
		"sample_items/0/visible_to_outsider": "unknown",
		"sample_items/0/unknown/visible_to_outsider": "stale",
	}))

	answer.population == 1
	answer.violations | answer.unknown == set()
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
violating := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {"customer data": _bad, "bank card": {"sample_items/0/bank_card": "confirmed"}}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": _data} |
	some name, changes in {
		"nothing found": {},
		"found and rejected": {"sample_items/0/customer_data": "rejected"},
		"among colleagues": object.union(_bad, {"sample_items/0/visible_to_outsider": "no"}),
	}
}

_bad := {"sample_items/0/customer_data": "confirmed"}

_asked(shard) := answer if {
	answer := check with input as shard
		with data.period as _data.period
		with data.settings as _data.settings
		with data.company as _data.company
}

_data := {
	"period": {"label": "2026Q3"},
	"settings": {"sample_size": 25, "sensitive_detectors": ["customer_data", "bank_card"]},
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
		"visible_to_outsider": "yes",
		"outsiders": 1,
		"customer_data": "no_hit",
		"bank_card": "no_hit",
		"secret_or_key": "no_hit",
		"reviewers": 2,
		"unknown": {},
	}],
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
