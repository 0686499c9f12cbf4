package lib.flaws_test

import future.keywords.not

import data.lib.flaws

test_a_version_closes_what_was_last_seen_before_it[name] if {
	some name, case in {
		"in its first second": [{"version_since": "2026-08-01T00:00:00Z"}, "yes"],
		"a second earlier": [{"version_since": "2026-08-01T00:00:01Z"}, "no"],
		"nobody knows since when, and seen of late": [{}, "yes"],
	}

	flaws.open_past_term(object.union(_install, case[0])) == case[1]
		with input as _shard
		with data.cutoff as _cutoff("2026-08-01T00:00:00Z")
		with data.company.approvals as []
}

test_nobody_knows_since_when_and_it_was_seen_too_long_ago if {
	flaws.open_past_term(_install) == "unknown"
		with input as _shard
		with data.cutoff as _cutoff("2026-08-01T00:00:01Z")
		with data.company.approvals as []
}

_install := {"uid": "edr/software_install/a", "unknown": {}}

_shard := {
	"software_installs": [_install],
	"vuln_findings": [{
		"uid": "scan/vuln_finding/a",
		"target": _install.uid,
		"target_kind": "install",
		"severity": "high",
		"status": "open",
		"first_seen_at": "2026-01-01T00:00:00Z",
		"last_seen_at": "2026-08-01T00:00:00Z",
		"unknown": {},
	}],
	"context": {"software_installs": []},
}

_cutoff(scanned) := {
	"scan_max_age_days": scanned,
	"vuln_critical_days": "2026-07-01T00:00:00Z",
	"vuln_high_days": "2026-07-01T00:00:00Z",
	"vuln_medium_days": "2026-07-01T00:00:00Z",
	"vuln_low_days": "2026-07-01T00:00:00Z",
}
