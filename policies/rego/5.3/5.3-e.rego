# METADATA
# title: Work is handed over before leaving
# description: A leaver without a complete and confirmed handover of the last working day or before is a violation.
package checks["5.3-e"]

import future.keywords.not

import data.lib.answers
import data.lib.handovers
import data.lib.leavings
import data.lib.unknowns

# METADATA
# description: How many people left in the period, or may have, and had something to hand over.
population := count(_judged)

# METADATA
# description: Those who did not hand it over as they should.
violations contains {"subject": person.uid, "evidence": {
	"cases": [fault | some fault in ["no_handover", "late_handover", "incomplete", "not_confirmed"]; fault in faults],
	"completed_at": _latest([row.completed_at | some row in rows]),
	"last_working_day": leaving.day,
	"open_items": count([item | some row in rows; some item in row.items; item.done == "no"]),
}} if {
	some person in _judged
	_unserved(person) == "yes"
	found := [leaving | some leaving in leavings.in_period(person); _handed_over(person, leaving) == "no"]
	leaving := found[count(found) - 1]
	failing := [post |
		some post in handovers.posts(person)
		handovers.served(person, leaving, post) == "no"
	]
	rows := [row | some post in failing; some row in handovers.rows(person, leaving, post)]
	faults := {fault | some post in failing; some fault in handovers.faults(person, leaving, post)}
}

# METADATA
# description: Those of whom it cannot be said.
unknown contains {"subject": person.uid, "reason": reason} if {
	some person in _judged
	_unserved(person) == "unknown"
	reason := unknowns.reason(array.concat([person], handovers.of(person)), [
		"last_day_ends_at", "status", "employment_type",
		"person", "required", "completed_at", "items", "confirmed_by", "last_working_day", "department_code",
	])
}

_judged := [person |
	some person in input.people
	not leavings.covered(person) == "no"
	not leavings.left(person) == "no"
	not _nothing_to_hand_over(person) == "yes"
]

_nothing_to_hand_over(person) := answers.all_of(array.concat(
	[answers.opposite(leavings.unrecorded(person))],
	[handovers.exempt(person, leaving, post) |
		some leaving in leavings.in_period(person)
		some post in handovers.posts(person)
	],
))

_unserved(person) := answers.all_of([
	leavings.covered(person),
	answers.any_of(array.concat(
		[answers.opposite(_handed_over(person, leaving)) | some leaving in leavings.in_period(person)],
		[leavings.unrecorded(person)],
	)),
])

_handed_over(person, leaving) := answers.all_of([handovers.served(person, leaving, post) |
	some post in handovers.posts(person)
])

_latest(instants) := "none" if count(instants) == 0

_latest(instants) := max(instants) if count(instants) > 0
