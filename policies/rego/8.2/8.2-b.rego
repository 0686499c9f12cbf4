# METADATA
# title: Data incidents stop work and are reported
# description: A data incident that IT heard of too late or not at all, or whose harm was not stopped, is a violation.
package checks["8.2-b"]

import future.keywords.not

import data.lib.answers
import data.lib.incidents
import data.lib.periods
import data.lib.time as clock

# METADATA
# description: How many data incidents there were to report or to contain in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those that were not reported or not contained as they should.
violations contains {"subject": incident.uid, "evidence": {
	"category": incident.category,
	"contained_at": answers.shown(incident, "contained_at"),
	"departments": sort(incident.departments),
	"discovered_at": answers.shown(incident, "discovered_at"),
	"faults": [fault |
		some fault in ["reported_late", "unreported", "uncontained"]
		_faults(incident)[fault] == "yes"
	],
	"hours_late": _hours_late(incident),
	"reported_at": answers.shown(incident, "reported_at"),
	"reported_to": answers.shown(incident, "reported_to"),
}} if {
	some incident in _judged
	_mishandled(incident) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": incident.uid, "reason": reason} if {
	some incident in _judged
	_mishandled(incident) == "unknown"
	reason := incidents.reason(
		incident,
		["category", "status", "discovered_at", "reported_at", "reported_to", "contained_at", "closed_at"],
	)
}

_judged := [incident |
	some incident in data.company.incidents
	incidents.is_here(incident)
	not _due(incident) == "no"
]

_mishandled(incident) := answers.all_of([
	_due(incident),
	answers.any_of([answer | some answer in _faults(incident)]),
])

# stolen accounts are 5.2-c's; a false alarm is no incident
_due(incident) := answers.all_of([
	_of_data(incident),
	answers.opposite(incidents.rejected(incident)),
	incidents.discovered(incident),
	answers.any_of([
		_ends_in_period(incident, "incident_report_hours"),
		_ends_in_period(incident, "incident_contain_hours"),
		answers.opposite(incidents.closed_before(incident, data.period.from)),
	]),
])

default _of_data(_) := "unknown"

_of_data(incident) := "yes" if incident.category in {"leak", "loss", "tampering", "theft"}

_of_data(incident) := "no" if {
	incident.category in {"compliance", "harm", "account_theft", "abnormal_login", "malware", "other"}
}

# what was discovered before the period, and was to be reported in it, is not lost though it was closed at once
default _ends_in_period(_, _) := "unknown"

_ends_in_period(incident, setting) := "yes" if _limit(incident, setting) >= data.period.from

_ends_in_period(incident, setting) := "no" if _limit(incident, setting) < data.period.from

_limit(incident, setting) := clock.later(incident.discovered_at, data.settings[setting] * 3600)

default _over(_, _) := "unknown"

_over(incident, setting) := "yes" if _limit(incident, setting) <= data.as_of

_over(incident, setting) := "no" if _limit(incident, setting) > data.as_of

_faults(incident) := {
	"reported_late": answers.all_of([_late(incident), _ends_in_period(incident, "incident_report_hours")]),
	"unreported": answers.all_of([
		_over(incident, "incident_report_hours"),
		answers.opposite(answers.all_of([clock.happened(incident, "reported_at", periods.end), _to_it(incident)])),
	]),
	"uncontained": answers.all_of([
		_over(incident, "incident_contain_hours"),
		answers.opposite(clock.happened(incident, "contained_at", periods.end)),
	]),
}

# who told the head alone has not told IT
default _to_it(_) := "unknown"

_to_it(incident) := "yes" if incident.reported_to == "it"

_to_it(incident) := "no" if incident.reported_to in {"department_head", "other"}

# late in an earlier period was late then; a report before the discovery says nothing
default _late(_) := "unknown"

_late(incident) := "yes" if {
	incident.reported_at > _limit(incident, "incident_report_hours")
	incident.reported_at < periods.end
}

_late(incident) := "no" if {
	incident.reported_at <= _limit(incident, "incident_report_hours")
	incident.reported_at >= incident.discovered_at
}

# no boundary: what is reported as late as that was unreported when the limit ended
_late(incident) := "no" if incident.reported_at >= periods.end

_late(incident) := "no" if answers.shown(incident, "reported_at") == "none"

# whole hours past the limit, a begun one counts
default _hours_late(_) := 0

_hours_late(incident) := ceil(clock.seconds(_limit(incident, "incident_report_hours"), _told(incident)) / 3600) if {
	some fault in ["reported_late", "unreported"]
	_faults(incident)[fault] == "yes"
}

_told(incident) := data.as_of if _faults(incident).unreported == "yes"

_told(incident) := incident.reported_at if not _faults(incident).unreported == "yes"
