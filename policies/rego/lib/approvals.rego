# METADATA
# title: Approvals
# description: Whether an approval held at an instant, and who decided it.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.approvals

import future.keywords.not

import data.lib.answers
import data.lib.people

# METADATA
# description: Every approval, by uid.
by_uid := table if {
	table := data.company.prepared.approvals.by_uid
}

else := {approval.uid: approval | some approval in data.company.approvals}

# METADATA
# scope: document
# description: Whether the register calls it approved, and it held at the instant by its own dates.
default held_at(_, _) := "unknown"

held_at(approval, instant) := answers.all_of([granted(approval), dated(approval, instant)])

# METADATA
# description: Whether it held at the instant, and somebody really approved it before.
in_force(approval, instant) := answers.all_of([held_at(approval, instant), _approved_by(approval, instant)])

# METADATA
# description: Whether by its own dates it held at the instant.
dated(approval, instant) := answers.all_of([
	_begun(approval, instant),
	answers.opposite(_over(approval, instant)),
])

# METADATA
# scope: document
# description: Whether the register calls it approved; done is not approved.
default granted(_) := "unknown"

granted(approval) := "yes" if approval.state == "approved"

granted(approval) := "no" if approval.state in {"rejected", "pending", "withdrawn", "expired"}

default _begun(_, _) := "unknown"

_begun(approval, instant) := "yes" if approval.valid_from <= instant

_begun(approval, instant) := "no" if approval.valid_from > instant

_begun(approval, _) := "yes" if answers.shown(approval, "valid_from") == "none"

default _over(_, _) := "unknown"

_over(approval, instant) := "yes" if approval.valid_until < instant

_over(approval, instant) := "no" if approval.valid_until >= instant

_over(approval, _) := "no" if answers.shown(approval, "valid_until") == "none"

# METADATA
# scope: document
# description: Whether a decision says approved.
default approving(_) := "unknown"

approving(decision) := "yes" if decision.decision == "approved"

approving(decision) := "no" if decision.decision in {"rejected", "pending"}

# METADATA
# scope: document
# description: Whether a decision was made by the instant.
default made_by(_, _) := "unknown"

made_by(decision, instant) := "yes" if decision.at <= instant

made_by(decision, instant) := "no" if decision.at > instant

# METADATA
# scope: document
# description: Whether somebody other than these people decided.
default by_another(_, _) := "unknown"

by_another(decision, these) := "yes" if {
	people.by_uid[decision.by]
	not decision.by in these
}

by_another(decision, these) := "no" if decision.by in these

# METADATA
# scope: document
# description: Whether by the instant somebody other than these people approved.
default approved_by_another(_, _, _) := "unknown"

approved_by_another(approval, these, instant) := answers.any_of([answer |
	some decision in approval.decisions
	answer := answers.all_of([
		approving(decision),
		made_by(decision, instant),
		by_another(decision, these),
	])
]) if {
	is_array(approval.decisions)
}

# METADATA
# scope: document
# description: >-
#   Whether an approval of the kind, in force at the instant and really decided, is about one of these names or uids.
#   One of which the kind or the subject is not known may be.
default granted_for(_, _, _) := "unknown"

granted_for(kind, names, instant) := answers.any_of([answer |
	some uid in _perhaps_about(names)
	approval := by_uid[uid]
	answer := answers.all_of([
		of_kind(approval, kind),
		_about(approval, names),
		held_at(approval, instant),
		_approved_by(approval, instant),
	])
])

# METADATA
# description: The uids of approvals by what they are about, found by key, since a company has as many as people.
by_subject := table if {
	table := data.company.prepared.approvals.by_subject
}

else := {subject: uids |
	some subject in {approval.subject | some approval in data.company.approvals}
	uids := [approval.uid | some approval in data.company.approvals; approval.subject == subject]
}

# METADATA
# description: The uids of those of which it is not known what they are about.
without_subject := table if {
	table := data.company.prepared.approvals.without_subject
}

else := [approval.uid | some approval in data.company.approvals; not is_string(approval.subject)]

# METADATA
# description: The fields that decide whether an approval holds; they may say why that is not known.
fields := ["kind", "subject", "state", "decisions", "valid_from", "valid_until"]

# METADATA
# description: The approvals that are about one of the names, or may be.
perhaps_for(names) := [by_uid[uid] | some uid in _perhaps_about(names)]

_perhaps_about(names) := {uid | some uid in without_subject} | {uid | some name in names; some uid in by_subject[name]}

# METADATA
# scope: document
# description: Whether this kind of thing was asked for.
default of_kind(_, _) := "unknown"

of_kind(approval, kind) := "yes" if approval.kind == kind

of_kind(approval, kind) := "no" if {
	approval.kind != "unknown"
	approval.kind != kind
}

default _about(_, _) := "unknown"

_about(approval, names) := "yes" if approval.subject in names

_about(approval, names) := "no" if {
	is_string(approval.subject)
	not approval.subject in names
}

default _approved_by(_, _) := "unknown"

_approved_by(approval, instant) := answers.any_of([answer |
	some decision in approval.decisions
	answer := answers.all_of([approving(decision), made_by(decision, instant)])
]) if {
	is_array(approval.decisions)
}
