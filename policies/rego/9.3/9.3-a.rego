# METADATA
# title: Each confirmed violation is dealt with
# description: A case that was confirmed and about which nothing was decided in time is a violation.
package checks["9.3-a"]

import future.keywords.not

import data.lib.answers
import data.lib.cases
import data.lib.departments
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: Confirmed cases that were not settled before the period; the department if its past is not known.
population := count(_judged) + count(_forgotten)

# METADATA
# description: Those of which a person waits for a decision.
violations contains object.union(_owned(case), {"subject": case.uid, "evidence": {
	"case": case.number,
	"confirmed_at": case.confirmed_at,
	"days": floor(clock.seconds(case.confirmed_at, data.as_of) / 86400),
	"persons_open": count([answer | some answer in cases.each_settled(case, data.as_of); answer == "no"]),
}}) if {
	some case in _judged
	_neglected(case) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": case.uid, "reason": reason} if {
	some case in _judged
	_neglected(case) == "unknown"
	reason := unknowns.reason(
		array.concat([case], cases.dispositions(case)),
		[
			"confirmed", "confirmed_at", "about", "persons", "case_of",
			"case", "finding", "person", "decided_at", "decided_by",
		],
	)
}

# METADATA
# description: The department, if nobody knows what was confirmed in earlier findings.
unknown contains {"subject": department.uid, "reason": "not_collected"} if some department in _forgotten

_judged := [case |
	some case in array.concat(cases.events, cases.findings)
	not _due(case) == "no"
]

_forgotten := [department |
	data.history.state == "missing"
	department := departments.by_code[departments.answering]
]

_neglected(case) := answers.all_of([
	_due(case),
	_old(case),
	answers.opposite(answers.all_of(cases.each_settled(case, data.as_of))),
])

default _old(_) := "unknown"

_old(case) := cases.confirmed_before(case, data.cutoff.disposition_days)

_due(case) := answers.all_of([
	cases.confirmed(case),
	cases.confirmed_before(case, data.as_of),
	cases.alone(case),
	answers.opposite(answers.all_of(cases.each_settled(case, data.period.from))),
])

# who heads the department does not decide about himself
default _owned(_) := {}

_owned(case) := {"owner": _next_heads[0]} if {
	some person in case.persons
	person in _here.head
}

_here := departments.by_code[input.department]

_next_heads := departments.by_code[_here.parent].head
