# METADATA
# title: The standard tool
# description: Which tool is everybody's for chat, and who is to have it by now.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
#   - data.cutoff: schema.cutoff
#   - data.settings: schema.settings
package lib.standard

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: The products that the register calls standard for chat.
products := [application |
	some application in data.company.applications
	application.standard == "yes"
	application.category == "chat"
]

_doubtful := [application |
	some application in data.company.applications
	_may_be_standard(application)
]

_may_be_standard(application) if {
	not application.standard in {"yes", "no"}
	not application.category in {"collaboration", "meeting", "mail", "other"}
}

_may_be_standard(application) if {
	application.standard == "yes"
	not application.category in {"chat", "collaboration", "meeting", "mail", "other"}
}

# METADATA
# description: True if the register says of each product whether it is a standard one.
settled if {
	is_array(data.company.applications)
	count(_doubtful) == 0
}

# METADATA
# description: True if it is known which tool is the standard one, and which sources cover it.
known if {
	settled
	count(products) > 0
	every application in products {
		is_array(application.source_systems)
		count(application.source_systems) > 0
	}
}

# METADATA
# description: The ids of the sources that cover it.
tools := {id | some application in products; some id in application.source_systems}

# METADATA
# description: The accounts in it that the person of this uid holds.
accounts_of(uid) := object.get(_accounts_of, uid, [])

_accounts_of := {uid: found |
	some uid in {account.holder | some account in _accounts}
	found := [account | some account in _accounts; account.holder == uid]
}

_accounts := [account | some account in accounts.by_uid; account.source_system in tools]

# METADATA
# description: Why it is not known which tool is the standard one, or which sources cover it.
reasons := [why |
	some application in array.concat(_doubtful, products)
	some field in ["standard", "category", "source_systems"]
	why := unknowns.why(application, field)
]

# METADATA
# description: Whether the person is to have the standard tool by now.
due(person) := answers.all_of([
	_entitled(person),
	people.in_service(person, data.as_of),
	answers.opposite(_on_leave(person)),
	_waited(person),
])

# METADATA
# description: The fields of a person that this rests on.
fields := ["employment_type", "hire_day_starts_at", "hire_day_ends_at", "status", "last_day_ends_at"]

default _entitled(_) := "unknown"

_entitled(person) := "yes" if person.employment_type in data.settings.served_employment_types

_entitled(person) := "no" if {
	person.employment_type in {"employee", "contractor", "intern", "external"}
	not person.employment_type in data.settings.served_employment_types
}

default _on_leave(_) := "unknown"

_on_leave(person) := "yes" if person.status == "leave"

_on_leave(person) := "no" if person.status in {"active", "prehire", "left"}

default _waited(_) := "unknown"

_waited(person) := "yes" if person.hire_day_ends_at < data.cutoff.newcomer_account_workdays

_waited(person) := "no" if person.hire_day_ends_at >= data.cutoff.newcomer_account_workdays
