# METADATA
# title: The company holds training
# description: In the quarters looked at somebody held a training on communication security, and somebody came.
package checks["8.3-b"]

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.unknowns

# METADATA
# description: The company, once, as its root department.
population := count(_judged)

# METADATA
# description: The company, if it held no training.
violations contains {"subject": company.uid, "evidence": {
	"last_held_at": _last_held,
	"quarters": data.settings.training_quarters,
}} if {
	_held == "no"
	some company in _judged
}

# METADATA
# description: The company, if it cannot be said.
unknown contains {"subject": company.uid, "reason": reason} if {
	_held == "unknown"
	reason := unknowns.reason(_recent, ["held_at", "state", "topic", "attendees"])
	some company in _judged
}

_judged := [department |
	input.department == "_company"
	department := departments.by_code[data.root]
]

# other departments' shards hold no session: all lie in the company's
_held := answers.any_of([_counts(session) | some session in _recent])

_counts(session) := answers.all_of([
	_was_held(session),
	_on_topic(session),
	_attended(session),
	_in_span(session),
])

_recent := [session |
	some session in input.training_sessions
	not _in_span(session) == "no"
]

default _in_span(_) := "unknown"

_in_span(session) := "yes" if {
	time.parse_rfc3339_ns(session.held_at) >= _span_starts
	session.held_at <= data.as_of
}

_in_span(session) := "no" if time.parse_rfc3339_ns(session.held_at) < _span_starts

_in_span(session) := "no" if session.held_at > data.as_of

# the audited quarter alone, or the one before as well, or more
_span_starts := time.parse_rfc3339_ns(data.period.from) if data.settings.training_quarters == 1

# a quarter starts at a local midnight, never more than fourteen hours before the day starts in UTC
_span_starts := time.add_date(
	time.parse_rfc3339_ns(data.period.previous_from) + _fourteen_hours,
	0, -3 * (data.settings.training_quarters - 2), 0,
) - _fourteen_hours if {
	# no boundary: a quarter after the one before is the quarter itself
	data.settings.training_quarters > 1
}

# on purpose: no zone is further than that from UTC
_fourteen_hours := ((14 * 3600) * 1000) * 1000000

default _was_held(_) := "unknown"

_was_held(session) := "yes" if session.state == "held"

_was_held(session) := "no" if session.state in {"planned", "cancelled"}

default _on_topic(_) := "unknown"

_on_topic(session) := "yes" if session.topic == "communication_security"

_on_topic(session) := "no" if session.topic == "other"

default _attended(_) := "unknown"

_attended(session) := "yes" if session.attendees > 0

_attended(session) := "no" if session.attendees == 0

default _last_held := "never"

_last_held := max({session.held_at |
	some session in input.training_sessions

	# no boundary: one held in the last second is of the span, and then nothing is told
	session.held_at <= data.as_of
	answers.all_of([_was_held(session), _on_topic(session), _attended(session)]) == "yes"
})
