# METADATA
# title: The manager decides who joins
# description: A member who was let in by somebody who does not manage the group is a violation.
package checks["6.1.2-a"]

import future.keywords.not

import data.lib.accounts
import data.lib.admission
import data.lib.answers
import data.lib.approvals
import data.lib.groups
import data.lib.periods
import data.lib.unknowns

# METADATA
# description: How many memberships began in the period and were somebody's decision, or may have been.
population := count(_judged)

# METADATA
# description: Those that nobody decided who may.
violations contains object.union(violation, groups.to_act(groups.of(membership))) if {
	some membership in _judged
	_irregular(membership) == "yes"
	violation := {"subject": membership.uid, "evidence": {
		"account": membership.account,
		"added_by": membership.added_by,
		"group": membership.group,
		"join_rule": answers.shown(groups.of(membership), "join_rule"),
		"joined_at": membership.joined_at,
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": membership.uid, "reason": reason} if {
	some membership in _judged
	_irregular(membership) == "unknown"
	reason := unknowns.first([
		[[membership, groups.of(membership), _account(membership), admission.adder(membership)], [
			"archived", "direct", "via", "joined_at", "added_by", "role", "owners", "creator", "join_rule", "label",
			"owner_department", "department_code", "kind", "holder",
		]],
		[admission.leaders(membership), ["role", "holder"]],
		[admission.departments_of(groups.of(membership)), ["heads"]],
		[admission.approvals_of(membership), approvals.fields],
	])
}

_judged := [membership |
	some membership in input.memberships
	not _concerned(membership) == "no"
]

_irregular(membership) := answers.all_of([
	_concerned(membership),
	answers.any_of([
		answers.all_of([admission.own(membership), _open(groups.of(membership))]),
		answers.all_of([
			answers.opposite(admission.own(membership)),
			answers.opposite(admission.entitled(membership)),
		]),
	]),
])

_concerned(membership) := answers.all_of([
	groups.live(groups.of(membership)),
	_direct(membership),
	_in_period(membership),
	answers.opposite(accounts.robot(_account(membership))),
	answers.opposite(admission.manages(membership)),
	answers.opposite(_created(membership)),
])

default _direct(_) := "unknown"

_direct(membership) := "yes" if membership.via == "direct"

# who made the rule, or let the group in, decided
_direct(membership) := "no" if membership.via in {"nested", "dynamic_rule"}

default _in_period(_) := "unknown"

_in_period(membership) := periods.holds(membership.joined_at)

# who was seen in it before has not joined in the period
_in_period(membership) := "no" if {
	not membership.joined_at
	membership.first_seen_at < data.period.from
}

default _created(_) := "unknown"

_created(membership) := "yes" if groups.of(membership).creator == membership.account

_created(membership) := "no" if groups.of(membership).creator != membership.account

# a group that everybody may enter without being asked: for public ones that is its manager's decision
_open(group) := answers.all_of([_without_asking(group), _internal(group)])

default _without_asking(_) := "unknown"

_without_asking(group) := "yes" if group.join_rule == "open"

_without_asking(group) := "no" if group.join_rule in {"approval", "invite"}

default _internal(_) := "unknown"

_internal(group) := "yes" if group.label in {"internal", "confidential", "secret"}

_internal(group) := "no" if group.label == "public"

default _account(_) := {}

_account(membership) := accounts.by_uid[membership.account]
