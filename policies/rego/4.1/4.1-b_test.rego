package checks["4.1-b_test"]

import future.keywords.not

import data.checks["4.1-b"] as check

test_a_selection_without_an_evaluation_that_counts_is_a_violation[name] if {
	some name, case in {
		"never": [object.remove(_element, ["evaluated_at"]), "never"],
		"too old by a second": [object.union(_element, {"evaluated_at": "2024-09-30T15:59:58Z"}), "too_old"],
	}
	answer := check with input as _shard
		with data.company.applications as [case[0]]
		with data.company.departments as []
		with data.cutoff.evaluation_max_age_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _element.uid, "evidence": {
		"case": case[1],
		"evaluated_at": object.get(case[0], "evaluated_at", "none"),
		"selected_at": "2025-11-30T16:00:00Z",
	}}}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company.applications as document.data.company.applications
		with data.company.departments as document.data.company.departments
		with data.cutoff.evaluation_max_age_days as document.data.cutoff.evaluation_max_age_days
		with data.as_of as document.data.as_of
		with data.period as document.data.period

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"selected": [
			{"selected": "unknown", "evaluated_at": null, "unknown": {"selected": "stale"}},
			"stale",
		],
		"category": [{"category": "unknown", "evaluated_at": null, "unknown": {"category": "stale"}}, "stale"],
		"registered": [
			{"selected": "unknown", "registered": "unknown", "evaluated_at": null, "unknown": {"registered": "stale"}},
			"stale",
		],
		"evaluated": [{"evaluated_at": null, "unknown": {"evaluated_at": "stale"}}, "stale"],
		"evaluated in the future": [{"evaluated_at": "2026-10-01T00:00:00Z"}, "unparsable"],
		"selected in the first second of the period, evaluated since": [
			{"selected_at": "2026-06-30T16:00:00Z", "evaluated_at": "2026-08-02T00:00:00Z"},
			"not_collected",
		],
		"selected now, evaluated in this second": [
			{"selected_at": "2026-08-01T00:00:00Z", "evaluated_at": _as_of},
			"not_collected",
		],
		"selected now, evaluated since": [
			{"selected_at": "2026-08-01T00:00:00Z", "evaluated_at": "2026-08-02T00:00:00Z"},
			"not_collected",
		],
	}
	answer := check with input as _shard
		with data.company.applications as [_changed(case[0])]
		with data.company.departments as []
		with data.cutoff.evaluation_max_age_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _element.uid, "reason": case[1]}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {name: {"input": _shard, "data": {
	"company": {"applications": [application], "departments": []},
	"cutoff": {"evaluation_max_age_days": _cutoff},
	"as_of": _as_of,
	"period": _period,
}} |
	some name, application in {
		"never evaluated": object.remove(_element, ["evaluated_at"]),
		"evaluated long ago": object.union(_element, {"evaluated_at": "2020-01-01T00:00:00Z"}),
	}
}

# may accuse: department_code: what is wrong with a tool is wrong wherever it belongs

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard, "data": {
	"company": {
		"applications": [object.union(_element, fields)],
		"departments": [{"uid": "d/RD", "code": "RD", "renamed_from": [], "unknown": {}}],
	},
	"cutoff": {"evaluation_max_age_days": _cutoff},
	"as_of": _as_of,
	"period": _period,
}} |
	some name, fields in {
		"evaluated in this second": {"evaluated_at": _as_of},
		"evaluated in the second of the selection": {
			"selected_at": "2026-08-01T00:00:00Z",
			"evaluated_at": "2026-08-01T00:00:00Z",
		},
		"evaluated": {},
		"as old as allowed": {"evaluated_at": _cutoff},
		"evaluated again long after": {"evaluated_at": "2026-08-01T00:00:00Z"},
		"selected now, evaluated before": {"selected_at": "2026-08-01T00:00:00Z"},
		"not selected": {"selected": "no", "evaluated_at": "2020-01-01T00:00:00Z"},
		"mail": {"category": "mail", "evaluated_at": "2020-01-01T00:00:00Z"},
		"a department's": {"department_code": "RD", "evaluated_at": "2020-01-01T00:00:00Z"},
	}
}

# of these the check does not ask its question
_outside := {"a department's", "mail", "not selected"}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2024-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_element := {
	"uid": "r/application/element",
	"category": "chat",
	"registered": "yes",
	"selected": "yes",
	"selected_at": "2025-11-30T16:00:00Z",
	"evaluated_at": "2025-11-09T16:00:00Z",
	"unknown": {},
}

_changed(fields) := object.filter(object.union(_element, fields), {name |
	some name, value in object.union(_element, fields)
	not is_null(value)
})

_shard := {"department": "_company", "people": [], "context": {"people": []}}
