package checks["2-b_test"]

import future.keywords.not

import data.checks["2-b"] as check

test_a_department_of_which_nothing_came_is_a_violation[name] if {
	some name, case in {
		"no install": [{"software_installs": []}, _sources("complete", {}), ["software_install"]],
		"nothing at all": [
			{"software_installs": [], "accounts": []},
			_sources("complete", {}), ["account", "software_install"],
		],
		"its source failed": [{}, _sources("complete", {"software_install": {"state": "failed"}}), ["software_install"]],
	}
	answer := check with input as _shard(case[0])
		with data.company as _company([])
		with data.as_of as _as_of
		with data.sources as case[1]
		with data.settings.coverage_fact_types as _types

	answer.population == 1
	answer.unknown == set()
	[violation.evidence | some violation in answer.violations] == [{
		"application": "none",
		"missing_types": case[2],
		"people": 1,
		"sources": [{"source": id, "state": "complete"} |
			some type in case[2]
			id := {"account": "im", "software_install": "inventory"}[type]
		],
	}]
}

test_a_tool_in_use_that_nothing_covers_is_a_violation[name] if {
	some name, application in {
		"no source": object.union(_zoom, {"collected": "no", "source_systems": []}),
		"a source that brought nothing": object.union(_zoom, {"source_systems": ["mute"]}),
		"a source that failed": object.union(_zoom, {"source_systems": ["broken"]}),
		"a source that is gone": object.union(_zoom, {"source_systems": ["gone"]}),
		"by an exception": object.union(_zoom, {
			"uid": "r/application/slack", "selected": "no", "collected": "no",
			"source_systems": [],
		}),
	}
	answer := check with input as object.union(_empty, {"department": "_company"})
		with data.company as _company([application])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {})
		with data.settings.coverage_fact_types as _types

	answer.population == 1
	answer.unknown == set()
	{violation.subject | some violation in answer.violations} == {application.uid}
}

test_a_tool_is_judged_where_it_belongs[name] if {
	some name, case in {
		"the department's own": [{"department_code": "RD"}, "RD", 2],
		"under a former code": [{"department_code": "LAB"}, "RD", 2],
		"another department's": [{"department_code": "FIN"}, "RD", 1],
		"somebody's of the department": [{"owner": "hr/person/chen"}, "RD", 2],
		"nobody's": [{}, "RD", 1],
	}
	application := object.union_n([_zoom, {"collected": "no", "source_systems": []}, case[0]])
	answer := check with input as _shard({})
		with data.company as _company([application])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {})
		with data.settings.coverage_fact_types as _types

	answer.population == case[2]
	count(answer.violations) == case[2] - 1
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as document.data.as_of
		with data.sources as document.data.sources
		with data.settings.coverage_fact_types as document.data.settings.coverage_fact_types

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_a_roster_that_is_not_complete_and_shows_nobody_is_unknown[name] if {
	some name, case in {
		"partial": "source_partial",
		"stale": "stale",
		"failed": "source_failed",
		"not_configured": "not_collected",
	}
	answer := check with input as object.union(_empty, {"department": "RD"})
		with data.company as _company([])
		with data.as_of as _as_of
		with data.sources as _sources(name, {})
		with data.settings.coverage_fact_types as _types

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/RD", "reason": case}}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"selected": [{"selected": "unknown", "unknown": {"selected": "stale"}}, []],
		"category": [{"category": "unknown", "unknown": {"category": "stale"}}, []],
		"collected": [{"collected": "unknown", "unknown": {"collected": "stale"}}, []],
		"collected, though its source delivers": [
			{"collected": "unknown", "source_systems": ["im"], "unknown": {"collected": "stale"}},
			[],
		],
		"its sources": [{"source_systems": null, "unknown": {"source_systems": "stale"}}, []],
		"registered": [{"selected": "unknown", "registered": "unknown", "unknown": {"registered": "stale"}}, []],
		"exception": [
			{"selected": "no", "collected": "no"},
			[object.union(_request, {"application": "r/application/zoom", "state": "unknown", "unknown": {"state": "stale"}})],
		],
	}
	fields := object.union_n([_zoom, {"source_systems": []}, case[0]])
	application := object.filter(fields, [field | some field, value in fields; not is_null(value)])
	answer := check with input as object.union(_empty, {"department": "_company"})
		with data.company as object.union(_company([application]), {"exception_requests": case[1]})
		with data.as_of as _as_of
		with data.sources as _sources("complete", {})
		with data.settings.coverage_fact_types as _types

	answer.violations == set()
	answer.unknown == {{"subject": application.uid, "reason": "stale"}}
}

test_what_is_told_of_a_tool_are_its_sources[source] if {
	some source, state in {"mute": "complete", "broken": "failed"}
	answer := check with input as object.union(_empty, {"department": "_company"})
		with data.company as _company([object.union(_zoom, {"source_systems": [source]})])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {})
		with data.settings.coverage_fact_types as _types

	answer.violations == {{"subject": _zoom.uid, "evidence": {
		"application": _zoom.uid,
		"missing_types": [],
		"people": "none",
		"sources": [{"source": source, "state": state}],
	}}}
}

test_a_tool_without_a_list_of_sources_has_none_to_tell if {
	answer := check with input as object.union(_empty, {"department": "_company"})
		with data.company as _company([object.remove(object.union(_zoom, {"collected": "no"}), ["source_systems"])])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {})
		with data.settings.coverage_fact_types as _types

	{row.evidence.sources | some row in answer.violations} == {[]}
}

test_who_has_left_is_not_counted if {
	left := object.union(_chen, {
		"uid": "hr/person/du",
		"status": "left",
		"last_day_ends_at": "2026-08-31T16:00:00Z",
	})
	answer := check with input as _shard({"software_installs": [], "people": [_chen, left]})
		with data.company as _company([])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {})
		with data.settings.coverage_fact_types as _types

	{row.evidence.people | some row in answer.violations} == {1}
}

test_each_type_of_fact_has_its_list[type] if {
	some type, plural in _lists
	answer := check with input as _shard({plural: [{"uid": "x/y/1", "unknown": {}}]})
		with data.company as _company([])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {type: {"state": "complete"}})
		with data.settings.coverage_fact_types as [type]

	answer.violations | answer.unknown == set()
}

test_a_list_without_a_record_is_missing[type] if {
	some type, plural in _lists
	answer := check with input as _shard({plural: []})
		with data.company as _company([])
		with data.as_of as _as_of
		with data.sources as _sources("complete", {type: {"state": "complete"}})
		with data.settings.coverage_fact_types as [type]

	{row.evidence.missing_types | some row in answer.violations} == {[type]}
}

test_what_is_not_known_of_a_department_is_unknown[name] if {
	some name, case in {
		"until when it exists": [{}, {"unknown": {"valid_until": "stale"}}, "complete"],
		"since when it exists": [{}, {"unknown": {"valid_from": "stale"}}, "complete"],
		"who works there": [
			{"people": [object.union(_chen, {"status": "unknown", "unknown": {"status": "stale"}})]},
			{}, "complete",
		],
		"since when": [
			{"people": [object.union(
				object.remove(_chen, ["hire_day_starts_at"]),
				{"unknown": {"hire_day_starts_at": "stale"}},
			)]},
			{}, "complete",
		],
		"until when": [
			{"people": [object.union(_chen, {"status": "left", "unknown": {"last_day_ends_at": "stale"}})]},
			{}, "complete",
		],
	}
	answer := check with input as _shard(object.union({"software_installs": []}, case[0]))
		with data.company as object.union(_company([]), {"departments": [object.union(_departments[0], case[1])]})
		with data.as_of as _as_of
		with data.sources as _sources(case[2], {})
		with data.settings.coverage_fact_types as _types

	answer.violations == set()
	answer.unknown == {{"subject": _departments[0].uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {
	"nothing came of a department": {
		"input": _shard({
			"software_installs": [],
			"people": [_chen, object.union(_chen, {"uid": "hr/person/du"})],
		}),
		"data": object.union(_data, {"company": _company([])}),
	},
	"a tool that no source covers": {
		"input": object.union(_empty, {"department": "_company"}),
		"data": object.union(_data, {"company": _company([object.union(_zoom, {"collected": "no", "source_systems": []})])}),
	},
	"a tool whose source brought nothing": {
		"input": object.union(_empty, {"department": "_company"}),
		"data": object.union(_data, {"company": _company([object.union(_zoom, {"source_systems": ["mute"]})])}),
	},
	"a tool in use by an exception": {
		"input": object.union(_empty, {"department": "_company"}),
		"data": object.union(_data, {"company": _company([object.union(_zoom, {
			"uid": "r/application/slack", "selected": "no", "collected": "no",
			"source_systems": [],
		})])}),
	},
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": case[0], "data": {
	"company": _company(case[1]),
	"as_of": _as_of,
	"sources": _sources("complete", {"software_install": {"state": "partial"}}),
	"settings": {"coverage_fact_types": _types},
}} |
	some name, case in {
		"seen": [_shard({}), []],
		"partly seen": [_shard({}), []],
		"nobody works there": [object.union(_empty, {"department": "RD"}), []],
		"nobody works there any more": [
			_shard({"software_installs": [], "people": [object.union(_chen, {
				"status": "left",
				"last_day_ends_at": "2026-08-31T16:00:00Z",
			})]}),
			[],
		],
		"dissolved": [_shard({"department": "OLD", "software_installs": []}), []],
		"a tool that is covered": [object.union(_empty, {"department": "_company"}), [_zoom]],
		"a tool that nobody uses": [object.union(_empty, {"department": "_company"}), [object.union(_zoom, {
			"selected": "no",
			"collected": "no",
			"source_systems": [],
		})]],
		"mail": [object.union(_empty, {"department": "_company"}), [object.union(_zoom, {
			"category": "mail",
			"collected": "no",
			"source_systems": [],
		})]],
	}
}

# of these the check does not ask its question
_outside := {
	"a tool that nobody uses",
	"dissolved",
	"mail",
	"nobody works there",
	"nobody works there any more",
}

_data := {
	"as_of": _as_of,
	"sources": _sources("complete", {}),
	"settings": {"coverage_fact_types": _types},
}

_lists := {
	"account": "accounts",
	"group": "groups",
	"host": "hosts",
	"login_event": "login_events",
	"membership": "memberships",
	"session": "sessions",
	"software_install": "software_installs",
}

_as_of := "2026-09-30T15:59:59Z"

_types := ["account", "software_install"]

_zoom := {
	"uid": "r/application/zoom",
	"category": "meeting",
	"registered": "yes",
	"selected": "yes",
	"collected": "yes",
	"source_systems": ["im"],
	"unknown": {},
}

_request := {
	"uid": "r/exception_request/EX-1",
	"application": "r/application/slack",
	"department_code": "RD",
	"also_for": [],
	"approval": "r/approval/AP-1",
	"state": "approved",
	"unknown": {},
}

_approval := {
	"uid": "r/approval/AP-1",
	"state": "approved",
	"decisions": [{"role": "approver", "decision": "approved", "at": "2026-02-10T03:00:00Z"}],
	"unknown": {},
}

_chen := {
	"uid": "hr/person/chen",
	"status": "active",
	"department_code": "RD",
	"posts": [],
	"hire_day_starts_at": "2020-01-01T16:00:00Z",
	"employments": [],
	"unknown": {},
}

_departments := [
	{"uid": "hr/department/RD", "code": "RD", "renamed_from": ["LAB"], "unknown": {}},
	{"uid": "hr/department/FIN", "code": "FIN", "renamed_from": [], "unknown": {}},
	{
		"uid": "hr/department/OLD", "code": "OLD", "renamed_from": [], "valid_until": "2026-07-31T16:00:00Z",
		"unknown": {},
	},
]

_company(applications) := object.union(_registers, {
	"applications": applications,
	"exception_requests": [_request | "r/application/slack" in {application.uid | some application in applications}],
})

_registers := {"approvals": [_approval], "departments": _departments}

_type(state, id, received) := {"state": state, "sources": [{"id": id, "state": state, "received": received}]}

_sources(roster, deviations) := {
	"types": {
		"person": _type(roster, "hr", 1),
		"account": _type("complete", "im", 1),
		"software_install": _type("complete", "inventory", 9),
		"group": _type("complete", "mute", 0),
		"session": _type("failed", "broken", 5),
	},
	"departments": {"RD": deviations},
}

_empty := {
	"accounts": [],
	"software_installs": [],
	"people": [],
	"context": {"accounts": [], "people": []},
}

_shard(fields) := object.union(
	{
		"department": "RD",
		"accounts": [{"uid": "im/account/chen", "unknown": {}}],
		"software_installs": [{"uid": "inventory/software_install/1", "host": "inventory/host/1", "unknown": {}}],
		"people": [_chen],
		"context": {"accounts": [], "people": []},
	},
	fields,
)
