# METADATA
# title: Abnormal logins are reported at once
# description: A sign-in that was flagged as abnormal, and that no incident reports in time, is a violation.
package checks["5.2-c"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.applications
import data.lib.periods
import data.lib.reporting
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many abnormal sign-ins were to be reported in the period, or may have been; tools that flag none too.
population := count(_judged) + count(_unflagging)

# METADATA
# description: Those that were reported too late, or not at all.
violations contains object.union(
	{"subject": event.uid, "evidence": {
		"account": event.account,
		"at": answers.shown(event, "at"),
		"case": _case(event),
		"flagged_at": answers.shown(event, "flagged_at"),
		"reported_at": _reported_at(event),
	}},
	reporting.owner(event),
) if {
	some event in _judged
	_unreported(event) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": event.uid, "reason": reason} if {
	some event in _judged
	_unreported(event) == "unknown"
	reason := _reason(event)
}

# METADATA
# description: Tools that tell of sign-ins and not which of them are abnormal.
unknown contains {"subject": uid, "reason": "not_supported"} if {
	some uid in _unflagging
}

_judged := [event |
	some event in input.login_events
	not _due(event) == "no"
	not _tool_of_unflagged(event)
]

_unflagging := {_tool_of_unflagged(event) |
	some event in input.login_events
	not _due(event) == "no"
}

# the tool, if it does not say which sign-ins are abnormal
_tool_of_unflagged(event) := min(_tools_of(accounts.by_uid[event.account].source_system)) if {
	unknowns.why(event, "abnormal") == "not_supported"
}

_tools_of(system) := {uid | some uid, application in applications.by_uid; system in application.source_systems}

_unreported(event) := answers.all_of([_due(event), answers.opposite(_reported(event))])

_due(event) := answers.all_of([_abnormal(event), _signed_in(event), _ends_in_period(event)])

default _abnormal(_) := "unknown"

_abnormal(event) := event.abnormal

default _signed_in(_) := "unknown"

_signed_in(event) := "yes" if event.result == "success"

_signed_in(event) := "no" if event.result == "failure"

default _ends_in_period(_) := "unknown"

_ends_in_period(event) := periods.holds(_limit(event))

default _reported(_) := "unknown"

_reported(event) := reporting.reported(event, _limit(event), _limit(event))

_limit(event) := clock.later(_known_since(event), data.settings.login_report_hours * 3600)

_known_since(event) := event.flagged_at

# a tool that does not say when it flagged the sign-in did so at once
_known_since(event) := event.at if answers.shown(event, "flagged_at") == "none"

_known_since(event) := event.at if unknowns.why(event, "flagged_at") == "not_supported"

_case(event) := "reported_late" if count(reporting.times(event)) > 0

_case(event) := "unreported" if count(reporting.times(event)) == 0

default _reported_at(_) := "none"

_reported_at(event) := min(reporting.times(event)) if count(reporting.times(event)) > 0

_reason(event) := "ambiguous" if _guessed(event)

_reason(event) := unknowns.reason(
	array.concat([event, accounts.by_uid[event.account]], _doubts(event)),
	["abnormal", "result", "at", "flagged_at", "holder", "reported_at", "events", "concerns"],
) if {
	not _guessed(event)
}

# all is known, and an incident is about the same person and says nothing of the sign-in
_guessed(event) if {
	_due(event) == "yes"
	some incident in _doubts(event)
	count([field | some field in ["reported_at", "events", "concerns"]; unknowns.why(incident, field)]) == 0
	not unknowns.why(accounts.by_uid[event.account], "holder")
}

default _doubts(_) := []

_doubts(event) := reporting.doubts(event, _limit(event), _limit(event))
