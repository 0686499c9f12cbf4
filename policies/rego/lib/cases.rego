# METADATA
# title: Cases of violation
# description: What was confirmed as a violation, the people at fault, and what was decided about them.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.cases

import future.keywords.not

import data.lib.answers
import data.lib.incidents
import data.lib.people

# METADATA
# description: Incidents and reports that are judged in this shard, in one form; a report's people are whom it is about.
events := array.concat(
	[incident | some incident in data.company.incidents; incidents.is_here(incident)],
	[object.union(report, {"persons": about | about := report.about}) | some report in input.violation_reports],
)

# METADATA
# description: Earlier findings for which people are named, with what the register of rectifications says of them.
findings := [object.union_n([finding, object.filter(note, _noted), {"unknown": not_known}]) |
	some finding in input.prior_findings
	some name in {finding.number, finding.fingerprint}
	some note in _notes_of[name]
	count([field | some field in _noted; _stated(note, field)]) == 2
	not_known := object.filter(note.unknown, _noted)
]

_notes_of := {finding: notes |
	some finding in {note.finding | some note in data.company.rectifications}
	notes := [note | some note in data.company.rectifications; note.finding == finding]
}

_noted := ["confirmed_at", "persons"]

# known, or not known; only what is known to be none is not stated
_stated(note, field) if note[field]

_stated(note, field) if note.unknown[field]

# METADATA
# scope: document
# description: Whether the case was found to be a violation; a finding is, once that is dated.
default confirmed(_) := "unknown"

confirmed(case) := case.confirmed if not case.fingerprint

confirmed(case) := "yes" if {
	case.fingerprint
	case.confirmed_at
}

# METADATA
# scope: document
# description: Whether it was confirmed before the instant.
default confirmed_before(_, _) := "unknown"

confirmed_before(case, instant) := "yes" if case.confirmed_at < instant

confirmed_before(case, instant) := "no" if case.confirmed_at >= instant

# METADATA
# scope: document
# description: Whether it stands for itself; a report of an incident is dealt with as that incident.
default alone(_) := "unknown"

alone(case) := "no" if case.case_of

alone(case) := "yes" if answers.shown(case, "case_of") == "none"

# METADATA
# scope: document
# description: Whether a disposition is about the case.
default about(_, _) := "unknown"

about(disposition, case) := "yes" if disposition.case == case.uid

about(disposition, case) := "yes" if disposition.finding in {case.number, case.fingerprint}

about(disposition, case) := "no" if {
	_placed(disposition)
	not disposition.case == case.uid
	not disposition.finding == case.number
	not disposition.finding == case.fingerprint
}

# it is about another one that there is
_placed(disposition) if disposition.case in _events

_placed(disposition) if {
	answers.shown(disposition, "case") == "none"
	disposition.finding
}

_events := {uid | some uid in data.history.events}

# METADATA
# description: What was, or may have been, decided in the case.
dispositions(case) := array.concat(
	object.get(_placed_by_case, case.uid, []),
	array.concat(
		[disposition | some field in ["number", "fingerprint"]; some disposition in _placed_by_finding[case[field]]],
		_unplaced,
	),
)

# found by key: a large company has many cases, and as many dispositions
_placed_by_case := {uid: rows |
	some uid in {row.case | some row in data.company.dispositions}
	rows := [row | some row in data.company.dispositions; row.case == uid; _placed(row)]
}

_placed_by_finding := {finding: rows |
	some finding in {row.finding | some row in data.company.dispositions}
	rows := [row | some row in data.company.dispositions; row.finding == finding; _placed(row)]
}

# any of these may be about any case
_unplaced := [disposition | some disposition in data.company.dispositions; not _placed(disposition)]

# METADATA
# scope: document
# description: Whether a disposition is about the person; one about nobody in particular is about all.
default concerns(_, _) := "unknown"

concerns(disposition, person) := "yes" if disposition.person == person

concerns(disposition, _) := "yes" if answers.shown(disposition, "person") == "none"

concerns(disposition, person) := "no" if {
	people.by_uid[disposition.person]
	known(person)
	disposition.person != person
}

# METADATA
# scope: document
# description: Whether it was decided by the instant.
default decided(_, _) := "unknown"

decided(disposition, instant) := "yes" if disposition.decided_at <= instant

decided(disposition, instant) := "no" if disposition.decided_at > instant

decided(disposition, instant) := "no" if {
	is_string(instant)
	answers.shown(disposition, "decided_at") == "none"
}

# METADATA
# scope: document
# description: Whether the person decided about himself.
default by_self(_, _) := "unknown"

by_self(disposition, person) := "yes" if disposition.decided_by == person

by_self(disposition, _) := "no" if answers.shown(disposition, "decided_by") == "none"

by_self(disposition, person) := "no" if {
	people.by_uid[disposition.decided_by]
	known(person)
	disposition.decided_by != person
}

# METADATA
# scope: document
# description: Whether somebody is the one that is meant; nobody in particular is.
known(person) if object.get(people.by_uid, person, {"uid": ""}).uid == person

# METADATA
# scope: document
# description: Whether by the instant somebody else had decided about the person in the case.
default settled(_, _, _) := "unknown"

settled(case, person, instant) := answers.any_of([answer |
	some disposition in dispositions(case)
	answer := answers.all_of([
		about(disposition, case),
		concerns(disposition, person),
		decided(disposition, instant),
		answers.opposite(by_self(disposition, person)),
	])
])

# METADATA
# scope: document
# description: The people at fault, or "" where nobody is named; undefined if they are not known.
at_fault(case) := case.persons if count(case.persons) > 0

at_fault(case) := [""] if case.persons == []

at_fault(case) := [""] if {
	answers.shown(case, "persons") == "none"
	answers.shown(case, "about") == "none"
}

# METADATA
# scope: document
# description: >-
#   For each person at fault, or for the case where nobody is named, whether it was settled by the instant. If it is not
#   known who is at fault, it is not settled where nothing was decided at all.
default each_settled(_, _) := ["unknown"]

each_settled(case, instant) := [settled(case, person, instant) | some person in persons] if {
	persons := at_fault(case)
}

each_settled(case, _) := ["no"] if {
	not at_fault(case)
	count(dispositions(case)) == 0
}
