package lib.approvals_test

import future.keywords.not

import data.lib.approvals

test_an_approval_holds_from_its_first_second_to_its_last[name] if {
	some name, case in {
		"without dates": [{}, "yes"],
		"from this second": [{"valid_from": _instant}, "yes"],
		"from the next": [{"valid_from": "2026-07-01T00:00:01Z"}, "no"],
		"until this second": [{"valid_until": _instant}, "yes"],
		"until the one before": [{"valid_until": "2026-06-30T23:59:59Z"}, "no"],
		"beginning not known": [{"unknown": {"valid_from": "stale"}}, "unknown"],
		"end not known": [{"unknown": {"valid_until": "stale"}}, "unknown"],
		"beginning not known, and over": [
			{"valid_until": "2026-06-30T23:59:59Z", "unknown": {"valid_from": "stale"}}, "no",
		],
	}

	approvals.dated(object.union(_approval, case[0]), _instant) == case[1]
}

test_a_decision_counts_from_its_second_on[name] if {
	some name, case in {
		"before": [{"at": "2026-06-30T23:59:59Z"}, "yes"],
		"in this second": [{"at": _instant}, "yes"],
		"in the next": [{"at": "2026-07-01T00:00:01Z"}, "no"],
		"nobody knows when": [{}, "unknown"],
	}

	approvals.made_by(case[0], _instant) == case[1]
}

_instant := "2026-07-01T00:00:00Z"

_approval := {"uid": "reg/approval/a", "state": "approved", "unknown": {}}
