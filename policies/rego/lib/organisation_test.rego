package lib.organisation_test

import future.keywords.not

import data.lib.organisation

test_what_a_department_became[name] if {
	some name, codes in {
		"CS": {"CS"},
		"KF": {"KF", "CS"},
		"HOT": {"HOT", "CS"},
		"strange": {"strange"},
	}

	organisation.became(name) == codes with data.company as _company
}

test_the_line_above[name] if {
	some name, case in {
		"GD": [{"GD"}, "yes"],
		"CS": [{"CS", "OPS", "GD"}, "yes"],
		"KF": [{"KF", "OPS", "GD"}, "yes"],
		"strange": [{"strange"}, "unknown"],
		"LOST": [{"LOST"}, "unknown"],
		"OPEN": [{"OPEN"}, "unknown"],
		"LEFT": [{"LEFT", "RIGHT"}, "unknown"],
	}

	organisation.line(name) == case[0] with data.company as _company
	organisation.line_known(name) == case[1] with data.company as _company
}

test_heads_at_an_instant[name] if {
	some name, case in {
		"before": ["2026-06-30T15:59:59Z", {"p/old", "p/boss"}],
		"from the first instant": ["2026-06-30T16:00:00Z", {"p/new", "p/boss"}],
	}

	organisation.heads({"OPS", "GD"}, case[0]) == case[1] with data.company as _company
	organisation.heads_known({"OPS", "GD"}, case[0]) == "yes" with data.company as _company
}

test_heads_that_were_not_delivered_are_not_known if {
	organisation.heads_known({"CS"}, "2026-06-30T16:00:00Z") == "unknown" with data.company as _company
}

test_delegation[name] if {
	some name, case in {
		"in its time": ["p/deputy", "2026-05-11T00:00:00Z", "yes"],
		"before": ["p/deputy", "2026-05-09T15:59:59Z", "no"],
		"from its first second": ["p/deputy", "2026-05-10T16:00:00Z", "yes"],
		"in the second before": ["p/deputy", "2026-05-10T15:59:59Z", "no"],
		"until its last second": ["p/deputy", "2026-06-05T16:00:00Z", "yes"],
		"after": ["p/deputy", "2026-06-05T16:00:01Z", "no"],
		"somebody else": ["p/clerk", "2026-05-11T00:00:00Z", "no"],
		"start not known": ["p/late", "2026-05-11T00:00:00Z", "unknown"],
	}

	organisation.delegated(case[0], {"p/new"}, case[1]) == case[2] with data.company as _company
}

test_where_a_department_is_judged[name] if {
	some name, case in {
		"itself": ["CS", "CS"],
		"by its former code": ["CS", "KF"],
		"after a merger": ["CS", "HOT"],
		"nobody knows it": ["_company", "strange"],
	}

	organisation.is_here(case[1]) with data.company as _company
		with input.department as case[0]
		with data.as_of as "2026-09-30T15:59:59Z"
}

test_elsewhere_it_is_not_judged[name] if {
	some name, case in {
		"known": ["_company", "CS"],
		"above": ["OPS", "CS"],
	}

	not organisation.is_here(case[1]) with data.company as _company
		with input.department as case[0]
		with data.as_of as "2026-09-30T15:59:59Z"
}

_department(code, fields) := object.union(
	{"uid": sprintf("d/%s", [code]), "code": code, "renamed_from": [], "deputies": [], "unknown": {}},
	fields,
)

_company := {
	"departments": [
		_department("GD", {"heads": [{"person": "p/boss", "acting": "no"}]}),
		_department("OPS", {"parent": "GD", "heads": [
			{"person": "p/old", "acting": "no", "until_at": "2026-06-30T16:00:00Z"},
			{"person": "p/new", "acting": "yes", "from_at": "2026-06-30T16:00:00Z"},
		]}),
		_department("CS", {"parent": "OPS", "renamed_from": ["KF"], "unknown": {"heads": "stale"}}),
		_department("HOT", {"parent": "OPS", "merged_into": "CS", "valid_until": "2026-01-01T00:00:00Z"}),
		_department("LOST", {"parent": "nowhere"}),
		_department("OPEN", {"unknown": {"parent": "stale"}}),
		_department("LEFT", {"parent": "RIGHT"}),
		_department("RIGHT", {"parent": "LEFT"}),
	],
	"delegations": [
		{
			"uid": "r/delegation/1", "delegator": "p/new", "delegate": "p/deputy",
			"valid_from": "2026-05-10T16:00:00Z", "valid_until": "2026-06-05T16:00:00Z", "unknown": {},
		},
		{"uid": "r/delegation/2", "delegator": "p/new", "delegate": "p/late", "unknown": {"valid_from": "stale"}},
	],
}
