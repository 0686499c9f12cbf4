package lib.assessments_test

import future.keywords.not

import data.lib.assessments

test_use_begins_in_its_second[at] if {
	some at, answer in {_as_of: "yes", "2026-10-01T00:00:00Z": "no"}

	assessments.begun(object.union(_tool, {"deployed_at": at})) == answer with data.as_of as _as_of
}

test_what_is_due_after_some_days_is_so_a_second_later[name] if {
	some name, case in {
		"in the second of the cutoff": [{"deployed_at": _cutoff}, "no"],
		"a second before": [{"deployed_at": "2026-05-31T23:59:59Z"}, "yes"],
		"nobody knows since when": [{"unknown": {"deployed_at": "stale"}}, "unknown"],
	}
	tool := object.union(_tool, case[0])

	assessments.scan_due(tool) == case[1] with data.cutoff.scan_max_age_days as _cutoff with data.company as _company([])
	assessments.due(tool) == case[1] with data.cutoff.assessment_days as _cutoff with data.company as _company([])
}

test_an_assessment_counts_from_the_cutoff_to_the_snapshot[at] if {
	some at, answer in {
		"2026-05-31T23:59:59Z": "no",
		_cutoff: "yes",
		_as_of: "yes",
		"2026-10-01T00:00:00Z": "no",
	}
	found := {
		"uid": "reg/security_assessment/a",
		"application": _tool.uid,
		"performed_at": at,
		"independent": "yes",
		"unknown": {},
	}

	assessments.assessed(_tool) == answer
		with data.as_of as _as_of
		with data.cutoff.assessment_days as _cutoff
		with data.company as _company([found])
		with input as {"people": [], "context": {"people": []}}
}

_as_of := "2026-09-30T23:59:59Z"

_cutoff := "2026-06-01T00:00:00Z"

_tool := {"uid": "reg/application/chat", "selected": "yes", "unknown": {}}

_company(found) := {
	"security_assessments": found,
	"exception_requests": [],
	"approvals": [],
	"applications": [_tool],
	"departments": [],
}
