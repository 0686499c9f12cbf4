package checks["9.2-b_test"]

import future.keywords.not

import data.checks["9.2-b"] as check

test_an_overdue_finding_is_a_violation if {
	answer := check with input as _changed({})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({})
		with data.history as _history
		with data.root as "GD"

	answer.population == 2
	answer.violations == {{"subject": _uid, "owner": "hr/person/1", "evidence": {
		"fault": "overdue",
		"check": "5.3-a",
		"correct_by": "2026-07-31",
		"days_over": 61,
		"untold": [],
	}}}
	answer.unknown == set()
}

test_an_owner_who_is_not_known_is_not_named if {
	answer := check with input as _changed({"prior_findings/0/owner": null})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({})
		with data.history as _history
		with data.root as "GD"

	[object.keys(violation) | some violation in answer.violations] == [{"subject", "evidence"}]
}

test_findings[name] if {
	some name, case in {
		"mended": {"changes": {"prior_findings/0/open_now": "no"}, "population": 2, "found": 0},
		"waived": {"changes": {"prior_findings/0/waived": "yes"}, "population": 1, "found": 0},
		"due today": {"changes": {"prior_findings/0/correct_by_ends_at": _quarter_ends_at}, "population": 2, "found": 0},
		"due until this second": {
			"changes": {"prior_findings/0/correct_by_ends_at": "2026-09-30T15:59:59Z"},
			"population": 2, "found": 1,
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({})
		with data.history as _history
		with data.root as "GD"

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_extensions[name] if {
	some name, case in {
		"by another, until today": {"changes": {}, "found": 0},
		"named by fingerprint": {"changes": {"rectifications/0/finding": "f00"}, "found": 0},
		"of another finding": {"changes": {"rectifications/0/finding": "2026Q2-IT-002"}, "found": 1},
		"over by a second": {"changes": {"rectifications/0/extended_until_ends_at": "2026-09-30T15:59:59Z"}, "found": 1},
		"no extension": {
			"changes": {
				"rectifications/0/extended_until": null,
				"rectifications/0/extended_until_ends_at": null,
			},
			"found": 1,
		},
		"no approval": {"changes": {"rectifications/0/extension": null}, "found": 1},
		"by the owner": {"changes": {"approvals/0/decisions/0/by": "hr/person/1"}, "found": 1},
		"rejected": {"changes": {"approvals/0/state": "rejected"}, "found": 1},
		"pending": {"changes": {"approvals/0/decisions/0/decision": "pending"}, "found": 1},
		"decided after the end": {"changes": {"approvals/0/decisions/0/at": "2026-10-01T00:00:00Z"}, "found": 1},
	}
	answer := check with input as _changed({})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _extended(case.changes)
		with data.history as _history
		with data.root as "GD"

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_an_extension_that_is_over_moves_the_day if {
	answer := check with input as _changed({})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _extended({
			"rectifications/0/extended_until": "2026-08-31",
			"rectifications/0/extended_until_ends_at": "2026-08-31T16:00:00Z",
		})
		with data.history as _history
		with data.root as "GD"

	_days_over(answer) == [["2026-08-31", 30]]
}

test_an_extension_that_nobody_granted_does_not_move_it if {
	answer := check with input as _changed({})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _extended({
			"rectifications/0/extended_until": "2026-08-31",
			"rectifications/0/extended_until_ends_at": "2026-08-31T16:00:00Z",
			"approvals/0/state": "rejected",
		})
		with data.history as _history
		with data.root as "GD"

	_days_over(answer) == [["2026-07-31", 61]]
}

test_a_begun_day_counts[ends_at] if {
	some ends_at, days in {"2026-09-28T15:59:58Z": 3, "2026-09-28T15:59:59Z": 2, "2026-09-28T16:00:00Z": 2}
	answer := check with input as _changed({"prior_findings/0/correct_by_ends_at": ends_at})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({})
		with data.history as _history
		with data.root as "GD"

	_days_over(answer) == [["2026-07-31", days]]
}

# where nobody answers for it, whoever approved is another
test_an_extension_of_a_finding_without_an_owner[name] if {
	some name, case in {
		"nobody": {"changes": {}, "unknown": set()},
		"nobody knows who": {
			"changes": {"prior_findings/0/unknown/owner": "stale"},
			"unknown": {{"subject": _uid, "reason": "stale"}},
		},
	}
	answer := check with input as _changed(object.union(case.changes, {"prior_findings/0/owner": null}))
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _extended({})
		with data.history as _history
		with data.root as "GD"

	answer.population == 2
	answer.violations == set()
	answer.unknown == case.unknown
}

test_only_the_quarters_that_were_not_told_are_named if {
	answer := check with input as _empty("IT")
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({})
		with data.history as object.union(_history, {"runs": [_run, object.union(_run, {"label": "2026Q1"})]})
		with data.root as "GD"

	[row.evidence.untold | some row in answer.violations] == [["2026Q1"]]
}

test_what_is_not_known_of_an_extension_is_unknown[name] if {
	some name, case in {
		"until when": {
			"changes": {
				"rectifications/0/extended_until": null,
				"rectifications/0/extended_until_ends_at": null,
				"rectifications/0/unknown/extended_until": "unparsable",
			},
			"reason": "unparsable",
		},
		"approval": {
			"changes": {"rectifications/0/extension": null, "rectifications/0/unknown/extension": "ambiguous"},
			"reason": "ambiguous",
		},
		"state": {
			"changes": {"approvals/0/state": "unknown", "approvals/0/unknown/state": "stale"}, "reason": "stale",
		},
		"decisions": {
			"changes": {"approvals/0/decisions": null, "approvals/0/unknown/decisions": "stale"},
			"reason": "stale",
		},
		"who": {"changes": {"approvals/0/decisions/0/by": "nowhere/person/2"}, "reason": "not_collected"},
		"day beside the day": {
			"changes": {"rectifications/0/extended_until_ends_at": null},
			"reason": "not_collected",
		},
		"when the day ends": {
			"changes": {
				"rectifications/0/extended_until_ends_at": null,
				"rectifications/0/unknown/extended_until_ends_at": "stale",
			},
			"reason": "stale",
		},
	}
	answer := check with input as _changed({})
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _extended(case.changes)
		with data.history as _history
		with data.root as "GD"

	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": case.reason}}
}

test_what_is_not_known_of_a_finding_is_unknown[name] if {
	some name, case in {
		"waived": {
			"changes": {"prior_findings/0/waived": null, "prior_findings/0/unknown/waived": "stale"}, "reason": "stale",
		},
		"open": {
			"changes": {"prior_findings/0/open_now": null, "prior_findings/0/unknown/open_now": "stale"}, "reason": "stale",
		},
		"open, which is not even said": {
			"changes": {"prior_findings/0/open_now": null, "prior_findings/0/unknown/open_now": "stale"},
			"reason": "stale",
		},
		"rule changed": {"changes": {"prior_findings/0/rule": "changed"}, "reason": "not_implemented"},
		"rule gone": {"changes": {"prior_findings/0/rule": "gone"}, "reason": "not_implemented"},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({})
		with data.history as _history
		with data.root as "GD"

	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": case.reason}}
}

test_notices[name] if {
	some name, case in {
		"on the last working day": {"changes": {"notices/0/sent_on": "2026-07-08"}, "found": 0},
		"on the working day after": {"changes": {"notices/0/sent_on": "2026-07-09"}, "found": 1},
		"on the day off after the last one": {"changes": {"notices/0/sent_on": "2026-07-12"}, "found": 1},
		"on a day off within": {"changes": {"notices/0/sent_on": "2026-07-04"}, "found": 0},
		"of another run": {"changes": {"notices/0/run": "2026Q1"}, "found": 1},
		"to another department": {"changes": {"notices/0/department_code": "HR"}, "found": 1},
		"none": {"changes": {"notices": []}, "found": 1},
	}
	answer := check with input as _empty("IT")
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company(case.changes)
		with data.history as _history
		with data.root as "GD"

	answer.population == 1
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_a_violation_of_the_department_says_which_quarters if {
	answer := check with input as _empty("IT")
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({"notices": []})
		with data.history as _history
		with data.root as "GD"

	answer.violations == {{"subject": "hr/department/IT", "evidence": {
		"fault": "not_told",
		"check": "none",
		"correct_by": "none",
		"days_over": 0,
		"untold": ["2026Q2"],
	}}}
}

test_who_has_to_be_told[name] if {
	some name, case in {
		"no findings then": {"department": "HR", "history": _history, "population": 0, "found": 0},
		"the company's are told to the root": {
			"department": "_company",
			"history": object.union(_history, {"runs": [object.union(_run, {"departments": ["_company"]})]}),
			"population": 1, "found": 1,
		},
		"the first run": {
			"department": "IT",
			"history": {"state": "first_run", "runs": [], "digest": ""},
			"population": 0, "found": 0,
		},
		"the term is not over": {
			"department": "IT",
			"history": object.union(_history, {"runs": [object.union(_run, {"notice_on_starts_at": "2026-09-22T16:00:00Z"})]}),
			"population": 1, "found": 0,
		},
		"the term is over": {
			"department": "IT",
			"history": object.union(_history, {"runs": [object.union(_run, {"notice_on_starts_at": "2026-09-22T15:59:59Z"})]}),
			"population": 1, "found": 1,
		},
	}
	answer := check with input as _empty(case.department)
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company({"notices": []})
		with data.history as case.history
		with data.root as "GD"

	answer.population == case.population
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_what_is_not_known_of_a_notice_is_unknown[name] if {
	some name, case in {
		"when it was sent": {
			"history": _history,
			"changes": {"notices/0/sent_on": null, "notices/0/unknown/sent_on": "stale"},
			"reason": "stale",
		},
		"a day that no calendar covers": {
			"history": _history, "changes": {"notices/0/sent_on": "2020-01-01"}, "reason": "not_collected",
		},
		"from when the term runs": {
			"history": object.union(_history, {"runs": [{"label": "2026Q2", "as_of": "", "departments": ["IT"]}]}),
			"changes": {"notices": []},
			"reason": "not_collected",
		},
		"the past": {
			"history": {"state": "missing", "runs": [], "digest": ""},
			"changes": {},
			"reason": "not_collected",
		},
	}
	answer := check with input as _empty("IT")
		with data.as_of as _as_of
		with data.settings as _settings
		with data.cutoff as _cutoff
		with data.calendar.days as _days
		with data.company as _company(case.changes)
		with data.history as case.history
		with data.root as "GD"

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/IT", "reason": case.reason}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed({}), "data": {
	"as_of": _as_of, "settings": _settings, "cutoff": _cutoff, "calendar": {"days": _days},
	"company": company, "history": _history, "root": "GD",
}} |
	some name, company in {
		"overdue": _company({}),
		"extended by the owner": _extended({"approvals/0/decisions/0/by": "hr/person/1"}),
		"extended by nobody": _extended({"approvals/0/state": "pending"}),
		"extension over": _extended({
			"rectifications/0/extended_until": "2026-08-31",
			"rectifications/0/extended_until_ends_at": "2026-08-31T16:00:00Z",
		}),
		"told late": _company({"notices/0/sent_on": "2026-07-09"}),
		"not told": _company({"notices": []}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(case.changes), "data": {
	"as_of": _as_of, "settings": _settings, "cutoff": _cutoff, "calendar": {"days": _days},
	"company": case.company, "history": _history, "root": "GD",
}} |
	some name, case in {
		"waived": {"changes": {"prior_findings/0/waived": "yes"}, "company": _company({})},
		"mended": {"changes": {"prior_findings/0/open_now": "no"}, "company": _company({})},
		"extended by another": {"changes": {}, "company": _extended({})},
	}
}

_uid := "history/prior_finding/IT/5.3-a"

_as_of := "2026-09-30T15:59:59Z"

_quarter_ends_at := "2026-09-30T16:00:00Z"

_settings := {"notify_workdays": 5}

_cutoff := {"notify_workdays": "2026-09-22T16:00:00Z"}

_days := {
	"2026-07-01": {"ordinal": 100, "working": true},
	"2026-07-03": {"ordinal": 102, "working": true},
	"2026-07-04": {"ordinal": 102, "working": false},
	"2026-07-08": {"ordinal": 105, "working": true},
	"2026-07-09": {"ordinal": 106, "working": true},
	"2026-07-12": {"ordinal": 105, "working": false},
}

_run := {
	"label": "2026Q2",
	"as_of": "2026-06-30T15:59:59Z",
	"notice_on": "2026-07-01",
	"notice_on_starts_at": "2026-06-30T16:00:00Z",
	"departments": ["IT", "SAL"],
}

_history := {"state": "complete", "runs": [_run], "digest": "d"}

_department(code) := {"uid": concat("/", ["hr/department", code]), "code": code, "unknown": {}}

_everything := {
	"departments": [_department("IT"), _department("HR"), _department("GD")],
	"rectifications": [],
	"approvals": [],
	"notices": [{
		"uid": "reg/notice/1", "run": "2026Q2", "department_code": "IT", "sent_on": "2026-07-03", "unknown": {},
	}],
}

_company(changes) := _patched(_everything, changes)

_extended(changes) := _patched(
	object.union(_everything, {
		"rectifications": [{
			"uid": "reg/rectification/1",
			"finding": "2026Q2-IT-001",
			"extended_until": "2026-09-30",
			"extended_until_ends_at": "2026-09-30T16:00:00Z",
			"extension": "reg/approval/1",
			"unknown": {},
		}],
		"approvals": [{
			"uid": "reg/approval/1",
			"number": "1",
			"state": "approved",
			"decisions": [{"by": "hr/person/2", "decision": "approved", "role": "approver", "at": "2026-07-30T01:00:00Z"}],
			"unknown": {},
		}],
	}),
	changes,
)

_empty(code) := {"department": code, "prior_findings": [], "people": [], "context": {"people": []}}

_shard := {
	"department": "IT",
	"prior_findings": [{
		"uid": _uid,
		"number": "2026Q2-IT-001",
		"fingerprint": "f00",
		"check": "5.3-a",
		"department_code": "IT",
		"severity": "high",
		"notice_on": "2026-07-01",
		"correct_by": "2026-07-31",
		"correct_by_ends_at": "2026-07-31T16:00:00Z",
		"owner": "hr/person/1",
		"rule": "same",
		"open_now": "yes",
		"waived": "no",
		"unknown": {},
	}],
	"people": [{"uid": "hr/person/1", "unknown": {}}],
	"context": {"people": [{"uid": "hr/person/2", "unknown": {}}]},
}

_changed(changes) := _patched(_shard, changes)

# a document with values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])

_days_over(answer) := [[said.correct_by, said.days_over] |
	some violation in answer.violations
	said := violation.evidence
]
