package checks["4.3-e_test"]

import future.keywords.not

import data.checks["4.3-e"] as check

test_an_exception_whose_install_nobody_updates_is_a_violation if {
	answer := _answer({}, {})

	answer.population == 1
	answer.violations == {{"subject": "reg/exception_request/ex1", "owner": "hr/person/zhou", "evidence": {
		"application": "reg/application/slack",
		"behind": 1,
		"hosts": ["inv/host/pc1"],
		"installs": 1,
		"version_since": "2026-05-01T00:00:00Z",
	}}}
	answer.unknown == set()
}

test_several_installs_are_one_violation if {
	answer := _answer(_second({}), {})

	answer.population == 1
	{field: value | some v in answer.violations; some field, value in v.evidence} == {
		"application": "reg/application/slack",
		"behind": 2,
		"hosts": ["inv/host/pc1", "inv/host/pc2"],
		"installs": 2,
		"version_since": "2026-04-01T00:00:00Z",
	}
}

test_one_that_is_maintained_excuses_no_other[name] if {
	some name, case in {
		"current": [{"update_state": "current", "newer_releases": []}, 1],
		"behind, and updated of late": [{"version_since": "2026-09-01T00:00:00Z"}, 2],
		"nobody knows": [{"update_state": "unknown"}, 1],
	}
	answer := _answer(_second(case[0]), {})

	[[v.evidence.installs, v.evidence.behind, v.evidence.hosts] | some v in answer.violations] == [[
		2, case[1], ["inv/host/pc1"],
	]]
	answer.unknown == set()
}

test_the_term_is_over_after_its_last_second[name] if {
	some name, case in {"2026-07-02T15:59:58Z": 1, "2026-07-02T15:59:59Z": 0}
	answer := _answer({"software_installs/0/version_since": name}, {})

	count(answer.violations) == case
	answer.unknown == set()
}

test_a_late_change_may_have_been_the_same_version_again[name] if {
	some name, case in {"2026-07-02T15:59:58Z": 1, "2026-07-02T15:59:59Z": 0}
	answer := _answer(
		{
			"software_installs/0/version_since": null,
			"software_installs/0/installed_at_kind": "last_change",
			"software_installs/0/installed_at": name,
		},
		{},
	)

	count(answer.violations) == case
	count(answer.unknown) == 1 - case
}

test_what_was_not_changed_since_has_its_version_at_least_as_long if {
	answer := _answer(
		{
			"software_installs/0/version_since": null,
			"software_installs/0/installed_at_kind": "last_change",
			"software_installs/0/installed_at": "2026-04-20T00:00:00Z",
		},
		{"releases/0/released_at": "2026-09-01T00:00:00Z"},
	)

	[violation.evidence.version_since | some violation in answer.violations] == ["2026-04-20T00:00:00Z"]
}

test_a_version_is_no_older_than_its_release[name] if {
	some name, case in {
		"at the limit": [{}, "2026-07-02T15:59:59Z", 0],
		"older": [{}, "2026-07-02T15:59:58Z", 1],
		"a version that the register does not list": [
			{"software_installs/0/version": "4.45.60.1"},
			"2026-09-01T00:00:00Z", 1,
		],
	}
	undated := object.union(_undated, case[0])
	answer := _answer(undated, {"releases/0/released_at": case[1]})

	answer.violations == set()
	count(answer.unknown) == case[2]
}

test_these_conform[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff as document.data.cutoff
		with data.as_of as document.data.as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, case in {
		"not used": [{"software_installs": []}, {}],
		"used in another department": [{"people/0/department_code": "FIN"}, {}],
		"another product": [{"software_installs/0/application": "reg/application/teams"}, {}],
		"chosen for all": [{}, {"applications/0/selected": "yes"}],
		"mail": [{}, {"applications/0/category": "mail"}],
		"no such program": [{"software_installs/0/application": null}, {}],
		"over": [{}, {"approvals/0/valid_until": "2026-09-30T15:59:58Z"}],
		"not begun": [{}, {"approvals/0/valid_from": "2026-09-30T16:00:00Z"}],
		"rejected": [{}, {"approvals/0/state": "rejected"}],
		"withdrawn": [{}, {"exception_requests/0/state": "withdrawn"}],
		"nobody decided": [{}, {"approvals/0/decisions": []}],
	}
	answer := _answer(case[0], case[1])

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_an_exception_holds_until_its_last_second if {
	answer := _answer({}, {"approvals/0/valid_until": _as_of})

	count(answer.violations) == 1
}

test_a_merged_department_maintains_what_it_was_granted[name] if {
	some name, owners in {"hr/person/left": ["it"], "hr/person/zhou": ["hr/person/zhou"]}
	answer := _answer({}, {
		"exception_requests/0/department_code": "MKT",
		"departments/2": {
			"uid": "hr/department/MKT",
			"code": "MKT",
			"merged_into": "CS",
			"heads": [{"person": name}],
			"renamed_from": [],
			"unknown": {},
		},
	})

	[object.get(violation, "owner", "it") | some violation in answer.violations] == owners
}

test_two_posts_are_covered_by_either if {
	answer := _answer({"people/0/department_code": "FIN", "people/0/posts": [{"department_code": "CS"}]}, {})

	count(answer.violations) == 1
}

test_a_silent_device_is_unknown[name] if {
	some name, case in {
		"behind": {},
		"nothing newer": _current,
	}
	answer := _answer(object.union(case, {"hosts/0/last_seen_at": "2026-08-31T15:59:58Z"}), {})

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/exception_request/ex1", "reason": "stale"}}
}

test_a_device_seen_at_the_limit_is_judged if {
	answer := _answer({"hosts/0/last_seen_at": "2026-08-31T15:59:59Z"}, {})

	count(answer.violations) == 1
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"since when": [
			object.union(_undated, {"software_installs/0/unknown/version_since": "redacted"}),
			{}, "redacted",
		],
		"when it was installed is not since when": [
			object.union(_undated, {
				"software_installs/0/installed_at": "2025-01-01T00:00:00Z",
				"software_installs/0/installed_at_kind": "install",
				"software_installs/0/unknown/version_since": "redacted",
			}),
			{}, "redacted",
		],
		"when it was last changed": [
			object.union(_undated, {
				"software_installs/0/installed_at_kind": "last_change",
				"software_installs/0/unknown/installed_at": "redacted",
			}),
			{}, "redacted",
		],
		"whether it was changed": [
			object.union(_undated, {
				"software_installs/0/installed_at": "2026-04-20T00:00:00Z",
				"software_installs/0/installed_at_kind": "unknown",
				"software_installs/0/unknown/installed_at_kind": "redacted",
			}),
			{}, "redacted",
		],
		"whether there is a newer one": [
			{"software_installs/0/update_state": "unknown", "software_installs/0/unknown/update_state": "redacted"},
			{}, "redacted",
		],
		"an old list": [
			object.union(_current, {"software_installs/0/lists_as_of": "2026-09-16T15:59:58Z"}),
			{}, "not_collected",
		],
		"a list that came in part": [
			object.union(_current, {
				"software_installs/0/lists_as_of": null,
				"software_installs/0/unknown/lists_as_of": "source_partial",
			}),
			{}, "source_partial",
		],
		"one of two": [_undecided_second, {}, "redacted"],
		"device": [{"hosts": []}, {}, "not_collected"],
		"user": [{"hosts/0/owner": "hr/person/nobody"}, {}, "not_collected"],
		"category": [
			{}, {"applications/0/category": "unknown", "applications/0/unknown/category": "redacted"}, "redacted",
		],
		"chosen": [
			{}, {"applications/0/selected": "unknown", "applications/0/unknown/selected": "redacted"}, "redacted",
		],
		"what was asked for": [
			{},
			{
				"exception_requests/0/application": null,
				"exception_requests/0/unknown/application": "redacted",
			},
			"redacted",
		],
		"approval": [
			{},
			{"approvals/0/state": "unknown", "approvals/0/unknown/state": "redacted"},
			"redacted",
		],
		"an approval that is not there": [{}, {"approvals": []}, "not_collected"],
		"an approval that is not there, and nothing newer": [_current, {"approvals": []}, "not_collected"],
		"until when": [
			{},
			{"approvals/0/valid_until": null, "approvals/0/unknown/valid_until": "redacted"},
			"redacted",
		],
		"the department that asked": [
			{}, {
				"exception_requests/0/department_code": null,
				"exception_requests/0/unknown/department_code": "redacted",
			},
			"redacted",
		],
	}
	answer := _answer(case[0], case[1])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/exception_request/ex1", "reason": case[2]}}
}

_answer(changes, company) := answer if {
	answer := check with input as _shard(changes)
		with data.company as _company(company)
		with data.cutoff as _cutoff
		with data.as_of as _as_of
}

violating := {name: {"input": _shard(case), "data": {
	"as_of": _as_of,
	"company": _company({}),
	"cutoff": _cutoff,
}} |
	some name, case in {
		"since May": {},
		"not changed since April": {
			"software_installs/0/version_since": null,
			"software_installs/0/unknown/version_since": "stale",
			"software_installs/0/installed_at_kind": "last_change",
			"software_installs/0/installed_at": "2026-04-20T00:00:00Z",
		},
		"one of two": _second({"version_since": "2026-09-01T00:00:00Z"}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case), "data": {
	"company": _company({}),
	"cutoff": _cutoff,
	"as_of": _as_of,
}} |
	some name, case in {
		"nothing newer": _current,
		"nothing newer, by a list at the limit": object.union(
			_current,
			{"software_installs/0/lists_as_of": "2026-09-16T15:59:59Z"},
		),
		"nothing newer, and nobody knows since when": object.union(_current, _undated),
		"updated of late": {"software_installs/0/version_since": "2026-09-01T00:00:00Z"},
		"updated of late, and nobody knows what is newer": {
			"software_installs/0/version_since": "2026-09-01T00:00:00Z",
			"software_installs/0/update_state": "unknown",
		},
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {
	"host_seen_days": "2026-08-31T15:59:59Z",
	"self_maintained_days": "2026-07-02T15:59:59Z",
	"update_list_days": "2026-09-16T15:59:59Z",
}

_undated := {"software_installs/0/version_since": null}

_current := {
	"software_installs/0/update_state": "current",
	"software_installs/0/newer_releases": [],
}

_undecided_second := object.union(
	_current,
	_second({"update_state": "unknown", "unknown": {"update_state": "redacted"}}),
)

# the same on another computer of the same person, with changes
_second(changes) := {
	"hosts/1": object.union(_host, {"uid": "inv/host/pc2", "name": "pc2"}),
	"software_installs/1": object.union_n([
		_install,
		{
			"uid": "inv/software_install/pc2/Slack",
			"host": "inv/host/pc2",
			"version_since": "2026-04-01T00:00:00Z",
		},
		changes,
	]),
}

_host := {
	"uid": "inv/host/pc1",
	"name": "pc1",
	"owner": "hr/person/chen",
	"last_seen_at": "2026-09-29T02:00:00Z",
	"unknown": {},
}

_install := {
	"uid": "inv/software_install/pc1/Slack",
	"host": "inv/host/pc1",
	"name": "Slack",
	"version": "4.45.60",
	"application": "reg/application/slack",
	"release": "reg/release/slack|4.45.60",
	"newer_releases": ["reg/release/slack|4.45.64"],
	"update_state": "behind",
	"lists_as_of": "2026-09-30T15:59:59Z",
	"version_since": "2026-05-01T00:00:00Z",
	"unknown": {},
}

_shard(changes) := _patched(
	{
		"department": "CS",
		"software_installs": [_install],
		"software_updates": [],
		"hosts": [_host],
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
		"context": {"hosts": [], "people": [], "software_updates": []},
	},
	changes,
)

_company(changes) := _patched(
	{
		"applications": [
			{
				"uid": "reg/application/slack",
				"product": "slack",
				"name": "Slack",
				"category": "collaboration",
				"origin": "register",
				"registered": "yes",
				"selected": "no",
				"exception_approvals": [],
				"unknown": {},
			},
			{
				"uid": "reg/application/teams",
				"product": "teams",
				"name": "Teams",
				"category": "collaboration",
				"origin": "register",
				"registered": "yes",
				"selected": "no",
				"exception_approvals": [],
				"unknown": {},
			},
		],
		"approvals": [{
			"uid": "reg/approval/ap1",
			"number": "AP-1",
			"kind": "software_exception",
			"state": "approved",
			"decisions": [{
				"by": "hr/person/zhou",
				"role": "approver",
				"decision": "approved",
				"at": "2026-02-10T02:00:00Z",
			}],
			"valid_from": "2026-02-15T16:00:00Z",
			"valid_until": "2026-12-31T16:00:00Z",
			"released_departments": [],
			"unknown": {},
		}],
		"departments": [
			{
				"uid": "hr/department/CS",
				"code": "CS",
				"heads": [{"person": "hr/person/zhou"}],
				"renamed_from": [],
				"unknown": {},
			},
			{"uid": "hr/department/FIN", "code": "FIN", "heads": [], "renamed_from": [], "unknown": {}},
		],
		"exception_requests": [{
			"uid": "reg/exception_request/ex1",
			"number": "EX-1",
			"department_code": "CS",
			"also_for": [],
			"application": "reg/application/slack",
			"approval": "reg/approval/ap1",
			"state": "approved",
			"unknown": {},
		}],
		"releases": [{
			"uid": "reg/release/slack|4.45.60",
			"application": "reg/application/slack",
			"version": "4.45.60",
			"branch": "4.45",
			"unknown": {"released_at": "not_collected"},
		}],
	},
	changes,
)

# values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
