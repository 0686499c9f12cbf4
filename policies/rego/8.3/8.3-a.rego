# METADATA
# title: Everyone is trained
# description: Somebody who is past the days of grace and has no completed course that still counts is a violation.
package checks["8.3-a"]

import future.keywords.not

import data.lib.answers
import data.lib.leave
import data.lib.people
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many people must have been trained by now, or may have to.
population := count(_judged)

# METADATA
# description: Those who were not, or not lately.
violations contains {"subject": person.uid, "evidence": {
	"last_completed_at": object.get(_newest(person), "completed_at", "never"),
	"outcome": _outcome(person),
	"hire_date": answers.shown(person, "hire_date"),
	"due_at": _due_at(person),
}} if {
	some person in _judged
	_untrained(person) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": person.uid, "reason": reason} if {
	some person in _judged
	_untrained(person) == "unknown"
	doubtful := [record | some record in _records(person); _good(record) == "unknown"]
	reason := unknowns.first([
		[[person], _of_people],
		[_with_courses(doubtful), _of_records],
		[leave.absences(person), ["kind", "from_at", "until_at"]],
		[_with_courses(_strays), _of_records],
	])
}

_of_people := [
	"employment_type", "status", "hire_day_starts_at", "last_day_ends_at", "leave_starts_at", "leave_ends_at",
]

_of_records := ["person", "completed_at", "passed", "course", "expires_at", "counts_for", "graded"]

_with_courses(records) := array.concat(records, [_course(record) | some record in records])

_judged := [person |
	some person in input.people
	not _due(person) == "no"
]

_untrained(person) := answers.all_of([_due(person), answers.opposite(_trained(person))])

_due(person) := answers.all_of([
	_covered(person),
	people.in_service(person, data.as_of),
	_settled(person),
	answers.opposite(_back_lately(person)),
])

default _covered(_) := "unknown"

_covered(person) := "yes" if person.employment_type in data.settings.covered_employment_types

_covered(person) := "no" if {
	person.employment_type in {"employee", "contractor", "intern", "external"}
	not person.employment_type in data.settings.covered_employment_types
}

default _settled(_) := "unknown"

_settled(person) := "yes" if person.hire_day_starts_at < data.cutoff.newcomer_days

_settled(person) := "no" if person.hire_day_starts_at >= data.cutoff.newcomer_days

# on long leave, or back from one for no longer than a newcomer has; a few days off are no leave of this kind
default _back_lately(_) := "unknown"

_back_lately(person) := answers.any_of(array.concat(
	[leave.by_file(person, data.cutoff.newcomer_days)],
	[answers.all_of([leave.absent(absence, data.cutoff.newcomer_days), _long(absence)]) |
		some absence in leave.absences(person)
	],
))

default _long(_) := "unknown"

_long(absence) := "yes" if clock.seconds(absence.from_at, absence.until_at) >= data.settings.newcomer_days * 86400

_long(absence) := "no" if clock.seconds(absence.from_at, absence.until_at) < data.settings.newcomer_days * 86400

_long(absence) := "yes" if answers.shown(absence, "until_at") == "none"

_trained(person) := answers.any_of(array.concat(
	[_good(record) | some record in _records(person)],
	["unknown" | count(_strays) > 0],
))

# of people whom nobody knows: what may count may be anybody's, whichever shard it lies in
_strays := [record |
	some record in array.concat(input.training_records, input.context.training_records)
	not people.by_uid[record.person]
	not _good(record) == "no"
]

_records(person) := object.get(_records_of, person.uid, [])

_records_of := {uid: records |
	some uid in {record.person | some record in input.training_records}
	records := [record | some record in input.training_records; record.person == uid]
}

_good(record) := answers.all_of([
	_counts(record),
	_completed(record),
	answers.opposite(_old(record)),
	answers.opposite(_over(record)),
	answers.opposite(_failed(record)),
])

_courses := {course.uid: course | some course in data.company.training_courses}

default _course(_) := {}

_course(record) := _courses[record.course]

default _counts(_) := "unknown"

_counts(record) := "yes" if "communication_security" in _course(record).counts_for

_counts(record) := "no" if {
	every topic in _course(record).counts_for {
		topic == "other"
	}
}

default _completed(_) := "unknown"

_completed(record) := "yes" if record.completed_at <= data.as_of

_completed(record) := "no" if record.completed_at > data.as_of

_completed(record) := "no" if answers.shown(record, "completed_at") == "none"

default _old(_) := "unknown"

_old(record) := "yes" if record.completed_at < data.cutoff.training_days

_old(record) := "no" if record.completed_at >= data.cutoff.training_days

default _over(_) := "unknown"

_over(record) := "yes" if record.expires_at <= data.as_of

_over(record) := "no" if record.expires_at > data.as_of

_over(record) := "no" if answers.shown(record, "expires_at") == "none"

# who completed a course that nobody can fail has passed it
_failed(record) := answers.all_of([answers.opposite(object.get(record, "passed", "unknown")), _graded(record)])

_graded(record) := object.get(_course(record), "graded", "unknown")

# the last course on the subject that was completed, passed or not
default _newest(_) := {}

_newest(person) := _records(person)[last] if {
	last := max({[record.completed_at, number] |
		some number, record in _records(person)
		_counts(record) == "yes"
		_completed(record) == "yes"
	})[1]
}

_outcome(person) := "not_trained" if _newest(person) == {}

_outcome(person) := "failed" if _failed(_newest(person)) == "yes"

_outcome(person) := "training_expired" if {
	not _failed(_newest(person)) == "yes"
	_over(_newest(person)) == "yes"
}

_outcome(person) := "too_old" if {
	_newest(person) != {}
	not _failed(_newest(person)) == "yes"
	not _over(_newest(person)) == "yes"
}

# by when it was due: so long after the last course that was passed, else after coming here or coming back
_due_at(person) := max({due | some due in array.concat(_after_courses(person), _after_arrival(person))})

_after_courses(person) := [min({_after(record.completed_at, "training_days"), object.get(record, "expires_at", "9")}) |
	some record in _records(person)
	_counts(record) == "yes"
	_completed(record) == "yes"
	_failed(record) == "no"
]

_after_arrival(person) := [_after(person[field], "newcomer_days") |
	some field in ["hire_day_starts_at", "leave_ends_at"]
]

_after(instant, setting) := clock.later(instant, data.settings[setting] * 86400)
