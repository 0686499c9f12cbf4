package lib.belonging_test

import future.keywords.not

import data.lib.belonging

test_a_scope_has_one_department_or_project_at_least[name] if {
	some name, case in {
		"a department": [{"departments": ["FIN"], "projects": []}, "yes"],
		"a project": [{"departments": [], "projects": ["P1"]}, "yes"],
		"nothing": [{"departments": [], "projects": []}, "no"],
	}

	belonging.scoped({"scope": case[0]}) == case[1]
}

test_somebody_is_in_a_project_from_its_first_second_to_its_last[name] if {
	some name, case in {
		"from this second": [{"from_at": _as_of}, "yes"],
		"from the next": [{"from_at": _later}, "no"],
		"until this second": [{"until_at": _as_of}, "yes"],
		"until the one before": [{"until_at": _before}, "no"],
	}

	belonging.by_project(_group, _person) == case[1]
		with data.company.assignments as [object.union(_assignment, case[0])]
		with data.as_of as _as_of
		with data.sources.types.assignment.state as "complete"
}

test_what_ends_in_this_second_has_not_ended[at] if {
	some at, ends in {_as_of: set(), _before: {_before}}

	belonging.ends(_group, _person) == ends
		with data.company.assignments as [object.union(_assignment, {"until_at": at})]
		with data.as_of as _as_of
}

_before := "2026-09-30T15:59:58Z"

_as_of := "2026-09-30T15:59:59Z"

_later := "2026-09-30T16:00:00Z"

_group := {"uid": "im/group/g1", "scope": {"departments": [], "projects": ["P1"]}, "unknown": {}}

_person := {"uid": "hr/person/chen", "unknown": {}}

_assignment := {
	"uid": "reg/assignment/a",
	"person": _person.uid,
	"project": "P1",
	"from_at": "2026-03-01T00:00:00Z",
	"unknown": {},
}
