package checks["9.2-a_test"]

import future.keywords.not

import data.checks["9.2-a"] as check

test_a_department_that_nobody_looked_at_is_a_violation if {
	answer := _asked(_bad)

	answer.population == 1
	answer.violations == {{"subject": "hr/department/FIN", "evidence": {
		"faults": ["no_sample", "not_inspected"],
		"areas_missing": ["protection"],
		"areas_collected": ["accounts", "publishing"],
		"sample_drawn": 0,
	}}}
	answer.unknown == set()
}

test_each_fault_is_enough[name] if {
	some name, case in {
		"no inspection": {"changes": {"data/company/inspections": []}, "faults": ["not_inspected"]},
		"no sample": {"changes": {"input/samples": []}, "faults": ["no_sample"]},
		"a sample of another quarter": {"changes": {"input/samples/0/period": "2026Q2"}, "faults": ["no_sample"]},
		"one message too few": {"changes": {"input/samples/0/drawn": 24}, "faults": ["no_sample"]},
		"planned and not performed": {
			"changes": {"data/company/inspections/0/performed_at": null},
			"faults": ["not_inspected"],
		},
		"performed after the snapshot": {
			"changes": {"data/company/inspections/0/performed_at": "2026-09-30T16:00:00Z"},
			"faults": ["not_inspected"],
		},
		"of another quarter": {"changes": {"data/company/inspections/0/period": "2026Q2"}, "faults": ["not_inspected"]},
		"of another area": {"changes": {"data/company/inspections/0/areas": ["accounts"]}, "faults": ["not_inspected"]},
		"of another department": {"changes": {"data/company/inspections/0/departments": ["IT"]}, "faults": ["not_inspected"]},
	}
	answer := _asked(_changed(case.changes))

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
	answer.population == 1
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company
		with data.sources as document.data.sources

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"the company as a whole": {"input/department": "_company"},
		"one day too short": {"data/company/departments/0/valid_from": "2026-08-31T16:00:01Z"},
		"ended": {"data/company/departments/0/valid_until": "2026-09-01T00:00:00Z"},
	}
	answer := _asked(_changed(object.union(changes, {"input/samples": []})))

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_exactly_long_enough_is_judged if {
	answer := _asked(_changed({
		"data/company/departments/0/valid_from": "2026-08-31T16:00:00Z",
		"input/samples": [],
	}))

	count(answer.violations) == 1
}

# each of them is needed, for what was not looked at was not collected
test_no_type_of_an_area_can_be_missing[type] if {
	some type in ["account", "announcement", "group", "host", "membership", "person", "tls_check", "vuln_scan"]
	answer := _asked(_changed({
		"data/company/inspections": [],
		"data/sources/departments/FIN": {type: {"state": "not_configured"}},
	}))

	{violation.evidence.faults | some violation in answer.violations} == {["not_inspected"]}
}

test_in_the_midst_of_a_quarter_the_one_before_is_judged[name] if {
	some name, case in {
		"second half": {"year": 2026, "quarter": 4, "label": "2026Q4", "judged": "2026Q3"},
		"first half": {"year": 2027, "quarter": 2, "label": "2027Q2", "judged": "2027Q1"},
		"new year": {"year": 2027, "quarter": 1, "label": "2027Q1", "judged": "2026Q4"},
	}
	answer := _asked(_changed({
		"data/period/to": "2027-03-31T16:00:00Z",
		"data/period/label": case.label,
		"data/period/year": case.year,
		"data/period/quarter": case.quarter,
		"input/samples/0/period": case.judged,
		"data/company/inspections/0/period": case.judged,
	}))

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_first_quarter_that_is_over_is_judged_itself if {
	answer := _asked(_changed({
		"data/period/label": "2026Q1",
		"data/period/quarter": 1,
		"input/samples/0/period": "2026Q1",
		"data/company/inspections/0/period": "2026Q1",
	}))

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_department_without_a_first_day_was_there_all_the_time if {
	answer := _asked(_changed({"data/company/departments/0/valid_from": null, "input/samples": []}))

	count(answer.violations) == 1
	answer.unknown == set()
}

test_how_many_messages_were_drawn_is_told[name] if {
	some name, case in {
		"too few": {"changes": {"input/samples/0/drawn": 24}, "drawn": 24},
		"nobody knows": {
			"changes": {
				"input/samples/0/drawn": null,
				"input/samples/0/unknown/drawn": "stale",
				"data/company/inspections": [],
			},
			"drawn": 0,
		},
	}
	answer := _asked(_changed(case.changes))

	{violation.evidence.sample_drawn | some violation in answer.violations} == {case.drawn}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"when it was inspected": {
			"changes": {
				"data/company/inspections/0/performed_at": null,
				"data/company/inspections/0/unknown/performed_at": "redacted",
			},
			"reason": "redacted",
		},
		"for which quarter": {
			"changes": {
				"data/company/inspections/0/period": null,
				"data/company/inspections/0/unknown/period": "stale",
			},
			"reason": "stale",
		},
		"what was looked at": {
			"changes": {
				"data/company/inspections/0/areas": null,
				"data/company/inspections/0/unknown/areas": "stale",
			},
			"reason": "stale",
		},
		"where": {
			"changes": {
				"data/company/inspections/0/departments": null,
				"data/company/inspections/0/unknown/departments": "stale",
			},
			"reason": "stale",
		},
		"how many were drawn": {
			"changes": {"input/samples/0/drawn": null, "input/samples/0/unknown/drawn": "stale"},
			"reason": "stale",
		},
		"how many there were": {
			"changes": {
				"input/samples/0/drawn": 7,
				"input/samples/0/frame_size": null,
				"input/samples/0/unknown/frame_size": "stale",
			},
			"reason": "stale",
		},
		"when it was inspected, and how much was collected": {
			"changes": {
				"data/company/inspections/0/performed_at": null,
				"data/company/inspections/0/unknown/performed_at": "redacted",
				"data/sources/departments/FIN/host/state": "partial",
			},
			"reason": "redacted",
		},
		"when it was inspected, which no source said": {
			"changes": {
				"data/company/inspections/0/performed_at": null,
				"data/company/inspections/0/unknown/performed_at": "not_collected",
				"data/sources/departments/FIN/vuln_scan": {"state": "stale"},
			},
			"reason": "stale",
		},
		"one area, another was inspected": {
			"changes": {
				"data/company/inspections/0/areas": ["accounts"],
				"data/sources/departments/FIN/person": {"state": "partial"},
				"data/sources/departments/FIN/host/state": "stale",
			},
			"reason": "stale",
		},
		"since when there is such a department": {
			"changes": {
				"data/company/departments/0/valid_from": null,
				"data/company/departments/0/unknown/valid_from": "stale",
				"input/samples": [],
			},
			"reason": "stale",
		},
		"how much of it was collected": {
			"changes": {"data/company/inspections": [], "data/sources/departments/FIN/host/state": "partial"},
			"reason": "source_partial",
		},
		"whether what failed is enough": {
			"changes": {"data/company/inspections": [], "data/sources/departments/FIN/host/state": "failed"},
			"reason": "source_failed",
		},
		"whether what is old is enough": {
			"changes": {"data/company/inspections": [], "data/sources/departments/FIN/host/state": "stale"},
			"reason": "stale",
		},
		"how the protection of what is offered stands": {
			"changes": {
				"data/company/inspections": [],
				"data/sources/departments/FIN": {"tls_check": {"state": "stale"}},
			},
			"reason": "stale",
		},
		"whether it was collected": {
			"changes": {"data/company/inspections": [], "data/sources/departments/FIN/host": {}},
			"reason": "not_collected",
		},
	}
	answer := _asked(_changed(case.changes))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/FIN", "reason": case.reason}}
}

test_a_certain_fault_stays_one_beside_what_is_not_known if {
	answer := _asked(_changed({
		"input/samples": [],
		"data/company/inspections/0/period": null,
		"data/company/inspections/0/unknown/period": "stale",
	}))

	{violation.evidence.faults | some violation in answer.violations} == {["no_sample"]}
	answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: _changed(changes) |
	some name, changes in {
		"neither": {"data/company/inspections": [], "input/samples": []},
		"no inspection": {"data/company/inspections/0/areas": ["accounts"]},
		"no sample": {"input/samples/0/drawn": 24},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes).input, "data": {
	"as_of": _changed(changes).data.as_of,
	"period": _changed(changes).data.period,
	"settings": _changed(changes).data.settings,
	"company": _changed(changes).data.company,
	"sources": _changed(changes).data.sources,
}} |
	some name, changes in {
		"inspected, and a sample drawn": {},
		"at the last moment": {"data/company/inspections/0/performed_at": "2026-09-30T15:59:59Z"},
		"inspected where a source is broken": {"data/sources/departments/FIN/host/state": "failed"},
		"collected, not inspected": {
			"data/company/inspections": [],
			"data/sources/departments/FIN/host/state": "complete",
		},
		"the company does not ask for it": {
			"data/company/inspections": [],
			"data/settings/inspection_areas": ["accounts", "publishing"],
		},
		"as many messages as there were": {"input/samples/0/frame_size": 7, "input/samples/0/drawn": 7},
		"one more than there were, by the size set": {"input/samples/0/frame_size": 25},
		"it wrote nothing": {"input/samples/0/frame_size": 0, "input/samples/0/drawn": 0},
		"by the code that the department had": {
			"data/company/inspections/0/departments": ["OLD"],
			"data/company/departments/0/renamed_from": ["OLD"],
		},
	}
}

_bad := _changed({"data/company/inspections": [], "input/samples": []})

_asked(document) := answer if {
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company
		with data.sources as document.data.sources
}

_complete := {"state": "complete", "sources": []}

_document := {
	"input": {
		"department": "FIN",
		"samples": [{
			"uid": "reg/sample/FIN",
			"number": "2026Q3-FIN",
			"department_code": "FIN",
			"period": "2026Q3",
			"frame_size": 400,
			"drawn": 25,
			"unknown": {},
		}],
	},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"period": {
			"label": "2026Q3",
			"year": 2026,
			"quarter": 3,
			"to": "2026-09-30T16:00:00Z",
			"duty_from": "2026-06-30T16:00:00Z",
			"duty_to": "2026-09-30T16:00:00Z",
		},
		"settings": {
			"supervision_min_days": 30,
			"inspection_areas": ["accounts", "publishing", "protection"],
			"sample_size": 25,
		},
		"company": {
			"departments": [{
				"uid": "hr/department/FIN",
				"code": "FIN",
				"valid_from": "2020-01-01T00:00:00Z",
				"renamed_from": [],
				"unknown": {},
			}],
			"inspections": [{
				"uid": "reg/inspection/1",
				"number": "1",
				"period": "2026Q3",
				"performed_at": "2026-09-10T16:00:00Z",
				"areas": ["protection"],
				"departments": ["FIN"],
				"unknown": {},
			}],
		},
		"sources": {
			"types": {type: _complete |
				some type in ["account", "person", "announcement", "group", "membership", "host", "tls_check", "vuln_scan"]
			},
			"departments": {"FIN": {"host": {"state": "not_configured"}}},
		},
	},
}

# the document with values put at paths; null takes away
_changed(changes) := json.patch(_document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
