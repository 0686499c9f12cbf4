# METADATA
# title: Known holes are repaired
# description: A vulnerability of what serves is repaired within the days of its severity, or accepted by somebody else.
package checks["8.1-d"]

import future.keywords.not

import data.lib.answers
import data.lib.approvals
import data.lib.endpoints
import data.lib.holes
import data.lib.people
import data.lib.scans
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many vulnerabilities and serving hosts there are, or may be.
population := count(_judged) + count(_hosts)

# METADATA
# description: Vulnerabilities that are open past their term.
violations contains object.union(violation, _to_act(finding)) if {
	some finding in _judged
	_open_too_long(finding) == "yes"
	due := clock.later(finding.first_seen_at, holes.days(finding) * 86400)
	violation := {
		"subject": finding.uid,
		"severity": holes.graded(finding),
		"due": due,
		"evidence": {
			"vuln_id": finding.vuln_id,
			"component": answers.shown(finding, "component"),
			"severity": answers.shown(finding, "severity"),
			"first_seen_at": finding.first_seen_at,
			"due_at": due,
			"fixed_version": answers.shown(finding, "fixed_version"),
			"acceptance": answers.shown(finding, "acceptance"),
			"target": answers.shown(finding, "target"),
		},
	}
}

# METADATA
# description: Vulnerabilities of which it cannot be said, and serving hosts that no good scan looked at.
unknown contains {"subject": uid, "reason": reason} if {
	some uid, reason in _undecided
}

_undecided := object.union(
	{finding.uid: reason |
		some finding in _judged
		_open_too_long(finding) == "unknown"
		reason := unknowns.reason(
			[finding, _place(finding), _acceptance(finding)],
			[
				"severity", "first_seen_at", "status", "acceptance", "target_kind", "target", "serves", "exposure", "retired",
				"state", "decisions", "valid_from", "valid_until", "owner",
			],
		)
	},
	{host.uid: _why_not_scanned(host) | some host in _hosts},
)

# a provider's hosts are the provider's to scan
_hosts := [host |
	some host in input.hosts
	not scans.serving(host) == "no"
	not scans.own(host) == "no"
]

_why_not_scanned(host) := "stale" if {
	scans.scanned(host) == "no"
	count(scans.of(host)) > 0
}

_why_not_scanned(host) := "not_collected" if count(scans.of(host)) == 0

_why_not_scanned(host) := unknowns.reason(
	scans.of(host),
	["scope", "started_at", "result", "db_built_at", "authenticated"],
) if {
	scans.scanned(host) == "unknown"
}

_judged := [finding |
	some finding in input.vuln_findings
	not finding.status == "fixed"
	not finding.severity == "none"
	not _concerned(finding) == "no"
]

# vulnerabilities of installed programs are those of 4.3-c; of what nobody knows what it is nobody else would speak
default _concerned(_) := "unknown"

_concerned(finding) := "yes" if _kind(finding) == "unknown"

_concerned(finding) := "no" if _kind(finding) == "install"

_concerned(finding) := scans.serving(_place(finding)) if _kind(finding) == "host"

_concerned(finding) := endpoints.serving(_place(finding)) if _kind(finding) == "endpoint"

# what the list does not call by its kind may be in another list, which does
_kind(finding) := finding.target_kind if finding.target_kind != "unknown"

_kind(finding) := object.get(_kinds, object.get(finding, "target", ""), "unknown") if finding.target_kind == "unknown"

_kinds := object.union(
	{uid: "host" | some uid, _ in scans.host_by_uid},
	{uid: "endpoint" | some uid, _ in endpoints.by_uid},
)

default _place(_) := {}

_place(finding) := scans.host_by_uid[finding.target]

_place(finding) := endpoints.by_uid[finding.target]

_open_too_long(finding) := answers.all_of([
	_concerned(finding),
	_open(finding),
	holes.old(finding),
])

default _open(_) := "unknown"

_open(finding) := "yes" if finding.status == "open"

_open(finding) := answers.opposite(_accepted(finding)) if finding.status in {"accepted", "false_positive"}

default _accepted(_) := "unknown"

_accepted(finding) := "no" if answers.shown(finding, "acceptance") == "none"

_accepted(finding) := answers.all_of([
	approvals.held_at(_acceptance(finding), data.as_of),
	approvals.approved_by_another(_acceptance(finding), _repairers(finding), data.as_of),
]) if {
	finding.acceptance
}

default _acceptance(_) := {}

_acceptance(finding) := approvals.by_uid[finding.acceptance]

# whoever repairs the host or the endpoint cannot accept its holes; undefined if not known who does
_repairers(finding) := {_place(finding).owner} if people.by_uid[_place(finding).owner]

_repairers(finding) := set() if answers.shown(_place(finding), "owner") == "none"

default _to_act(_) := {}

_to_act(finding) := {"owner": _place(finding).owner} if {
	people.in_service(people.by_uid[_place(finding).owner], data.as_of) == "yes"
}
