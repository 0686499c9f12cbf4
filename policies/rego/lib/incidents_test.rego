package lib.incidents_test

import future.keywords.not

import data.lib.incidents

test_what_was_done_about_it_by_the_end_shows_that_somebody_knew[at] if {
	some at, answer in {"2026-09-30T15:59:59Z": "yes", "2026-09-30T16:00:00Z": "unknown"}
	every field in ["reported_at", "contained_at", "closed_at"] {
		incidents.discovered({field: at}) == answer with data.period as _period with data.as_of as _as_of
	}
}

test_closed_before_an_instant[name] if {
	some name, case in {
		"a second before": [{"closed_at": "2026-06-30T23:59:59Z"}, "yes"],
		"in its second": [{"closed_at": _instant}, "no"],
		"opened again since": [{"closed_at": "2026-06-30T23:59:59Z", "status": "reopened"}, "no"],
		"nobody knows when": [{"unknown": {"closed_at": "stale"}}, "unknown"],
	}
	incident := object.union({"uid": "reg/incident/a", "status": "closed", "unknown": {}}, case[0])

	incidents.closed_before(incident, _instant) == case[1]
}

test_what_contradicts_itself_is_ambiguous[name] if {
	some name, case in {
		"open, and closed by the end": [{"status": "open", "closed_at": _as_of}, "ambiguous"],
		"open, and to be closed after it": [{"status": "open", "closed_at": "2026-09-30T16:00:00Z"}, "not_collected"],
		"reported a second before it was discovered": [
			{"reported_at": "2026-06-30T23:59:59Z", "discovered_at": _instant}, "ambiguous",
		],
		"reported in the second": [{"reported_at": _instant, "discovered_at": _instant}, "not_collected"],
	}

	incidents.reason(object.union({"uid": "reg/incident/a", "unknown": {}}, case[0]), ["status"]) == case[1]
		with data.period as _period
		with data.as_of as _as_of
}

_instant := "2026-07-01T00:00:00Z"

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}
