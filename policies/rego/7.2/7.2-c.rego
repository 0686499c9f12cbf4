# METADATA
# title: Backups can be restored
# description: Each data set under backup was checked for damage and restored as a test, with success and not long ago.
package checks["7.2-c"]

import future.keywords.not

import data.lib.answers
import data.lib.backups
import data.lib.unknowns

# METADATA
# description: How many data sets in use have a plan or a backup, or may.
population := count(_judged)

# METADATA
# description: Those of which it is not proven that they can be restored.
violations contains object.union(violation, _to_act(data_set)) if {
	some data_set in _judged
	_unproven(data_set) == "yes"
	checks := _checks(data_set)
	tests := _tests(data_set)
	violation := {"subject": data_set.uid, "evidence": {
		"verified_at": _newest(checks),
		"verify_result": _result(checks),
		"tested_at": _newest(tests),
		"test_result": {"yes": "success", "no": "failed", "none": "none"}[_result(tests)],
		"faults": [fault |
			some fault in ["integrity", "restore_test"]
			_questions(data_set)[fault] == "no"
		],
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": data_set.uid, "reason": reason} if {
	some data_set in _judged
	_unproven(data_set) == "unknown"
	reason := unknowns.reason(
		array.concat([data_set], [record |
			some records in [
				_plans(data_set), backups.stray_plans, _checks_for(data_set), _tests_for(data_set), _runs(data_set),
				_points(data_set), _stray_runs, backups.stray_points,
			]
			some record in records
		]),
		[
			"retired", "effective_from", "data_set", "target", "checked_at", "result", "depth", "tested_at", "by",
			"evidence_ref", "started_at", "created_at", "expires_at", "size_bytes", "verified_at", "verify_result",
		],
	)
}

_judged := [data_set |
	some data_set in input.data_sets
	not backups.in_use(data_set) == "no"
	not _backed_up(data_set) == "no"
]

_unproven(data_set) := answers.all_of([
	backups.in_use(data_set),
	_backed_up(data_set),
	answers.any_of([answers.opposite(answer) | some answer in _questions(data_set)]),
])

_questions(data_set) := {"integrity": _intact(data_set), "restore_test": _rehearsed(data_set)}

default _intact(_) := "unknown"

_intact(data_set) := backups.proven(_checks(data_set), cutoff, _due(data_set, cutoff)) if {
	cutoff := data.cutoff.integrity_days
}

default _rehearsed(_) := "unknown"

_rehearsed(data_set) := backups.proven(_tests(data_set), cutoff, _due(data_set, cutoff)) if {
	cutoff := data.cutoff.restore_test_days
}

# a plan or a good copy, or what may be one of them
_backed_up(data_set) := answers.any_of([answer |
	some answers_of in [
		[backups.in_force(plan) | some plan in _plans(data_set)],
		[backups.good_run(run) | some run in _runs(data_set)],
		[backups.good_point(point) | some point in _points(data_set)],
		[backups.stray],
	]
	some answer in answers_of
])

default _plans(_) := []

_plans(data_set) := backups.plans_of[data_set.uid]

default _runs(_) := []

_runs(data_set) := backups.runs_of_data_set[data_set.uid]

# whose these are nobody knows
_stray_runs := [run |
	some run in input.backup_runs
	not backups.data_set_by_uid[run.data_set]
]

# not declared: restore_point: a system has runs or points; without either nothing counts as backed up
default _points(_) := []

_points(data_set) := backups.points_of[data_set.uid]

# nothing is due before the first plan is older than the cutoff
default _due(_, _) := "unknown"

_due(data_set, cutoff) := "yes" if {
	some plan in _plans(data_set)
	plan.effective_from < cutoff
}

_due(data_set, cutoff) := "no" if {
	count(_plans(data_set)) > 0
	count(backups.stray_plans) == 0
	every plan in _plans(data_set) {
		plan.effective_from >= cutoff
	}
}

_due(data_set, _) := "yes" if {
	count(_plans(data_set)) == 0
	count(backups.stray_plans) == 0
}

# checks of the set, of a store that it is backed up to, and those of runs that their tool tells
_checks(data_set) := array.concat(
	[proof |
		some check in _checks_for(data_set)
		not check.checked_at > data.as_of
		not _too_shallow(check)
		proof := {
			"at": object.get(check, "checked_at", ""),
			"result": object.get(check, "result", "unknown"),
			"belongs": _belongs(data_set, check),
		}
	],
	array.concat(
		[_told(run, "yes") | some run in _runs(data_set); _tells(run)],
		[_told(run, "unknown") | some run in _stray_runs; _tells(run)],
	),
)

_tells(run) if {
	not answers.shown(run, "verified_at") == "none"
	not run.verified_at > data.as_of
}

_told(run, belongs) := {
	"at": object.get(run, "verified_at", ""),
	"result": object.get(run, "verify_result", "unknown"),
	"belongs": belongs,
	"untold": _untold(run),
}

default _untold(_) := false

_untold(run) if unknowns.why(run, "verified_at") == "not_supported"

_too_shallow(check) if {
	data.settings.integrity_needs_data == "yes"
	check.depth == "structure"
	check.result == "yes"
}

_integrity_checks := array.concat(input.integrity_checks, input.context.integrity_checks)

_checks_for(data_set) := [check |
	some check in _integrity_checks
	not _belongs(data_set, check) == "no"
]

default _belongs(_, _) := "unknown"

_belongs(data_set, check) := "yes" if {
	check.data_set == data_set.uid
	not _depth_in_doubt(check)
}

_belongs(data_set, check) := "no" if {
	check.data_set != data_set.uid
	backups.data_set_by_uid[check.data_set]
}

_belongs(data_set, check) := "yes" if {
	answers.shown(check, "data_set") == "none"
	check.target in _stores(data_set)
	not _depth_in_doubt(check)
}

_belongs(data_set, check) := "no" if {
	answers.shown(check, "data_set") == "none"
	backups.store_by_uid[check.target]
	not check.target in _stores(data_set)
	not _store_in_doubt(data_set)
}

_depth_in_doubt(check) if {
	data.settings.integrity_needs_data == "yes"
	not check.depth in {"structure", "data"}
}

_stores(data_set) := {record.target |
	some records in [_plans(data_set), _runs(data_set), _points(data_set)]
	some record in records
}

_store_in_doubt(data_set) if {
	some records in [_plans(data_set), _runs(data_set), _points(data_set)]
	some record in records
	not backups.store_by_uid[record.target]
}

_store_in_doubt(_) if count(backups.stray_plans) > 0

# a test that names nobody or shows no record is none; a partial one proves nothing
_tests(data_set) := [proof |
	some test in _tests_for(data_set)
	not test.result == "partial"
	not test.tested_at > data.as_of
	not _undocumented(test)
	proof := {
		"at": object.get(test, "tested_at", ""),
		"result": object.get({"success": "yes", "failed": "no"}, object.get(test, "result", ""), "unknown"),
		"belongs": _documented(data_set, test),
	}
]

_restore_tests := input.restore_tests

_tests_for(data_set) := [test |
	some test in _restore_tests
	not _of_another(data_set, test)
]

_of_another(data_set, test) if {
	test.data_set != data_set.uid
	backups.data_set_by_uid[test.data_set]
}

_undocumented(test) if {
	test.result == "success"
	some field in ["by", "evidence_ref"]
	answers.shown(test, field) == "none"
}

default _documented(_, _) := "unknown"

_documented(data_set, test) := "yes" if {
	test.data_set == data_set.uid
	test.result == "failed"
}

_documented(data_set, test) := "yes" if {
	test.data_set == data_set.uid
	test.by
	test.evidence_ref
}

default _newest(_) := "never"

_newest(proofs) := max({at |
	some result in ["yes", "no"]
	at := backups.last(proofs, result)
	at != ""
})

# on purpose: where nothing was proven there is no result, and that is known
default _result(_) := "none"

_result(proofs) := "yes" if _newest(proofs) == backups.last(proofs, "yes")

_result(proofs) := "no" if {
	_newest(proofs) == backups.last(proofs, "no")
	_newest(proofs) != backups.last(proofs, "yes")
}

default _to_act(_) := {}

_to_act(data_set) := [named |
	some plan in _plans(data_set)
	named := backups.to_act(plan)
	named.owner
][0]
