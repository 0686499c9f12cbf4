# METADATA
# title: Passwords and second factors are kept
# description: An open account without second factor, or whose password is old or known to others, is a violation.
package checks["5.2-d"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.unknowns

# METADATA
# description: How many open accounts have a sign-in of their own, or may have.
population := count(_judged)

# METADATA
# description: Those that fail a test.
violations contains {"subject": account.uid, "evidence": {
	"faults": sort(failed),
	"mfa_enforced": answers.shown(account, "mfa_enforced"),
	"mfa_enrolled": answers.shown(account, "mfa_enrolled"),
	"password_changed_at": answers.shown(account, "password_changed_at"),
	"privileged": answers.shown(account, "privileged"),
}} if {
	some account in _judged
	_weak(account) == "yes"
	failed := {test | some test, answer in _tests(account); answer == "yes"}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_weak(account) == "unknown"
	reason := unknowns.reason([account], [
		"state", "kind", "auth_source", "authenticates_with", "mfa_enrolled", "password_changed_at",
		"password_compromised",
	])
}

_judged := [account |
	some account in input.accounts
	not accounts.closed(account) == "yes"
	not account.state == "invited"
	not _elsewhere(account) == "yes"
]

_weak(account) := answers.all_of([
	answers.opposite(accounts.closed(account)),
	answers.opposite(_elsewhere(account)),
	answers.any_of([answer | some answer in _tests(account)]),
])

# whether its sign-in is judged at the account of the identity provider
default _elsewhere(_) := "unknown"

_elsewhere(account) := "no" if account.auth_source == "local"

_elsewhere(account) := "yes" if {
	account.auth_source in {"sso", "directory"}
	accounts.by_uid[account.authenticates_with]
}

# the tests in force, each with whether the account fails it
_tests(account) := {test: _fails(account, test) | some test in data.settings.credential_tests}

default _fails(_, _) := "unknown"

_fails(account, "second_factor") := answers.all_of([_needs_second(account), answers.opposite(account.mfa_enrolled)])

_fails(account, "password_age") := "yes" if account.password_changed_at < data.cutoff.password_max_days

_fails(account, "password_age") := "no" if account.password_changed_at >= data.cutoff.password_max_days

_fails(account, "compromised") := account.password_compromised if not _has_no_password(account)

_fails(account, test) := "no" if {
	test in {"password_age", "compromised"}
	_has_no_password(account)
}

_has_no_password(account) if answers.shown(account, "password_changed_at") == "none"

# a second factor is a person's; several people, programs and devices cannot show one
default _needs_second(_) := "unknown"

_needs_second(account) := "yes" if account.kind in {"human", "guest"}

_needs_second(account) := "no" if account.kind in {"service", "bot", "shared", "room_device"}
