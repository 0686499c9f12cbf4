# METADATA
# title: No leavers in groups
# description: Whoever has left, or whose account is closed, is a member of no group any more.
package checks["6.1.2-c"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.groups
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many memberships of people there are.
population := count(_judged)

# METADATA
# description: Those of people who have left, and of closed accounts.
violations contains object.union(violation, groups.to_act(groups.of(membership))) if {
	some membership in _judged
	_remains(membership) == "yes"
	account := _account(membership)
	violation := {"subject": membership.uid, "evidence": {
		"account": membership.account,
		"account_state": answers.shown(account, "state"),
		"holder": answers.shown(account, "holder"),
		"last_day_ends_at": answers.shown(people.holder(account), "last_day_ends_at"),
		"group": membership.group,
		"via": answers.shown(membership, "via"),
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": membership.uid, "reason": reason} if {
	some membership in _judged
	_remains(membership) == "unknown"
	account := _account(membership)
	reason := unknowns.reason(
		[account, people.holder(account), groups.of(membership)],
		["state", "kind", "holder", "last_day_ends_at", "status", "direct"],
	)
}

_judged := [membership |
	some membership in input.memberships
	not accounts.robot(_account(membership)) == "yes"
	not groups.shared(groups.of(membership)) == "no"
	not _follows(membership)
]

# one cause is one instance: the membership that it comes from is judged
_follows(membership) if {
	membership.via == "nested"
	membership.source_membership in _memberships
}

_memberships := {membership.uid | some membership in array.concat(input.memberships, input.context.memberships)}

_remains(membership) := answers.all_of([
	answers.any_of([_left(_account(membership)), accounts.closed(_account(membership))]),
	answers.opposite(accounts.robot(_account(membership))),
	groups.shared(groups.of(membership)),
])

default _left(_) := "unknown"

_left(account) := people.left_before(people.by_uid[account.holder], data.cutoff.leaver_grace_days)

# known to have no holder: judged by the state of the account alone
_left(account) := "no" if people.without_holder(account) == "yes"

default _account(_) := {}

_account(membership) := accounts.by_uid[membership.account]
