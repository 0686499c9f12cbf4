# METADATA
# title: Each department has one who answers for it
# description: A department without a head, or whose heads have all left or are outsiders, is a violation.
package checks["9.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.people
import data.lib.unknowns

# METADATA
# description: The department of the shard, if it exists and has people, or may.
population := count(_judged)

# METADATA
# description: Those nobody answers for.
violations contains {"subject": department.uid, "evidence": {
	"heads": department.head,
	"fault": _fault(department),
	"since": _since(department),
}} if {
	some department in _judged
	_exists(department) == "yes"
	_led(department) == "no"
	_recent(department) == "no"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": department.uid, "reason": reason} if {
	some department in _judged
	some reason in _doubts(department)
}

# METADATA
# scope: document
# description: Why it cannot be said; two main heads at a time contradict each other.
default _doubts(_) := set()

_doubts(department) := {unknowns.reason(
	array.concat([department], [people.by_uid[uid] | some uid in department.head]),
	["head", "heads", "valid_from", "valid_until", "last_day_ends_at", "status", "employment_type"],
)} if {
	"unknown" in {_exists(department), _led(department), _recent(department)}
	not _led(department) == "yes"
	not _recent(department) == "yes"
}

_doubts(department) := {"ambiguous"} if {
	_led(department) == "yes"
	_contested(department)
}

_judged := [department |
	some department in departments.perhaps(input.department)
	not _exists(department) == "no"
]

_exists(department) := answers.all_of([departments.in_force(department, data.as_of), _peopled])

# people who may be in service count: whoever has people needs a head
_peopled := answers.any_of([people.in_service(person, data.as_of) | some person in input.people])

default _led(_) := "unknown"

_led(department) := answers.any_of([_good(uid) | some uid in department.head]) if is_array(department.head)

default _good(_) := "unknown"

_good(uid) := answers.all_of([
	answers.opposite(people.left_before(people.by_uid[uid], data.as_of)),
	answers.opposite(people.outsider(people.by_uid[uid])),
])

_fault(department) := "no_head" if count(department.head) == 0

_fault(department) := "external" if "yes" in {people.outsider(people.by_uid[uid]) | some uid in department.head}

_fault(department) := "head_left" if {
	count(department.head) > 0
	not "yes" in {people.outsider(people.by_uid[uid]) | some uid in department.head}
}

# a vacancy younger than the gap is no fault yet; an outsider at the head is no vacancy
default _recent(_) := "unknown"

_recent(department) := "yes" if {
	_led(department) == "no"
	_vacant_since(department)[0] >= data.cutoff.head_gap_days
}

_recent(department) := "no" if {
	not _vacant_since(department)[0] >= data.cutoff.head_gap_days
	is_string(data.cutoff.head_gap_days)
	is_array(department.heads)
}

# the last moment at which somebody headed it, in a list; empty if nobody is known to have
default _vacant_since(_) := []

_vacant_since(department) := [max(ends)] if {
	_fault(department) in {"no_head", "head_left"}
	ends := {end | some end in array.concat(_terms(department), _last_days(department)); end <= data.as_of}
}

default _since(_) := "unknown"

_since(department) := _vacant_since(department)[0]

_terms(department) := [head.until_at | some head in department.heads]

_last_days(department) := [people.by_uid[uid].last_day_ends_at | some uid in department.head]

_contested(department) if {
	main := {head.person |
		some head in departments.heads_on(department, data.as_of)
		head.acting == "no"
	}
	count(main) > 1
}
