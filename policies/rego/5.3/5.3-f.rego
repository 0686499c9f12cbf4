# METADATA
# title: Unused accounts are closed
# description: An open account that nobody used for long, and whose holder was not on leave, is a violation.
package checks["5.3-f"]

import future.keywords.not

import data.lib.accounts
import data.lib.activity
import data.lib.answers
import data.lib.leave
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many accounts somebody is meant to use, or may be.
population := count(_judged)

# METADATA
# description: Those that nobody used.
violations contains {"subject": account.uid, "evidence": {
	"activity": account.last_activity.state,
	"activity_kind": object.get(account.last_activity, "kind", "none"),
	"case": _case(account),
	"created_at": answers.shown(account, "created_at"),
	"last_used_at": _last_used(account),
	"state": account.state,
}} if {
	some account in _judged
	_neglected(account) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_neglected(account) == "unknown"
	reason := unknowns.reason(
		array.concat([account, people.holder(account)], leave.absences(people.holder(account))),
		[
			"last_activity", "created_at", "reactivated_at", "state", "kind", "is_collector", "holder", "status",
			"last_day_ends_at", "leave_starts_at", "leave_ends_at", "from_at", "until_at",
		],
	)
}

_judged := [account |
	some account in input.accounts
	not _excepted(account) == "yes"
]

_neglected(account) := answers.all_of([_unused(account), answers.opposite(_excepted(account))])

# whether it is known that nobody is meant to use it now, or that another check asks for it
_excepted(account) := answers.any_of([
	_held_closed(account),
	accounts.robot(account),
	object.get(account, "is_collector", "unknown"),
	_others(account),
	_away(account),
])

default _held_closed(_) := "unknown"

_held_closed(account) := "yes" if account.state in {"suspended", "deactivated", "deleted"}

_held_closed(account) := "no" if account.state in {"active", "invited", "locked"}

# a person's account that nobody holds is 5.1-a's, a leaver's is 5.3-a's
_others(account) := people.left_before(people.holder(account), data.as_of) if {
	not people.without_holder(account) == "yes"
}

_others(account) := accounts.personal(account) if people.without_holder(account) == "yes"

default _away(_) := "unknown"

_away(account) := leave.since(people.by_uid[account.holder], data.cutoff.dormant_days)

_away(account) := "no" if people.without_holder(account) == "yes"

_unused(account) := answers.opposite(_excusable(account))

# whether it was used lately, or is too young to have been; a start lifts an old use
_excusable(account) := answers.any_of([_used(account), _started(account)])

default _used(_) := "unknown"

_used(account) := answers.opposite(activity.unused_since(account, data.cutoff.dormant_days)) if {
	account.last_activity.state in {"at", "not_since"}
}

_used(account) := "no" if account.last_activity.state == "never"

# whether it was made or opened again too lately
_started(account) := answers.any_of([_created(account), _reactivated(account)])

default _created(_) := "unknown"

_created(account) := _later(account.created_at, _limit(account))

# it was there when it was used, or when an earlier snapshot showed it
_created(account) := "no" if {
	not account.created_at

	# no boundary: what was used at the limit was used late enough, or it is not known whether it was
	account.last_activity.at < _limit(account)
}

_created(account) := "no" if {
	not account.created_at
	account.first_seen_at < _limit(account)
}

default _reactivated(_) := "unknown"

_reactivated(account) := _later(account.reactivated_at, _limit(account))

_reactivated(account) := "no" if answers.shown(account, "reactivated_at") == "none"

_limit(account) := data.cutoff.never_used_days if account.last_activity.state == "never"

_limit(account) := data.cutoff.dormant_days if account.last_activity.state in {"at", "not_since"}

_later(instant, limit) := "yes" if instant >= limit

_later(instant, limit) := "no" if instant < limit

_case(account) := "never_used" if account.last_activity.state == "never"

_case(account) := "dormant" if not account.last_activity.state == "never"

default _last_used(_) := "none"

_last_used(account) := account.last_activity.at if account.last_activity.state == "at"

_last_used(account) := account.last_activity.bound if account.last_activity.state == "not_since"
