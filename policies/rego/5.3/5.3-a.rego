# METADATA
# title: Leavers' accounts are closed
# description: An account whose holder has left, and that is still open when the days of grace are over, is a violation.
package checks["5.3-a"]

import future.keywords.not

import data.lib.accounts
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many accounts have a holder who has left, or may have.
population := count(_judged)

# METADATA
# description: Those that are still open.
violations contains {"subject": account.uid, "evidence": {
	"state": account.state,
	"holder": account.holder,
	"last_day_ends_at": people.left_at(people.holder(account), data.cutoff.leaver_grace_days),
}} if {
	some account in _judged
	_left(account) == "yes"
	accounts.closed(account) == "no"
	accounts.robot(account) == "no"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	"unknown" in {_left(account), accounts.closed(account), accounts.robot(account)}
	not accounts.closed(account) == "yes"
	reason := unknowns.reason([account, people.holder(account)], ["state", "kind", "holder", "last_day_ends_at", "status"])
}

_judged := [account |
	some account in input.accounts
	not accounts.robot(account) == "yes"
	not _left(account) == "no"
]

default _left(_) := "unknown"

_left(account) := people.left_before(people.by_uid[account.holder], data.cutoff.leaver_grace_days)

# known to have no holder: that is 5.1-a
_left(account) := "no" if people.without_holder(account) == "yes"
