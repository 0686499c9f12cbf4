package checks["8.3-b_test"]

import future.keywords.not

import data.checks["8.3-b"] as check

test_no_training_is_a_violation if {
	answer := check with input as _shard([])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	answer.population == 1
	answer.violations == {{"subject": _root.uid, "evidence": {"last_held_at": "never", "quarters": 2}}}
	answer.unknown == set()
}

test_these_do_not_count[name] if {
	some name, session in {
		"planned": {"state": "planned"},
		"cancelled": {"state": "cancelled"},
		"on something else": {"topic": "other"},
		"nobody came": {"attendees": 0},
		"still to come": {"held_at": "2026-10-01T00:00:00Z"},
	}
	answer := check with input as _shard([object.union(_session, session)])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	answer.violations == {{"subject": _root.uid, "evidence": {"last_held_at": "never", "quarters": 2}}}
	answer.unknown == set()
}

test_the_span_has_two_ends[name] if {
	some name, case in {
		"a second before": {"at": "2026-03-31T15:59:59Z", "found": 1},
		"as it begins": {"at": "2026-03-31T16:00:00Z", "found": 0},
		"as of": {"at": _as_of, "found": 0},
		"a second after": {"at": "2026-09-30T16:00:00Z", "found": 1},
	}
	session := object.union(_session, {"held_at": case.at})
	answer := check with input as _shard([session])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	answer.population == 1
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_the_span_is_a_setting[quarters] if {
	some quarters, found in {1: 1, 2: 0, 3: 0}
	answer := check with input as _shard([_session])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as quarters
		with data.period as _period
		with data.company.departments as [_root, _other]

	count(answer.violations) == found
	{violation.evidence.last_held_at | some violation in answer.violations} == {_session.held_at | found > 0}
}

test_one_session_that_counts_is_enough if {
	doubtful := object.union(_session, {"topic": "unknown", "unknown": {"topic": "stale"}})
	answer := check with input as _shard([doubtful, _session])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[field] if {
	some field in ["state", "topic", "held_at", "attendees"]
	session := object.union(object.remove(_session, [field]), {"unknown": {field: "stale"}})
	answer := check with input as _shard([session])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _root.uid, "reason": "stale"}}
}

test_what_would_not_count_anyhow_is_no_doubt if {
	old := {"held_at": "2025-01-01T00:00:00Z", "topic": "unknown", "unknown": {"topic": "stale"}}
	answer := check with input as _shard([object.union(_session, old)])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	count(answer.violations) == 1
	answer.unknown == set()
}

test_no_root_is_unknown if {
	answer := check with input as _shard([])
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as []

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "ROOT", "reason": "not_collected"}}
}

test_departments_are_not_asked if {
	shard := object.union(_shard([]), {"department": "SALES"})
	answer := check with input as shard
		with data.as_of as _as_of
		with data.root as "ROOT"
		with data.settings.training_quarters as 2
		with data.period as _period
		with data.company.departments as [_root, _other]

	answer.population == 0
	answer.violations | answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _shard([object.union(_session, session)]), "data": _documents} |
	some name, session in {
		"planned": {"state": "planned"},
		"on something else": {"topic": "other"},
		"nobody came": {"attendees": 0},
		"too old": {"held_at": "2025-04-20T02:00:00Z"},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_session := {
	"uid": "training/training_session/1",
	"held_at": "2026-04-20T02:00:00Z",
	"topic": "communication_security",
	"attendees": 12,
	"state": "held",
	"unknown": {},
}

_root := {"uid": "hr/department/ROOT", "code": "ROOT", "unknown": {}}

_other := {"uid": "hr/department/SALES", "code": "SALES", "unknown": {}}

_shard(sessions) := {"department": "_company", "training_sessions": sessions}

_period := {"year": 2026, "quarter": 3, "from": "2026-06-30T16:00:00Z", "previous_from": "2026-03-31T16:00:00Z"}

_documents := {
	"as_of": _as_of,
	"root": "ROOT",
	"settings": {"training_quarters": 2},
	"period": _period,
	"company": {"departments": [_root, _other]},
}
