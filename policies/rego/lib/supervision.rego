# METADATA
# title: Supervision by heads of departments
# description: Whether who headed a department looked at some of its areas in the last quarter that is over, and signed.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.supervision

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.people
import data.lib.periods
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: The department of the shard, if it was there long enough to owe a look, or may have been.
judged := [department |
	department := departments.by_code[input.department]
	not owed(department) == "no"
]

# METADATA
# description: Whether the department is in force, has people, and had both for enough days of the quarter that is over.
owed(department) := answers.all_of([
	departments.in_force(department, data.as_of),
	_peopled,
	_long_enough(department),
])

_peopled := answers.any_of([people.in_service(person, data.as_of) | some person in input.people])

default _long_enough(_) := "unknown"

_long_enough(department) := "yes" if _seconds(department) >= _least

_long_enough(department) := "no" if _seconds(department) < _least

_least := data.settings.supervision_min_days * 86400

# what a department was in force in the quarter; one that has ended is in none of today's shards
_seconds(department) := clock.seconds(max([_begun(department), data.period.duty_from]), data.period.duty_to)

_begun(department) := department.valid_from

_begun(department) := data.period.duty_from if answers.shown(department, "valid_from") == "none"

# METADATA
# description: >-
#   Whether the department's head looked at one of the areas and signed, or there is a signed statement for the check
#   that does instead.
done(department, areas, check) := answers.any_of(array.concat(
	[_counts(entry, department, areas) | some entry in entries(department)],
	[_stands_in(row, department) | some row in _statements(check)],
))

# METADATA
# description: What the register has about the department, under any code that it had.
entries(department) := object.get(_entries_of, department.uid, [])

_entries_of := {uid: found |
	some uid in {organisation.by_code[entry.department_code].uid | some entry in input.supervisions}
	found := [entry | some entry in input.supervisions; organisation.by_code[entry.department_code].uid == uid]
}

_statements(check) := object.get(_statements_of, check, [])

_statements_of := {check: found |
	some check in {row.check | some row in input.attestations}
	found := [row | some row in input.attestations; row.check == check]
}

_counts(entry, department, areas) := answers.all_of([
	covers(entry, areas),
	periods.within_duty(entry, "performed_at"),
	_signed(entry, "performed_at", department),
])

# METADATA
# scope: document
# description: Whether the look was at one of the areas.
default covers(_, _) := "unknown"

covers(entry, areas) := "yes" if {
	some area in entry.covers
	area in areas
}

covers(entry, areas) := "no" if {
	is_array(entry.covers)
	every area in entry.covers {
		area != "unknown"
		not area in areas
	}
}

# whether who signed headed the department at that time
default _signed(_, _, _) := "unknown"

_signed(record, _, _) := "no" if answers.shown(record, "signed_by") == "none"

_signed(record, field, department) := departments.headed(department, record.signed_by, record[field])

_stands_in(row, department) := answers.all_of([
	_about(row, department),
	object.get(row, "conforms", "unknown"),
	_made(row),
	_lasts(row),
	_signed(row, "signed_at", department),
])

default _about(_, _) := "unknown"

_about(row, department) := "yes" if organisation.by_code[row.department_code].uid == department.uid

_about(row, department) := "no" if organisation.by_code[row.department_code].uid != department.uid

_about(row, _) := "no" if answers.shown(row, "department_code") == "none"

default _made(_) := "unknown"

_made(row) := "yes" if row.signed_at <= data.as_of

_made(row) := "no" if row.signed_at > data.as_of

# a statement without an end is none
default _lasts(_) := "unknown"

_lasts(row) := "yes" if row.valid_until_ends_at > data.as_of

_lasts(row) := "no" if row.valid_until_ends_at <= data.as_of

_lasts(row) := "no" if answers.shown(row, "valid_until_ends_at") == "none"

# METADATA
# description: What a violation shows; the last look at one of these areas, whoever signed it.
evidence(department, areas) := {
	"last_performed_at": object.get(_last(department, areas), "performed_at", "never"),
	"signed_by": object.get(_last(department, areas), "signed_by", "none"),
	"heads": object.get(department, "head", []),
}

default _last(_, _) := {}

_last(department, areas) := entries(department)[last] if {
	last := max({[entry.performed_at, number] |
		some number, entry in entries(department)
		covers(entry, areas) == "yes"
		entry.performed_at <= data.as_of
	})[1]
}

# METADATA
# description: Why it cannot be said whether the department's head looked at one of the areas.
why_unknown(department, areas, check) := unknowns.reason(
	array.concat([department], array.concat(
		[entry | some entry in entries(department); _counts(entry, department, areas) == "unknown"],
		[row | some row in _statements(check); _stands_in(row, department) == "unknown"],
	)),
	[
		"performed_at", "signed_by", "covers", "department_code", "conforms", "signed_at", "valid_until_ends_at",
		"heads", "valid_from", "valid_until",
	],
)
