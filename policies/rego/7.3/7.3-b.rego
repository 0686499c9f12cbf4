# METADATA
# title: Value is confirmed before clearing
# description: What is disposed of was reviewed beforehand by somebody else, and no hold forbade it.
package checks["7.3-b"]

import future.keywords.not

import data.lib.answers
import data.lib.approvals
import data.lib.backups
import data.lib.people
import data.lib.periods
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many disposals were carried out in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those that should not have been carried out, or not yet.
violations contains {"subject": disposal.uid, "evidence": {
	"executed_at": disposal.executed_at,
	"executed_by": answers.shown(disposal, "executed_by"),
	"reviewed_at": answers.shown(disposal, "reviewed_at"),
	"reviewed_by": answers.shown(disposal, "reviewed_by"),
	"hold": _hold(disposal),
	"fault": _fault(disposal),
}} if {
	some disposal in _judged
	_improper(disposal) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": disposal.uid, "reason": reason} if {
	some disposal in _judged
	_improper(disposal) == "unknown"
	reason := unknowns.reason(
		array.concat(
			[disposal, _data_set(disposal), _approval(disposal)],
			[hold | some hold in _holds(disposal); _held(disposal, hold) == "unknown"],
		),
		[
			"executed_at", "executed_by", "reviewed_at", "reviewed_by", "data_set", "routine", "approval", "state",
			"decisions", "kind", "from_at", "until_at", "on_hold",
		],
	)
}

_judged := [disposal |
	some disposal in input.deletion_records
	not periods.within(disposal, "executed_at") == "no"
]

_improper(disposal) := answers.all_of([
	periods.within(disposal, "executed_at"),
	answers.any_of([answer | some answer in _faults(disposal)]),
])

_faults(disposal) := {
	"on_hold": _on_hold(disposal),
	"no_review": _unreviewed(disposal),
	"late_review": _reviewed_late(disposal),
	"self_reviewed": _reviewed_by_self(disposal),
	"stale_review": answers.all_of([answers.opposite(_routine(disposal)), _reviewed_long_ago(disposal)]),
	"not_approved": _unapproved(disposal),
}

# worst first: the first that is certain is reported
_order := ["on_hold", "no_review", "late_review", "self_reviewed", "stale_review", "not_approved"]

_fault(disposal) := [fault | some fault in _order; _faults(disposal)[fault] == "yes"][0]

# a review that nobody signed is none
_unreviewed(disposal) := answers.any_of([_none(disposal, "reviewed_at"), _none(disposal, "reviewed_by")])

default _none(_, _) := "unknown"

_none(disposal, field) := "yes" if answers.shown(disposal, field) == "none"

_none(disposal, field) := "no" if is_string(disposal[field])

default _reviewed_late(_) := "unknown"

_reviewed_late(disposal) := "yes" if disposal.reviewed_at > disposal.executed_at

_reviewed_late(disposal) := "no" if disposal.reviewed_at <= disposal.executed_at

default _reviewed_by_self(_) := "unknown"

_reviewed_by_self(disposal) := "yes" if disposal.reviewed_by == disposal.executed_by

_reviewed_by_self(disposal) := "no" if {
	reviewer := people.by_uid[disposal.reviewed_by]
	reviewer.uid != people.by_uid[disposal.executed_by].uid
}

# what goes by a rule needs one review of the rule, however long ago
_routine(disposal) := object.get(disposal, "routine", "unknown")

default _reviewed_long_ago(_) := "unknown"

_reviewed_long_ago(disposal) := "yes" if _waited(disposal) > data.settings.disposal_review_max_days * 86400

_reviewed_long_ago(disposal) := "no" if _waited(disposal) <= data.settings.disposal_review_max_days * 86400

_waited(disposal) := clock.seconds(disposal.reviewed_at, disposal.executed_at)

default _approval(_) := {}

_approval(disposal) := approvals.by_uid[disposal.approval]

# none is asked for; but one that is named must have been granted by then
default _unapproved(_) := "unknown"

_unapproved(disposal) := "no" if answers.shown(disposal, "approval") == "none"

_unapproved(disposal) := answers.all_of([
	approvals.of_kind(_approval(disposal), "data_deletion"),
	answers.opposite(_granted(_approval(disposal), disposal.executed_at)),
]) if {
	not answers.shown(disposal, "approval") == "none"
}

default _granted(_, _) := "unknown"

_granted(approval, instant) := answers.all_of([
	_stood(approval),
	answers.any_of([answers.all_of([approvals.approving(decision), approvals.made_by(decision, instant)]) |
		some decision in approval.decisions
	]),
]) if {
	is_array(approval.decisions)
}

# one that has run out since was one
_stood(approval) := "yes" if approval.state == "expired"

_stood(approval) := approvals.granted(approval) if not approval.state == "expired"

default _data_set(_) := {}

_data_set(disposal) := backups.data_set_by_uid[disposal.data_set]

# by the orders on file; of what nobody knows what it was, nobody knows whether it was held
_on_hold(disposal) := answers.any_of(array.concat(
	[_held(disposal, hold) | some hold in _holds(disposal)],
	["unknown" | _held_perhaps(disposal)],
))

_holds(disposal) := object.get(_holds_of, object.get(disposal, "data_set", ""), [])

_holds_of := {uid: found |
	some uid in {hold.data_set | some hold in input.holds}
	found := [hold | some hold in input.holds; hold.data_set == uid]
}

_held_perhaps(disposal) if _data_set(disposal) == {}

# marked, or perhaps so, and no order is on file: held since nobody knows when
_held_perhaps(disposal) if {
	_holds(disposal) == []
	not _data_set(disposal).on_hold == "no"
	not _never_marked(_data_set(disposal))
}

# where nobody marks data sets, the orders on file are all there is
_never_marked(data_set) if unknowns.why(data_set, "on_hold") == "not_collected"

_held(disposal, hold) := answers.all_of([_laid(disposal, hold), answers.opposite(_lifted(disposal, hold))])

default _laid(_, _) := "unknown"

_laid(disposal, hold) := "yes" if hold.from_at <= disposal.executed_at

_laid(disposal, hold) := "no" if hold.from_at > disposal.executed_at

default _lifted(_, _) := "unknown"

_lifted(disposal, hold) := "yes" if hold.until_at <= disposal.executed_at

_lifted(disposal, hold) := "no" if hold.until_at > disposal.executed_at

_lifted(_, hold) := "no" if answers.shown(hold, "until_at") == "none"

default _hold(_) := "none"

_hold(disposal) := sort([hold.uid | some hold in _holds(disposal); _held(disposal, hold) == "yes"])[0]
