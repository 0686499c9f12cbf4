# METADATA
# title: No dead groups
# description: A live group in which nobody wrote for long, or which has fewer than two members, is a violation.
package checks["6.1.2-e"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.groups
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many groups are old enough to be asked, or may be.
population := count(_judged)

# METADATA
# description: Those that are dead.
violations contains object.union(groups.to_act(group), {"subject": group.uid, "evidence": {
	"created_at": answers.shown(group, "created_at"),
	"faults": sort([fault | some fault, answer in _faults(group); answer == "yes"]),
	"last_message_at": _last_message(group),
	"members": count(_possible(group)),
}}) if {
	some group in _judged
	_dead(group) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": group.uid, "reason": reason} if {
	some group in _judged
	_dead(group) == "unknown"
	reason := unknowns.reason(
		array.concat([group], [account | some uid in _listed(group); account := accounts.by_uid[uid]]),
		array.concat(
			["last_message_at", "created_at", "quiet_until_ends_at", "messages_kept", "archived", "direct", "state", "kind"],
			["member_count" | _alone(group) == "unknown"],
		),
	)
}

_judged := [group |
	some group in input.groups
	not groups.live(group) == "no"
	not _quiet(group) == "yes"
	not _young(group) == "yes"
]

_dead(group) := answers.all_of([
	groups.live(group),
	answers.opposite(_quiet(group)),
	answers.any_of([answer | some answer in _faults(group)]),
])

_faults(group) := {"silent": _silent(group), "lone": _lone(group)}

_young(group) := answers.opposite(answers.any_of([_old(group), _settled(group)]))

default _old(_) := "unknown"

_old(group) := "yes" if group.created_at < data.cutoff.dead_group_days

_old(group) := "no" if group.created_at >= data.cutoff.dead_group_days

default _settled(_) := "unknown"

_settled(group) := "yes" if group.created_at < data.cutoff.lone_group_days

_settled(group) := "no" if group.created_at >= data.cutoff.lone_group_days

# whether the register lets it be silent for now
default _quiet(_) := "unknown"

_quiet(group) := "yes" if group.quiet_until_ends_at >= data.as_of

_quiet(group) := "no" if group.quiet_until_ends_at < data.as_of

_quiet(group) := "no" if {
	answers.shown(group, "quiet_until") == "none"
	answers.shown(group, "quiet_until_ends_at") == "none"
}

_silent(group) := answers.all_of([
	answers.opposite(_without_record(group)),
	_long_silent(group),
	answers.opposite(_newer(group)),
])

# a list or a department's group whose platform keeps no messages
_without_record(group) := answers.all_of([
	_list(group),
	answers.opposite(object.get(group, "messages_kept", "unknown")),
])

default _list(_) := "unknown"

_list(group) := "yes" if group.kind in {"mailing_list", "dept_group"}

_list(group) := "no" if group.kind in {"room", "channel", "team", "stream"}

# an old last message proves an old group; without one its age decides
_newer(group) := answers.opposite(_old(group)) if _age_counts(group)

_newer(group) := "no" if not _age_counts(group)

_age_counts(group) if not group.last_message_at.state in {"at", "not_since"}

_age_counts(group) if _old(group) == "no"

default _long_silent(_) := "unknown"

_long_silent(group) := "yes" if group.last_message_at.state == "never"

_long_silent(group) := "yes" if {
	group.last_message_at.state == "at"
	clock.seconds(group.last_message_at.at, data.cutoff.dead_group_days) > _blur(group)
}

_long_silent(group) := "no" if {
	group.last_message_at.state == "at"
	group.last_message_at.at >= data.cutoff.dead_group_days
}

_long_silent(group) := "yes" if {
	group.last_message_at.state == "not_since"
	group.last_message_at.bound <= data.cutoff.dead_group_days
}

_blur(group) := object.get(group.last_message_at, "precision_s", 0)

_lone(group) := answers.all_of([_settled(group), _alone(group)])

# whether fewer than two people are in it
default _alone(_) := "unknown"

_alone(group) := "no" if count(_certain(group)) > 1

# a list proves that nobody else is in the group only beside the number that the platform counts
_alone(group) := "yes" if {
	count(_possible(group)) < 2
	count(_listed(group)) >= group.member_count
}

_listed(group) := object.get(_accounts_of, group.uid, set())

_accounts_of := {group: uids |
	some group in {membership.group | some membership in input.memberships}
	uids := {membership.account | some membership in input.memberships; membership.group == group}
}

_certain(group) := {uid | some uid in _listed(group); _counts(uid) == "yes"}

_possible(group) := {uid | some uid in _listed(group); not _counts(uid) == "no"}

# robots and closed accounts are no members in this sense
default _counts(_) := "unknown"

_counts(uid) := answers.opposite(answers.any_of([
	accounts.robot(accounts.by_uid[uid]),
	accounts.closed(accounts.by_uid[uid]),
]))

default _last_message(_) := "unknown"

_last_message(group) := "never" if group.last_message_at.state == "never"

_last_message(group) := group.last_message_at.at

_last_message(group) := group.last_message_at.bound if group.last_message_at.state == "not_since"
