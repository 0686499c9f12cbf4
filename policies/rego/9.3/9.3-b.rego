# METADATA
# title: In proportion
# description: >-
#   A severe or repeated violation that was only talked about, a sanction without a record of its decision, and a
#   decision about oneself are violations.
package checks["9.3-b"]

import future.keywords.not

import data.lib.answers
import data.lib.cases
import data.lib.periods
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: Cases in which something was decided in the period, or carried out without a decision, or may have been.
population := count(_judged)

# METADATA
# description: Those dealt with too mildly, without a record, or by the person concerned.
violations contains {"subject": case.uid, "evidence": {
	"case": case.number,
	"faults": sort(_faults(case)),
	"gravity": answers.shown(case, "gravity"),
	"kinds": sort({disposition.kind | some disposition in _certain(case)}),
	"repeated_of": sort({earlier.case | some person in case.persons; some earlier in _earlier(case, person)}),
}} if {
	some case in _judged
	_due(case) == "yes"
	count(_faults(case)) > 0
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": case.uid, "reason": reason} if {
	some case in _judged
	_wrong(case) == "unknown"
	reason := unknowns.reason(array.concat([case], cases.dispositions(case)), [
		"confirmed", "confirmed_at", "gravity", "clause", "about", "persons", "case_of", "case", "person",
		"kind", "decided_at", "decided_by", "decision_ref", "executed_at", "appeal_state",
	])
}

_judged := [case |
	some case in cases.events
	not _due(case) == "no"
]

_wrong(case) := answers.all_of([_due(case), answers.any_of([_mild(case), _unrecorded(case), _self(case)])])

_faults(case) := {fault |
	some fault, answer in {"too_mild": _mild(case), "no_record": _unrecorded(case), "decided_by_self": _self(case)}
	answer == "yes"
}

_due(case) := answers.all_of([
	cases.confirmed(case),
	cases.alone(case),
	answers.any_of([_in_period(disposition, case) | some disposition in cases.dispositions(case)]),
])

_in_period(disposition, case) := answers.all_of([
	cases.about(disposition, case),
	answers.any_of([
		_within(disposition, "decided_at"),
		answers.all_of([_undecided(disposition), _within(disposition, "executed_at")]),
	]),
])

default _within(_, _) := "unknown"

_within(disposition, field) := periods.holds(disposition[field])

_within(disposition, field) := "no" if answers.shown(disposition, field) == "none"

default _undecided(_) := "unknown"

_undecided(disposition) := "no" if disposition.decided_at

_undecided(disposition) := "yes" if answers.shown(disposition, "decided_at") == "none"

# what an appeal took back was no disposition
_stands(disposition, case) := answers.all_of([
	cases.about(disposition, case),
	cases.decided(disposition, data.as_of),
	answers.opposite(_overturned(disposition)),
])

default _overturned(_) := "unknown"

_overturned(disposition) := "yes" if disposition.appeal_state == "overturned"

_overturned(disposition) := "no" if disposition.appeal_state in {"none", "pending", "upheld"}

_certain(case) := [disposition |
	some disposition in cases.dispositions(case)
	cases.about(disposition, case) == "yes"
]

default _mild(_) := "unknown"

_mild(case) := answers.any_of([answer |
	some person in persons
	answer := answers.all_of([
		answers.any_of([_severe(case), _repeated(case, person)]),
		_talked_to(case, person),
		answers.opposite(_more_done(case, person)),
	])
]) if {
	persons := cases.at_fault(case)
}

default _severe(_) := "unknown"

_severe(case) := "yes" if case.gravity == "severe"

_severe(case) := "no" if case.gravity == "minor"

default _repeated(_, _) := "unknown"

_repeated(case, person) := "yes" if count(_earlier(case, person)) > 0

_repeated(case, person) := "no" if {
	count(_earlier(case, person)) == 0
	data.history.state != "missing"
	cases.known(person)
	case.confirmed_at
	answers.shown(case, "clause") != "unknown"
}

_earlier(case, person) := [earlier |
	some earlier in _cases_of[person]
	earlier.clause == case.clause
	earlier.case != case.uid
	seconds := clock.seconds(earlier.confirmed_at, case.confirmed_at)
	seconds > 0
	seconds <= data.settings.repeat_days * 86400
]

_cases_of := {person: rows |
	some person in {row.person | some row in data.history.cases}
	rows := [row | some row in data.history.cases; row.person == person]
}

_talked_to(case, person) := answers.any_of([answer |
	some disposition in cases.dispositions(case)
	answer := answers.all_of([
		_stands(disposition, case),
		cases.concerns(disposition, person),
		_of(disposition, {"verbal_warning"}),
	])
])

_more_done(case, person) := answers.any_of([answer |
	some disposition in cases.dispositions(case)
	answer := answers.all_of([
		_stands(disposition, case),
		cases.concerns(disposition, person),
		_of(disposition, _stronger),
	])
])

_sanctions := {"fine", "performance_deduction", "dismissal", "compensation"}

_stronger := _sanctions | {"written_reminder"}

default _of(_, _) := "unknown"

_of(disposition, kinds) := "yes" if disposition.kind in kinds

_of(disposition, kinds) := "no" if {
	disposition.kind != "unknown"
	not disposition.kind in kinds
}

_unrecorded(case) := answers.any_of([answer |
	some disposition in cases.dispositions(case)
	answer := answers.all_of([
		_in_period(disposition, case),
		_of(disposition, _sanctions),
		answers.any_of([
			_lacks(disposition, "decided_at"),
			_lacks(disposition, "decided_by"),
			_lacks(disposition, "decision_ref"),
			_too_early(disposition),
		]),
	])
])

default _lacks(_, _) := "unknown"

_lacks(disposition, field) := "yes" if answers.shown(disposition, field) == "none"

_lacks(disposition, field) := "no" if disposition[field]

# carried out before it was decided
default _too_early(_) := "unknown"

_too_early(disposition) := "yes" if disposition.executed_at < disposition.decided_at

_too_early(disposition) := "no" if disposition.executed_at >= disposition.decided_at

_too_early(disposition) := "no" if answers.shown(disposition, "executed_at") == "none"

_self(case) := answers.any_of([answer |
	some disposition in cases.dispositions(case)
	answer := answers.all_of([_in_period(disposition, case), _of(disposition, _sanctions), _decides_himself(disposition)])
])

default _decides_himself(_) := "unknown"

_decides_himself(disposition) := cases.by_self(disposition, disposition.person)

_decides_himself(disposition) := "no" if answers.shown(disposition, "person") == "none"
