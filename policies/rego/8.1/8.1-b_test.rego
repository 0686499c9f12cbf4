package checks["8.1-b_test"]

import future.keywords.not

import data.checks["8.1-b"] as check

test_a_host_without_protection_is_a_violation if {
	answer := check with input as _shard({"firewall_active": "no", "intrusion_detection_active": "no"}, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == {{
		"subject": _host.uid,
		"owner": "hr/person/han",
		"evidence": {
			"faults": ["firewall", "intrusion_detection"],
			"firewall_active": "no",
			"firewall_rules_present": "yes",
			"intrusion_detection_active": "no",
			"last_seen_at": "2026-09-30T00:00:00Z",
			"managed": "yes",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"a firewall without rules": [{"firewall_rules_present": "no"}, [], ["firewall_rules"]],
		"not managed": [{"managed": "no"}, [], ["unwatched"]],
		"not heard of by one second": [{"last_seen_at": "2026-08-31T15:59:58Z"}, [], ["unwatched"]],
		"not heard of, behind a filter": [{"last_seen_at": "2026-08-01T00:00:00Z"}, [_entry], ["unwatched"]],
		"not watched, the rest not known": [
			{"managed": "no", "firewall_active": "unknown", "unknown": {"firewall_active": "stale"}}, [], ["unwatched"],
		],
		"a filter reviewed too long ago": [
			{"firewall_active": "no"}, [object.union(_entry, {"reviewed_at": "2025-09-30T15:59:58Z"})], ["firewall"],
		],
		"a filter that was never reviewed": [
			{"firewall_active": "no"}, [object.remove(_entry, ["reviewed_at"])], ["firewall"],
		],
		"a filter that nobody answers for": [
			{"firewall_active": "no"}, [object.remove(_entry, ["owner"])], ["firewall"],
		],
		"a filter of another host": [
			{"firewall_active": "no"}, [object.union(_entry, {"subject": "mdm/host/cloud"})], ["firewall"],
		],
		"registered for something else": [
			{"firewall_active": "no"}, [object.union(_entry, {"kind": "host"})], ["firewall"],
		],
	}
	answer := check with input as _shard(case[0], case[1])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	{violation.evidence.faults | some violation in answer.violations} == {case[2]}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, change in {
		"serves nothing": {"serves": [], "managed": "no"},
		"run by a provider": {"hosted": "provider", "managed": "no"},
		"retired": {"retired": "yes", "managed": "no"},
	}
	answer := check with input as _shard(change, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[field] if {
	some field in [
		"firewall_active", "firewall_rules_present", "intrusion_detection_active", "managed", "last_seen_at", "retired",
		"hosted", "serves",
	]
	change := {name: "no" |
		some name in ["firewall_active", "intrusion_detection_active", "managed"]
		field in {"retired", "hosted", "serves"}
	}
	host := object.union(object.remove(object.union(_host, change), [field]), {"unknown": {field: "stale"}})
	answer := check with input as object.union(_shard({}, []), {"hosts": [host]})
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _host.uid, "reason": "stale"}}
}

test_a_filter_of_which_it_is_not_known_leaves_it_open[field] if {
	some field in ["subject", "owner", "reviewed_at"]
	entry := object.union(object.remove(_entry, [field]), {"unknown": {field: "stale"}})
	answer := check with input as _shard({"firewall_active": "no"}, [entry])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.violations == set()
	answer.unknown == {{"subject": _host.uid, "reason": "stale"}}
}

test_only_what_may_shield_the_host_says_why_it_is_not_known if {
	answer := check with input as _shard({"firewall_active": "no"}, [
		object.union(_entry, {"uid": "register/entry/0", "subject": "mdm/host/cloud", "unknown": {"owner": "stale"}}),
		object.union(_entry, {"subject": "mdm/host/nobody-knows"}),
	])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.violations == set()
	answer.unknown == {{"subject": _host.uid, "reason": "not_collected"}}
}

test_a_review_to_come_is_none if {
	answer := check with input as _shard(
		{"firewall_active": "no"},
		[object.union(_entry, {"reviewed_at": "2026-09-30T16:00:00Z"})],
	)
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	count(answer.violations) == 1
	answer.unknown == set()
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, case in {
		"no firewall": [{"firewall_active": "no"}, []],
		"no rules": [{"firewall_rules_present": "no"}, []],
		"not managed": [{"managed": "no"}, []],
		"silent": [{"last_seen_at": "2026-08-01T00:00:00Z"}, []],
		"a filter reviewed too long ago": [
			{"firewall_active": "no"}, [object.union(_entry, {"reviewed_at": "2025-08-01T00:00:00Z"})],
		],
		"a filter of another host": [
			{"firewall_active": "no"}, [object.union(_entry, {"subject": "mdm/host/cloud"})],
		],
	}
	document := {"input": _shard(case[0], case[1]), "data": {"as_of": _as_of, "cutoff": _cutoff}}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case[0], case[1]), "data": {"as_of": _as_of, "cutoff": _cutoff}} |
	some name, case in {
		"behind a filter reviewed in this second": [
			{"firewall_active": "no"}, [object.union(_entry, {"reviewed_at": _as_of})],
		],
		"protected": [{}, []],
		"heard of at the cutoff": [{"last_seen_at": _cutoff.host_silent_days}, []],
		"behind a filter": [{"firewall_active": "no", "intrusion_detection_active": "no"}, [_entry]],
		"behind a filter reviewed at the cutoff": [
			{"firewall_active": "no"}, [object.union(_entry, {"reviewed_at": _cutoff.protection_review_days})],
		],
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"host_silent_days": "2026-08-31T15:59:59Z", "protection_review_days": "2025-09-30T15:59:59Z"}

_host := {
	"uid": "mdm/host/im1",
	"name": "im1",
	"owner": "hr/person/han",
	"serves": ["app/chat"],
	"hosted": "self",
	"retired": "no",
	"managed": "yes",
	"last_seen_at": "2026-09-30T00:00:00Z",
	"firewall_active": "yes",
	"firewall_rules_present": "yes",
	"intrusion_detection_active": "yes",
	"unknown": {},
}

_cloud := object.union(_host, {"uid": "mdm/host/cloud", "name": "cloud"})

_entry := {
	"uid": "register/register_entry/1",
	"kind": "protection",
	"subject": "mdm/host/im1",
	"subject_key": "im1",
	"owner": "hr/person/han",
	"reviewed_at": "2026-03-01T00:00:00Z",
	"unknown": {},
}

_shard(host, entries) := {
	"hosts": [object.union(_host, host)],
	"register_entries": entries,
	"context": {"hosts": [_cloud], "register_entries": []},
}
