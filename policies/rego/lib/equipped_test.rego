package lib.equipped_test

import future.keywords.not

import data.lib.equipped

test_what_is_on_a_device_is_known_from_the_cutoff_on[at] if {
	some at, case in {
		"2026-08-31T15:59:59Z": {"has": "yes", "reasons": []},
		"2026-08-31T15:59:58Z": {"has": "unknown", "reasons": ["stale"]},
	}

	equipped.has == {"hr/person/chen": case.has}
		with input as _shard({"last_seen_at": at})
		with data.company as _company
		with data.cutoff as _cutoff
		with data.sources.types.device.state as "complete"
	equipped.reasons("hr/person/chen") == case.reasons
		with input as _shard({"last_seen_at": at})
		with data.company as _company
		with data.cutoff as _cutoff
		with data.sources.types.device.state as "complete"
}

test_a_server_is_nobodys_device if {
	equipped.has == {"hr/person/chen": "no"}
		with input as _shard({"serves": ["chat"]})
		with data.company as _company
		with data.cutoff as _cutoff
		with data.sources.types.device.state as "complete"
}

# whose they are; both kinds add up to a doubt
test_one_account_of_nobody_knows_whom_is_a_doubt[name] if {
	some name, case in {
		"none": [[], []],
		"one": [["im/account/a"], ["stale", "ambiguous"]],
	}
	accounts := [object.union(_account, {"uid": uid}) | some uid in case[0]]

	equipped.contested == case[1]
		with input as object.union(_shard({}), {"accounts": accounts})
		with data.company as _company
		with data.cutoff as _cutoff
		with data.sources.types.device.state as "complete"
}

_cutoff := {"host_seen_days": "2026-08-31T15:59:59Z", "standard_tool_use_days": "2026-07-01T00:00:00Z"}

_account := {
	"kind": "human",
	"state": "active",
	"source_system": "im",
	"last_activity": {"state": "at", "at": "2026-09-20T00:00:00Z", "kind": "login"},
	"unknown": {"holder": "stale"},
}

_company := {"applications": [{
	"uid": "reg/application/im",
	"standard": "yes",
	"category": "chat",
	"source_systems": ["im"],
	"unknown": {},
}]}

_shard(host) := {
	"people": [{"uid": "hr/person/chen", "unknown": {}}],
	"accounts": [],
	"hosts": [object.union(
		{
			"uid": "edr/host/a",
			"owner": "hr/person/chen",
			"serves": [],
			"last_seen_at": "2026-09-20T00:00:00Z",
			"unknown": {},
		},
		host,
	)],
	"software_installs": [{
		"uid": "edr/software_install/a",
		"host": "edr/host/a",
		"application": "reg/application/im",
		"unknown": {},
	}],
	"devices": [],
	"identity_links": [],
	"context": {
		"people": [],
		"accounts": [],
		"hosts": [],
		"software_installs": [],
		"devices": [],
		"identity_links": [],
	},
}
