# METADATA
# title: Only selected tools are installed
# description: An install of a tool that the company did not choose, and that no department asked for, is a violation.
package checks["4.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.exceptions

# METADATA
# description: How many installs are of tools that were neither chosen nor asked for, or may be.
population := count(_judged)

# METADATA
# description: Those that have to go.
violations contains {"subject": install.uid, "evidence": {
	"application": install.application,
	"host": install.host,
	"installed_at": answers.shown(install, "installed_at"),
	"person": answers.shown(applications.device(install), "owner"),
	"version": answers.shown(install, "version"),
}} if {
	some install in _judged
	_stray(install) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": install.uid, "reason": reason} if {
	some install in _judged
	_stray(install) == "unknown"
	reason := applications.reason(install, exceptions.doubts, ["application"])
}

# where somebody asked for it, it is 4.2-b's
_judged := [install |
	some install in input.software_installs
	not _foreign(install) == "no"
]

_stray(install) := answers.all_of([_foreign(install), applications.seen(install)])

_foreign(install) := answers.all_of([
	applications.is_tool(install),
	answers.opposite(applications.selected(applications.of(install))),
	answers.opposite(exceptions.requested(applications.of(install))),
])
