# METADATA
# title: Each account belongs to a person on HR's file
# description: An open account that nobody holds, or a program's account that nobody in service owns, is a violation.
package checks["5.1-a"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many accounts are open, or may be; shared ones and guests are judged elsewhere.
population := count(_judged)

# METADATA
# description: Those without anybody.
violations contains {"subject": account.uid, "evidence": {
	"case": _case(account),
	"created_at": answers.shown(account, "created_at"),
	"kind": answers.shown(account, "kind"),
	"source_system": answers.shown(account, "source_system"),
	"state": answers.shown(account, "state"),
}} if {
	some account in _judged
	_orphaned(account) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_orphaned(account) == "unknown"
	reason := unknowns.reason(
		[account, people.owner(account)],
		["state", "kind", "holder", "owner", "last_day_ends_at", "hire_day_starts_at", "status"],
	)
}

# shared accounts are 5.2-b's, guests are 6.1.2-d's
_judged := [account |
	some account in input.accounts
	not accounts.closed(account) == "yes"
	not account.kind in {"shared", "guest"}
]

_orphaned(account) := answers.all_of([answers.opposite(accounts.closed(account)), _alone(account)])

default _alone(_) := "unknown"

_alone(account) := people.without_holder(account) if accounts.robot(account) == "no"

_alone(account) := _unowned(account) if accounts.robot(account) == "yes"

# whatever uses it; else it is not settled: it may be one that is judged elsewhere
_alone(account) := "no" if {
	people.without_holder(account) == "no"
	_unowned(account) == "no"
}

default _unowned(_) := "unknown"

_unowned(account) := answers.opposite(people.in_service(people.by_uid[account.owner], data.as_of))

_unowned(account) := "yes" if answers.shown(account, "owner") == "none"

_case(account) := "no_holder" if accounts.robot(account) == "no"

_case(account) := "no_owner" if {
	accounts.robot(account) == "yes"
	answers.shown(account, "owner") == "none"
}

_case(account) := "owner_left" if {
	accounts.robot(account) == "yes"
	account.owner
}
