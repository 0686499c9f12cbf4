package lib.holes_test

import future.keywords.not

import data.lib.holes

test_a_term_is_over_a_second_later[severity] if {
	some severity, days in {"critical": 7, "high": 14, "medium": 30, "low": 90}
	every at, answer in {_at(days, 0): "no", _at(days, 1): "yes"} {
		holes.old({"severity": severity, "first_seen_at": at}) == answer with data.cutoff as _cutoff
	}
}

test_of_unknown_severity_only_the_ends_are_certain[name] if {
	some name, case in {
		"past the longest term": [_at(90, 1), "yes"],
		"in the last second of the longest": [_at(90, 0), "unknown"],
		"a second past the shortest": [_at(7, 1), "unknown"],
		"in the last second of the shortest": [_at(7, 0), "no"],
	}

	holes.old({"severity": "unknown", "first_seen_at": case[0]}) == case[1] with data.cutoff as _cutoff
}

# the instant so many days before the snapshot, and some seconds
_at(days, seconds) := time.format([
	time.parse_rfc3339_ns("2026-09-30T16:00:00Z") - (((days * 86400) + seconds) * 1000000000),
	"UTC", "2006-01-02T15:04:05Z07:00",
])

_cutoff := {
	"vuln_critical_days": _at(7, 0),
	"vuln_high_days": _at(14, 0),
	"vuln_medium_days": _at(30, 0),
	"vuln_low_days": _at(90, 0),
}
