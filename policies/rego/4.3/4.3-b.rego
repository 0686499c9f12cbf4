# METADATA
# title: No tool past its end of support
# description: An installed version of a tool in use that its maker no longer supports is a violation.
package checks["4.3-b"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.approvals
import data.lib.exceptions
import data.lib.papers
import data.lib.releases

# METADATA
# description: How many installs are of tools in use, or may be.
population := count(_judged)

# METADATA
# description: Those of versions that nobody repairs any more.
violations contains object.union(exceptions.answering(install), {"subject": install.uid, "evidence": {
	"application": install.application,
	"branch": answers.shown(releases.of(install), "branch"),
	"end_of_support_on": releases.last_day(install),
	"host": install.host,
	"person": answers.shown(applications.device(install), "owner"),
	"version": answers.shown(install, "version"),
}}) if {
	some install in _judged
	_overdue(install) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": install.uid, "reason": reason} if {
	some install in _judged
	_overdue(install) == "unknown"
	reason := applications.reason(
		install,
		array.concat(
			array.concat([install], releases.papers(install)),
			array.concat(_extensions(applications.of(install)), papers.of_install(install)),
		),
		array.concat(["version", "release", "branch", "support_ends_at", "exception_approvals"], exceptions.fields),
	)
}

_extensions(application) := array.concat([application], [approval |
	some uid in application.exception_approvals
	approval := approvals.by_uid[uid]
])

_judged := [install |
	some install in input.software_installs
	not exceptions.deployed_on(install) == "no"
]

# what is on a silent device now nobody knows
default _overdue(_) := "unknown"

_overdue(install) := answers.all_of([exceptions.deployed_on(install), releases.unsupported(install)]) if {
	applications.seen(install) == "yes"
}
