# METADATA
# title: Frequency, method and retention are set
# description: Each data set in use has a plan in force that states how often, how, how long, and who answers for it.
package checks["7.2-d"]

import future.keywords.not

import data.lib.answers
import data.lib.backups
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many data sets are in use, or may be.
population := count(_judged)

# METADATA
# description: Those without a plan that states everything.
violations contains {"subject": data_set.uid, "evidence": {
	"plan": object.get(_nearest(data_set), "uid", "none"),
	"missing": _missing(data_set),
}} if {
	some data_set in _judged
	_unplanned(data_set) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": data_set.uid, "reason": reason} if {
	some data_set in _judged
	_unplanned(data_set) == "unknown"
	reason := unknowns.reason(
		array.concat([data_set], [record |
			some plan in array.concat(_plans(data_set), backups.stray_plans)
			some record in [plan, _responsible(plan)]
		]),
		[
			"retired", "data_set", "interval_s", "method", "retention_mode", "retention_days", "responsible",
			"effective_from", "effective_until", "last_day_ends_at", "status", "employment_type",
			"hire_day_starts_at",
		],
	)
}

_judged := [data_set |
	some data_set in input.data_sets
	not backups.in_use(data_set) == "no"
]

_unplanned(data_set) := answers.all_of([
	backups.in_use(data_set),
	answers.opposite(answers.any_of(array.concat(
		[_complete(plan) | some plan in _plans(data_set)],
		# nobody knows whose it is; it may be this one's, unless it lacks something in any case
		["unknown" | some plan in backups.stray_plans; not _complete(plan) == "no"],
	))),
])

default _plans(_) := []

_plans(data_set) := backups.plans_of[data_set.uid]

# parts of two plans do not add up to one
_complete(plan) := answers.all_of(array.concat(
	[backups.in_force(plan)],
	[answer | some answer in _parts(plan)],
))

_parts(plan) := {
	"frequency": _frequency(plan),
	"method": _method(plan),
	"retention": _retention(plan),
	"responsible": _answered(plan),
}

default _frequency(_) := "unknown"

_frequency(plan) := "yes" if plan.interval_s > 0

_frequency(plan) := "no" if answers.shown(plan, "interval_s") in {"none", 0}

default _method(_) := "unknown"

_method(plan) := "yes" if plan.method in {"full", "incremental", "differential", "snapshot", "continuous"}

_method(plan) := "no" if plan.method == "none"

default _retention(_) := "unknown"

_retention(plan) := "yes" if plan.retention_mode == "forever"

_retention(plan) := "yes" if {
	plan.retention_mode != "unset"
	plan.retention_days > 0
}

_retention(plan) := "no" if plan.retention_mode == "unset"

_retention(plan) := "no" if {
	plan.retention_mode == "days"
	answers.shown(plan, "retention_days") in {"none", 0}
}

# a team without a person is nobody
default _answered(_) := "unknown"

_answered(plan) := "no" if answers.shown(plan, "responsible") == "none"

_answered(plan) := answers.all_of([
	people.in_service(people.by_uid[plan.responsible], data.as_of),
	answers.opposite(people.outsider(people.by_uid[plan.responsible])),
])

default _responsible(_) := {}

_responsible(plan) := people.by_uid[plan.responsible]

# the plan that comes closest, by the number of what is missing
default _nearest(_) := {}

_nearest(data_set) := [plan |
	some plan in _in_force(data_set)
	[count(_lacking(plan)), plan.uid] == min({[count(_lacking(each)), each.uid] | some each in _in_force(data_set)})
][0]

_in_force(data_set) := [plan |
	some plan in _plans(data_set)
	not backups.in_force(plan) == "no"
]

_lacking(plan) := [part |
	some part in ["frequency", "method", "retention", "responsible"]
	_parts(plan)[part] == "no"
]

default _missing(_) := ["frequency", "method", "retention", "responsible"]

_missing(data_set) := _lacking(_nearest(data_set)) if _nearest(data_set).uid
