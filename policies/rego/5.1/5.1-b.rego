# METADATA
# title: Account data agrees with HR
# description: An account that states a department or position that its holder does not have is a violation.
package checks["5.1-b"]

import future.keywords.not

import data.lib.answers
import data.lib.people
import data.lib.stated

# METADATA
# description: How many open accounts are of people in service, or may be.
population := count(_judged)

# METADATA
# description: Those that state what is not so.
violations contains {"subject": account.uid, "evidence": {
	"fields": [field | some field in ["department", "position"]; _wrong(account, field) == "yes"],
	"hr_departments": sort(stated.codes(people.holder(account))),
	"hr_positions": sort(stated.positions(people.holder(account))),
	"stated_department": stated.shown(account, "department_code"),
	"stated_position": stated.shown(account, "position"),
}} if {
	some account in _judged
	_at_fault(account) == "yes"
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
]

_at_fault(account) := answers.all_of([
	stated.judged(account),
	answers.any_of([_wrong(account, field) | some field in object.keys(stated.fields)]),
])

# what a transfer explains is 5.3-d's
_wrong(account, field) := answers.all_of([
	stated.differs(account, field),
	answers.opposite(stated.explained(account, field)),
])
