package lib.endpoints_test

import future.keywords.not

import data.lib.endpoints

test_a_check_counts_from_the_cutoff_to_the_snapshot[at] if {
	some at, number in {
		"2026-08-31T15:59:58Z": 0,
		"2026-08-31T15:59:59Z": 1,
		"2026-09-30T15:59:59Z": 1,
		"2026-09-30T16:00:00Z": 0,
	}
	found := endpoints.current(_endpoint)
		with input as _shard({"checked_at": at})
		with data.cutoff.tls_check_days as "2026-08-31T15:59:59Z"
		with data.as_of as "2026-09-30T15:59:59Z"

	count(found) == number
}

test_a_certificate_ends_too_soon_before_the_horizon[at] if {
	some at, answer in {"2026-10-31T15:59:58Z": "yes", "2026-10-31T15:59:59Z": "no"}
	faults := endpoints.faults(_endpoint)
		with input as _shard({"not_after": at})
		with data.cutoff.tls_check_days as "2026-08-31T15:59:59Z"
		with data.as_of as "2026-09-30T15:59:59Z"
		with data.horizon.cert_days as "2026-10-31T15:59:59Z"
		with data.settings.tls_min as "1.2"

	faults.certificate_ends == answer
}

_endpoint := {"uid": "scan/endpoint/a", "private_ca": "no", "unknown": {}}

_shard(fields) := {
	"tls_checks": [object.union(
		{
			"uid": "scan/tls_check/a",
			"endpoint": _endpoint.uid,
			"checked_at": "2026-09-20T00:00:00Z",
			"reachable": "yes",
			"unknown": {},
		},
		fields,
	)],
	"context": {"tls_checks": []},
}
