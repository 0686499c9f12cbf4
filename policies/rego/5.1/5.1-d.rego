# METADATA
# title: Created on HR's request at joining
# description: An account that was opened before its holder was hired, or without a request, is a violation.
package checks["5.1-d"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.periods
import data.lib.requests
import data.lib.time as clock
import data.lib.unknowns

_seconds_a_day := 86400

# METADATA
# description: How many accounts of people were opened in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those opened too early, or without a request by then.
violations contains {"subject": account.uid, "evidence": {
	"cases": array.concat(
		["created_early" | _early(account) == "yes"],
		[case | requests.made(account) == "no"; case := {true: "no_request", false: "request_late"}[count(later) == 0]],
	),
	"created_at": account.created_at,
	"hire_date": answers.shown(people.holder(account), "hire_date"),
	"request": array.concat(later, ["none"])[0],
}} if {
	some account in _judged
	_at_fault(account) == "yes"
	later := sort(requests.afterwards(account))
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_at_fault(account) == "unknown"
	reason := unknowns.reason(
		array.concat([account, people.holder(account)], requests.doubtful(account)),
		[
			"created_at", "kind", "holder", "hire_day_starts_at", "last_day_ends_at",
			"sent_at", "person", "subject", "decisions", "state",
		],
	)
}

_judged := [account |
	some account in input.accounts
	not _concerned(account) == "no"
]

_concerned(account) := answers.all_of([
	accounts.personal(account),
	answers.opposite(people.without_holder(account)),
	_in_period(account),
])

_at_fault(account) := answers.all_of([
	_concerned(account),
	answers.any_of([_early(account), answers.opposite(requests.made(account))]),
])

default _in_period(_) := "unknown"

_in_period(account) := periods.holds(account.created_at) if not _seen_before(account)

_in_period(account) := "no" if _seen_before(account)

# it is older than the source says
_seen_before(account) if account.first_seen_at < data.period.from

# before an employment, and in none
default _early(_) := "unknown"

_early(account) := "yes" if {
	count([start | some start in _starts(account); not _begun(start, account)]) > 0
	count(_running(account)) == 0
}

_early(account) := "no" if {
	some employment in _running(account)
	not _perhaps_over(employment, account)
}

_early(account) := "no" if {
	people.holder(account).hire_day_starts_at
	count([start | some start in _starts(account); not _begun(start, account)]) == 0
}

_begun(start, account) if {
	clock.seconds(account.created_at, start) <= data.settings.account_early_days * _seconds_a_day
}

_employments(account) := array.concat(people.holder(account).employments, [people.holder(account)])

_starts(account) := {employment.hire_day_starts_at | some employment in _employments(account)}

_running(account) := [employment |
	some employment in _employments(account)
	_begun(employment.hire_day_starts_at, account)
	not employment.last_day_ends_at < account.created_at
]

# nobody knows when the holder left, so that an employment without an end may have ended before
_perhaps_over(employment, account) if {
	unknowns.why(people.holder(account), "last_day_ends_at")
	not employment.last_day_ends_at
}
