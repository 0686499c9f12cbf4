# METADATA
# title: Compliance incidents are closed
# description: A confirmed incident of compliance that is still open, or was closed too late, is a violation.
package checks["3.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.incidents
import data.lib.periods
import data.lib.time as clock

# METADATA
# description: How many incidents of compliance were to be dealt with in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those that are open, or were closed too late.
violations contains {"subject": incident.uid, "evidence": {
	"case": _case(incident),
	"category": incident.category,
	"clause": answers.shown(incident, "clause"),
	"closed_at": answers.shown(incident, "closed_at"),
	"departments": sort(incident.departments),
	"discovered_at": answers.shown(incident, "discovered_at"),
}} if {
	some incident in _judged
	_neglected(incident) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": incident.uid, "reason": reason} if {
	some incident in _judged
	_neglected(incident) == "unknown"
	reason := incidents.reason(incident, ["category", "confirmed", "status", "closed_at", "discovered_at"])
}

_judged := [incident |
	some incident in data.company.incidents
	incidents.is_here(incident)
	not _due(incident) == "no"
]

_neglected(incident) := answers.all_of([_due(incident), answers.any_of([_open(incident), _late(incident)])])

# what is only suspected is outside, and so is what was over before the period began
_due(incident) := answers.all_of([
	_of_compliance(incident),
	_confirmed(incident),
	answers.opposite(incidents.rejected(incident)),
	incidents.discovered(incident),
	answers.opposite(incidents.closed_before(incident, data.period.from)),
])

default _of_compliance(_) := "unknown"

_of_compliance(incident) := "yes" if incident.category in data.settings.compliance_categories

_of_compliance(incident) := "no" if {
	not incident.category in data.settings.compliance_categories
	incident.category != "unknown"
}

default _confirmed(_) := "unknown"

_confirmed(incident) := incident.confirmed

_open(incident) := answers.opposite(incidents.closed_before(incident, periods.end))

default _late(_) := "unknown"

_late(incident) := "yes" if _seconds(incident) > data.settings.incident_close_days * 86400

_late(incident) := "no" if _seconds(incident) <= data.settings.incident_close_days * 86400

_seconds(incident) := clock.seconds(incident.discovered_at, incident.closed_at)

_case(incident) := "still_open" if _open(incident) == "yes"

_case(incident) := "closed_late" if not _open(incident) == "yes"
