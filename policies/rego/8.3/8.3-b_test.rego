package checks["8.3-b_test"]

import future.keywords.not

import data.checks["8.3-b"] as check

test_no_training_in_two_quarters_is_a_violation if {
	answer := check with input as _changed({"training_sessions/0/held_at": "2026-01-15T02:00:00Z"})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	answer.population == 1
	answer.violations == {{
		"subject": "hr/department/GD",
		"evidence": {"last_held_at": "2026-01-15T02:00:00Z", "quarters": 2},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, changes in {
		"none at all": {"training_sessions": []},
		"planned": {"training_sessions/0/state": "planned"},
		"cancelled": {"training_sessions/0/state": "cancelled"},
		"nobody came": {"training_sessions/0/attendees": 0},
		"about something else": {"training_sessions/0/topic": "other"},
		"a second before the span": {"training_sessions/0/held_at": "2026-03-31T15:59:59Z"},
		"after the snapshot": {"training_sessions/0/held_at": "2026-09-30T16:00:00Z"},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	count(answer.violations) == 1
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings.training_quarters as document.data.settings.training_quarters
		with data.company.departments as document.data.company.departments
		with data.root as document.data.root

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_the_span_is_a_setting[name] if {
	some name, case in {
		"this quarter": {"quarters": 1, "held_at": "2026-06-30T16:00:00Z", "found": 0},
		"before this quarter": {"quarters": 1, "held_at": "2026-06-30T15:59:59Z", "found": 1},
		"three": {"quarters": 3, "held_at": "2025-12-31T16:00:00Z", "found": 0},
		"before three": {"quarters": 3, "held_at": "2025-12-31T15:59:59Z", "found": 1},
		"eight": {"quarters": 8, "held_at": "2024-09-30T16:00:00Z", "found": 0},
		"before eight": {"quarters": 8, "held_at": "2024-09-30T15:59:59Z", "found": 1},
	}
	answer := check with input as _changed({"training_sessions/0/held_at": case.held_at})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as case.quarters
		with data.company.departments as _departments
		with data.root as "GD"

	count(answer.violations) == case.found
	answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"date": {"training_sessions/0/held_at": null, "training_sessions/0/unknown/held_at": "stale"},
		"topic": {"training_sessions/0/topic": "unknown", "training_sessions/0/unknown/topic": "stale"},
		"attendance": {
			"training_sessions/0/attendees": null,
			"training_sessions/0/unknown/attendees": "stale",
		},
		"state": {"training_sessions/0/state": "unknown", "training_sessions/0/unknown/state": "stale"},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/GD", "reason": "stale"}}
}

test_what_lies_outside_the_span_says_nothing_of_why if {
	answer := check with input as _changed({
		"training_sessions/0/held_at": "2025-01-15T02:00:00Z",
		"training_sessions/0/state": "unknown",
		"training_sessions/0/unknown/state": "redacted",
		"training_sessions/1": {
			"uid": "reg/training_session/b",
			"held_at": "2026-07-23T02:00:00Z",
			"state": "held",
			"topic": "unknown",
			"attendees": 12,
			"unknown": {"topic": "stale"},
		},
	})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/GD", "reason": "stale"}}
}

# in a zone with summer time a quarter is an hour shorter or longer than three months of the same clock
test_the_quarter_itself_starts_when_it_starts[held_at] if {
	some held_at, found in {"2026-03-31T22:00:00Z": 0, "2026-03-31T21:59:59Z": 1}
	answer := check with input as _changed({"training_sessions/0/held_at": held_at})
		with data.as_of as "2026-06-30T21:59:59Z"
		with data.period as {"from": "2026-03-31T22:00:00Z", "previous_from": "2025-12-31T23:00:00Z"}
		with data.settings.training_quarters as 1
		with data.company.departments as _departments
		with data.root as "GD"

	count(answer.violations) == found
	answer.unknown == set()
}

test_only_one_that_was_held_is_told_as_the_last[name] if {
	some name, changes in {
		"planned": {"training_sessions/0/state": "planned"},
		"about something else": {"training_sessions/0/topic": "other"},
		"nobody came": {"training_sessions/0/attendees": 0},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	{row.evidence.last_held_at | some row in answer.violations} == {"never"}
}

test_it_is_asked_of_the_company_alone if {
	answer := check with input as _changed({"department": "HR", "training_sessions": []})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_training_to_come_is_not_told_as_the_last if {
	answer := check with input as _changed({"training_sessions/0/held_at": "2026-09-30T16:00:00Z"})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings.training_quarters as 2
		with data.company.departments as _departments
		with data.root as "GD"

	{row.evidence.last_held_at | some row in answer.violations} == {"never"}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed(changes),
	"data": {
		"as_of": _as_of,
		"period": _period,
		"settings": {"training_quarters": 2},
		"company": {"departments": _departments},
		"root": "GD",
	},
} |
	some name, changes in {
		"none at all": {"training_sessions": []},
		"long ago": {"training_sessions/0/held_at": "2026-01-15T02:00:00Z"},
		"planned": {"training_sessions/0/state": "planned"},
		"nobody came": {"training_sessions/0/attendees": 0},
		"about something else": {"training_sessions/0/topic": "other"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {
	"as_of": _as_of,
	"period": _period,
	"settings": {"training_quarters": 2},
	"company": {"departments": _departments},
	"root": "GD",
}} |
	some name, changes in {
		"held": {},
		"one came": {"training_sessions/0/attendees": 1},
		"first moment of the span": {"training_sessions/0/held_at": "2026-03-31T16:00:00Z"},
		"last moment of the quarter": {"training_sessions/0/held_at": _as_of},
		"one of two": {"training_sessions/1": {"uid": "reg/training_session/b", "state": "planned", "unknown": {}}},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "previous_from": "2026-03-31T16:00:00Z"}

_departments := [
	{"uid": "hr/department/GD", "code": "GD", "name": "總經辦", "renamed_from": [], "deputies": [], "unknown": {}},
	{"uid": "hr/department/HR", "code": "HR", "name": "人力資源部", "renamed_from": [], "deputies": [], "unknown": {}},
]

_shard := {
	"department": "_company",
	"training_sessions": [{
		"uid": "reg/training_session/a",
		"held_at": "2026-07-23T02:00:00Z",
		"topic": "communication_security",
		"attendees": 40,
		"state": "held",
		"unknown": {},
	}],
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
