# METADATA
# title: What has expired is cleared
# description: No record of a data set is older than its policy asks for, with some days of grace, unless it is on hold.
package checks["7.3-a"]

import future.keywords.not

import data.lib.answers
import data.lib.approvals
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many data sets have a term after which records go, or may have.
population := count(_judged)

# METADATA
# description: Those that keep records past it.
violations contains {"subject": data_set.uid, "evidence": {
	"oldest_record_at": data_set.oldest_record_at,
	"retention_days_policy": data_set.retention_days_policy,
	"expired_since": clock.later(data_set.oldest_record_at, data_set.retention_days_policy * 86400),
}} if {
	some data_set in _judged
	_overdue(data_set) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": data_set.uid, "reason": reason} if {
	some data_set in _judged
	_overdue(data_set) == "unknown"
	reason := unknowns.first([
		[[data_set], ["oldest_record_at", "retention_days_policy", "on_hold"]],
		[
			approvals.perhaps_for({data_set.uid, data_set.name}),
			approvals.fields,
		],
	])
}

_judged := [data_set |
	some data_set in input.data_sets
	not data_set.on_hold == "yes"
	not answers.shown(data_set, "retention_days_policy") == "none"
]

_overdue(data_set) := answers.all_of([
	answers.opposite(object.get(data_set, "on_hold", "unknown")),
	_expired(data_set),
	answers.opposite(approvals.granted_for("retention_exception", {data_set.uid, data_set.name}, data.as_of)),
])

default _expired(_) := "unknown"

_expired(data_set) := "yes" if clock.seconds(data_set.oldest_record_at, data.as_of) > _kept(data_set)

_expired(data_set) := "no" if clock.seconds(data_set.oldest_record_at, data.as_of) <= _kept(data_set)

_kept(data_set) := (data_set.retention_days_policy + data.settings.clearing_grace_days) * 86400
