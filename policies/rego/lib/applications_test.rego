package lib.applications_test

import future.keywords.not

import data.lib.applications

test_a_device_was_heard_of_lately_from_the_cutoff_on[at] if {
	some at, case in {
		"2026-08-31T15:59:59Z": {"seen": "yes", "reason": "not_collected"},
		"2026-08-31T15:59:58Z": {"seen": "unknown", "reason": "stale"},
	}
	host := {"uid": "edr/host/a", "last_seen_at": at, "unknown": {}}
	install := {"uid": "edr/software_install/a", "host": host.uid, "unknown": {}}

	applications.seen(install) == case.seen with input as _shard(host) with data.cutoff as _cutoff
	applications.reason(install, [], []) == case.reason
		with input as _shard(host)
		with data.cutoff as _cutoff
		with data.company.applications as []
}

_cutoff := {"host_seen_days": "2026-08-31T15:59:59Z"}

_shard(host) := {"hosts": [host], "context": {"hosts": []}}
