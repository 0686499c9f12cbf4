# METADATA
# title: Backups run at the set frequency
# description: The newest good backup of a plan is no older than the plan's interval with its grace.
package checks["7.2-a"]

import future.keywords.not

import data.lib.answers
import data.lib.backups
import data.lib.unknowns

# METADATA
# description: How many plans in force state how often to back up, or may.
population := count(_judged)

# METADATA
# description: Those whose newest good backup is too old, or that have none.
violations contains object.union(violation, backups.to_act(plan)) if {
	some plan in _judged
	_overdue(plan) == "yes"
	newest := _newest(plan)
	violation := {"subject": plan.uid, "evidence": {
		"interval_s": answers.shown(plan, "interval_s"),
		"newest_good_at": _newest_good(plan),
		"newest_started_at": answers.shown(newest, "started_at"),
		"newest_result": answers.shown(newest, "result"),
		"newest_size_bytes": answers.shown(newest, "size_bytes"),
		"data_set": answers.shown(plan, "data_set"),
		"target": answers.shown(plan, "target"),
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": plan.uid, "reason": reason} if {
	some plan in _judged
	_overdue(plan) == "unknown"
	reason := unknowns.reason(
		array.concat([plan, _data_set(plan)], _copies(plan)),
		[
			"data_set", "retired", "interval_s", "effective_from", "effective_until", "plan", "result",
			"started_at", "size_bytes", "created_at", "target",
		],
	)
}

_judged := [plan |
	some plan in input.backup_plans
	not answers.shown(plan, "interval_s") in {"none", 0}
	not backups.in_force(plan) == "no"
	not backups.in_use(_data_set(plan)) == "no"
]

default _data_set(_) := {}

_data_set(plan) := backups.data_set_by_uid[plan.data_set]

_overdue(plan) := answers.all_of([
	backups.in_use(_data_set(plan)),
	_lasting(plan),
	answers.opposite(answers.any_of([_on_time(plan, copy) | some copy in _copies(plan)])),
	_due(plan),
])

# when a plan began is asked below
default _lasting(_) := "unknown"

_lasting(plan) := "yes" if not unknowns.why(plan, "effective_until")

# runs of the plan, points of its data set in its store, and what may be either
_copies(plan) := array.concat(
	object.get(backups.runs_of, plan.uid, []),
	array.concat(
		[run | some run in _of_no_plan; not _elsewhere(plan, run)],
		[point |
			some point in array.concat(_points(plan), backups.stray_points)
			not _elsewhere(plan, point)
		],
	),
)

default _points(_) := []

_points(plan) := backups.points_of[plan.data_set]

_of_no_plan := [run | some run in input.backup_runs; not run.plan in _plan_uids]

_plan_uids := {plan.uid | some plan in input.backup_plans} | {plan.uid | some plan in input.context.backup_plans}

# what leads to no record may be anything
_elsewhere(plan, copy) if {
	copy.data_set != plan.data_set
	backups.data_set_by_uid[copy.data_set]
}

_elsewhere(plan, copy) if {
	copy.target != plan.target
	backups.store_by_uid[copy.target]
	backups.store_by_uid[plan.target]
}

_on_time(plan, copy) := answers.all_of([
	_good(copy),
	_belongs(plan, copy),
	_recent(plan, copy),
])

_good(copy) := backups.good_run(copy) if _is_run(copy)

_good(copy) := backups.good_point(copy) if not _is_run(copy)

# only runs have a result
_is_run(copy) if copy.result

_is_run(copy) if unknowns.why(copy, "result")

default _belongs(_, _) := "unknown"

_belongs(plan, copy) := "yes" if copy.plan == plan.uid

_belongs(plan, copy) := "yes" if {
	not _is_run(copy)
	copy.data_set == plan.data_set
	copy.target == plan.target
}

default _recent(_, _) := "unknown"

_recent(plan, copy) := backups.within_interval(plan, _state_of(copy))

# known only by its end, a run may prove that it is late, never that it is in time
_recent(plan, copy) := "no" if {
	not _state_of(copy)
	backups.within_interval(plan, copy.finished_at) == "no"
}

_state_of(copy) := copy.started_at

_state_of(copy) := copy.created_at

# a plan that is younger than its interval need not have made any
default _due(_) := "unknown"

_due(plan) := answers.opposite(backups.within_interval(plan, plan.effective_from))

_due(plan) := "yes" if {
	not plan.effective_from
	_proven(plan) == "yes"
}

_proven(plan) := answers.any_of([answers.all_of([_good(copy), _belongs(plan, copy)]) | some copy in _copies(plan)])

default _newest_good(_) := "none"

_newest_good(plan) := max({_state_of(copy) |
	some copy in _copies(plan)
	answers.all_of([_good(copy), _belongs(plan, copy)]) == "yes"
})

default _newest(_) := {"uid": "none", "unknown": {}}

_newest(plan) := [run |
	some run in backups.runs_of[plan.uid]
	run.started_at == _last_start(plan)
][0]

_last_start(plan) := max({run.started_at |
	some run in backups.runs_of[plan.uid]
	run.started_at <= data.as_of
})
