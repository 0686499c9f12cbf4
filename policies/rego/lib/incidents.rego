# METADATA
# title: Incidents
# description: Where an incident is judged, whether it was one, and whether it was closed.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.incidents

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.periods
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: Whether it is judged in this shard, that of the first by code of the departments that it concerns.
is_here(incident) if _home(incident.departments) == input.department

# the codes are those of today; what concerns no department that there is, is the company's
_home(codes) := min(_present(codes)) if count(_present(codes)) > 0

_home(codes) := "_company" if count(_present(codes)) == 0

_present(codes) := {department.code |
	some code in codes
	some each in organisation.became(code)
	department := organisation.by_code[each]
	not departments.in_force(department, data.as_of) == "no"
}

# METADATA
# scope: document
# description: Whether somebody knew of it before the end of the audit; it was known when anything was done about it.
default discovered(_) := "unknown"

discovered(incident) := clock.happened(incident, "discovered_at", periods.end) if incident.discovered_at

discovered(incident) := "yes" if {
	not incident.discovered_at
	some field in ["reported_at", "contained_at", "closed_at"]
	incident[field] < periods.end
}

# METADATA
# scope: document
# description: Whether it turned out to be none; of one that is called both confirmed and rejected nobody can tell.
default rejected(_) := "unknown"

rejected(incident) := "yes" if {
	incident.status == "rejected"
	not incident.confirmed == "yes"
}

rejected(incident) := "no" if incident.status in {"open", "closed", "reopened"}

rejected(incident) := "no" if {
	incident.confirmed == "yes"
	not incident.status in {"open", "closed", "reopened", "rejected"}
}

# METADATA
# scope: document
# description: Whether it was closed before the instant, and is not open again.
default closed_before(_, _) := "unknown"

closed_before(incident, _) := "no" if incident.status == "reopened"

closed_before(incident, instant) := "no" if {
	incident.closed_at >= instant
	not incident.status == "reopened"
}

closed_before(incident, instant) := "no" if {
	is_string(instant)
	answers.shown(incident, "closed_at") == "none"
	not incident.status in {"closed", "reopened"}
}

closed_before(incident, instant) := "yes" if {
	incident.closed_at < instant
	incident.status == "closed"
}

# METADATA
# scope: document
# description: Why something about the incident is not known; what contradicts itself is ambiguous.
default reason(_, _) := "ambiguous"

reason(incident, fields) := unknowns.reason([incident], fields) if {
	some field in fields
	incident.unknown[field]
}

reason(incident, fields) := "not_collected" if {
	count([field | some field in fields; incident.unknown[field]]) == 0
	not _contradicts(incident)
}

_contradicts(incident) if {
	incident.status == "rejected"
	incident.confirmed == "yes"
}

_contradicts(incident) if {
	incident.status == "closed"
	answers.shown(incident, "closed_at") == "none"
}

_contradicts(incident) if {
	incident.status == "open"
	incident.closed_at < periods.end
}

_contradicts(incident) if incident.reported_at < incident.discovered_at
