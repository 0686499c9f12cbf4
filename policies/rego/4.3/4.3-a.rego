# METADATA
# title: Deployed tools are kept up to date
# description: An install of a selected tool that has lacked a newer release for too long is a violation.
package checks["4.3-a"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.flaws
import data.lib.releases
import data.lib.sources
import data.lib.updates

# METADATA
# description: How many installs are of selected tools, or may be, and have no worse fault.
population := count(_judged)

# METADATA
# description: Those that were not updated in time.
violations contains {
	"subject": install.uid,
	"severity": updates.graded(install),
	"evidence": {
		"application": install.application,
		"candidate_version": updates.version(first),
		"first_seen_at": answers.shown(first, "first_seen_at"),
		"host": install.host,
		"person": answers.shown(applications.device(install), "owner"),
		"released_at": answers.shown(first, "released_at"),
		"security": answers.shown(first, "security"),
		"version": answers.shown(install, "version"),
	},
} if {
	some install in _judged
	_neglected(install) == "yes"
	first := updates.first(install)
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": install.uid, "reason": reason} if {
	some install in _judged
	_neglected(install) == "unknown"
	reason := _why(install)
}

_why(install) := _gaps[0] if _worse(install)

_why(install) := applications.reason(install, papers, updates.fields) if {
	not _worse(install)
	papers := array.concat([install, releases.of(install)], updates.missing(install))
}

# what is used by exception is 4.3-e's; past its support or with an open hole it is 4.3-b's or 4.3-c's: the same cure
# not declared: release, software_update: of what no list shows the install itself says why it is not known
# not declared: vuln_finding, vuln_scan, host_scan: where they are missing less is left to 4.3-c
_judged := [install |
	some install in input.software_installs
	not _concerned(install) == "no"
	not _left(install)
]

_concerned(install) := answers.all_of([
	applications.is_tool(install),
	applications.selected(applications.of(install)),
])

# where what may excuse is not whole they accuse nobody, and then it is neither theirs nor known to be nobody's
_left(install) if {
	_worse(install)
	count(_gaps) == 0
}

_worse(install) if {
	applications.seen(install) == "yes"
	_concerned(install) == "yes"
	answers.any_of([releases.unsupported(install), flaws.open_past_term(install)]) == "yes"
}

_gaps := [reason |
	some type in ["approval", "department", "exception_request"]
	reason := sources.reason(type)
]

# what is on a silent device now nobody knows
default _neglected(_) := "unknown"

_neglected(install) := answers.all_of([_concerned(install), updates.late(install)]) if {
	applications.seen(install) == "yes"
	not _worse(install)
}
