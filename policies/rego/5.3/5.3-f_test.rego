package checks["5.3-f_test"]

import future.keywords.not

import data.checks["5.3-f"] as check

test_an_unused_account_is_a_violation if {
	answer := check with input as _shard([_account], _person, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == {{"subject": _account.uid, "evidence": {
		"activity": "at",
		"activity_kind": "login",
		"case": "dormant",
		"created_at": "2024-01-01T00:00:00Z",
		"last_used_at": "2026-05-01T00:00:00Z",
		"state": "active",
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"a use that says nothing of when it was made": [
			object.union(_undated, _at("2026-07-02T15:59:58Z")), "dormant",
		],
		"not since, and an earlier snapshot shows it": [
			object.union(_undated, _seen_at("2026-07-02T15:59:58Z")),
			"dormant",
		],
		"one second too long ago": [_at("2026-07-02T15:59:58Z"), "dormant"],
		"a failed sign-in, long ago": [
			{"last_activity": {"state": "at", "at": "2026-05-01T00:00:00Z", "kind": "attempt"}},
			"dormant",
		],
		"not since the cutoff": [_not_since(_cutoff.dormant_days), "dormant"],
		"with all that a source can say": [
			{"last_activity": {"state": "at", "at": "2026-05-01T00:00:00Z", "bound": "2026-05-02T00:00:00Z"}}, "dormant",
		],
		"not since, and it says when before": [
			{"last_activity": {"state": "not_since", "at": "2026-05-01T00:00:00Z", "bound": "2026-05-02T00:00:00Z"}},
			"dormant",
		],
		"never used": [{"last_activity": {"state": "never"}}, "never_used"],
		"never used, by a source that names an instant": [
			{"last_activity": {"state": "never", "at": "2024-01-01T00:00:00Z"}}, "never_used",
		],
		"never used since opened again": [
			{"last_activity": {"state": "never"}, "reactivated_at": "2026-08-31T15:59:58Z"},
			"never_used",
		],
		"locked": [{"state": "locked"}, "dormant"],
		"invited": [{"state": "invited"}, "dormant"],
		"shared": [{"kind": "shared"}, "dormant"],
		"guest": [{"kind": "guest"}, "dormant"],
	}
	answer := check with input as _shard([_changed(case[0])], _person, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	account := _changed(case[0])
	answer.violations == {{"subject": account.uid, "evidence": {
		"activity": account.last_activity.state,
		"activity_kind": object.get(account.last_activity, "kind", "none"),
		"case": case[1],
		"created_at": object.get(account, "created_at", "unknown"),
		"last_used_at": {
			"at": object.get(account.last_activity, "at", ""),
			"not_since": object.get(account.last_activity, "bound", ""),
			"never": "none",
		}[account.last_activity.state],
		"state": account.state,
	}}}
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

test_what_was_there_before_it_was_made_anew_is_young[name] if {
	some name, change in {
		"used before it was made anew": object.union(_at("2026-05-01T00:00:00Z"), {"created_at": "2026-09-01T00:00:00Z"}),
		"seen before it was made anew": object.union(_not_since("2026-06-01T00:00:00Z"), {
			"created_at": "2026-09-01T00:00:00Z",
			"first_seen_at": "2026-01-01T00:00:00Z",
		}),
	}
	answer := check with input as _shard([_changed(change)], _person, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, case in {
		"suspended": [{"state": "suspended"}, {}, []],
		"closed": [{"state": "deactivated"}, {}, []],
		"deleted": [{"state": "deleted"}, {}, []],
		"a program's": [{"kind": "service"}, {}, []],
		"the collector's own": [{"is_collector": "yes"}, {}, []],
		"holder has left": [{}, {"last_day_ends_at": "2026-08-01T00:00:00Z"}, []],
		"holder on leave": [{}, {"status": "leave"}, []],
		"holder just back from leave": [
			{}, {"leave_starts_at": "2026-01-01T00:00:00Z", "leave_ends_at": "2026-07-02T15:59:59Z"}, [],
		],
		"holder absent": [{}, {}, [_absence]],
	}
	answer := check with input as _shard([_changed(case[0])], object.union(_person, case[1]), case[2])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_persons_account_without_a_holder_is_another_checks if {
	answer := check with input as _shard([object.remove(_account, ["holder"])], _person, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_shared_account_needs_no_holder if {
	account := object.union(object.remove(_account, ["holder"]), {"kind": "shared"})
	answer := check with input as _shard([account], _person, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	count(answer.violations) == 1
	answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"state": [{"state": "unknown", "unknown": {"state": "stale"}}, {}],
		"kind": [{"kind": "unknown", "unknown": {"kind": "stale"}}, {}],
		"collector": [{"is_collector": "unknown", "unknown": {"is_collector": "stale"}}, {}],
		"use": [{"last_activity": {"state": "unknown"}, "unknown": {"last_activity": "stale"}}, {}],
		"holder": [{"holder": null, "unknown": {"holder": "stale"}}, {}],
		"when it was made, and it was not used since": [
			object.union(_undated, _seen_at("2026-07-02T15:59:59Z")),
			{},
		],
		"when it was made, nor when it was used": [
			object.union(_undated, {"last_activity": {
				"state": "at",
				"at": "2026-07-02T15:59:59Z",
				"kind": "attempt",
			}}),
			{},
		],
		"last day of the holder": [{}, {"status": "left", "unknown": {"last_day_ends_at": "stale"}}],
		"reactivation": [{"unknown": {"reactivated_at": "stale"}}, {}],
		"status of the holder": [{}, {"status": "unknown", "unknown": {"status": "stale"}}],
		"leave of the holder": [{}, {"unknown": {"leave_ends_at": "stale"}}],
		"start of the leave of the holder": [{}, {
			"leave_ends_at": "2026-09-01T00:00:00Z",
			"unknown": {"leave_starts_at": "stale"},
		}],
	}
	answer := check with input as _shard([_changed(case[0])], object.union(_person, case[1]), [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "stale"}}
}

test_an_absence_may_not_be_known[field] if {
	some field in ["from_at", "until_at"]
	absence := object.union(object.remove(_absence, [field]), {"unknown": {field: "stale"}})
	answer := check with input as _shard([_account], _person, [absence])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "stale"}}
}

test_how_long_an_account_may_be_unused_may_not_be_known[name] if {
	some name, change in {"dormant": {}, "never used, but perhaps on leave": {"last_activity": {"state": "never"}}}
	answer := check with input as _shard([_changed(change)], _person, [])
		with data.as_of as _as_of
		with data.cutoff as object.remove(_cutoff, ["dormant_days"])

	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "not_collected"}}
}

test_these_leave_it_open[name] if {
	some name, account in {
		"blurred": _changed({"last_activity": {
			"state": "at",
			"at": "2026-07-01T15:59:59Z",
			"precision_s": 1209600,
			"kind": "login",
		}}),
		"a failed sign-in of late": _changed({"last_activity": {
			"state": "at",
			"at": "2026-09-01T00:00:00Z",
			"kind": "attempt",
		}}),
		"not since a later time": _changed(_not_since("2026-07-02T16:00:00Z")),
		"never, and its age is not known": object.remove(
			_changed({"last_activity": {"state": "never"}, "unknown": {"created_at": "not_collected"}}),
			["created_at"],
		),
	}
	answer := check with input as _shard([account], _person, [])
		with data.as_of as _as_of
		with data.cutoff as _cutoff

	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, case in {
		"dormant": [{}, {}, []],
		"not since": [_not_since("2026-06-01T00:00:00Z"), {}, []],
		"not since, and an earlier snapshot shows it": [
			object.union(_undated, _seen_at("2026-01-01T00:00:00Z")), {}, [],
		],
		"never used": [{"last_activity": {"state": "never"}}, {}, []],
		"opened again long ago": [{"reactivated_at": "2026-02-01T00:00:00Z"}, {}, []],
		"back from leave long ago": [
			{}, {"leave_starts_at": "2025-01-01T00:00:00Z", "leave_ends_at": "2026-02-01T00:00:00Z"}, [],
		],
		"on a trip": [{}, {}, [object.union(_absence, {"kind": "trip"})]],
	}
	document := {
		"input": _shard([_changed(case[0])], object.union(_person, case[1]), case[2]),
		"data": {"as_of": _as_of, "cutoff": _cutoff},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard([_changed(change)], _person, []), "data": {
	"as_of": _as_of,
	"cutoff": _cutoff,
}} |
	some name, change in {
		"used at the cutoff": _at(_cutoff.dormant_days),
		"used since": _at("2026-09-01T00:00:00Z"),
		"opened again since": {"reactivated_at": _cutoff.dormant_days},
		"never used, young": {"last_activity": {"state": "never"}, "created_at": _cutoff.never_used_days},
		"never used, opened again lately": {"last_activity": {"state": "never"}, "reactivated_at": _cutoff.never_used_days},
		"not since, made later": object.union(_not_since("2026-06-01T00:00:00Z"), {"created_at": "2026-09-01T00:00:00Z"}),
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"dormant_days": "2026-07-02T15:59:59Z", "never_used_days": "2026-08-31T15:59:59Z"}

_account := {
	"uid": "im/account/chen",
	"kind": "human",
	"state": "active",
	"holder": "hr/person/chen",
	"created_at": "2024-01-01T00:00:00Z",
	"last_activity": {"state": "at", "at": "2026-05-01T00:00:00Z", "kind": "login"},
	"is_collector": "no",
	"unknown": {},
}

_person := {
	"uid": "hr/person/chen",
	"status": "active",
	"hire_day_starts_at": "2024-01-01T00:00:00Z",
	"employments": [],
	"unknown": {},
}

_absence := {
	"uid": "hr/absence/1",
	"person": "hr/person/chen",
	"kind": "leave",
	"from_at": "2026-03-01T00:00:00Z",
	"until_at": "2026-08-01T00:00:00Z",
	"unknown": {},
}

_at(instant) := {"last_activity": {"state": "at", "at": instant, "kind": "login"}}

_not_since(instant) := {"last_activity": {"state": "not_since", "bound": instant, "kind": "login"}}

# a last use is replaced as a whole
_changed(change) := object.filter(object.union(object.remove(_account, object.keys(change)), change), {name |
	some name, value in object.union(_account, change)
	not is_null(value)
})

# not used, and shown by an earlier snapshot
_seen_at(instant) := object.union(_not_since("2026-06-01T00:00:00Z"), {"first_seen_at": instant})

_undated := {"created_at": null, "unknown": {"created_at": "stale"}}

_shard(accounts, person, absences) := {
	"accounts": accounts,
	"people": [person],
	"absences": absences,
	"context": {"accounts": [], "people": [], "absences": []},
}
