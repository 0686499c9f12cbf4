# METADATA
# title: Newcomers are served
# description: Somebody who joined lately and has no account in the standard tool after the days allowed is a violation.
package checks["5.1-e"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many newcomers should have been served by now, or may be ones.
population := count(_judged)

# METADATA
# description: Those who have no account.
violations contains {"subject": person.uid, "evidence": {
	"applications": sort([application.uid | some application in _standard]),
	"closed": sort([account.uid | some account in _accounts(person)]),
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

_due(person) := answers.all_of([
	_entitled(person),
	people.in_service(person, data.as_of),
	answers.opposite(_on_leave(person)),
	_joined_lately(person),
	_waited(person),
])

default _entitled(_) := "unknown"

_entitled(person) := "yes" if person.employment_type in data.settings.served_employment_types

_entitled(person) := "no" if {
	person.employment_type in {"employee", "contractor", "intern", "external"}
	not person.employment_type in data.settings.served_employment_types
}

default _on_leave(_) := "unknown"

_on_leave(person) := "yes" if person.status == "leave"

_on_leave(person) := "no" if person.status in {"active", "prehire", "left"}

# who joined before that is 4.1-c's
default _joined_lately(_) := "unknown"

_joined_lately(person) := "yes" if person.hire_day_starts_at >= data.cutoff.newcomer_window_days

_joined_lately(person) := "no" if person.hire_day_starts_at < data.cutoff.newcomer_window_days

default _waited(_) := "unknown"

_waited(person) := "yes" if person.hire_day_ends_at < data.cutoff.newcomer_account_workdays

_waited(person) := "no" if person.hire_day_ends_at >= data.cutoff.newcomer_account_workdays

_served(person) := answers.any_of(array.concat([_serves(account) | some account in _accounts(person)], _doubts))

_doubts := array.concat(
	# it may be theirs
	["unknown" | some account in _nobodys; account.source_system in _tools],
	# which tool is the standard one is not known
	["unknown" | not _standard_known],
)

_serves(account) := answers.all_of([answers.opposite(accounts.closed(account)), _human(account)])

default _human(_) := "unknown"

_human(account) := "yes" if account.kind == "human"

_human(account) := "no" if account.kind in {"service", "bot", "room_device", "shared", "guest"}

_standard := [application |
	some application in data.company.applications
	application.standard == "yes"
	application.category == "chat"
]

_standard_known if {
	count(_standard) > 0
	count([application | some application in data.company.applications; _may_be_standard(application)]) == 0
	every application in _standard {
		is_array(application.source_systems)
		count(application.source_systems) > 0
	}
}

_may_be_standard(application) if {
	not application.standard in {"yes", "no"}
	not application.category in {"collaboration", "meeting", "mail", "other"}
}

_may_be_standard(application) if {
	application.standard == "yes"
	not application.category in {"chat", "collaboration", "meeting", "mail", "other"}
}

_tools := {id | some application in _standard; some id in application.source_systems}

_nobodys := [account |
	some account in input.accounts
	people.without_holder(account) == "unknown"
	not _serves(account) == "no"
]

_accounts(person) := [account |
	some account in object.get(_accounts_of, person.uid, [])
	account.source_system in _tools
]

_accounts_of := {uid: found |
	some uid in {account.holder | some account in accounts.by_uid}
	found := [account | some account in accounts.by_uid; account.holder == uid]
}

_reason(person) := reasons[0] if {
	fields := ["employment_type", "hire_day_starts_at", "hire_day_ends_at", "status", "last_day_ends_at"]
	own := [why | some field in fields; why := unknowns.why(person, field)]
	theirs := [why |
		some account in _accounts(person)
		some field in ["state", "kind"]
		why := unknowns.why(account, field)
	]
	tools := [why |
		some application in data.company.applications
		_may_be_standard(application)
		some field in ["standard", "category"]
		why := unknowns.why(application, field)
	]
	lost := ["ambiguous" | some account in _nobodys; account.source_system in _tools]
	reasons := array.concat(array.concat(own, theirs), array.concat(tools, array.concat(lost, [unknowns.reason([], [])])))
}
