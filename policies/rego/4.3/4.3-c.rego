# METADATA
# title: Known holes in installed versions are closed
# description: An installed tool with a vulnerability that is open past its term is a violation.
package checks["4.3-c"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.exceptions
import data.lib.flaws
import data.lib.holes
import data.lib.papers
import data.lib.scans
import data.lib.unknowns

# METADATA
# description: How many installs are of tools in use, or may be, and vulnerabilities of programs that nobody can place.
population := count(_judged) + count(flaws.adrift)

# METADATA
# description: Those with holes that should have been closed.
violations contains object.union(exceptions.answering(install), {
	"subject": install.uid,
	"severity": _worst(install),
	"evidence": {
		"application": install.application,
		"first_seen_at": min({finding.first_seen_at | some finding in flaws.overdue(install)}),
		"fixed_versions": sort({answers.shown(finding, "fixed_version") | some finding in flaws.overdue(install)}),
		"host": install.host,
		"person": answers.shown(applications.device(install), "owner"),
		"severities": sort({finding.severity | some finding in flaws.overdue(install)}),
		"version": answers.shown(install, "version"),
		"vuln_ids": sort({finding.vuln_id | some finding in flaws.overdue(install)}),
	},
}) if {
	some install in _judged
	_exposed(install) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": uid, "reason": reason} if {
	some uid, reason in _undecided
}

_undecided := object.union(
	{install.uid: _why(install) | some install in _judged; _exposed(install) == "unknown"},
	{finding.uid: unknowns.reason([finding], ["target"]) | some finding in flaws.adrift},
)

_judged := [install |
	some install in input.software_installs
	not exceptions.deployed_on(install) == "no"
]

# on a silent device nobody knows; and that none is known proves something only where somebody looked
default _exposed(_) := "unknown"

_exposed(install) := answers.all_of([exceptions.deployed_on(install), flaws.open_past_term(install)]) if {
	applications.seen(install) == "yes"
	not _unlooked(install)
}

# not declared: host_scan: it is made of scans when the snapshot is sealed, and vuln_scan is declared
_unlooked(install) if {
	flaws.open_past_term(install) == "no"
	not scans.looked_at(applications.device(install)) == "yes"
}

_worst(install) := [grade |
	some grade in ["critical", "high", "medium"]
	some finding in flaws.overdue(install)
	holes.graded(finding) == grade
][0]

_why(install) := "stale" if _only_old_scans(install)

_why(install) := applications.reason(
	install, array.concat(
		flaws.papers(install),
		papers.of_install(install),
	),
	array.concat(
		[
			"target", "target_kind", "status", "first_seen_at", "last_seen_at", "version_since", "severity",
			"acceptance", "started_at", "result", "db_built_at",
			"authenticated",
		],
		exceptions.fields,
	),
) if {
	not _only_old_scans(install)
}

_only_old_scans(install) if {
	_unlooked(install)
	count(scans.on(applications.device(install))) > 0
	scans.looked_at(applications.device(install)) == "no"
}
