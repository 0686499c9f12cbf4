package lib.backups_test

import future.keywords.not

import data.lib.backups

test_a_plan_holds_from_its_first_second_to_the_one_before_its_end[name] if {
	some name, case in {
		"from this second": [{"effective_from": _as_of}, "yes"],
		"from the next": [{"effective_from": _later}, "no"],
		"until the next": [{"effective_until": _later}, "yes"],
		"until this second": [{"effective_until": _as_of}, "no"],
	}
	plan := object.union({"uid": "reg/backup_plan/p", "effective_from": "2025-01-01T00:00:00Z", "unknown": {}}, case[0])

	backups.in_force(plan) == case[1] with data.as_of as _as_of
}

test_a_run_is_good_with_a_byte_in_it_and_by_now[name] if {
	some name, case in {
		"one byte": [{"size_bytes": 1}, "yes"],
		"nothing": [{"size_bytes": 0}, "no"],
		"in this second": [{"started_at": _as_of}, "yes"],
		"in the next": [{"started_at": _later}, "no"],
	}
	run := object.union({"result": "success", "size_bytes": 1000, "started_at": "2026-09-29T18:00:00Z"}, case[0])

	backups.good_run(run) == case[1] with data.as_of as _as_of
}

test_a_point_can_be_read_until_it_expires[at] if {
	some at, answer in {_as_of: "no", _later: "yes"}
	point := {"size_bytes": 1000, "created_at": "2026-09-29T18:00:00Z", "expires_at": at, "unknown": {}}

	backups.good_point(point) == answer with data.as_of as _as_of
}

test_an_interval_with_its_grace_ends_in_its_last_second[at] if {
	some at, answer in {"2026-09-29T03:59:59Z": "yes", "2026-09-29T03:59:58Z": "no"}

	backups.within_interval({"interval_s": 86400}, at) == answer
		with data.as_of as _as_of
		with data.settings as {"backup_interval_max_s": 604800, "backup_grace_factor": 1.5}
}

test_the_newest_proof_counts_from_the_cutoff_on[at] if {
	some at, answer in {_cutoff: "yes", "2026-08-31T15:59:58Z": "no"}

	backups.proven([_proof("yes", at)], _cutoff, "yes") == answer
}

test_one_that_failed_after_the_last_good_one_counts[at] if {
	some at, answer in {"2026-09-20T00:00:00Z": "yes", "2026-09-20T00:00:01Z": "no"}

	backups.proven([_proof("yes", "2026-09-20T00:00:00Z"), _proof("no", at)], _cutoff, "yes") == answer
}

# one of which nobody knows how it ended, or when
test_what_is_not_known_leaves_a_doubt_from_its_time_on[name] if {
	some name, case in {
		"as old as the good one": [_proof("yes", "2026-09-20T00:00:00Z"), "2026-09-20T00:00:00Z", "yes"],
		"a second younger than the good one": [_proof("yes", "2026-09-20T00:00:00Z"), "2026-09-20T00:00:01Z", "unknown"],
		"too old": [_proof("yes", "2026-01-01T00:00:00Z"), "2026-08-31T15:59:58Z", "no"],
		"just young enough": [_proof("yes", "2026-01-01T00:00:00Z"), _cutoff, "unknown"],
	}

	backups.proven([case[0], _proof("unknown", case[1])], _cutoff, "yes") == case[2]
}

_as_of := "2026-09-30T15:59:59Z"

_later := "2026-09-30T16:00:00Z"

_cutoff := "2026-08-31T15:59:59Z"

_proof(result, at) := {"at": at, "result": result, "belongs": "yes", "untold": false}
