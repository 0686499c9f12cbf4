# METADATA
# title: Movers' accounts follow
# description: An account that still states, when the days are over, what was before a transfer is a violation.
package checks["5.3-d"]

import future.keywords.not

import data.lib.answers
import data.lib.people
import data.lib.stated

# METADATA
# description: How many open accounts are of people who moved some days ago, or may be.
population := count(_judged)

# METADATA
# description: Those that still state what was before.
violations contains {"subject": account.uid, "evidence": {
	"effective_on": answers.shown(transfer, "effective_on"),
	"fields": [field | some field in ["department", "position"]; _behind(account, transfer, field) == "yes"],
	"stated_department": stated.shown(account, "department_code"),
	"stated_position": stated.shown(account, "position"),
	"transfer": transfer.uid,
}} if {
	some account in _judged
	_at_fault(account) == "yes"
	found := [transfer | some transfer in stated.moves(account); _left_behind(account, transfer) == "yes"]
	transfer := found[0]
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_at_fault(account) == "unknown"
	reason := stated.reasons(account)[0]
}

_judged := [account |
	some account in input.accounts
	not stated.judged(account) == "no"
	not _moved(account) == "no"
]

_moved(account) := answers.any_of([_due(account, transfer) | some transfer in stated.moves(account)]) if {
	people.by_uid[account.holder]
}

default _at_fault(_) := "unknown"

_at_fault(account) := answers.all_of([
	stated.judged(account),
	answers.any_of([_left_behind(account, transfer) | some transfer in stated.moves(account)]),
]) if {
	people.by_uid[account.holder]
}

_left_behind(account, transfer) := answers.all_of([
	_due(account, transfer),
	answers.any_of([_behind(account, transfer, field) | some field in object.keys(stated.fields)]),
])

_behind(account, transfer, field) := answers.all_of([
	stated.differs(account, field),
	stated.former(account, transfer, field),
])

_due(account, transfer) := answers.all_of([stated.latest(transfer, account), _waited(transfer)])

default _waited(_) := "unknown"

_waited(transfer) := "yes" if transfer.effective_ends_at < data.cutoff.mover_account_workdays

_waited(transfer) := "no" if transfer.effective_ends_at >= data.cutoff.mover_account_workdays
