# METADATA
# title: Long leave
# description: Whether somebody was on leave, by HR's file or by a recorded absence.
# schemas:
#   - input: schema.input
package lib.leave

import future.keywords.not

import data.lib.answers

# METADATA
# scope: document
# description: Whether the person is on long leave, or came back from one at the instant or later.
default since(_, _) := "unknown"

since(person, instant) := answers.any_of(array.concat(
	[by_file(person, instant)],
	[absent(absence, instant) | some absence in absences(person)],
))

# METADATA
# description: The same by HR's file alone.
by_file(person, instant) := answers.any_of([_by_status(person), _by_dates(person, instant)])

# METADATA
# scope: document
# description: The absences of the person that the shard knows of.
default absences(_) := []

absences(person) := object.get(_absences_of, person.uid, [])

_absences_of := {uid: rows |
	some uid in {absence.person | some absence in _absences}
	rows := [absence | some absence in _absences; absence.person == uid]
}

_absences := array.concat(input.absences, input.context.absences)

default _by_status(_) := "unknown"

_by_status(person) := "yes" if person.status == "leave"

_by_status(person) := "no" if person.status in {"active", "prehire", "left"}

_by_dates(person, instant) := answers.all_of([
	_begun(person, "leave_starts_at"),
	_lasted(person, "leave_ends_at", instant),
	answers.opposite(_no_leave(person)),
])

default _no_leave(_) := "unknown"

_no_leave(person) := "no" if person.leave_starts_at

_no_leave(person) := "no" if person.leave_ends_at

_no_leave(person) := "yes" if {
	answers.shown(person, "leave_starts_at") == "none"
	answers.shown(person, "leave_ends_at") == "none"
}

# METADATA
# description: Whether the absence is a leave that has begun, and that lasted until the instant or later.
absent(absence, instant) := answers.all_of([
	_is_leave(absence),
	_begun(absence, "from_at"),
	_lasted(absence, "until_at", instant),
])

default _is_leave(_) := "unknown"

_is_leave(absence) := "yes" if absence.kind == "leave"

_is_leave(absence) := "no" if absence.kind in {"trip", "notice"}

default _begun(_, _) := "unknown"

_begun(record, field) := "yes" if record[field] <= data.as_of

_begun(record, field) := "no" if record[field] > data.as_of

default _lasted(_, _, _) := "unknown"

_lasted(record, field, instant) := "yes" if record[field] >= instant

_lasted(record, field, instant) := "no" if record[field] < instant

_lasted(record, field, _) := "yes" if answers.shown(record, field) == "none"
