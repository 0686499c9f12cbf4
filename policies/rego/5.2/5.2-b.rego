# METADATA
# title: No shared or generic accounts
# description: An open account that several people use is a violation, whatever a register says of it.
package checks["5.2-b"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many accounts are open and for people, or may be.
population := count(_judged)

# METADATA
# description: Those that several people use.
violations contains object.union(
	{"subject": account.uid, "evidence": {
		"activity": object.get(account, ["last_activity", "state"], "unknown"),
		"case": _case(account),
		"kind": answers.shown(account, "kind"),
		"owner": answers.shown(account, "owner"),
		"people": _people(account),
	}},
	_to_act(account),
) if {
	some account in _judged
	_shared(account) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_shared(account) == "unknown"
	reason := unknowns.reason(
		array.concat([account], array.concat(_links(account), _signals(account))),
		["state", "kind", "conflict"],
	)
}

# programs' and devices' accounts are 5.1-a's
_judged := [account |
	some account in input.accounts
	not accounts.closed(account) == "yes"
	not accounts.robot(account) == "yes"
]

_shared(account) := answers.all_of([
	answers.opposite(accounts.closed(account)),
	answers.opposite(accounts.robot(account)),
	answers.any_of([_meant_for_many(account), _contested(account), _registered(account)]),
])

default _meant_for_many(_) := "unknown"

_meant_for_many(account) := "yes" if account.kind == "shared"

_meant_for_many(account) := "no" if account.kind in {"human", "guest"}

# what uses it is not said, but one person holds it
_meant_for_many(account) := "no" if {
	not account.kind == "shared"
	people.by_uid[account.holder]
}

# several people have the same claim to it
_contested(account) := answers.any_of([_conflict(link) | some link in _links(account)])

default _conflict(_) := "unknown"

_conflict(link) := link.conflict

_registered(account) := answers.any_of([_by_register(signal) | some signal in _signals(account)])

default _by_register(_) := "unknown"

_by_register(signal) := "yes" if signal.kind == "shared_by_register"

_by_register(signal) := "no" if {
	signal.kind in {"simultaneous_sessions", "many_devices", "impossible_travel", "self_reported"}
}

_case(account) := "shared" if account.kind == "shared"

_case(account) := "several_people" if {
	not account.kind == "shared"
	_contested(account) == "yes"
}

_case(account) := "shared_by_register" if {
	not account.kind == "shared"
	not _contested(account) == "yes"
}

# the owner in the register, if still there; else IT
default _to_act(_) := {}

_to_act(account) := {"owner": account.owner} if {
	people.in_service(people.by_uid[account.owner], data.as_of) == "yes"
}

_people(account) := count({link.person | some link in _links(account); link.strength != "weak"})

_links(account) := object.get(_links_of, account.uid, [])

_links_of := {uid: links |
	some uid in {link.account | some link in input.identity_links}
	links := [link | some link in input.identity_links; link.account == uid]
}

_signals(account) := object.get(_signals_of, account.uid, [])

# not declared: lending_signal: the register of shared accounts delivers the only kind that counts
_signals_of := {uid: signals |
	some uid in {signal.account | some signal in input.lending_signals}
	signals := [signal | some signal in input.lending_signals; signal.account == uid]
}
