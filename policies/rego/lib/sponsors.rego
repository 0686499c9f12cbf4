# METADATA
# title: Sponsors of outsiders
# description: Who is an outsider in a group, and whether somebody of the company answers for him.
# schemas:
#   - input: schema.input
package lib.sponsors

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people

# METADATA
# scope: document
# description: Whether the member is an outsider.
default outsider(_) := "unknown"

outsider(membership) := membership.external if membership.external in {"yes", "no"}

# METADATA
# scope: document
# description: The person who sponsors the member; empty if not known.
default sponsor(_) := {}

sponsor(membership) := people.by_uid[membership.sponsor]

# METADATA
# scope: document
# description: The member's account; empty if not known.
default account(_) := {}

account(membership) := accounts.by_uid[membership.account]

# METADATA
# scope: document
# description: >-
#   Who answers for the member: nobody (none), somebody who is no longer in service (left), an outsider
#   (external), or somebody who may (valid); the end of the sponsorship is not looked at.
default state(_) := "unknown"

state(membership) := "none" if answers.shown(membership, "sponsor") == "none"

state(membership) := "left" if people.in_service(people.by_uid[membership.sponsor], data.as_of) == "no"

state(membership) := "external" if {
	sponsor := people.by_uid[membership.sponsor]
	not people.in_service(sponsor, data.as_of) == "no"
	people.outsider(sponsor) == "yes"
}

# nobody answers for himself
state(membership) := "external" if {
	_himself(membership) == "yes"
	not people.in_service(people.by_uid[membership.sponsor], data.as_of) == "no"
}

state(membership) := "valid" if {
	_himself(membership) == "no"
	sponsor := people.by_uid[membership.sponsor]
	people.in_service(sponsor, data.as_of) == "yes"
	people.outsider(sponsor) == "no"
}

default _himself(_) := "unknown"

_himself(membership) := "yes" if accounts.by_uid[membership.account].holder == membership.sponsor

_himself(membership) := "no" if {
	holder := accounts.by_uid[membership.account].holder
	holder != membership.sponsor
	people.by_uid[holder]
}

_himself(membership) := "no" if people.without_holder(accounts.by_uid[membership.account]) == "yes"

# METADATA
# scope: document
# description: Whether the member is an outsider for whom nobody answers who could.
default unsponsored(_) := "unknown"

unsponsored(membership) := answers.all_of([outsider(membership), _without(membership)])

default _without(_) := "unknown"

_without(membership) := "yes" if state(membership) in {"none", "left", "external"}

_without(membership) := "no" if state(membership) == "valid"
