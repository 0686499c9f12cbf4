package checks["4.1-c_test"]

import future.keywords.not

import data.checks["4.1-c"] as check

test_a_department_in_which_below_share_have_it_is_a_violation[name] if {
	some name, changes in {
		"no account and no device": {"input/accounts": [], "input/hosts": []},
		"an account that was not used": {"input/hosts": []},
		"an account that is closed": {"input/hosts": [], "input/accounts": [_used({"state": "deactivated"})]},
		"one never used": {"input/accounts": [_account({"last_activity": {"state": "never"}})]},
		"one of another tool": {"input/accounts": [_used({"source_system": "mail"})]},
		"a robot of theirs": {"input/accounts": [_used({"kind": "bot"})]},
		"a device without it": {},
		"a device with a tool that is not the standard one": {
			"input/software_installs": [_install({"application": "r/application/slack"})],
		},
		"a server for it": {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_host({"serves": ["r/application/element"]})],
		},
		"a device of somebody else": {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_host({"owner": "hr/person/du"})],
			"input/context/people": [_person("du", {})],
		},
		"a device of nobody": {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null})],
		},
		"a shared device of others": {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null})],
			"input/devices": [_device({"users": ["hr/person/du"]})],
		},
		"a device of theirs that nobody registered as shared": {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null})],
			"input/devices": [_device({"shared": "no"})],
		},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": "hr/department/HR", "evidence": {
		"applications": ["r/application/element"],
		"case": "below_share",
		"have": 0,
		"people": 1,
		"undecided": 0,
		"without": ["hr/person/chen"],
	}}}
}

test_who_may_have_it_is_counted_as_having_it if {
	answer := _answer({
		"input/people": [_chen, _person("du", {}), _person("fu", {}), _person("gu", {})],
		"input/accounts": [
			_used({"uid": "im/account/du", "holder": "hr/person/du"}),
			_used({"uid": "im/account/fu", "holder": "hr/person/fu", "kind": "unknown", "unknown": {"kind": "stale"}}),
		],
		"input/hosts": [],
	})

	answer.unknown == set()
	answer.violations == {{"subject": "hr/department/HR", "evidence": {
		"applications": ["r/application/element"],
		"case": "below_share",
		"have": 1,
		"people": 4,
		"undecided": 1,
		"without": ["hr/person/chen", "hr/person/gu"],
	}}}
}

test_the_share_itself_is_enough[case] if {
	some case in [
		{"have": ["du"], "share": 50, "violations": 0},
		{"have": ["du"], "share": 51, "violations": 1},
		{"have": ["du", "fu"], "share": 66, "violations": 0},
		{"have": ["du", "fu"], "share": 67, "violations": 1},
	]
	answer := _answer({
		"input/people": array.concat([_chen], [_person(name, {}) | some name in case.have]),
		"input/accounts": [_of(name) | some name in case.have],
		"data/settings/standard_tool_share_percent": case.share,
	})

	answer.unknown == set()
	count(answer.violations) == case.violations
}

test_at_best_who_may_be_of_it_counts_only_with_the_tool if {
	answer := _answer({
		"input/people": [_chen, _maybe("du"), _maybe("fu"), _maybe("gu")],
		"input/accounts": [_of("du"), object.union(_of("gu"), {"kind": "unknown"})],
	})

	answer.unknown == set()
	[violation.evidence | some violation in answer.violations] == [{
		"applications": ["r/application/element"],
		"case": "below_share",
		"have": 0,
		"people": 3,
		"undecided": 2,
		"without": ["hr/person/chen"],
	}]
}

test_at_worst_who_may_be_of_it_counts_only_without_the_tool[case] if {
	some case in [
		{"people": [_maybe("du"), _maybe("fu")], "unknown": set()},
		{"people": [_maybe("fu"), _maybe("gu")], "unknown": {{"subject": "hr/department/HR", "reason": "stale"}}},
		{"people": [_maybe("wu"), _maybe("gu")], "unknown": {{"subject": "hr/department/HR", "reason": "stale"}}},
	]
	answer := _answer({
		"input/people": array.concat([_chen], case.people),
		"input/accounts": [_of("chen"), _of("du"), object.union(_of("wu"), {"kind": "unknown"})],
		"data/settings/standard_tool_share_percent": 50,
	})

	answer.violations == set()
	answer.unknown == case.unknown
}

test_these_are_none[name] if {
	some name, case in {
		"it is on a device of theirs": [1, {"input/software_installs": [_install(_has)]}],
		"beside other programs": [1, {
			"input/software_installs": [_install({}), _install(object.union(_has, {"uid": "osq/software_install/2"}))],
		}],
		"heard of exactly as long ago as is allowed": [1, {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_host({"last_seen_at": _cutoff.host_seen_days})],
		}],
		"a device that lies elsewhere": [1, {
			"input/software_installs": [], "input/hosts": [],
			"input/context/software_installs": [_install(_has)], "input/context/hosts": [_host({})],
		}],
		"the account was used": [1, {"input/accounts": [_used({})]}],
		"used exactly as long ago as is allowed": [1, {
			"input/accounts": [_last({"state": "at", "at": _cutoff.standard_tool_use_days, "kind": "login"})],
		}],
		"a registered device of a shift": [1, {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null})],
			"input/devices": [_device({})],
		}],
		"contractor": [0, {"input/people": [_person("chen", {"employment_type": "contractor"})]}],
		"on leave": [0, {"input/people": [_person("chen", {"status": "leave"})]}],
		"left": [0, {"input/people": [_person("chen", {"status": "left", "last_day_ends_at": "2026-09-29T16:00:00Z"})]}],
		"not there yet": [0, {"input/people": [_person("chen", {"hire_day_starts_at": "2026-10-08T16:00:00Z"})]}],
		"the days are not over": [0, {
			"input/people": [_person("chen", {"hire_day_ends_at": _cutoff.newcomer_account_workdays})],
		}],
		"nobody": [0, {"input/people": []}],
		"of another department": [0, {"input/people": [], "input/context/people": [_chen]}],
	}
	answer := _answer(case[1])

	answer.population == case[0]
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"employment": ["stale", {
			"input/people": [_person("chen", {"employment_type": "unknown", "unknown": {"employment_type": "stale"}})],
		}],
		"status": ["stale", {"input/people": [_person("chen", {"status": "unknown", "unknown": {"status": "stale"}})]}],
		"hire date": ["stale", {"input/people": [_person("chen", {
			"hire_day_starts_at": null, "hire_day_ends_at": null, "unknown": {"hire_day_starts_at": "stale"},
		})]}],
		"employment of one, and nothing about another": ["stale", {"input/people": [
			_person("ai", {"employment_type": "external", "status": "unknown", "unknown": {"status": "redacted"}}),
			_maybe("chen"),
		]}],
		"state of one account, and nothing about another": ["stale", {
			"input/people": [_person("ai", {}), _chen],
			"input/accounts": [
				_of("ai"), object.union(_of("ai"), {"uid": "im/account/ai2", "state": "unknown", "unknown": {"state": "redacted"}}),
				_used({"state": "unknown", "unknown": {"state": "stale"}}),
			],
		}],
		"state of the account": ["stale", {"input/accounts": [_used({"state": "unknown", "unknown": {"state": "stale"}})]}],
		"kind of the account": ["stale", {"input/accounts": [_used({"kind": "unknown", "unknown": {"kind": "stale"}})]}],
		"use of the account": ["stale", {
			"input/accounts": [_account({"last_activity": {"state": "unknown"}, "unknown": {"last_activity": "stale"}})],
		}],
		"use as far back as the source remembers": ["not_collected", {
			"input/accounts": [_last({"state": "not_since", "bound": "2026-09-02T15:59:59Z", "kind": "api"})],
		}],
		"use within the blur of the source": ["not_collected", {
			"input/accounts": [_last({"state": "at", "at": "2026-08-31T15:59:00Z", "precision_s": 120, "kind": "api"})],
		}],
		"only an attempt": ["not_collected", {
			"input/accounts": [_last({"state": "at", "at": "2026-09-29T02:00:00Z", "kind": "attempt"})],
		}],
		"a silent device": ["stale", {"input/hosts": [_host({"last_seen_at": "2026-08-31T15:59:58Z"})]}],
		"a device of which no source tells": ["not_collected", {
			"input/hosts": [_changed(_host({}), {"last_seen_at": null, "unknown": {"last_seen_at": "not_collected"}})],
		}],
		"a device without a list of programs": ["not_collected", {"input/software_installs": []}],
		"what is installed": ["stale", {
			"input/software_installs": [_changed(_install({}), {"application": null, "unknown": {"application": "stale"}})],
		}],
		"a product of which nothing is on file": ["not_collected", {
			"input/software_installs": [_install({"application": "nowhere/application/none"})],
		}],
		"whether it is a server": ["stale", {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"serves": null, "unknown": {"serves": "stale"}})],
		}],
		"whose account": ["stale", {"input/accounts": [_used({"holder": null, "unknown": {"holder": "stale"}})]}],
		"who it is that holds it": ["ambiguous", {"input/accounts": [_used({"holder": "hr/person/ghost"})]}],
		"whose device": ["stale", {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null, "unknown": {"owner": "stale"}})],
		}],
		"a weak link": ["ambiguous", {
			"input/accounts": [],
			"input/context/accounts": [_used({"holder": null, "unknown": {"holder": "ambiguous"}})],
			"input/context/identity_links": [_link("chen")],
		}],
		"who shares a device": ["not_permitted", {
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null})],
			"input/devices": [_changed(_device({}), {"users": null, "unknown": {"users": "not_permitted"}})],
		}],
		"which devices are shared": ["not_collected", {"data/sources/types/device/state": "partial"}],
		"the standard tool": ["stale", {
			"data/company/applications/0": object.union(_element, {"standard": "unknown", "unknown": {"standard": "stale"}}),
		}],
		"its category": ["stale", {
			"data/company/applications/0": object.union(_element, {"category": "unknown", "unknown": {"category": "stale"}}),
		}],
		"no standard tool": ["not_collected", {"data/company/applications/0": object.union(_element, {"standard": "no"})}],
		"what covers it": ["stale", {"data/company/applications/0": _changed(_element, {
			"source_systems": null,
			"unknown": {"source_systems": "stale"},
		})}],
		"a standard tool without a source": ["not_collected", {
			"data/company/applications/0": object.union(_element, {"source_systems": []}),
		}],
	}
	answer := _answer(case[1])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/HR", "reason": case[0]}}
}

test_a_stray_account_is_one_persons_only if {
	answer := _answer({
		"input/people": [_chen, _person("du", {})],
		"input/accounts": [_used({"holder": null, "unknown": {"holder": "ambiguous"}})],
	})

	answer.unknown == set()
	[violation.evidence.undecided | some violation in answer.violations] == [1]
}

test_a_weak_link_to_a_colleague_helps_nobody_else if {
	answer := _answer({
		"input/accounts": [],
		"input/context/accounts": [_used({"holder": null, "unknown": {"holder": "ambiguous"}})],
		"input/context/identity_links": [_link("du")],
	})

	answer.unknown == set()
	count(answer.violations) == 1
}

test_the_register_names_exactly_one[name] if {
	some name, case in {
		"none": [[object.union(_element, {"standard": "no"})], "no_standard_tool", []],
		"only one for meetings": [[object.union(_element, {"category": "meeting"})], "no_standard_tool", []],
		"two": [
			[_element, object.union(_element, {"uid": "r/application/zulip"})],
			"several_standard_tools", ["r/application/element", "r/application/zulip"],
		],
	}
	answer := _answer({"input/department": "_company", "input/people": [], "data/company/applications": case[0]})

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": "hr/department/GD", "evidence": {
		"applications": case[2],
		"case": case[1],
		"have": 0,
		"people": 0,
		"undecided": 0,
		"without": [],
	}}}
}

test_one_standard_tool_is_right if {
	answer := _answer({"input/department": "_company", "input/people": []})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_people_of_no_department_are_the_companys if {
	answer := _answer({"input/department": "_company"})

	[violation.evidence.case | some violation in answer.violations] == ["below_share"]
}

test_a_register_that_does_not_say_leaves_the_company_unknown if {
	answer := _answer({
		"input/department": "_company", "input/people": [],
		"data/company/applications/0": object.union(_element, {"standard": "unknown", "unknown": {"standard": "stale"}}),
	})

	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/GD", "reason": "stale"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {name: _changed_document(changes) |
	some name, changes in {
		"several people without it": {"input/people": _three},
		"several people, whose accounts are closed": {
			"input/people": _three,
			"input/accounts": [_used({"state": "deactivated"})],
		},
		"several people, and a server": {
			"input/people": _three,
			"input/software_installs": [_install(_has)],
			"input/hosts": [_host({"serves": ["r/application/element"]})],
		},
		"several people, and a device of others": {
			"input/people": _three,
			"input/software_installs": [_install(_has)],
			"input/hosts": [_changed(_host({}), {"owner": null})],
			"input/devices": [_device({"users": ["hr/person/zu"]})],
		},
		"two standard tools": {
			"input/department": "_company", "input/people": [],
			"data/company/applications": [_element, object.union(_element, {"uid": "r/application/zulip"})],
		},
		"no standard tool": {
			"input/department": "_company", "input/people": [],
			"data/company/applications": [object.union(_element, {"standard": "no"})],
		},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: _changed_document(changes) |
	some name, changes in {
		"it is on a device of theirs": {"input/software_installs": [_install(_has)]},
		"the account was used": {"input/accounts": [_used({})]},
	}
}

_answer(changes) := answer if {
	document := _changed_document(changes)
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff as document.data.cutoff
		with data.as_of as document.data.as_of
		with data.root as document.data.root
		with data.settings as document.data.settings
		with data.sources as document.data.sources
}

_changed_document(changes) := json.patch(_document, [{"op": "replace", "path": path, "value": value} |
	some path, value in changes
])

_document := {
	"input": {
		"department": "HR",
		"accounts": [_account({})],
		"devices": [],
		"hosts": [_host({})],
		"identity_links": [],
		"people": [_chen],
		"software_installs": [_install({})],
		"context": {
			"accounts": [], "devices": [], "hosts": [], "identity_links": [], "people": [], "software_installs": [],
		},
	},
	"data": {
		"as_of": "2026-09-30T15:59:59Z",
		"root": "GD",
		"cutoff": _cutoff,
		"company": {
			"applications": [_element, _slack],
			"departments": [
				{"uid": "hr/department/GD", "code": "GD", "unknown": {}},
				{"uid": "hr/department/HR", "code": "HR", "unknown": {}},
			],
		},
		"settings": {"served_employment_types": ["employee", "intern"], "standard_tool_share_percent": 95},
		"sources": {"types": {"device": {"state": "not_configured"}}},
	},
}

_cutoff := {
	"host_seen_days": "2026-08-31T15:59:59Z",
	"newcomer_account_workdays": "2026-09-22T15:59:59Z",
	"standard_tool_use_days": "2026-08-31T15:59:59Z",
}

_element := {
	"uid": "r/application/element",
	"category": "chat",
	"standard": "yes",
	"source_systems": ["im"],
	"unknown": {},
}

_slack := {"uid": "r/application/slack", "category": "chat", "standard": "no", "source_systems": [], "unknown": {}}

_has := {"application": "r/application/element"}

_changed(record, fields) := object.filter(object.union(record, fields), {name |
	some name, value in object.union(record, fields)
	not is_null(value)
})

_account(fields) := _changed(
	{
		"uid": "im/account/chen",
		"source_system": "im",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"last_activity": {"state": "at", "at": "2026-08-20T02:00:00Z", "kind": "api"},
		"unknown": {},
	},
	fields,
)

_last(activity) := _account({"last_activity": activity})

_used(fields) := _changed(_last({"state": "at", "at": "2026-09-29T02:00:00Z", "kind": "api"}), fields)

_host(fields) := object.union(
	{
		"uid": "osq/host/1",
		"owner": "hr/person/chen",
		"serves": [],
		"last_seen_at": "2026-09-29T02:00:00Z",
		"unknown": {},
	},
	fields,
)

_install(fields) := object.union({"uid": "osq/software_install/1", "host": "osq/host/1", "unknown": {}}, fields)

_device(fields) := object.union(
	{
		"uid": "reg/device/1",
		"host": "osq/host/1",
		"shared": "yes",
		"users": ["hr/person/chen"],
		"unknown": {},
	},
	fields,
)

_link(person) := {
	"uid": "im/identity_link/1",
	"account": "im/account/chen",
	"person": concat("/", ["hr/person", person]),
	"strength": "weak",
	"conflict": "no",
	"unknown": {},
}

_of(name) := _used({"uid": concat("/", ["im/account", name]), "holder": concat("/", ["hr/person", name])})

_maybe(name) := _person(name, {"employment_type": "unknown", "unknown": {"employment_type": "stale"}})

_chen := _person("chen", {})

_three := [_chen, _person("du", {}), _person("fu", {})]

_person(name, fields) := _changed(
	{
		"uid": concat("/", ["hr/person", name]),
		"status": "active",
		"employment_type": "employee",
		"hire_date": "2021-03-01",
		"hire_day_starts_at": "2021-02-28T16:00:00Z",
		"hire_day_ends_at": "2021-03-01T16:00:00Z",
		"employments": [],
		"unknown": {},
	},
	fields,
)
