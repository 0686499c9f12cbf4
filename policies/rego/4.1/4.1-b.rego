# METADATA
# title: Selection rests on an evaluation
# description: A selected tool that was never evaluated, or too long ago, is a violation.
package checks["4.1-b"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.unknowns

# METADATA
# description: How many tools are selected, or may be.
population := count(_judged)

# METADATA
# description: Those without an evaluation that still counts.
violations contains {"subject": application.uid, "evidence": {
	"case": _case(application),
	"evaluated_at": answers.shown(application, "evaluated_at"),
	"selected_at": answers.shown(application, "selected_at"),
}} if {
	some application in _judged
	_unfounded(application) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": application.uid, "reason": reason} if {
	some application in _judged
	_unfounded(application) == "unknown"
	reason := _reason(application)
}

_judged := [application |
	some application in data.company.applications
	applications.is_here(application)
	not applications.communicates(application) == "no"
	not applications.selected(application) == "no"
]

_unfounded(application) := answers.all_of([
	applications.communicates(application),
	applications.selected(application),
	_unevaluated(application),
])

default _unevaluated(_) := "unknown"

_unevaluated(application) := "yes" if answers.shown(application, "evaluated_at") == "none"

_unevaluated(application) := "yes" if application.evaluated_at < data.cutoff.evaluation_max_age_days

_unevaluated(application) := "no" if {
	application.evaluated_at >= data.cutoff.evaluation_max_age_days
	application.evaluated_at <= data.as_of
	not _afterwards(application)
}

# selected in the period and evaluated since: the register keeps no earlier evaluation, there may have been one
_afterwards(application) if {
	application.selected_at >= data.period.from
	application.evaluated_at > application.selected_at
}

_case(application) := "never" if not application.evaluated_at

_case(application) := "too_old" if application.evaluated_at

# an evaluation in the future is an error of the data
_reason(application) := "unparsable" if application.evaluated_at > data.as_of

_reason(application) := unknowns.reason([application], ["category", "selected", "registered", "evaluated_at"]) if {
	not application.evaluated_at > data.as_of
}
