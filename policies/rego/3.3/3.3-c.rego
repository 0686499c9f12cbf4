# METADATA
# title: Opened bad links and foreign executables are reported
# description: A link of a block list or an executable from outside that was let in and not reported is a violation.
package checks["3.3-c"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.periods
import data.lib.reporting
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many links and downloads were to be reported in the period, or may have been.
population := count(_downloads)

# METADATA
# description: Those that no incident reports.
violations contains object.union(
	{"subject": _subject(events), "evidence": {
		"account": answers.shown(event, "account"),
		"at": answers.shown(event, "at"),
		"host": answers.shown(event, "host"),
		"kind": event.kind,
		"list_name": answers.shown(event, "list_name"),
		"list_version": answers.shown(event, "list_version"),
		"outcome": event.outcome,
	}},
	reporting.owner(event),
) if {
	some events in _downloads
	_unreported(events) == "yes"
	event := [each | some each in events; _taken(each) == "yes"][0]
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": _subject(events), "reason": _reason(events)} if {
	some events in _downloads
	_unreported(events) == "unknown"
}

_judged := [event |
	some event in input.security_events
	not _due(event) == "no"
]

# what belongs to one download is one subject, known by its first record
_downloads := [events |
	some key in {_key(event) | some event in _judged}
	events := [event | some event in _judged; _key(event) == key]
]

_key(event) := [
	object.get(event, "account", ""),
	object.get(event, "host", ""),
	object.get(event, "group_key", event.uid),
]

_subject(events) := min([event.uid | some event in events])

_unreported(events) := answers.all_of([
	answers.any_of([_taken(event) | some event in events]),
	answers.opposite(answers.any_of([_reported(event) | some event in events])),
])

_due(event) := answers.all_of([
	_dangerous(event),
	_let_in(event),
	answers.opposite(object.get(event, "automatic", "unknown")),
	_ends_in_period(event),
])

_taken(event) := answers.all_of([_due(event), _known_then(event)])

default _dangerous(_) := "unknown"

_dangerous(event) := "yes" if event.kind in {"blocklisted_link", "external_executable"}

_dangerous(event) := "no" if event.kind == "other"

default _let_in(_) := "unknown"

_let_in(event) := "yes" if event.outcome in {"opened", "downloaded", "run"}

_let_in(event) := "no" if event.outcome == "blocked"

# nobody could know of a link that was put on the list later
default _known_then(_) := "unknown"

_known_then(event) := "yes" if event.kind == "external_executable"

_known_then(event) := "yes" if event.listed_at <= event.at

_known_then(event) := "no" if {
	event.kind == "blocklisted_link"
	event.listed_at > event.at
}

default _ends_in_period(_) := "unknown"

_ends_in_period(event) := periods.holds(_limit(event))

_limit(event) := clock.later(event.at, data.settings.security_report_hours * 3600)

# a report that came late is one: lateness is asked for elsewhere
default _reported(_) := "unknown"

_reported(event) := reporting.reported(event, data.as_of, _limit(event))

_reason(events) := "ambiguous" if _guessed(events)

_reason(events) := unknowns.reason(
	array.concat(events, array.concat(_holders(events), _doubts(events))),
	["kind", "outcome", "automatic", "at", "listed_at", "account", "holder", "reported_at", "events", "concerns"],
) if {
	not _guessed(events)
}

# all is known, and an incident is about the same person and says nothing of the download
_guessed(events) if {
	answers.any_of([_taken(event) | some event in events]) == "yes"
	_known_who(events)
	some incident in _doubts(events)
	count([field | some field in ["reported_at", "events", "concerns"]; unknowns.why(incident, field)]) == 0
}

_known_who(events) if {
	every record in array.concat(events, _holders(events)) {
		not unknowns.why(record, "account")
		not unknowns.why(record, "holder")
	}
}

_holders(events) := [account | some event in events; account := accounts.by_uid[event.account]]

_doubts(events) := [incident |
	some event in events
	some incident in reporting.doubts(event, data.as_of, _limit(event))
]
