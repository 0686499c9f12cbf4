# METADATA
# title: Requests state reason, software and functions
# description: A request that leaves out why, which software or which functions is a violation.
package checks["4.2-a"]

import future.keywords.not

import data.lib.answers
import data.lib.exceptions
import data.lib.unknowns

# METADATA
# description: How many requests of the department were made in the period, wait, or are in force, or may be.
population := count(_judged)

# METADATA
# description: Those that leave something out.
violations contains {"subject": request.uid, "evidence": {
	"missing": sort(missing),
	"requested_at": answers.shown(request, "requested_at"),
	"state": answers.shown(request, "state"),
}} if {
	some request in _judged
	_incomplete(request) == "yes"
	missing := {field | some field in _fields; _empty(request, field) == "yes"}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": request.uid, "reason": reason} if {
	some request in _judged
	_incomplete(request) == "unknown"
	reason := unknowns.reason(
		[request, exceptions.approval_of(request)],
		array.concat(_fields, [
			"department_code", "state", "requested_at", "approval", "decisions", "valid_from", "valid_until",
		]),
	)
}

_fields := ["functions", "reason", "software"]

_judged := [request |
	some request in exceptions.here
	not _counts(request) == "no"
]

_incomplete(request) := answers.all_of([
	_counts(request),
	answers.any_of([_empty(request, field) | some field in _fields]),
])

_counts(request) := answers.all_of([_stands(request), answers.any_of([
	_waits(request),
	_made_in_period(request),
	exceptions.in_force_somewhere(request),
])])

default _stands(_) := "unknown"

_stands(request) := "yes" if request.state in {"pending", "approved", "expired"}

_stands(request) := "no" if request.state in {"rejected", "withdrawn"}

default _waits(_) := "unknown"

_waits(request) := "yes" if request.state == "pending"

# what was rejected or withdrawn does not stand
_waits(request) := "no" if request.state in {"approved", "expired"}

default _made_in_period(_) := "unknown"

_made_in_period(request) := "yes" if {
	request.requested_at >= data.period.from
	request.requested_at <= data.as_of
}

_made_in_period(request) := "no" if request.requested_at < data.period.from

_made_in_period(request) := "no" if request.requested_at > data.as_of

default _empty(_, _) := "unknown"

_empty(request, field) := "yes" if _says_nothing(request[field])

_empty(request, field) := "no" if {
	is_string(request[field])
	not _says_nothing(request[field])
}

_says_nothing(text) if lower(text) in ({""} | {lower(word) | some word in data.settings.placeholder_words})
