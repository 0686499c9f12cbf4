package lib.scans_test

import future.keywords.not

import data.lib.scans

test_a_scan_counts_from_the_cutoff_to_the_snapshot[at] if {
	some at, answer in {
		"2026-08-31T15:59:58Z": "no",
		"2026-08-31T15:59:59Z": "yes",
		"2026-09-30T15:59:59Z": "yes",
		"2026-09-30T16:00:00Z": "no",
	}

	scans.looked_at(_host) == answer
		with input.host_scans as [object.union(_scan, {"started_at": at, "db_built_at": at})]
		with data.cutoff.scan_max_age_days as "2026-08-31T15:59:59Z"
		with data.as_of as "2026-09-30T15:59:59Z"
		with data.settings as _settings
}

test_a_database_is_fresh_for_some_days[at] if {
	some at, answer in {"2026-09-13T00:00:00Z": "yes", "2026-09-12T23:59:59Z": "no"}

	scans.good(object.union(_scan, {"db_built_at": at})) == answer with data.settings as _settings
}

_settings := {"vuln_db_days": 7, "scan_needs_login": "no"}

_host := {"uid": "edr/host/a", "unknown": {}}

_scan := {
	"uid": "scan/host_scan/a",
	"host": _host.uid,
	"result": "success",
	"started_at": "2026-09-20T00:00:00Z",
	"db_built_at": "2026-09-20T00:00:00Z",
	"unknown": {},
}
