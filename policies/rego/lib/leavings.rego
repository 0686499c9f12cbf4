# METADATA
# title: Leavings
# description: Who left the company in the period, employment by employment.
# schemas:
#   - input: schema.input
package lib.leavings

import future.keywords.not

import data.lib.answers
import data.lib.days

# METADATA
# description: >-
#   Every leaving of the person on file, with its day, the instant at which that ends, and the first day of the
#   employment. An employment that another one follows at once is no leaving.
of(person) := [{
	"day": object.get(employment, "last_working_day", ""),
	"ends_at": employment.last_day_ends_at,
	"hire_date": object.get(employment, "hire_date", ""),
} |
	some employment in employments(person)
	not _followed(person, employment)
]

# METADATA
# description: All employments of the person, one without an end as well.
employments(person) := array.concat(person.employments, [person |
	count([employment | some employment in person.employments; _same(employment, person)]) == 0
])

_same(employment, person) if employment.last_day_ends_at == person.last_day_ends_at

_same(employment, person) if {
	not employment.last_day_ends_at
	not person.last_day_ends_at
}

_followed(person, employment) if {
	some next in person.employments
	next.hire_day_starts_at > employment.hire_day_starts_at
	next.hire_day_starts_at <= employment.last_day_ends_at
}

# METADATA
# description: Those of them that lie in the period.
in_period(person) := [leaving | some leaving in of(person); days.in_period(leaving.ends_at) == "yes"]

# METADATA
# description: Whether the person left in the period.
left(person) := answers.any_of(array.concat(["yes" | count(in_period(person)) > 0], [unrecorded(person)]))

# METADATA
# description: Whether there may be a leaving in the period that is not on file.
unrecorded(person) := answers.opposite(_recorded(person))

default _recorded(_) := "unknown"

_recorded(person) := "yes" if person.last_day_ends_at

_recorded(person) := "yes" if {
	person.status in {"active", "prehire", "leave"}
	answers.shown(person, "last_day_ends_at") == "none"
}

# METADATA
# scope: document
# description: Whether the duties of the policy are the person's, by kind of employment.
default covered(_) := "unknown"

covered(person) := "yes" if {
	person.employment_type != "unknown"
	person.employment_type in data.settings.covered_employment_types
}

covered(person) := "no" if {
	person.employment_type != "unknown"
	not person.employment_type in data.settings.covered_employment_types
}
