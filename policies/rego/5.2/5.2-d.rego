# METADATA
# title: Passwords and second factors are kept
# description: An open account with an old or known password, or a person's without a second factor, is a violation.
package checks["5.2-d"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.unknowns

# METADATA
# description: How many accounts sign in by themselves, or may.
population := count(_judged)

# METADATA
# description: Those that fail one of the tests in force.
violations contains {"subject": account.uid, "evidence": {
	"faults": sort([test | some test, answer in _failed(account); answer == "yes"]),
	"mfa_enforced": answers.shown(account, "mfa_enforced"),
	"mfa_enrolled": answers.shown(account, "mfa_enrolled"),
	"password_changed_at": answers.shown(account, "password_changed_at"),
	"privileged": answers.shown(account, "privileged"),
}} if {
	some account in _judged
	_careless(account) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_careless(account) == "unknown"
	reason := unknowns.reason([account], [
		"mfa_enrolled", "password_changed_at", "password_compromised", "auth_source", "authenticates_with", "state", "kind",
	])
}

_judged := [account |
	some account in input.accounts
	not _outside(account) == "yes"
]

_careless(account) := answers.all_of([
	answers.opposite(_outside(account)),
	answers.any_of([answer | some answer in _failed(account)]),
])

_outside(account) := answers.any_of([accounts.closed(account), _invited(account), _judged_elsewhere(account)])

# nobody has signed in yet
default _invited(_) := "unknown"

_invited(account) := "yes" if account.state == "invited"

_invited(account) := "no" if account.state in {"active", "locked", "suspended", "deactivated", "deleted"}

# whether it signs in with another account, which is judged itself
default _judged_elsewhere(_) := "unknown"

_judged_elsewhere(account) := "no" if account.auth_source == "local"

_judged_elsewhere(account) := "yes" if {
	account.auth_source in {"sso", "directory"}
	accounts.by_uid[account.authenticates_with]
}

# each test in force, and whether the account fails it
_failed(account) := {test: answer |
	some test in data.settings.credential_tests
	answer := _fails(test, account)
}

default _fails(_, _) := "unknown"

_fails("second_factor", account) := answers.all_of([
	answers.opposite(_needs_no_factor(account)),
	answers.opposite(object.get(account, "mfa_enrolled", "unknown")),
])

_fails("password_age", account) := "yes" if account.password_changed_at < data.cutoff.password_max_days

_fails("password_age", account) := "no" if account.password_changed_at >= data.cutoff.password_max_days

_fails("password_age", account) := "no" if answers.shown(account, "password_changed_at") == "none"

_fails("compromised", account) := account.password_compromised if account.password_compromised in {"yes", "no"}

_fails("compromised", account) := "no" if {
	not account.password_compromised in {"yes", "no"}
	answers.shown(account, "password_changed_at") == "none"
}

# programs and devices cannot have one, and a shared one is the fault of sharing
default _needs_no_factor(_) := "unknown"

_needs_no_factor(account) := "yes" if account.kind in {"service", "bot", "shared", "room_device"}

_needs_no_factor(account) := "no" if account.kind in {"human", "guest"}
