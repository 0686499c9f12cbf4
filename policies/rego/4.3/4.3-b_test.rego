package checks["4.3-b_test"]

import future.keywords.not

import data.checks["4.3-b"] as check

test_a_version_whose_support_has_ended_is_a_violation if {
	answer := check with input as _shard({})
		with data.company as _company({})
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.violations == {{"subject": _install.uid, "evidence": {
		"application": "reg/application/zoom",
		"branch": "6.4",
		"end_of_support_on": "2026-08-31",
		"host": "inv/host/pc1",
		"person": "hr/person/chen",
		"version": "6.4.10",
	}}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"by a second": {"releases/0/support_ends_at": "2026-09-30T15:59:58Z"},
		"another release of the branch says so": _two({"support_ends_at": "2026-08-31T16:00:00Z"}, null),
		"the branch has no end, and the product has": {
			"releases/0/support_ends_at": null,
			"applications/0/support_ends_at": "2026-09-30T15:59:58Z",
		},
		"nobody knows of the branch, and the product has ended": {
			"releases": [],
			"applications/0/support_ends_at": "2026-09-30T15:59:58Z",
		},
		"a release of which nobody knows the branch ended, too": _two(
			{"branch": null, "support_ends_at": "2026-08-31T16:00:00Z", "unknown": {"branch": "stale"}},
			"2026-08-31T16:00:00Z",
		),
		"an extension that is over": _extended({"valid_until": "2026-09-30T15:59:58Z"}),
		"an extension that was rejected": _extended({"state": "rejected"}),
		"an extension that begins tomorrow": _extended({"valid_from": "2026-09-30T16:00:00Z"}),
		"an extension that nobody decided": _extended({"decisions": []}),
		"an extension decided too late": _extended({"decisions": [object.union(_decision, {"at": "2026-09-30T16:00:00Z"})]}),
	}
	answer := check with input as _shard({})
		with data.company as _company(case)
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	count(answer.violations) == 1
	answer.unknown == set()
}

test_these_conform[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff.host_seen_days as document.data.cutoff.host_seen_days
		with data.as_of as document.data.as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_another_branch_and_product_say_nothing[name] if {
	some name, changes in {
		"branch": {"branch": "6.5"},
		"product": {"application": "reg/application/slack"},
	}
	answer := check with input as _shard({})
		with data.company as _company(_two(
			object.union({"support_ends_at": "2026-12-31T16:00:00Z"}, changes),
			"2026-08-31T16:00:00Z",
		))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	count(answer.violations) == 1
}

test_a_product_without_branches_is_one if {
	case := _two({"support_ends_at": "2026-12-31T16:00:00Z"}, "2026-08-31T16:00:00Z")
	none := object.union(case, {"releases/0/branch": null, "releases/1/branch": null})
	answer := check with input as _shard({})
		with data.company as _company(none)
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, case in {
		"not chosen": [{}, {"applications/0/selected": "no"}],
		"mail": [{}, {"applications/0/category": "mail"}],
		"no such program": [{"software_installs/0/application": null}, {}],
	}
	answer := check with input as _shard(case[0])
		with data.company as _company(case[1])
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_by_exception_the_head_who_asked_answers if {
	answer := check with input as _shard({})
		with data.company as _company(_excepted)
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	{violation.owner | some violation in answer.violations} == {"hr/person/zhou"}
	answer.unknown == set()
}

test_an_exception_that_does_not_hold_makes_it_anothers[name] if {
	some name, case in {
		"over": {"approvals/0/valid_until": "2026-09-30T15:59:58Z"},
		"of another department": {"exception_requests/0/department_code": "FIN"},
		"rejected": {"approvals/0/state": "rejected"},
	}
	answer := check with input as _shard({})
		with data.company as _company(object.union(_excepted, case))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_nobody_in_particular_answers_where_the_head_is_not_known[name] if {
	some name, case in {
		"no head": {"departments/0/heads": []},
		"a head who left": {"departments/0/heads": [{"person": "hr/person/left", "acting": "no"}]},
		"nobody knows whether it was chosen": {"applications/0/selected": "unknown"},
	}
	answer := check with input as _shard({})
		with data.company as _company(object.union(_excepted, case))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	[object.get(violation, "owner", "it") | some violation in answer.violations] == ["it"]
}

test_a_silent_device_is_unknown[name] if {
	some name, case in {"2026-08-31T15:59:59Z": 1, "2026-08-31T15:59:58Z": 0}
	answer := check with input as _shard({"hosts/0/last_seen_at": name})
		with data.company as _company({})
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	count(answer.violations) == case
	answer.unknown == {{"subject": _install.uid, "reason": "stale"} | case == 0}
}

test_what_is_supported_on_a_silent_device_is_unknown if {
	answer := check with input as _shard({"hosts/0/last_seen_at": "2026-08-31T15:59:58Z"})
		with data.company as _company({"releases/0/support_ends_at": null})
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.unknown == {{"subject": _install.uid, "reason": "stale"}}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"version": [
			{"software_installs/0/version": null, "software_installs/0/release": null, "software_installs/0/unknown": {
				"version": "not_supported",
				"release": "not_licensed",
			}},
			{},
			"not_supported",
		],
		"release": [
			{"software_installs/0/release": null, "software_installs/0/unknown/release": "redacted"},
			{},
			"redacted",
		],
		"end of the branch": [
			{},
			{"releases/0/support_ends_at": null, "releases/0/unknown/support_ends_at": "unparsable"},
			"unparsable",
		],
		"end of the branch, and the product is supported": [
			{}, {
				"releases/0/support_ends_at": null,
				"releases/0/unknown/support_ends_at": "unparsable",
				"applications/0/support_ends_at": "2026-12-31T16:00:00Z",
			},
			"unparsable",
		],
		"end of the product": [
			{}, {
				"releases/0/support_ends_at": null,
				"applications/0/unknown/support_ends_at": "unparsable",
			},
			"unparsable",
		],
		"another release of the branch": [
			{},
			_two({"unknown": {"support_ends_at": "stale"}}, "2026-08-31T16:00:00Z"),
			"stale",
		],
		"of which branch another release is": [
			{}, _two(
				{"branch": null, "support_ends_at": "2026-12-31T16:00:00Z", "unknown": {"branch": "stale"}},
				"2026-08-31T16:00:00Z",
			),
			"stale",
		],
		"of which branch another release is, and whether it lasts": [
			{}, _two(
				{"branch": null, "unknown": {"branch": "stale", "support_ends_at": "stale"}},
				"2026-08-31T16:00:00Z",
			),
			"stale",
		],
		"of which branch it is": [
			{}, object.union(
				_two({"support_ends_at": _as_of}, "2026-08-31T16:00:00Z"),
				{"releases/0/branch": null, "releases/0/unknown/branch": "stale"},
			),
			"stale",
		],
		"of which branch another release is, where no other has an end": [
			{}, _two({"branch": null, "support_ends_at": "2026-08-31T16:00:00Z", "unknown": {"branch": "stale"}}, null),
			"stale",
		],
		"release, and one outlasts the product": [
			{"software_installs/0/release": null, "software_installs/0/unknown/release": "redacted"},
			{"releases/0/support_ends_at": "2026-12-31T16:00:00Z", "applications/0/support_ends_at": "2026-08-31T16:00:00Z"},
			"redacted",
		],
		"end of the branch, and the product has ended": [
			{}, {
				"releases/0/support_ends_at": null,
				"releases/0/unknown/support_ends_at": "unparsable",
				"applications/0/support_ends_at": "2026-08-31T16:00:00Z",
			},
			"unparsable",
		],
		"extensions": [
			{},
			{"applications/0/exception_approvals": null, "applications/0/unknown/exception_approvals": "stale"},
			"stale",
		],
		"an approval that is not there": [
			{},
			{"applications/0/exception_approvals": ["reg/approval/none"]},
			"not_collected",
		],
		"until when": [{}, _extended({"valid_until": null, "unknown": {"valid_until": "stale"}}), "stale"],
		"whether chosen": [
			{},
			{"applications/0/selected": "unknown", "applications/0/unknown/selected": "stale"},
			"stale",
		],
		"whether the exception holds": [
			{}, object.union(_excepted, {
				"approvals/0/state": "unknown",
				"approvals/0/unknown/state": "stale",
			}),
			"stale",
		],
		"what was asked for": [
			{}, object.union(_excepted, {
				"exception_requests/0/application": null,
				"exception_requests/0/unknown/application": "stale",
			}),
			"stale",
		],
		"device": [{"hosts": []}, {}, "not_collected"],
		"last seen": [
			{"hosts/0/last_seen_at": null, "hosts/0/unknown/last_seen_at": "not_collected"},
			{},
			"not_collected",
		],
	}
	answer := check with input as _shard(case[0])
		with data.company as _company(case[1])
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _install.uid, "reason": case[2]}}
}

# a request for a rejected exception of nobody knows what leaves nothing open
test_a_rejected_request_for_something_is_no_doubt if {
	answer := check with input as _shard({})
		with data.company as _company(object.union(_excepted, {
			"exception_requests/0/application": null,
			"exception_requests/0/unknown/application": "stale",
			"exception_requests/0/state": "rejected",
		}))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of

	answer.population == 0
}

violating := {name: {
	"input": _shard({}),
	"data": {"as_of": _as_of, "company": _company(case), "cutoff": {"host_seen_days": _cutoff}},
} |
	some name, case in {
		"past the end": {},
		"past the product's end": {
			"releases/0/support_ends_at": null,
			"applications/0/support_ends_at": "2026-08-31T16:00:00Z",
		},
		"an extension that is over": _extended({"valid_until": "2026-08-31T16:00:00Z"}),
		"by exception": _excepted,
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard({}), "data": {
	"company": _company(case),
	"cutoff": {"host_seen_days": _cutoff},
	"as_of": _as_of,
}} |
	some name, case in {
		"to the second": {"releases/0/support_ends_at": _as_of},
		"supported": {"releases/0/support_ends_at": "2026-12-31T16:00:00Z"},
		"no end": {"releases/0/support_ends_at": null},
		"the branch lasts longer than the product": {
			"releases/0/support_ends_at": "2026-12-31T16:00:00Z",
			"applications/0/support_ends_at": "2026-08-31T16:00:00Z",
		},
		"no end of the branch, and the product's is not over": {
			"releases/0/support_ends_at": null,
			"applications/0/support_ends_at": _as_of,
		},
		"a later release of the branch says longer": _two(
			{"support_ends_at": "2026-12-31T16:00:00Z"},
			"2026-08-31T16:00:00Z",
		),
		"an extension": _extended({}),
		"an extension without end": _extended({"valid_until": null}),
		"an extension until this very moment": _extended({"valid_until": _as_of}),
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2026-08-31T15:59:59Z"

_decision := {"by": "hr/person/zhou", "role": "approver", "decision": "approved", "at": "2026-06-01T02:00:00Z"}

_approval := {
	"uid": "reg/approval/ap1",
	"number": "AP-1",
	"kind": "other",
	"state": "approved",
	"decisions": [_decision],
	"valid_from": "2026-06-01T16:00:00Z",
	"valid_until": "2026-12-31T16:00:00Z",
	"released_departments": [],
	"unknown": {},
}

_extended(changes) := {
	"approvals/0": _without_null(object.union(_approval, changes)),
	"applications/0/exception_approvals": ["reg/approval/ap1"],
}

_without_null(record) := {field: value | some field, value in record; not is_null(value)}

# a second release of the branch, and the end that the first one states
_two(changes, ends_at) := {
	"releases/0/support_ends_at": ends_at,
	"releases/1": _without_null(object.union(
		{
			"uid": "reg/release/zoom|6.4.11",
			"application": "reg/application/zoom",
			"version": "6.4.11",
			"branch": "6.4",
			"unknown": {},
		},
		changes,
	)),
}

_excepted := {
	"applications/0/selected": "no",
	"approvals/0": _approval,
	"exception_requests/0": {
		"uid": "reg/exception_request/ex1",
		"number": "EX-1",
		"department_code": "CS",
		"also_for": [],
		"application": "reg/application/zoom",
		"approval": "reg/approval/ap1",
		"state": "approved",
		"unknown": {},
	},
}

_install := _shard({}).software_installs[0]

_shard(changes) := _patched(
	{
		"department": "CS",
		"software_installs": [{
			"uid": "inv/software_install/pc1/Zoom",
			"host": "inv/host/pc1",
			"name": "Zoom",
			"version": "6.4.10",
			"application": "reg/application/zoom",
			"release": "reg/release/zoom|6.4.10",
			"unknown": {},
		}],
		"hosts": [{
			"uid": "inv/host/pc1",
			"name": "pc1",
			"owner": "hr/person/chen",
			"last_seen_at": "2026-09-29T02:00:00Z",
			"unknown": {},
		}],
		"people": [
			{"uid": "hr/person/chen", "department_code": "CS", "posts": [], "status": "active", "unknown": {}},
			{
				"uid": "hr/person/zhou",
				"status": "active",
				"hire_day_starts_at": "2020-01-01T16:00:00Z",
				"unknown": {},
			},
			{
				"uid": "hr/person/left",
				"status": "left",
				"hire_day_starts_at": "2020-01-01T16:00:00Z",
				"last_day_ends_at": "2026-09-01T16:00:00Z",
				"unknown": {},
			},
		],
		"context": {"hosts": [], "people": []},
	},
	changes,
)

_company(changes) := _patched(
	{
		"applications": [{
			"uid": "reg/application/zoom",
			"product": "zoom",
			"name": "Zoom",
			"category": "meeting",
			"origin": "register",
			"registered": "yes",
			"selected": "yes",
			"exception_approvals": [],
			"unknown": {},
		}],
		"approvals": [],
		"delegations": [],
		"departments": [
			{
				"uid": "hr/department/CS",
				"code": "CS",
				"heads": [{"person": "hr/person/zhou", "acting": "no"}],
				"renamed_from": [],
				"unknown": {},
			},
			{"uid": "hr/department/FIN", "code": "FIN", "heads": [], "renamed_from": [], "unknown": {}},
		],
		"exception_requests": [],
		"releases": [{
			"uid": "reg/release/zoom|6.4.10",
			"application": "reg/application/zoom",
			"version": "6.4.10",
			"branch": "6.4",
			"end_of_support_on": "2026-08-31",
			"support_ends_at": "2026-08-31T16:00:00Z",
			"unknown": {},
		}],
	},
	changes,
)

# values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
