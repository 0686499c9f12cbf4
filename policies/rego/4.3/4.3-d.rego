# METADATA
# title: IT maintains on schedule
# description: A selected tool in use that was not maintained in time is a violation.
package checks["4.3-d"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.unknowns

# METADATA
# description: How many selected tools have been in use for so long that maintenance is due, or may have been.
population := count(_judged)

# METADATA
# description: Those that were not maintained.
violations contains {"subject": application.uid, "evidence": {
	"deployed_at": answers.shown(application, "deployed_at"),
	"last_maintained_at": answers.shown(application, "last_maintained_at"),
}} if {
	some application in _judged
	_neglected(application) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": application.uid, "reason": reason} if {
	some application in _judged
	_neglected(application) == "unknown"
	reason := unknowns.reason(
		[application],
		["category", "selected", "registered", "deployed_at", "last_maintained_at"],
	)
}

_judged := [application |
	some application in data.company.applications
	applications.is_here(application)
	not applications.communicates(application) == "no"
	not applications.selected(application) == "no"
	not _in_use(application) == "no"
]

_neglected(application) := answers.all_of([
	applications.communicates(application),
	applications.selected(application),
	_in_use(application),
	_overdue(application),
])

default _in_use(_) := "unknown"

_in_use(application) := "yes" if application.deployed_at < data.cutoff.maintenance_days

_in_use(application) := "no" if application.deployed_at >= data.cutoff.maintenance_days

_in_use(application) := "no" if answers.shown(application, "deployed_at") == "none"

default _overdue(_) := "unknown"

_overdue(application) := "yes" if answers.shown(application, "last_maintained_at") == "none"

_overdue(application) := "yes" if application.last_maintained_at < data.cutoff.maintenance_days

# one after as_of is outside, and hides when the one before was
_overdue(application) := "no" if {
	application.last_maintained_at >= data.cutoff.maintenance_days
	application.last_maintained_at <= data.as_of
}
