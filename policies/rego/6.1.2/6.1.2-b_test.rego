package checks["6.1.2-b_test"]

import future.keywords.not

import data.checks["6.1.2-b"] as check

test_somebody_who_moved_long_ago_is_a_violation if {
	answer := _answer({})

	answer.population == 1
	answer.violations == {{
		"subject": "im/membership/g1/chen",
		"owner": "hr/person/gao",
		"evidence": {
			"account": "im/account/chen",
			"department_code": "CS",
			"group": "im/group/g1",
			"holder": "hr/person/chen",
			"outside_since": "2026-08-02T16:00:00Z",
			"scope": ["FIN"],
			"via": "direct",
		},
	}}
	answer.unknown == set()
}

test_outside_since_the_latest_of_what_made_it_so[name] if {
	some name, case in {
		"joined later": [{"memberships/0/joined_at": "2026-09-01T00:00:00Z"}, "2026-09-01T00:00:00Z"],
		"first seen later": [
			{
				"memberships/0/joined_at": null,
				"memberships/0/first_seen_at": "2026-09-02T00:00:00Z",
				"memberships/0/unknown/joined_at": "stale",
			},
			"2026-09-02T00:00:00Z",
		],
		"the scope is newer": [{"groups/0/scope_as_of": "2026-09-03T00:00:00Z"}, "2026-09-03T00:00:00Z"],
		"nobody says since when the scope is so": [{"groups/0/scope_as_of": null}, "2026-08-02T16:00:00Z"],
		"the project ended later": [
			{"groups/0/scope/projects": ["P1"], "assignments/0": _assigned({"until_at": "2026-09-04T00:00:00Z"})},
			"2026-09-04T00:00:00Z",
		],
		"one second past the days": [{"people/0/post_since": "2026-09-15T15:59:58Z"}, "2026-09-15T15:59:58Z"],
	}
	answer := _answer(case[0])

	{row.evidence.outside_since | some row in answer.violations} == {case[1]}
	answer.unknown == set()
}

test_these_are_violations_too[name] if {
	some name, changes in {
		"nested": {"memberships/0/via": "nested", "memberships/0/source_membership": "im/membership/g2/chen"},
		"a moderator": {"memberships/0/role": "moderator"},
		"let in as a guest": {"memberships/0/role": "guest"},
		"on leave": {"people/0/status": "leave"},
		"the department above": {"people/0/department_code": "OPS", "groups/0/scope/departments": ["CS"]},
		"another second post": {"people/0/posts": [{"department_code": "OPS", "position": "顧問"}]},
		"another project": {"groups/0/scope/projects": ["P1"], "assignments/0": _assigned({"project": "P2"})},
		"somebody else's project": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"person": "hr/person/gao"}),
		},
		"a project that only begins": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"from_at": "2026-10-08T00:00:00Z"}),
		},
		"headed it once": {"departments/1/heads": [{
			"person": "hr/person/chen",
			"until_at": "2026-08-02T16:00:00Z",
			"acting": "no",
		}]},
	}
	answer := _answer(changes)

	answer.population == 1
	{row.subject | some row in answer.violations} == {"im/membership/g1/chen"}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as document.data.as_of
		with data.cutoff as document.data.cutoff
		with data.sources.types.assignment.state as document.data.sources.types.assignment.state

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"an outsider": {"memberships/0/external": "yes"},
		"no member of staff": {"people/0/employment_type": "external"},
		"a leaver": {"people/0/status": "left", "people/0/last_day_ends_at": "2026-09-01T16:00:00Z"},
		"a closed account": {"accounts/0/state": "deactivated"},
		"a robot": {"accounts/0/kind": "bot"},
		"nobody's account": {"accounts/0/holder": null},
		"an owner by role": {"memberships/0/role": "owner"},
		"an owner by the register": {"groups/0/owners": ["im/account/chen"]},
		"an archived group": {"groups/0/archived": "yes"},
		"a chat of two": {"groups/0/direct": "yes"},
		"a group without a scope": {"groups/0/scope/departments": []},
	}
	answer := _answer(changes)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"scope": {"groups/0/scope": null, "groups/0/unknown/scope": "stale"},
		"archived": {"groups/0/archived": "unknown", "groups/0/unknown/archived": "stale"},
		"direct": {"groups/0/direct": "unknown", "groups/0/unknown/direct": "stale"},
		"managers": {"groups/0/owners": null, "groups/0/unknown/owners": "stale"},
		"since when the scope is so": {"groups/0/scope_as_of": null, "groups/0/unknown/scope_as_of": "stale"},
		"outsider": {"memberships/0/external": "unknown", "memberships/0/unknown/external": "stale"},
		"role": {"memberships/0/role": "unknown", "memberships/0/unknown/role": "stale"},
		"when joined": {"memberships/0/joined_at": null, "memberships/0/unknown/joined_at": "stale"},
		"when joined, first seen lately": {
			"memberships/0/joined_at": null,
			"memberships/0/first_seen_at": "2026-09-15T15:59:59Z",
			"memberships/0/unknown/joined_at": "stale",
		},
		"kind of account": {"accounts/0/kind": "unknown", "accounts/0/unknown/kind": "stale"},
		"state of the account": {"accounts/0/state": "unknown", "accounts/0/unknown/state": "stale"},
		"holder": {"accounts/0/holder": null, "accounts/0/unknown/holder": "stale"},
		"employment": {"people/0/employment_type": "unknown", "people/0/unknown/employment_type": "stale"},
		"last day": {"people/0/unknown/last_day_ends_at": "stale"},
		"status": {"people/0/status": "unknown", "people/0/unknown/status": "stale"},
		"department": {"people/0/department_code": null, "people/0/unknown/department_code": "stale"},
		"in the post since": {"people/0/post_since": null, "people/0/unknown/post_since": "stale"},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "im/membership/g1/chen", "reason": "stale"}}
}

test_what_the_company_does_not_know_is_unknown[name] if {
	some name, changes in {
		"a scope of a strange department": {"groups/0/scope/departments": ["X"]},
		"who heads": {"departments/1/heads": null},
		"who is in the project": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": object.remove(_assigned({}), ["person"]),
		},
		"since when in the project": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": object.remove(_assigned({}), ["from_at"]),
		},
		"until when in the project": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"unknown": {"until_at": "stale"}}),
		},
		"a group that is not there": {"memberships/0/group": "im/group/none"},
	}
	answer := _answer(changes)

	answer.population == 1
	answer.violations == set()
	{row.subject | some row in answer.unknown} == {"im/membership/g1/chen"}
}

test_why_the_company_does_not_know[name] if {
	some name, changes in {
		"what took the scope over": {
			"people/0/department_code": "SAL",
			"groups/0/scope/departments": ["MKT"],
			"departments/6/merged_into": null,
			"departments/6/unknown/merged_into": "stale",
		},
		"what took the person's department over": {
			"people/0/department_code": "MKT",
			"groups/0/scope/departments": ["SAL"],
			"departments/6/merged_into": null,
			"departments/6/unknown/merged_into": "stale",
		},
		"what is above": {"departments/3/parent": null, "departments/3/unknown/parent": "stale"},
		"who heads": {"departments/1/heads": null, "departments/1/unknown/heads": "stale"},
		"whose project ended lately": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": object.remove(
				_assigned({"until_at": "2026-09-15T15:59:59Z", "unknown": {"person": "stale"}}),
				["person"],
			),
		},
		"since when in the project": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": object.remove(_assigned({"unknown": {"from_at": "stale"}}), ["from_at"]),
		},
		"until when in the project": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"unknown": {"until_at": "stale"}}),
		},
		"since when in the company": {
			"people/0/hire_day_starts_at": null,
			"people/0/unknown/hire_day_starts_at": "stale",
		},
		"since when seen, nor when joined": {
			"memberships/0/joined_at": null,
			"memberships/0/unknown/first_seen_at": "stale",
		},
		"first seen long ago, state": {
			"memberships/0/joined_at": null,
			"memberships/0/unknown/joined_at": "not_supported",
			"memberships/0/first_seen_at": "2026-08-01T00:00:00Z",
			"accounts/0/state": "unknown",
			"accounts/0/unknown/state": "stale",
		},
	}
	answer := _answer(changes)

	answer.violations == set()
	answer.unknown == {{"subject": "im/membership/g1/chen", "reason": "stale"}}
}

test_whosoever_project_ended_long_ago_it_excuses_nobody if {
	answer := _answer({
		"groups/0/scope/projects": ["P1"],
		"assignments/0": object.remove(_assigned({"until_at": "2026-09-15T15:59:58Z"}), ["person"]),
	})

	[violation.evidence.outside_since | some violation in answer.violations] == ["2026-08-02T16:00:00Z"]
	answer.unknown == set()
}

test_projects_that_nobody_keeps_a_list_of_are_unknown if {
	parts := _parts({"groups/0/scope/projects": ["P1"]})
	answer := check with input as parts.input
		with data.company as parts.company
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.sources.types.assignment.state as "not_configured"

	answer.violations == set()
	answer.unknown == {{"subject": "im/membership/g1/chen", "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": parts.input, "data": {
	"company": parts.company,
	"as_of": _as_of,
	"cutoff": _cutoff,
	"sources": {"types": {"assignment": {"state": "complete"}}},
}} |
	some name, changes in {
		"moved": {},
		"moved, and nobody knows since when in the group": {
			"memberships/0/joined_at": null,
			"memberships/0/unknown/joined_at": "not_supported",
			"memberships/0/first_seen_at": "2026-08-01T00:00:00Z",
		},
		"the project ended": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"until_at": "2026-08-10T16:00:00Z"}),
		},
	}
	parts := _parts(changes)
}

# may accuse: joined_at: who was seen in it long ago is taken to have stayed, unless it is known that he joined anew
# may accuse: person: whoever an assignment names without being in HR's file is not the member, who is in it
# other reason: first_seen_at: when somebody joined is asked first, and is not known for a reason of its own

# who is looked at and has done nothing wrong
innocent := {name: {"input": parts.input, "data": {
	"company": parts.company,
	"as_of": _as_of,
	"cutoff": _cutoff,
	"sources": {"types": {"assignment": {"state": "complete"}}},
}} |
	some name, changes in {
		"in the department": {"people/0/department_code": "FIN"},
		"in a department below": {"groups/0/scope/departments": ["OPS"]},
		"anywhere in the company": {"groups/0/scope/departments": ["GD"]},
		"in the second post": {"people/0/posts": [{"department_code": "FIN", "position": "顧問"}]},
		"the scope has the old code": {"people/0/department_code": "LEG", "groups/0/scope/departments": ["LAW"]},
		"the scope was merged": {"people/0/department_code": "SAL", "groups/0/scope/departments": ["MKT"]},
		"HR has the old code": {"people/0/department_code": "MKT", "groups/0/scope/departments": ["SAL"]},
		"heads the department": {"departments/1/heads": [{"person": "hr/person/chen", "acting": "no"}]},
		"heads what is above": {"departments/0/heads": [{"person": "hr/person/chen", "acting": "yes"}]},
		"is its deputy": {"departments/0/deputies": ["hr/person/chen"]},
		"in the project": {"groups/0/scope/projects": ["P1"], "assignments/0": _assigned({})},
		"in the project until now": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"until_at": "2026-09-30T15:59:59Z"}),
		},
		"exactly as long as allowed": {"people/0/post_since": "2026-09-15T15:59:59Z"},
		"joined lately": {"memberships/0/joined_at": "2026-09-15T15:59:59Z"},
		"joined anew lately": {
			"memberships/0/joined_at": "2026-09-15T15:59:59Z",
			"memberships/0/first_seen_at": "2024-03-31T15:59:59Z",
		},
		"the scope is new": {"groups/0/scope_as_of": "2026-09-15T15:59:59Z"},
		"the project ended lately": {
			"groups/0/scope/projects": ["P1"],
			"assignments/0": _assigned({"until_at": "2026-09-15T15:59:59Z"}),
		},
	}
	parts := _parts(changes)
}

_answer(changes) := answer if {
	parts := _parts(changes)
	answer := check with input as parts.input
		with data.company as parts.company
		with data.as_of as _as_of
		with data.cutoff as _cutoff
		with data.sources.types.assignment.state as "complete"
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"scope_grace_working_days": "2026-09-15T15:59:59Z"}

_assigned(changes) := object.union(
	{
		"uid": "reg/assignment/a1",
		"person": "hr/person/chen",
		"project": "P1",
		"from_at": "2026-03-01T00:00:00Z",
		"unknown": {},
	},
	changes,
)

_department(code, changes) := object.union(
	{
		"uid": concat("/", ["hr/department", code]),
		"code": code,
		"parent": "GD",
		"renamed_from": [],
		"heads": [],
		"deputies": [],
		"unknown": {},
	},
	changes,
)

_company := {
	"assignments": [],
	"departments": [
		object.remove(_department("GD", {}), ["parent"]),
		_department("FIN", {}),
		_department("OPS", {}),
		_department("CS", {"parent": "OPS"}),
		_department("SAL", {}),
		_department("LEG", {"renamed_from": ["LAW"]}),
		_department("MKT", {"merged_into": "SAL", "valid_until": "2026-07-31T16:00:00Z"}),
	],
}

_shard := {
	"memberships": [{
		"uid": "im/membership/g1/chen",
		"group": "im/group/g1",
		"account": "im/account/chen",
		"role": "member",
		"via": "direct",
		"joined_at": "2024-03-04T00:00:00Z",
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
		"scope": {"departments": ["FIN"], "projects": []},
		"scope_as_of": "2026-01-14T16:00:00Z",
		"unknown": {},
	}],
	"accounts": [{
		"uid": "im/account/chen",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"unknown": {},
	}],
	"people": [{
		"uid": "hr/person/chen",
		"status": "active",
		"employment_type": "employee",
		"hire_day_starts_at": "2020-02-29T16:00:00Z",
		"department_code": "CS",
		"posts": [],
		"post_since": "2026-08-02T16:00:00Z",
		"employments": [],
		"unknown": {},
	}],
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
		"people": [{
			"uid": "hr/person/gao",
			"status": "active",
			"employment_type": "employee",
			"posts": [],
			"employments": [],
			"unknown": {},
		}],
	},
}

# the shard and the company with values put at paths; null takes away
_parts(changes) := {
	"input": object.remove(changed, object.keys(_company)),
	"company": object.filter(changed, object.keys(_company)),
} if {
	changed := json.patch(object.union(_shard, _company), [step |
		some path, value in changes
		step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
	])
}
