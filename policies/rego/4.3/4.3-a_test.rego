package checks["4.3-a_test"]

import future.keywords.not

import data.checks["4.3-a"] as check

test_a_security_release_that_is_missing_is_a_violation if {
	answer := _answer({}, {})

	answer.population == 1
	answer.violations == {{"subject": "inv/software_install/pc1/Zoom", "severity": "high", "evidence": {
		"application": "reg/application/zoom",
		"candidate_version": "6.5.3",
		"first_seen_at": "none",
		"host": "inv/host/pc1",
		"person": "hr/person/chen",
		"released_at": "2026-09-10T00:00:00Z",
		"security": "yes",
		"version": "6.5.1",
	}}}
	answer.unknown == set()
}

test_what_a_list_of_updates_names_is_missing_too if {
	answer := _answer(_updates([{"released_at": "2026-08-01T00:00:00Z", "first_seen_at": "2026-08-03T00:00:00Z"}]), {})

	[[v.severity, v.evidence.candidate_version, v.evidence.first_seen_at, v.evidence.released_at, v.evidence.security] |
		some v in answer.violations
	] == [["medium", "6.5.4", "2026-08-03T00:00:00Z", "2026-08-01T00:00:00Z", "no"]]
}

test_each_kind_of_release_has_its_term[name] if {
	some name, case in {
		"security": ["yes", "2026-09-23T15:59:58Z", ["high"]],
		"security, in time": ["yes", "2026-09-23T15:59:59Z", []],
		"other": ["no", "2026-08-31T15:59:58Z", ["medium"]],
		"other, in time": ["no", "2026-08-31T15:59:59Z", []],
		"nobody knows, past both": ["unknown", "2026-08-31T15:59:58Z", ["medium"]],
		"nobody knows, within both": ["unknown", "2026-09-23T15:59:59Z", []],
	}
	answer := _answer({}, {"releases/1/security": case[0], "releases/1/released_at": case[1]})

	[violation.severity | some violation in answer.violations] == case[2]
	answer.unknown == set()
}

test_the_day_of_listing_proves_lateness_and_nothing_else[name] if {
	some name, case in {
		"2026-09-23T15:59:58Z": ["yes", ["high"]],
		"2026-09-23T15:59:59Z": ["yes", []],
		"2026-08-31T15:59:58Z": ["no", ["medium"]],
		"2026-08-31T15:59:59Z": ["no", []],
	}
	answer := _answer(_updates([object.union(_undated, {"security": case[0], "first_seen_at": name})]), {})

	[violation.severity | some violation in answer.violations] == case[1]
	[row.reason | some row in answer.unknown] == ["stale" | count(case[1]) == 0]
}

test_between_the_terms_it_matters_what_it_closes[name] if {
	some name in ["2026-08-31T15:59:59Z", "2026-09-23T15:59:58Z"]
	answer := _answer({}, {
		"releases/1/security": "unknown",
		"releases/1/released_at": name,
		"releases/1/unknown/security": "redacted",
	})

	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": "redacted"}}
}

test_the_terms_may_be_the_other_way_round[name] if {
	some name, severities in {"yes": [], "no": ["medium"], "unknown": []}
	answer := check with input as _shard({})
		with data.company as _company({"releases/1/security": name})
		with data.cutoff as object.union(_cutoff, {
			"security_update_days": _cutoff.update_days,
			"update_days": _cutoff.security_update_days,
		})
		with data.sources as _sources({})
		with data.as_of as _as_of

	[violation.severity | some violation in answer.violations] == severities
	count(answer.unknown) == count({1 | name == "unknown"})
}

test_the_clock_runs_from_the_first_that_is_missing[name] if {
	some name, case in {
		"the oldest": [
			[
				{"released_at": "2026-08-15T00:00:00Z"},
				{"released_at": "2026-08-01T00:00:00Z"},
				{"released_at": "2026-09-29T00:00:00Z"},
			],
			"2026-08-01T00:00:00Z",
		],
		"by the day of listing": [
			[{"released_at": "2026-08-15T00:00:00Z"}, object.union(_undated, {"first_seen_at": "2026-08-01T00:00:00Z"})],
			"unknown",
		],
		"one that closes a hole comes first": [
			[{"released_at": "2026-08-01T00:00:00Z"}, {"released_at": "2026-09-20T00:00:00Z", "security": "yes"}],
			"2026-09-20T00:00:00Z",
		],
		"one that closes a hole and is not due does not": [
			[{"released_at": "2026-08-01T00:00:00Z"}, {"released_at": "2026-09-29T00:00:00Z", "security": "yes"}],
			"2026-08-01T00:00:00Z",
		],
	}
	answer := _answer(_updates(case[0]), {})

	[violation.evidence.released_at | some violation in answer.violations] == [case[1]]
}

test_these_conform[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff as document.data.cutoff
		with data.sources as document.data.sources
		with data.as_of as document.data.as_of

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_young_release_is_no_fault_where_a_recent_register_shows_that_it_is_the_first[name] if {
	some name, case in {
		"recent": [{}, {}, set()],
		"at the limit": [
			{"software_installs/0/lists_as_of": "2026-09-16T15:59:59Z"},
			{"releases/0/lists_as_of": "2026-09-16T15:59:59Z"},
			set(),
		],
		"old": [{}, {"releases/0/lists_as_of": "2026-09-16T15:59:58Z"}, {"not_collected"}],
		"no list of all": [
			{"software_installs/0/lists_as_of": null, "software_installs/0/unknown/lists_as_of": "source_partial"},
			{}, {"source_partial"},
		],
		"no register": [
			{"software_installs/0/newer_releases": null, "software_installs/0/unknown/newer_releases": "redacted"},
			{}, {"redacted"},
		],
		"it names nothing": [{"software_installs/0/newer_releases": []}, {}, {"not_collected"}],
		"nobody knows whether there is a newer one": [
			{"software_installs/0/update_state": "unknown", "software_installs/0/unknown/update_state": "redacted"},
			{}, {"redacted"},
		],
	}
	answer := _answer(case[0], object.union({"releases/1/released_at": "2026-09-29T00:00:00Z"}, case[1]))

	answer.violations == set()
	{row.reason | some row in answer.unknown} == case[2]
}

test_an_old_list_proves_no_newest[name] if {
	some name, changes in {
		"old": {"software_installs/0/lists_as_of": "2026-09-16T15:59:58Z"},
		"nobody knows": {"software_installs/0/lists_as_of": null},
	}
	answer := _answer(object.union(_current, changes), {})

	answer.violations == set()
	count(answer.unknown) == 1
}

test_a_proven_lateness_stands_on_an_old_list[name] if {
	some name, changes in {
		"old": {"software_installs/0/lists_as_of": "2026-03-01T00:00:00Z"},
		"called current": {"software_installs/0/update_state": "current"},
		"nobody knows": {"software_installs/0/update_state": "unknown"},
	}
	answer := _answer(changes, {})

	count(answer.violations) == 1
	answer.unknown == set()
}

test_the_list_of_another_department_counts if {
	rows := _updates([{"released_at": "2026-08-01T00:00:00Z"}])
	answer := _answer(
		{
			"software_installs/0/newer_releases": [],
			"software_updates": [],
			"context/software_updates": rows.software_updates,
		},
		{},
	)

	count(answer.violations) == 1
}

test_these_are_outside[name] if {
	some name, case in {
		"not chosen": [{}, {"applications/0/selected": "no"}],
		"mail": [{}, {"applications/0/category": "mail"}],
		"no such program": [{"software_installs/0/application": null}, {}],
		"past its support": [{}, {"releases/0/support_ends_at": "2026-08-31T16:00:00Z"}],
		"with an open hole": [{"vuln_findings": [_finding]}, {}],
	}
	answer := _answer(case[0], case[1])

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_worse_fault_of_which_nobody_can_tell_leaves_it_here[name] if {
	some name, case in {
		"support": [{}, {"releases/0/unknown/support_ends_at": "redacted"}],
		"a hole": [{"vuln_findings": [object.union(_finding, {"status": "unknown"})]}, {}],
	}
	answer := _answer(case[0], case[1])

	answer.population == 1
	count(answer.violations) == 1
}

test_where_what_may_excuse_is_not_whole_nobody_knows_whose_it_is[name] if {
	some name, case in {
		"no approvals": [{"types/approval/state": "failed"}, "source_failed"],
		"no requests": [{"types/exception_request/state": "not_configured"}, "not_collected"],
		"no departments": [{"types/department/state": "stale"}, "stale"],
		"not of this department": [{"departments/CS": {"approval": {"state": "partial"}}}, "source_partial"],
	}
	answer := check with input as _shard({"vuln_findings": [_finding]})
		with data.company as _company({})
		with data.cutoff as _cutoff
		with data.sources as _sources(case[0])
		with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": case[1]}}
}

test_what_may_excuse_matters_only_to_a_worse_fault if {
	answer := check with input as _shard({"hosts": []})
		with data.company as _company({})
		with data.cutoff as _cutoff
		with data.sources as _sources({"types/approval/state": "failed"})
		with data.as_of as _as_of

	{row.reason | some row in answer.unknown} == {"not_collected"}
}

test_approvals_of_another_department_do_not_matter if {
	answer := check with input as _shard({"vuln_findings": [_finding]})
		with data.company as _company({})
		with data.cutoff as _cutoff
		with data.sources as _sources({"departments/FIN": {"approval": {"state": "partial"}}})
		with data.as_of as _as_of

	answer.population == 0
}

test_a_silent_device_is_unknown[name] if {
	some name, case in {
		"behind": [{}, {}],
		"current": [_current, {}],
		"past its support": [{}, {"releases/0/support_ends_at": "2026-08-31T16:00:00Z"}],
	}
	answer := _answer(object.union(case[0], {"hosts/0/last_seen_at": "2026-08-31T15:59:58Z"}), case[1])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": "stale"}}
}

test_a_device_seen_at_the_limit_is_judged if {
	answer := _answer({"hosts/0/last_seen_at": "2026-08-31T15:59:59Z"}, {})

	count(answer.violations) == 1
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"whether a newer one exists": [
			object.union(_current, {
				"software_installs/0/update_state": "unknown",
				"software_installs/0/unknown/update_state": "redacted",
			}),
			{}, "redacted",
		],
		"a release that is not there": [{"software_installs/0/newer_releases": ["reg/release/zoom|9"]}, {}, "not_collected"],
		"released": [
			{},
			{"releases/1/released_at": null, "releases/1/unknown/released_at": "redacted"},
			"redacted",
		],
		"whether it is lacking": [
			_updates([{
				"released_at": "2026-08-01T00:00:00Z",
				"lacking": "unknown",
				"unknown": {"lacking": "unparsable"},
			}]),
			{}, "unparsable",
		],
		"whether it is lacking at all": [
			_updates([{"released_at": "2026-08-01T00:00:00Z", "lacking": null, "unknown": {"lacking": "stale"}}]),
			{}, "stale",
		],
		"chosen, and past its support": [
			{}, {
				"applications/0/selected": "unknown",
				"applications/0/unknown/selected": "redacted",
				"releases/0/support_ends_at": "2026-08-31T16:00:00Z",
			},
			"redacted",
		],
		"device": [{"hosts": []}, {}, "not_collected"],
		"chosen": [
			{},
			{"applications/0/selected": "unknown", "applications/0/unknown/selected": "redacted"},
			"redacted",
		],
		"category": [
			{},
			{"applications/0/category": "unknown", "applications/0/unknown/category": "redacted"},
			"redacted",
		],
	}
	answer := _answer(case[0], case[1])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "inv/software_install/pc1/Zoom", "reason": case[2]}}
}

_answer(changes, company) := answer if {
	answer := check with input as _shard(changes)
		with data.company as _company(company)
		with data.cutoff as _cutoff
		with data.sources as _sources({})
		with data.as_of as _as_of
}

violating := {name: {"input": _shard(case[0]), "data": {
	"as_of": _as_of,
	"company": _company(case[1]),
	"cutoff": _cutoff,
	"sources": _sources({}),
}} |
	some name, case in {
		"by the register": [{}, {}],
		"by a list": [_updates([{"released_at": "2026-08-01T00:00:00Z"}]), {}],
		"by the day of listing": [_updates([object.union(_undated, {"first_seen_at": "2026-08-01T00:00:00Z"})]), {}],
		"by one of two": [
			_updates([{"released_at": "2026-08-01T00:00:00Z"}]),
			{"releases/1/released_at": "2026-09-29T00:00:00Z"},
		],
		"with a hole that was repaired": [{"vuln_findings": [object.union(_finding, {"status": "fixed"})]}, {}],
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {
	"input": _shard(case),
	"data": {"as_of": _as_of, "company": _company({}), "cutoff": _cutoff, "sources": _sources({})},
} |
	some name, case in {
		"current": _current,
		"by a list at the limit": object.union(_current, {"software_installs/0/lists_as_of": "2026-09-16T15:59:59Z"}),
		"it was installed since the list was made": object.union(
			_updates([{"released_at": "2026-08-01T00:00:00Z", "lacking": "no"}]),
			_current,
		),
		"of another program": object.union(
			_updates([{"released_at": "2026-08-01T00:00:00Z", "install": "inv/software_install/pc2/Zoom"}]),
			_current,
		),
	}
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {
	"host_seen_days": "2026-08-31T15:59:59Z",
	"scan_max_age_days": "2026-08-31T15:59:59Z",
	"security_update_days": "2026-09-23T15:59:59Z",
	"update_days": "2026-08-31T15:59:59Z",
	"update_list_days": "2026-09-16T15:59:59Z",
	"vuln_critical_days": "2026-09-23T15:59:59Z",
	"vuln_high_days": "2026-08-31T15:59:59Z",
	"vuln_medium_days": "2026-07-02T15:59:59Z",
	"vuln_low_days": "2026-04-03T15:59:59Z",
}

_sources(changes) := _patched(
	{
		"departments": {},
		"types": {type: {"state": "complete", "sources": []} |
			some type in ["approval", "department", "exception_request"]
		},
	},
	changes,
)

_finding := {
	"uid": "reg/vuln_finding/a",
	"vuln_id": "CVE-2026-1",
	"component": "Zoom",
	"severity": "high",
	"first_seen_at": "2026-08-01T00:00:00Z",
	"last_seen_at": "2026-09-20T00:00:00Z",
	"status": "open",
	"target": "inv/software_install/pc1/Zoom",
	"target_kind": "install",
	"unknown": {},
}

_current := {
	"software_installs/0/update_state": "current",
	"software_installs/0/newer_releases": [],
}

# what a list calls missing; the register knows of nothing newer
_updates(rows) := {"software_installs/0/newer_releases": [], "software_updates": [update |
	some number, row in rows
	update := _without_null(object.union(
		{
			"uid": sprintf("reg/software_update/%d", [number]),
			"install": "inv/software_install/pc1/Zoom",
			"candidate_version": "6.5.4",
			"installed_version": "6.5.1",
			"lacking": "yes",
			"security": "no",
			"first_seen_at": "2026-09-29T00:00:00Z",
			"lists_as_of": "2026-09-29T00:00:00Z",
			"unknown": {},
		},
		row,
	))
]}

_undated := {"released_at": null, "unknown": {"released_at": "stale"}}

_without_null(record) := {field: value | some field, value in record; not is_null(value)}

_shard(changes) := _patched(
	{
		"department": "CS",
		"software_installs": [{
			"uid": "inv/software_install/pc1/Zoom",
			"host": "inv/host/pc1",
			"name": "Zoom",
			"version": "6.5.1",
			"application": "reg/application/zoom",
			"release": "reg/release/zoom|6.5.1",
			"newer_releases": ["reg/release/zoom|6.5.3"],
			"update_state": "behind",
			"lists_as_of": "2026-09-30T15:59:59Z",
			"unknown": {},
		}],
		"software_updates": [],
		"vuln_findings": [],
		"host_scans": [],
		"hosts": [{
			"uid": "inv/host/pc1", "owner": "hr/person/chen", "last_seen_at": "2026-09-29T02:00:00Z", "unknown": {},
		}],
		"people": [{"uid": "hr/person/chen", "department_code": "CS", "posts": [], "status": "active", "unknown": {}}],
		"context": {"hosts": [], "people": [], "software_installs": [], "software_updates": []},
	},
	changes,
)

_company(changes) := _patched(
	{
		"applications": [{
			"uid": "reg/application/zoom", "product": "zoom", "name": "Zoom", "category": "meeting",
			"origin": "register", "registered": "yes", "selected": "yes",
			"exception_approvals": [],
			"unknown": {},
		}],
		"approvals": [],
		"releases": [
			{
				"uid": "reg/release/zoom|6.5.1", "application": "reg/application/zoom", "version": "6.5.1", "branch": "6.5",
				"released_at": "2026-06-01T00:00:00Z",
				"security": "no",
				"lists_as_of": "2026-09-30T15:59:59Z",
				"unknown": {},
			},
			{
				"uid": "reg/release/zoom|6.5.3", "application": "reg/application/zoom", "version": "6.5.3", "branch": "6.5",
				"released_at": "2026-09-10T00:00:00Z",
				"security": "yes",
				"lists_as_of": "2026-09-30T15:59:59Z",
				"unknown": {},
			},
		],
	},
	changes,
)

# values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
