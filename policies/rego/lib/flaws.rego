# METADATA
# title: Vulnerabilities of installed programs
# description: Which vulnerabilities a program has, and which of them should have been closed.
# schemas:
#   - input: schema.input
package lib.flaws

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.approvals
import data.lib.holes
import data.lib.scans

_installs := {install.uid | some install in array.concat(input.software_installs, input.context.software_installs)}

_live := [finding |
	some finding in input.vuln_findings
	not finding.status == "fixed"
	not finding.severity == "none"
]

_by_install := {uid: rows |
	some uid in {finding.target | some finding in _live}
	rows := [finding | some finding in _live; finding.target == uid]
}

# METADATA
# description: Vulnerabilities of programs of which it is not known which.
adrift := [finding |
	some finding in _live
	finding.target_kind == "install"
	not finding.target in _installs
]

_of(install) := [finding |
	some finding in object.get(_by_install, install.uid, [])
	not _aimed(finding) == "no"
]

default _aimed(_) := "unknown"

_aimed(finding) := "yes" if finding.target_kind == "install"

_aimed(finding) := "no" if finding.target_kind in {"host", "endpoint"}

# METADATA
# description: Those of the program that should have been closed.
overdue(install) := [finding | some finding in _of(install); _overdue(finding, install) == "yes"]

# METADATA
# description: Whether the program has a vulnerability open past its term; one that nobody can place may be its own.
open_past_term(install) := answers.any_of(array.concat(
	[_overdue(finding, install) | some finding in _of(install)],
	[answers.all_of(["unknown", _open(finding), holes.old(finding)]) | some finding in adrift],
))

_overdue(finding, install) := answers.all_of([
	_aimed(finding),
	answers.opposite(_gone(finding, install)),
	_open(finding),
	holes.old(finding),
])

# a version that came after the vulnerability was last seen; where nobody knows since when, a sighting of late counts
default _gone(_, _) := "unknown"

_gone(finding, install) := "yes" if finding.last_seen_at < install.version_since

_gone(finding, install) := "no" if finding.last_seen_at >= install.version_since

_gone(finding, install) := "no" if {
	not install.version_since
	finding.last_seen_at >= data.cutoff.scan_max_age_days
}

default _open(_) := "unknown"

_open(finding) := "yes" if finding.status == "open"

_open(finding) := answers.opposite(_accepted(finding)) if finding.status in {"accepted", "false_positive"}

default _accepted(_) := "unknown"

_accepted(finding) := "no" if answers.shown(finding, "acceptance") == "none"

_accepted(finding) := approvals.in_force(approvals.by_uid[finding.acceptance], data.as_of)

# METADATA
# description: The vulnerabilities of the program, their acceptances, and what scans say of its device.
papers(install) := array.concat(
	array.concat(
		array.concat(_of(install), adrift),
		[approvals.by_uid[finding.acceptance] | some finding in _of(install)],
	),
	array.concat([install], scans.on(applications.device(install))),
)
