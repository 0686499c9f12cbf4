# METADATA
# title: Newcomers are served
# description: Somebody who joined lately and has no account in the standard tool after the days allowed is a violation.
package checks["5.1-e"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.standard
import data.lib.unknowns

# METADATA
# description: How many newcomers should have been served by now, or may be ones.
population := count(_judged)

# METADATA
# description: Those who have no account.
violations contains {"subject": person.uid, "evidence": {
	"applications": sort([application.uid | some application in standard.products]),
	"closed": sort([account.uid | some account in standard.accounts_of(person.uid)]),
	"hire_date": answers.shown(person, "hire_date"),
}} if {
	some person in _judged
	_unserved(person) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": person.uid, "reason": reason} if {
	some person in _judged
	_unserved(person) == "unknown"
	reason := _reason(person)
}

_judged := [person |
	some person in input.people
	not _due(person) == "no"
]

_unserved(person) := answers.all_of([_due(person), answers.opposite(_served(person))])

_due(person) := answers.all_of([standard.due(person), _joined_lately(person)])

# who joined before that is 4.1-c's
default _joined_lately(_) := "unknown"

_joined_lately(person) := "yes" if person.hire_day_starts_at >= data.cutoff.newcomer_window_days

_joined_lately(person) := "no" if person.hire_day_starts_at < data.cutoff.newcomer_window_days

_served(person) := answers.any_of(array.concat(
	[_serves(account) | some account in standard.accounts_of(person.uid)],
	_doubts,
))

_doubts := array.concat(
	# it may be theirs
	["unknown" | some account in _nobodys; account.source_system in standard.tools],
	# which tool is the standard one is not known
	["unknown" | not standard.known],
)

_serves(account) := answers.all_of([answers.opposite(accounts.closed(account)), accounts.personal(account)])

_nobodys := [account |
	some account in input.accounts
	people.without_holder(account) == "unknown"
	not _serves(account) == "no"
]

_reason(person) := reasons[0] if {
	own := [why | some field in standard.fields; why := unknowns.why(person, field)]
	theirs := [why |
		some account in standard.accounts_of(person.uid)
		some field in ["state", "kind"]
		why := unknowns.why(account, field)
	]
	lost := ["ambiguous" | some account in _nobodys; account.source_system in standard.tools]
	reasons := array.concat(
		array.concat(own, theirs),
		array.concat(standard.reasons, array.concat(lost, [unknowns.reason([], [])])),
	)
}
