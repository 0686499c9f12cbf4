# METADATA
# title: Handovers
# description: Which handovers are about a leaving, post by post, and what is wrong with them.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.handovers

import future.keywords.not

import data.lib.answers
import data.lib.leavings
import data.lib.organisation
import data.lib.people

# METADATA
# description: The handovers of the person, and those of which it is not known whose they are.
of(person) := [row |
	some row in data.company.handovers
	object.get(row, "person", person.uid) == person.uid
]

# METADATA
# description: The posts of the person, the main one and the departments of others; each is handed over.
posts(person) := {"main"} | {post.department_code |
	some post in person.posts
	not _same(person.department_code, post.department_code)
}

# METADATA
# scope: document
# description: The handovers of one of these posts; those for all posts count where none names the post.
rows(person, leaving, post) := named if {
	named := _named(person, leaving, post)
	count(named) > 0
}

rows(person, leaving, post) := general if {
	count(_named(person, leaving, post)) == 0
	general := [row |
		some row in of(person)
		not _about(row, person, leaving) == "no"
		not row.department_code
	]
}

_named(person, leaving, post) := [row |
	some row in of(person)
	not _about(row, person, leaving) == "no"
	_post(row, person) == post
]

# one that names a strange department is about the main post
_post(row, person) := "main" if {
	row.department_code
	count(_second(row, person)) == 0
}

_post(row, person) := min(_second(row, person)) if count(_second(row, person)) > 0

_second(row, person) := {post | some post in (posts(person) - {"main"}); _same(post, row.department_code)}

_same(one, other) if other in organisation.became(one)

_same(one, other) if one in organisation.became(other)

# whether it is known that it is about all posts, if it names none; who has one only has no other
default _for_post(_, _) := "unknown"

_for_post(row, _) := "yes" if row.department_code

_for_post(row, _) := "yes" if answers.shown(row, "department_code") == "none"

_for_post(_, person) := "yes" if count(posts(person)) == 1

# METADATA
# description: Whether the work of the post was handed over, or there was none.
served(person, leaving, post) := answers.any_of([answer |
	some row in rows(person, leaving, post)
	answer := answers.any_of([_good(row, person, leaving), _exempt(row, person, leaving)])
])

# METADATA
# description: Whether somebody confirmed that there is nothing to hand over.
exempt(person, leaving, post) := answers.any_of([_exempt(row, person, leaving) |
	some row in rows(person, leaving, post)
])

_good(row, person, leaving) := answers.all_of([
	_of_person(row, person),
	_about(row, person, leaving),
	_for_post(row, person),
	_in_time(row, leaving),
	_complete(row),
	_confirmed(row, person),
])

_exempt(row, person, leaving) := answers.all_of([
	_of_person(row, person),
	_about(row, person, leaving),
	_for_post(row, person),
	answers.opposite(object.get(row, "required", "unknown")),
	_confirmed(row, person),
])

default _of_person(_, _) := "unknown"

_of_person(row, person) := "yes" if row.person == person.uid

# it is about the employment in which its day lies; without a day, about the only one
default _about(_, _, _) := "unknown"

_about(row, person, leaving) := "yes" if _employment(row, person) == leaving.hire_date

_about(row, person, leaving) := "no" if _employment(row, person) != leaving.hire_date

_employment(row, person) := max([employment.hire_date |
	some employment in leavings.employments(person)
	employment.hire_date <= row.last_working_day
])

_employment(row, person) := employments[0].hire_date if {
	not row.last_working_day
	employments := leavings.employments(person)
	count(employments) == 1
}

default _in_time(_, _) := "unknown"

_in_time(row, leaving) := "yes" if row.completed_at <= leaving.ends_at

_in_time(row, leaving) := "no" if row.completed_at > leaving.ends_at

_in_time(row, _) := "no" if answers.shown(row, "completed_at") == "none"

default _complete(_) := "unknown"

_complete(row) := answers.all_of([item.done | some item in row.items]) if is_array(row.items)

default _confirmed(_, _) := "unknown"

_confirmed(row, person) := "yes" if {
	people.by_uid[row.confirmed_by]
	row.confirmed_by != person.uid
}

_confirmed(row, person) := "no" if row.confirmed_by == person.uid

_confirmed(row, _) := "no" if answers.shown(row, "confirmed_by") == "none"

# METADATA
# scope: document
# description: What is wrong with the handovers of the post.
faults(person, leaving, post) := {"no_handover"} if count(rows(person, leaving, post)) == 0

faults(person, leaving, post) := {fault |
	some row in found
	some fault in _faults(row, person, leaving)
} if {
	found := rows(person, leaving, post)
	count(found) > 0
}

_faults(row, person, leaving) := _unconfirmed(row, person) | {fault |
	some fault in (_late(row, leaving) | _incomplete(row))
	not row.required == "no"
}

_unconfirmed(row, person) := {"not_confirmed" | _confirmed(row, person) == "no"}

_late(row, leaving) := {"late_handover" | row.completed_at > leaving.ends_at}

_incomplete(row) := {"incomplete" | answers.shown(row, "completed_at") == "none"} | {"incomplete" |
	_complete(row) == "no"
}
