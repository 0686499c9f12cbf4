# METADATA
# title: People
# schemas:
#   - input: schema.input
package lib.people

import future.keywords.not

import data.lib.answers

# METADATA
# description: Everybody the shard knows of, by uid.
by_uid := {person.uid: person | some person in array.concat(input.people, input.context.people)}

# METADATA
# scope: document
# description: Who holds the account; an empty object if that is not known.
default holder(_) := {}

holder(account) := by_uid[account.holder]

# METADATA
# scope: document
# description: Whether it is known that nobody holds the account.
default without_holder(_) := "unknown"

without_holder(account) := "no" if by_uid[account.holder]

without_holder(account) := "yes" if {
	account.uid
	not account.holder
	not account.unknown.holder
}

# METADATA
# scope: document
# description: Whether the person's last working day had ended before the instant.
default left_before(_, _) := "unknown"

left_before(person, instant) := "yes" if _counted(person).last_day_ends_at < instant

left_before(person, instant) := "no" if _counted(person).last_day_ends_at >= instant

left_before(person, _) := "no" if {
	_counted(person).status in {"prehire", "active", "leave"}
	not person.last_day_ends_at
	not person.unknown.last_day_ends_at
}

# an employment that only begins after as_of excuses nothing: the one before counts; one of which that is not known may
_counted(person) := person if not _returns(person)

_counted(person) := _begun(person)[count(_begun(person)) - 1] if _returns(person)

_returns(person) if {
	count(_begun(person)) > 0
	some employment in person.employments
	employment.hire_day_starts_at > data.as_of
}

_begun(person) := [employment |
	some employment in person.employments
	employment.hire_day_starts_at <= data.as_of
]

# METADATA
# scope: document
# description: Whether the person worked for the company at the instant, by dates; by status only where no dates exist.
default in_service(_, _) := "unknown"

in_service(person, instant) := "no" if {
	person.hire_day_starts_at > instant
	not _employed(person, instant)
}

in_service(person, instant) := "no" if {
	not person.hire_day_starts_at > instant
	left_before(person, instant) == "yes"
	not _employed(person, instant)
}

in_service(person, instant) := "yes" if {
	person.hire_day_starts_at <= instant
	left_before(person, instant) == "no"
}

in_service(person, instant) := "yes" if _employed(person, instant)

# an employment that is over, and that had not ended then
_employed(person, instant) if {
	some employment in person.employments
	employment.hire_day_starts_at <= instant
	employment.last_day_ends_at >= instant
}

# METADATA
# description: The ends of all last working days of the person that are known.
last_days(person) := {record.last_day_ends_at |
	some record in array.concat(object.get(person, "employments", []), [person])
}

# METADATA
# scope: document
# description: Whether the person, after having left, was no longer or not yet again in service at the instant.
default away(_, _) := "unknown"

away(person, instant) := answers.all_of([
	answers.any_of([left_before(person, instant), _left_once(person, instant)]),
	answers.opposite(in_service(person, instant)),
])

_left_once(person, instant) := "yes" if min(last_days(person)) < instant

_left_once(person, instant) := "no" if not min(last_days(person)) < instant

# METADATA
# scope: document
# description: The end of the last working day before the instant; "unknown" if there is none.
default left_at(_, _) := "unknown"

left_at(person, instant) := max({end | some end in last_days(person); end < instant})

# METADATA
# scope: document
# description: Whether the person is no member of staff; contractors and interns are insiders.
default outsider(_) := "unknown"

outsider(person) := "yes" if person.employment_type == "external"

outsider(person) := "no" if person.employment_type in {"employee", "contractor", "intern"}

# METADATA
# scope: document
# description: Who is named as the owner of the account; an empty object if that is not known.
default owner(_) := {}

owner(account) := by_uid[account.owner]
