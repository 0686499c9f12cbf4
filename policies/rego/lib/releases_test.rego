package lib.releases_test

import future.keywords.not

import data.lib.releases

test_support_lasts_until_its_last_second[name] if {
	some name, case in {
		"of the version": [{"support_ends_at": _as_of}, {}, "no"],
		"of the version, a second ago": [{"support_ends_at": _before}, {}, "yes"],
		"of the product": [{}, {"support_ends_at": _as_of}, "no"],
		"of the product, a second ago": [{}, {"support_ends_at": _before}, "yes"],
	}

	releases.ended(_install) == case[2]
		with data.company as _company([object.union(_release, case[0])], case[1])
		with data.as_of as _as_of
}

# of which it is not known whether it is supported together with the other
test_a_version_of_an_unknown_branch_leaves_a_doubt_while_it_is_supported[at] if {
	some at, answer in {_as_of: "unknown", _before: "yes"}
	another := {
		"uid": "reg/release/another",
		"application": "reg/application/im",
		"support_ends_at": at,
		"unknown": {"branch": "stale"},
	}

	releases.ended(_install) == answer
		with data.company as _company([object.union(_release, {"support_ends_at": _before}), another], {})
		with data.as_of as _as_of
}

_as_of := "2026-09-30T15:59:59Z"

_before := "2026-09-30T15:59:58Z"

_install := {
	"uid": "edr/software_install/a",
	"application": "reg/application/im",
	"release": "reg/release/a",
	"unknown": {},
}

_release := {"uid": "reg/release/a", "application": "reg/application/im", "branch": "1", "unknown": {}}

_company(versions, fields) := {
	"releases": versions,
	"applications": [object.union({"uid": "reg/application/im", "unknown": {}}, fields)],
}
