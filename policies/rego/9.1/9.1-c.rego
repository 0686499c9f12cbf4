# METADATA
# title: Reports of violations are handled
# description: A report about which nobody entitled did anything within the working days allowed is a violation.
package checks["9.1-c"]

import future.keywords.not

import data.lib.answers
import data.lib.organisation
import data.lib.people
import data.lib.periods
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many reports came in during the period, or were untouched when it began, or may have been.
population := count(_judged)

# METADATA
# description: Those about which something was done too late, or nothing yet.
violations contains object.union(
	{"subject": report.uid, "evidence": {
		"case": _case(report),
		"first_action_at": answers.shown(report, "first_action_at"),
		"handler": answers.shown(report, "handler"),
		"received_at": answers.shown(report, "received_at"),
		"working_days": _shown_days(report),
	}},
	_to_act(report),
) if {
	some report in _judged
	_neglected(report) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": report.uid, "reason": reason} if {
	some report in _judged
	_neglected(report) == "unknown"
	reason := _reason(report)
}

_judged := [report |
	some report in input.violation_reports
	not _due(report) == "no"
]

_neglected(report) := answers.all_of([
	_due(report),
	_term_over(report),
	answers.opposite(answers.all_of([_touched(report, periods.end), _prompt(report)])),
])

# what was late and was dealt with in an earlier period was accused then
_due(report) := answers.all_of([
	_received(report, periods.end),
	answers.opposite(_withdrawn_in_time(report)),
	answers.opposite(answers.all_of([
		_received(report, data.period.from),
		_touched(report, data.period.from),
	])),
])

default _received(_, _) := "unknown"

_received(report, instant) := clock.happened(report, "received_at", instant) if report.received_at

default _term_over(_) := "unknown"

_term_over(report) := "yes" if report.received_at < data.cutoff.report_working_days

_term_over(report) := "no" if report.received_at >= data.cutoff.report_working_days

_touched(report, instant) := answers.all_of([clock.happened(report, "first_action_at", instant), _by_somebody(report)])

# neither a program, nor whom the report is about
default _by_somebody(_) := "unknown"

_by_somebody(report) := "no" if {
	report.first_action_at
	answers.shown(report, "first_action_by") == "none"
}

_by_somebody(report) := "no" if report.first_action_by in report.about

_by_somebody(report) := "yes" if {
	people.by_uid[report.first_action_by]
	not report.first_action_by in report.about
	every uid in report.about {
		people.by_uid[uid]
	}
}

default _prompt(_) := "unknown"

_prompt(report) := "yes" if {
	_days(report, "first_action_local") <= data.settings.report_working_days
	report.first_action_at >= report.received_at
}

_prompt(report) := "no" if _days(report, "first_action_local") > data.settings.report_working_days

default _withdrawn_in_time(_) := "unknown"

_withdrawn_in_time(report) := "no" if clock.happened(report, "withdrawn_at", periods.end) == "no"

_withdrawn_in_time(report) := "yes" if {
	clock.happened(report, "withdrawn_at", periods.end) == "yes"
	_days(report, "withdrawn_local") <= data.settings.report_working_days
}

_withdrawn_in_time(report) := "no" if _days(report, "withdrawn_local") > data.settings.report_working_days

# working days from the day on which it came in; undefined where the calendar does not reach
_days(report, field) := _ordinal(report[field]) - _ordinal(report.received_local)

_ordinal(moment) := data.calendar.days[split(moment, "T")[0]].ordinal

default _shown_days(_) := "none"

_shown_days(report) := _days(report, "first_action_local") if _acted(report)

_acted(report) if clock.happened(report, "first_action_at", periods.end) == "yes"

default _case(_) := "acted_late"

_case(report) := "untouched" if not _acted(report)

_case(report) := "automatic_reply" if {
	_acted(report)
	answers.shown(report, "first_action_by") == "none"
}

_case(report) := "own_case" if {
	_acted(report)
	report.first_action_by in report.about
}

# the head above acts where the report is about the head
default _to_act(_) := {}

_to_act(report) := {"owner": free[0]} if {
	department := organisation.by_code[_code(report)]
	free := [uid | some uid in _line(department); not uid in object.get(report, "about", [])]
}

_line(department) := [uid |
	some codes in [{department.code}, {code | code := department.parent}, {code | code := data.root}]
	some uid in sort(organisation.heads(codes, data.as_of))
]

_code(report) := people.by_uid[report.handler].department_code

_code(report) := input.department if not people.by_uid[report.handler].department_code

_reason(report) := "ambiguous" if report.first_action_at < report.received_at

_reason(report) := unknowns.reason([report], [
	"received_at", "received_local", "first_action_at", "first_action_local", "first_action_by", "about",
	"withdrawn_at", "withdrawn_local",
]) if {
	not report.first_action_at < report.received_at
}
