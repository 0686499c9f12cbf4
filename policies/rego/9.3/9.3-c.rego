# METADATA
# title: Damage is made good
# description: An incident with a loss or a legal risk of which nobody assessed who is liable is a violation.
package checks["9.3-c"]

import future.keywords.not

import data.lib.answers
import data.lib.cases
import data.lib.incidents
import data.lib.unknowns

# METADATA
# description: Incidents with a loss or a legal risk, or that may have one; those that vanished from the register too.
population := count(_judged) + count(_vanished)

# METADATA
# description: Those of which nobody assessed in time who is liable.
violations contains {"subject": incident.uid, "evidence": {
	"case": incident.number,
	"discovered_at": answers.shown(incident, "discovered_at"),
	"legal_risk": answers.shown(incident, "legal_risk"),
	"liability_assessed": answers.shown(incident, "liability_assessed"),
	"loss": answers.shown(incident, "loss"),
}} if {
	some incident in _judged
	_open(incident) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": incident.uid, "reason": reason} if {
	some incident in _judged
	_open(incident) == "unknown"
	reason := unknowns.reason(array.concat([incident], cases.dispositions(incident)), [
		"loss", "legal_risk", "liability_assessed", "discovered_at", "loss_recorded_at",
		"status", "case", "kind", "decided_at",
	])
}

# METADATA
# description: Those that had a loss in an earlier quarter, were not assessed, and are no longer in the register.
unknown contains {"subject": earlier.case, "reason": "not_collected"} if some earlier in _vanished

_judged := [incident |
	some incident in data.company.incidents
	incidents.is_here(incident)
	not _due(incident) == "no"
]

_vanished := [earlier |
	some earlier in data.history.losses
	earlier.department == input.department
	not earlier.case in {incident.uid | some incident in data.company.incidents}
]

_due(incident) := answers.all_of([
	_damaging(incident),
	answers.opposite(incidents.rejected(incident)),
	incidents.discovered(incident),
	answers.opposite(answers.all_of([incidents.closed_before(incident, data.period.from), _assessed(incident)])),
])

_open(incident) := answers.all_of([
	_due(incident),
	answers.opposite(_assessed(incident)),
	_overdue(incident),
])

_damaging(incident) := answers.any_of([_tri(incident, "loss"), _tri(incident, "legal_risk")])

# a claim for damages proves that somebody assessed it
_assessed(incident) := answers.any_of([
	_tri(incident, "liability_assessed"),
	answers.any_of([_claim(disposition, incident) | some disposition in cases.dispositions(incident)]),
])

_claim(disposition, incident) := answers.all_of([
	cases.about(disposition, incident),
	cases.decided(disposition, data.as_of),
	_compensation(disposition),
])

default _compensation(_) := "unknown"

_compensation(disposition) := "yes" if disposition.kind == "compensation"

_compensation(disposition) := "no" if disposition.kind in {
	"none_with_reasons", "verbal_warning", "written_reminder",
	"fine", "performance_deduction", "dismissal",
}

default _tri(_, _) := "unknown"

_tri(incident, field) := incident[field]

# a loss that shows later counts from its own record
default _overdue(_) := "unknown"

_overdue(incident) := "yes" if incident[_counted_from(incident)] < data.cutoff.liability_days

_overdue(incident) := "no" if incident[_counted_from(incident)] >= data.cutoff.liability_days

_counted_from(incident) := "loss_recorded_at" if answers.shown(incident, "loss_recorded_at") != "none"

_counted_from(incident) := "discovered_at" if answers.shown(incident, "loss_recorded_at") == "none"
