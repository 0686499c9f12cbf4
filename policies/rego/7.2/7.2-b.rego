# METADATA
# title: Backups are kept as long as set
# description: The good backups in the store reach as far back, and are as many, as their plan demands.
package checks["7.2-b"]

import future.keywords.not

import data.lib.answers
import data.lib.approvals
import data.lib.backups
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many plans demand that backups are kept, and have any, or may.
population := count(_judged)

# METADATA
# description: Those whose backups do not reach back far enough, or are too few.
violations contains object.union(violation, backups.to_act(plan)) if {
	some plan in _judged
	_short(plan) == "yes"
	violation := {"subject": plan.uid, "evidence": {
		"retention_days": answers.shown(plan, "retention_days"),
		"oldest_created_at": _oldest(plan),
		"points": count(_certain(plan)),
		"points_demanded": answers.shown(plan, "restore_points_min"),
		"effective_from": answers.shown(plan, "effective_from"),
		"faults": [fault |
			some fault in ["too_recent", "too_few"]
			_faults(plan)[fault] == "yes"
		],
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": plan.uid, "reason": reason} if {
	some plan in _judged
	_short(plan) == "unknown"
	reason := unknowns.reason(
		array.concat([plan, _data_set(plan)], _points(plan)),
		[
			"data_set", "retired", "retention_days", "restore_points_min", "effective_from", "effective_until",
			"interval_s", "created_at", "size_bytes", "target", "expires_at",
		],
	)
}

# without any backup it is another check's to speak
_judged := [plan |
	some plan in input.backup_plans
	not _undemanding(plan)
	not backups.in_force(plan) == "no"
	not backups.in_use(_data_set(plan)) == "no"
	not _stocked(plan) == "no"
]

_undemanding(plan) if {
	answers.shown(plan, "retention_days") in {"none", 0}
	answers.shown(plan, "restore_points_min") in {"none", 0}
}

default _data_set(_) := {}

_data_set(plan) := backups.data_set_by_uid[plan.data_set]

_short(plan) := answers.all_of([
	backups.in_use(_data_set(plan)),
	backups.in_force(plan),
	_stocked(plan),
	answers.any_of([answer | some answer in _faults(plan)]),
	answers.opposite(approvals.granted_for("retention_exception", _names(plan), data.as_of)),
])

_names(plan) := {plan.uid, plan.name} | {name | some name in [_data_set(plan).uid, _data_set(plan).name]}

_faults(plan) := {"too_recent": answers.opposite(_reaches(plan)), "too_few": answers.opposite(_enough(plan))}

# a plan of nobody knows what may have made any point
_stocked(plan) := answers.any_of(array.concat(
	[_counts(plan, point) | some point in _points(plan)],
	["unknown" | not backups.data_set_by_uid[plan.data_set]],
))

# points of the plan's data set in its store, and what may be one
_points(plan) := [point |
	some point in array.concat(_of_data_set(plan), backups.stray_points)
	not _elsewhere(plan, point)
]

default _of_data_set(_) := []

_of_data_set(plan) := backups.points_of[plan.data_set]

_elsewhere(plan, point) if {
	point.target != plan.target
	backups.store_by_uid[point.target]
	backups.store_by_uid[plan.target]
}

_counts(plan, point) := answers.all_of([backups.good_point(point), _belongs(plan, point)])

default _belongs(_, _) := "unknown"

_belongs(plan, point) := "yes" if {
	point.data_set == plan.data_set
	point.target == plan.target
}

_certain(plan) := [point |
	some point in _points(plan)
	_counts(plan, point) == "yes"
]

# some point is as old as the plan demands, or as old as the plan
default _reaches(_) := "unknown"

_reaches(plan) := "yes" if answers.shown(plan, "retention_days") in {"none", 0}

_reaches(plan) := answers.any_of([answers.all_of([_counts(plan, point), _old(plan, point)]) |
	some point in _points(plan)
]) if {
	plan.retention_days > 0
}

default _old(_, _) := "unknown"

_old(plan, point) := answers.any_of([
	_reaches_back(point, (plan.retention_days * 86400) - _grace(plan)),
	_reaches_back(point, clock.seconds(plan.effective_from, data.as_of) - _grace(plan)),
])

# however old the plan is, a point that is old enough decides
_old(plan, point) := "yes" if _reaches_back(point, (plan.retention_days * 86400) - _grace(plan)) == "yes"

default _reaches_back(_, _) := "unknown"

_reaches_back(point, seconds) := "yes" if clock.seconds(point.created_at, data.as_of) >= seconds

_reaches_back(point, seconds) := "no" if clock.seconds(point.created_at, data.as_of) < seconds

_grace(plan) := backups.allowed(plan) if plan.interval_s > 0

# a plan without an interval is given the longest
_grace(plan) := data.settings.backup_interval_max_s if answers.shown(plan, "interval_s") in {"none", 0}

default _enough(_) := "unknown"

_enough(plan) := "yes" if answers.shown(plan, "restore_points_min") == "none"

_enough(plan) := "yes" if count(_certain(plan)) >= plan.restore_points_min

# younger than so many intervals, it cannot have made them yet
_enough(plan) := "yes" if clock.seconds(plan.effective_from, data.as_of) <= plan.restore_points_min * plan.interval_s

_enough(plan) := "no" if {
	_possible(plan) < plan.restore_points_min
	clock.seconds(plan.effective_from, data.as_of) > plan.restore_points_min * plan.interval_s
}

_possible(plan) := count([point |
	some point in _points(plan)
	not _counts(plan, point) == "no"
])

_oldest(plan) := min({point.created_at | some point in _certain(plan)})
