package checks["5.1-a_test"]

import future.keywords.not

import data.checks["5.1-a"] as check

test_an_open_account_without_anybody_is_a_violation[name] if {
	some name, case in {
		"nobody holds it": {"account": _nobodys, "case": "no_holder"},
		"somebody owns it": {"account": object.union(_nobodys, {"owner": "hr/person/chen"}), "case": "no_holder"},
		"a locked one": {"account": object.union(_nobodys, {"state": "locked"}), "case": "no_holder"},
		"a robot without owner": {"account": object.union(_nobodys, {"kind": "bot"}), "case": "no_owner"},
		"its owner has left": {"account": _jenkins("hr/person/gone"), "case": "owner_left"},
		"its owner comes later": {"account": _jenkins("hr/person/soon"), "case": "owner_left"},
	}
	answer := check with input as _shard(case.account) with data.as_of as _as_of

	answer.population == 1
	answer.violations == {{"subject": case.account.uid, "evidence": {
		"case": case.case,
		"created_at": "unknown",
		"kind": case.account.kind,
		"source_system": "im",
		"state": case.account.state,
	}}}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, account in {
		"state": object.union(_nobodys, {"state": "unknown", "unknown": {"state": "stale"}}),
		"kind, and nobody is behind it: it may be a guest's": object.union(
			_nobodys,
			{"kind": "unknown", "unknown": {"kind": "stale"}},
		),
		"kind, and nobody holds it": object.union(_jenkins("hr/person/chen"), {
			"kind": "unknown",
			"unknown": {"kind": "stale"},
		}),
		"holder": object.union(_nobodys, {"unknown": {"holder": "stale"}}),
		"owner": object.union(_nobodys, {"kind": "service", "unknown": {"owner": "stale"}}),
		"kind, and its owner has left": object.union(_jenkins("hr/person/gone"), {
			"kind": "unknown",
			"holder": "hr/person/chen",
			"unknown": {"kind": "stale"},
		}),
		"owner's last day": _jenkins("hr/person/unclear"),
		"owner's first day": _jenkins("hr/person/begins"),
		"whether the owner is there": _jenkins("hr/person/whether"),
	}
	answer := check with input as _shard(account) with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": account.uid, "reason": "stale"}}
}

test_a_link_to_a_number_that_no_file_holds_is_unknown if {
	account := object.union(_nobodys, {"holder": "hr/person/nobody"})
	answer := check with input as _shard(account) with data.as_of as _as_of

	answer.violations == set()
	answer.unknown == {{"subject": account.uid, "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {
	"nobody's account": {"input": _shard(_nobodys), "data": {"as_of": _as_of}},
	"a robot's owner has left": {"input": _shard(_jenkins("hr/person/gone")), "data": {"as_of": _as_of}},
	"a robot without owner": {
		"input": _shard(object.union(_nobodys, {"kind": "service"})),
		"data": {"as_of": _as_of},
	},
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(account), "data": {"as_of": _as_of}} |
	some name, account in {
		"held": object.union(_nobodys, {"holder": "hr/person/chen"}),
		"held by one who has left: 5.3-a": object.union(_nobodys, {"holder": "hr/person/gone"}),
		"closed": object.union(_nobodys, {"state": "deactivated"}),
		"shared: 5.2-b": object.union(_nobodys, {"kind": "shared"}),
		"guest: 6.1.2-d": object.union(_nobodys, {"kind": "guest"}),
		"robot with owner": _jenkins("hr/person/chen"),
		"its owner's last day is today": _jenkins("hr/person/last_day"),
		"unknown kind, both there": object.union(
			_jenkins("hr/person/chen"),
			{"kind": "unknown", "holder": "hr/person/chen", "unknown": {"kind": "stale"}},
		),
	}
}

# of these the check does not ask its question
_outside := {"closed", "guest: 6.1.2-d", "shared: 5.2-b"}

_as_of := "2026-09-30T15:59:59Z"

_nobodys := {
	"uid": "im/account/test01",
	"source_system": "im",
	"kind": "human",
	"state": "active",
	"unknown": {"created_at": "not_supported"},
}

_jenkins(owner) := object.union(_nobodys, {"uid": "im/account/jenkins", "kind": "service", "owner": owner})

_person(uid, fields) := object.union(
	{
		"uid": uid,
		"status": "active",
		"employment_type": "employee",
		"hire_day_starts_at": "2020-01-01T16:00:00Z",
		"employments": [],
		"unknown": {},
	},
	fields,
)

_shard(account) := {
	"accounts": [account],
	"people": [
		_person("hr/person/chen", {}),
		_person("hr/person/soon", {"hire_day_starts_at": "2026-09-30T16:00:00Z"}),
		_person("hr/person/gone", {"status": "left", "last_day_ends_at": "2026-09-29T16:00:00Z"}),
		_person("hr/person/last_day", {"last_day_ends_at": "2026-09-30T16:00:00Z"}),
		_person("hr/person/unclear", {"status": "left", "unknown": {"last_day_ends_at": "stale"}}),
		_person("hr/person/whether", {"status": "unknown", "unknown": {"status": "stale"}}),
		object.remove(
			_person("hr/person/begins", {"unknown": {"hire_day_starts_at": "stale"}}),
			["hire_day_starts_at"],
		),
	],
	"context": {"accounts": [], "people": []},
}
