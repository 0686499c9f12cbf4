# METADATA
# title: Vulnerabilities and their terms
# description: How bad a vulnerability is, and whether its term is over.
package lib.holes

import future.keywords.not

# METADATA
# scope: document
# description: Whether the vulnerability is older than its term; of unknown severity only the ends are certain.
default old(_) := "unknown"

old(finding) := "yes" if finding.first_seen_at < _cutoffs[_term(finding)]

old(finding) := "no" if {
	finding.severity in {"critical", "high", "medium", "low"}
	finding.first_seen_at >= _cutoffs[_term(finding)]
}

old(finding) := "no" if {
	not finding.severity in {"critical", "high", "medium", "low"}
	finding.first_seen_at >= data.cutoff.vuln_critical_days
}

_cutoffs := {
	"critical": data.cutoff.vuln_critical_days,
	"high": data.cutoff.vuln_high_days,
	"medium": data.cutoff.vuln_medium_days,
	"low": data.cutoff.vuln_low_days,
}

# METADATA
# description: The days that there are to repair it.
days(finding) := _terms[_term(finding)]

_terms := {
	"critical": data.settings.vuln_critical_days,
	"high": data.settings.vuln_high_days,
	"medium": data.settings.vuln_medium_days,
	"low": data.settings.vuln_low_days,
}

default _term(_) := "low"

_term(finding) := finding.severity if finding.severity in {"critical", "high", "medium"}

# METADATA
# description: The severity of the violation; of low ones, and of what nobody knows, it is medium.
graded(finding) := {"critical": "critical", "high": "high", "medium": "medium", "low": "medium"}[_term(finding)]
