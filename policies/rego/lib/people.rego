# METADATA
# title: People
# schemas:
#   - input: schema.input
package lib.people

import future.keywords.not

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

left_before(person, instant) := "yes" if person.last_day_ends_at < instant

left_before(person, instant) := "no" if person.last_day_ends_at >= instant

left_before(person, _) := "no" if {
	person.status in {"prehire", "active", "leave"}
	not person.last_day_ends_at
	not person.unknown.last_day_ends_at
}

# METADATA
# scope: document
# description: Whether the person worked for the company at the instant, by dates; by status only where no dates exist.
default in_service(_, _) := "unknown"

in_service(person, instant) := "no" if person.hire_day_starts_at > instant

in_service(person, instant) := "no" if {
	not person.hire_day_starts_at > instant
	left_before(person, instant) == "yes"
}

in_service(person, instant) := "yes" if {
	person.hire_day_starts_at <= instant
	left_before(person, instant) == "no"
}

# METADATA
# scope: document
# description: Whether the person is no member of staff; contractors and interns are insiders.
default outsider(_) := "unknown"

outsider(person) := "yes" if person.employment_type == "external"

outsider(person) := "no" if person.employment_type in {"employee", "contractor", "intern"}
