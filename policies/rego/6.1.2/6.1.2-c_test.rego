package checks["6.1.2-c_test"]

import future.keywords.not

import data.checks["6.1.2-c"] as check

test_a_leaver_in_a_group_is_a_violation if {
	answer := check with input as _changed({"people/0/last_day_ends_at": _long_ago})
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.violations == {{
		"subject": _uid,
		"owner": "hr/person/gao",
		"evidence": {
			"account": "im/account/chen",
			"account_state": "active",
			"holder": "hr/person/chen",
			"last_day_ends_at": _long_ago,
			"group": "im/group/g1",
			"via": "direct",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"deactivated account": {"accounts/0/state": "deactivated"},
		"deleted account": {"accounts/0/state": "deleted"},
		"closed account of nobody": {"accounts/0/state": "deleted", "accounts/0/holder": null},
		"closed account, holder not known": {
			"accounts/0/state": "deleted",
			"accounts/0/holder": null,
			"accounts/0/unknown/holder": "stale",
		},
		"leaver, state not known": {
			"accounts/0/state": "unknown",
			"accounts/0/unknown/state": "stale",
			"people/0/last_day_ends_at": _long_ago,
		},
		"archived group": {"accounts/0/state": "deleted", "groups/0/archived": "yes"},
		"one second past grace": {"people/0/last_day_ends_at": "2026-09-29T15:59:58Z"},
		"nested, and its source is not there": {
			"accounts/0/state": "deleted",
			"memberships/0/via": "nested",
			"memberships/0/source_membership": "im/membership/far",
		},
		"let in directly besides": {
			"accounts/0/state": "deleted",
			"memberships/0/source_membership": "im/membership/other",
			"context/memberships": [{"uid": "im/membership/other"}],
		},
		"reactivated account of a leaver": {
			"accounts/0/reactivated_at": "2026-09-15T00:00:00Z",
			"people/0/status": "left",
			"people/0/last_day_ends_at": _long_ago,
		},
	}
	answer := check with input as _changed(case)
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	{violation.subject | some violation in answer.violations} == {_uid}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.cutoff.leaver_grace_days as document.data.cutoff.leaver_grace_days
		with data.as_of as document.data.as_of

	# of that one the check does not ask its question
	answer.population == count({name} - {"told of where it comes from"})
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, case in {
		"robot": {"accounts/0/kind": "bot", "accounts/0/state": "deleted"},
		"one-to-one chat": {"accounts/0/state": "deleted", "groups/0/direct": "yes"},
		"nested, and its source is judged": {
			"accounts/0/state": "deleted",
			"memberships/0/via": "nested",
			"memberships/0/source_membership": "im/membership/other",
			"context/memberships": [{"uid": "im/membership/other"}],
		},
	}
	answer := check with input as _changed(case)
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"state": {"accounts/0/state": "unknown", "accounts/0/unknown/state": "stale"},
		"kind": {
			"accounts/0/kind": "unknown",
			"accounts/0/state": "deleted",
			"accounts/0/unknown/kind": "stale",
		},
		"holder": {"accounts/0/holder": null, "accounts/0/unknown/holder": "stale"},
		"last day": {"people/0/status": "left", "people/0/unknown/last_day_ends_at": "stale"},
		"status, where there is no last day": {"people/0/status": "unknown", "people/0/unknown/status": "stale"},
		"kind of chat": {
			"accounts/0/state": "deleted",
			"groups/0/direct": "unknown",
			"groups/0/unknown/direct": "stale",
		},
	}
	answer := check with input as _changed(case)
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": "stale"}}
}

test_a_person_missing_from_the_roster_is_unknown_not_left if {
	answer := check with input as _changed({"accounts/0/holder": "hr/person/nobody"})
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": "not_collected"}}
}

test_a_manager_who_left_is_not_named if {
	shard := _changed({"accounts/0/state": "deleted", "context/people/0/last_day_ends_at": _long_ago})
	answer := check with input as shard
		with data.cutoff.leaver_grace_days as _cutoff
		with data.as_of as _as_of

	count(answer.violations) == 1
	{violation | some violation in answer.violations; violation.owner} == set()
}

# may accuse: source_membership: who has left is a member in any case; a known source only tells of it in its place
# may accuse: via: as above
# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed(case),
	"data": {"as_of": _as_of, "cutoff": {"leaver_grace_days": _cutoff}},
} |
	some name, case in {
		"leaver": {"people/0/status": "left", "people/0/last_day_ends_at": _long_ago},
		"closed account": {"accounts/0/state": "deleted"},
		"nested": {
			"accounts/0/state": "deleted",
			"memberships/0/via": "nested",
			"memberships/0/source_membership": "im/membership/far",
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(case), "data": {
	"cutoff": {"leaver_grace_days": _cutoff},
	"as_of": _as_of,
}} |
	some name, case in {
		"colleague": {},
		"last moment of grace": {"people/0/last_day_ends_at": _cutoff},
		"leaves in the future": {"people/0/last_day_ends_at": "2026-12-31T16:00:00Z"},
		"long leave": {"people/0/status": "leave"},
		"suspended account": {"accounts/0/state": "suspended"},
		"locked account": {"accounts/0/state": "locked"},
		"open account of nobody": {"accounts/0/holder": null},
		"told of where it comes from": {
			"accounts/0/state": "deleted",
			"memberships/0/via": "nested",
			"memberships/0/source_membership": "im/membership/far",
			"context/memberships/-": {
				"uid": "im/membership/far", "group": "im/group/far", "account": "im/account/chen",
				"via": "direct", "unknown": {},
			},
		},
	}
}

_uid := "im/membership/g1/chen"

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2026-09-29T15:59:59Z"

_long_ago := "2026-08-31T16:00:00Z"

_shard := {
	"memberships": [{
		"uid": "im/membership/g1/chen",
		"group": "im/group/g1",
		"account": "im/account/chen",
		"role": "member",
		"via": "direct",
		"external": "no",
		"unknown": {},
	}],
	"groups": [{
		"uid": "im/group/g1",
		"source_system": "im",
		"native_id": "g1",
		"direct": "no",
		"archived": "no",
		"owners": ["im/account/gao"],
		"unknown": {},
	}],
	"accounts": [{
		"uid": "im/account/chen",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"unknown": {},
	}],
	"people": [{"uid": "hr/person/chen", "status": "active", "employment_type": "employee", "unknown": {}}],
	"context": {
		"accounts": [{
			"uid": "im/account/gao",
			"kind": "human",
			"state": "active",
			"holder": "hr/person/gao",
			"unknown": {},
		}],
		"groups": [],
		"memberships": [],
		"people": [{"uid": "hr/person/gao", "status": "active", "employment_type": "employee", "unknown": {}}],
	},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
