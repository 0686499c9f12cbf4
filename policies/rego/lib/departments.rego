# METADATA
# title: Departments
# description: Which departments there are, and who heads them on a date.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.departments

import future.keywords.not

import data.lib.answers
import data.lib.people

# METADATA
# description: Every department that HR knows of, by code; a merged one is there, too.
by_code := table if {
	table := data.company.prepared.departments.by_code
}

else := {department.code: department | some department in data.company.departments}

# METADATA
# scope: document
# description: Code of the department that answers for the shard; for the company's own, the root department does.
answering := input.department if input.department != "_company"

answering := data.root if input.department == "_company"

# METADATA
# description: The department of this code, and those of which the code is not known.
perhaps(code) := array.concat([department | department := by_code[code]], without_code)

# METADATA
# description: The departments of which the code is not known.
without_code := table if {
	table := data.company.prepared.departments.without_code
}

else := [department | some department in data.company.departments; not department.code]

# METADATA
# scope: document
# description: Whether the department existed at the instant.
default in_force(_, _) := "unknown"

in_force(department, instant) := answers.all_of([
	_begun(department, instant),
	answers.opposite(_ended(department, instant)),
])

default _begun(_, _) := "unknown"

_begun(department, instant) := "yes" if department.valid_from <= instant

_begun(department, instant) := "no" if department.valid_from > instant

_begun(department, _) := "yes" if answers.shown(department, "valid_from") == "none"

default _ended(_, _) := "unknown"

_ended(department, instant) := "yes" if department.valid_until <= instant

_ended(department, instant) := "no" if department.valid_until > instant

_ended(department, _) := "no" if answers.shown(department, "valid_until") == "none"

# METADATA
# scope: document
# description: Entries of those who headed the department at the instant, acting ones too; undefined if not known.
heads_on(department, instant) := [head |
	some head in department.heads
	object.get(head, "from_at", "") <= instant
	instant < object.get(head, "until_at", "9")
] if {
	is_array(department.heads)
}

# METADATA
# scope: document
# description: Whether the person headed the department at the instant, as head, acting head or recorded deputy.
default headed(_, _, _) := "unknown"

headed(department, person, instant) := "yes" if person in _leaders(department, instant)

# who is not in the snapshot may be anybody
headed(department, person, instant) := "no" if {
	people.by_uid[person]
	leaders := _leaders(department, instant)
	not person in leaders
}

_leaders(department, instant) := {head.person | some head in heads_on(department, instant)} | {deputy |
	some deputy in object.get(department, "deputies", [])
} if {
	is_array(heads_on(department, instant))
}
