# METADATA
# title: IT inspects accounts, publishing and protection
# description: >-
#   A department is a violation in which an area was neither inspected for the quarter nor collected by this run, or
#   for which no sample of messages was drawn.
package checks["9.2-a"]

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.samples
import data.lib.sources
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: The department of the shard, if it was there long enough, or may have been.
population := count(_judged)

# METADATA
# description: Those that were not looked at.
violations contains {"subject": department.uid, "evidence": {
	"faults": sort([fault | some fault, answer in _faults; answer == "yes"]),
	"areas_missing": sort([area | some area in data.settings.inspection_areas; _missing(area) == "yes"]),
	"areas_collected": sort([area | some area in data.settings.inspection_areas; _collected(area) == "yes"]),
	"sample_drawn": sum([object.get(sample, "drawn", 0) | some sample in _samples]),
}} if {
	some department in _judged
	answers.all_of([_owed(department), _neglected]) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": department.uid, "reason": reason} if {
	some department in _judged
	answers.all_of([_owed(department), _neglected]) == "unknown"
	reason := _why(department)
}

default _why(_) := "not_collected"

_why(department) := _in_records(department) if _in_records(department) != "not_collected"

_why(department) := min(_in_sources) if {
	_in_records(department) == "not_collected"
}

_in_records(department) := unknowns.reason(
	array.concat(array.concat([department], data.company.inspections), _samples),
	["valid_from", "period", "performed_at", "areas", "departments", "frame_size", "drawn"],
)

_in_sources := {reason |
	some area in data.settings.inspection_areas
	_missing(area) == "unknown"
	some type in _leading[area]
	sources.state(type) != "not_configured"
	reason := sources.reason(type)
}

_judged := [department |
	department := departments.by_code[input.department]
	not _owed(department) == "no"
]

# in force now, and for enough days of the quarter that is over
_owed(department) := answers.all_of([departments.in_force(department, data.as_of), _long(department)])

default _long(_) := "unknown"

_long(department) := "yes" if _seconds(department) >= _least

_long(department) := "no" if _seconds(department) < _least

_seconds(department) := clock.seconds(department.valid_from, data.period.duty_to)

_seconds(department) := clock.seconds(data.period.duty_from, data.period.duty_to) if {
	answers.shown(department, "valid_from") == "none"
}

_least := data.settings.supervision_min_days * 86400

_neglected := answers.any_of([answer | some answer in _faults])

_faults := {
	"not_inspected": answers.any_of([_missing(area) | some area in data.settings.inspection_areas]),
	"no_sample": answers.opposite(answers.any_of([samples.enough(sample) | some sample in _samples])),
}

_missing(area) := answers.all_of([answers.opposite(_collected(area)), answers.opposite(_inspected(area))])

# what this run looked at itself: the facts that an area is judged by were complete for the department. Nothing collects
# an area that has no source; one whose source is broken was looked at in part, and that is for 2-b to say
_leading := {
	"accounts": ["account", "person"],
	"publishing": ["announcement", "group", "membership"],
	"protection": ["host", "tls_check", "vuln_scan"],
}

default _collected(_) := "unknown"

_collected(area) := "yes" if {
	every type in _leading[area] {
		sources.state(type) == "complete"
	}
}

_collected(area) := "no" if {
	some type in _leading[area]
	sources.state(type) == "not_configured"
}

_inspected(area) := answers.any_of([
answers.all_of([_of_quarter(row), _performed(row), _covers(row, area), _reaches(row)]) |
	some row in data.company.inspections
])

default _of_quarter(_) := "unknown"

_of_quarter(row) := "yes" if row.period == _quarter

_of_quarter(row) := "no" if row.period != _quarter

# planned is not performed
default _performed(_) := "unknown"

_performed(row) := "yes" if row.performed_at <= data.as_of

_performed(row) := "no" if row.performed_at > data.as_of

_performed(row) := "no" if answers.shown(row, "performed_at") == "none"

default _covers(_, _) := "unknown"

_covers(row, area) := {true: "yes", false: "no"}[area in row.areas] if is_array(row.areas)

default _reaches(_) := "unknown"

_reaches(row) := "yes" if count(_here(row)) > 0

_reaches(row) := "no" if count(_here(row)) == 0

# undefined if it is not known which departments were looked at
_here(row) := {code | some code in row.departments; input.department in organisation.became(code)} if {
	is_array(row.departments)
}

_samples := [sample | some sample in input.samples; sample.period == _quarter]

# the quarter whose duties are judged: this one if it is over, else the one before
_quarter := data.period.label if data.period.duty_to == data.period.to

_quarter := sprintf("%dQ%d", [data.period.year, data.period.quarter - 1]) if {
	data.period.duty_to != data.period.to
	data.period.quarter > 1
}

_quarter := sprintf("%dQ4", [data.period.year - 1]) if {
	data.period.duty_to != data.period.to
	data.period.quarter == 1
}
