package lib.leave_test

import future.keywords.not

import data.lib.leave

test_by_hrs_file[name] if {
	some name, case in {
		"at work": [{}, "no"],
		"on leave": [{"status": "leave"}, "yes"],
		"back after the instant": [_span("2026-03-01T00:00:00Z", "2026-07-02T00:00:00Z"), "yes"],
		"back at the instant": [_span("2026-03-01T00:00:00Z", "2026-07-01T00:00:00Z"), "yes"],
		"back before the instant": [_span("2026-03-01T00:00:00Z", "2026-06-30T23:59:59Z"), "no"],
		"leave from this second on": [_span(_as_of, "2026-12-01T00:00:00Z"), "yes"],
		"leave from the next": [_span("2026-09-30T16:00:00Z", "2026-12-01T00:00:00Z"), "no"],
		"leave still to come": [_span("2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z"), "no"],
		"no end": [{"leave_starts_at": "2026-03-01T00:00:00Z"}, "yes"],
		"no beginning": [{"leave_ends_at": "2026-08-01T00:00:00Z"}, "unknown"],
		"no beginning, long over": [{"leave_ends_at": "2026-01-01T00:00:00Z"}, "no"],
		"status not known": [{"status": "unknown"}, "unknown"],
		"end not known": [{"unknown": {"leave_ends_at": "stale"}}, "unknown"],
	}

	leave.since(object.union(_person, case[0]), _instant) == case[1]
		with input as _shard([])
		with data.as_of as _as_of
}

test_by_a_recorded_absence[name] if {
	some name, case in {
		"back after the instant": [{}, "yes"],
		"back before the instant": [{"until_at": "2026-06-30T23:59:59Z"}, "no"],
		"on a trip": [{"kind": "trip"}, "no"],
		"still to come": [{"from_at": "2026-10-01T00:00:00Z"}, "no"],
		"somebody else": [{"person": "hr/person/li"}, "no"],
		"kind not known": [{"kind": "unknown"}, "unknown"],
	}

	leave.since(_person, _instant) == case[1]
		with input as _shard([object.union(_absence, case[0])])
		with data.as_of as _as_of
}

test_an_absence_without_an_end_lasts if {
	leave.since(_person, _instant) == "yes"
		with input as _shard([object.remove(_absence, ["until_at"])])
		with data.as_of as _as_of
}

_instant := "2026-07-01T00:00:00Z"

_as_of := "2026-09-30T15:59:59Z"

_person := {"uid": "hr/person/chen", "status": "active", "unknown": {}}

_absence := {
	"uid": "hr/absence/1",
	"person": "hr/person/chen",
	"kind": "leave",
	"from_at": "2026-03-01T00:00:00Z",
	"until_at": "2026-08-01T00:00:00Z",
	"unknown": {},
}

_span(start, end) := {"leave_starts_at": start, "leave_ends_at": end}

_shard(absences) := {"absences": absences, "context": {"absences": []}}
