package checks["4.3-d_test"]

import future.keywords.not

import data.checks["4.3-d"] as check

test_a_tool_that_nobody_maintained_is_a_violation[name] if {
	some name, application in {
		"never": object.remove(_element, ["last_maintained_at"]),
		"too long ago by a second": object.union(_element, {"last_maintained_at": "2026-07-02T15:59:58Z"}),
	}
	answer := check with input as _shard
		with data.company.applications as [application]
		with data.company.departments as []
		with data.cutoff.maintenance_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _element.uid, "evidence": {
		"deployed_at": "2026-01-04T16:00:00Z",
		"last_maintained_at": object.get(application, "last_maintained_at", "none"),
	}}}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company.applications as document.data.company.applications
		with data.company.departments as document.data.company.departments
		with data.cutoff.maintenance_days as document.data.cutoff.maintenance_days
		with data.as_of as document.data.as_of

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, fields in {
		"selected": {"selected": "unknown", "last_maintained_at": null, "unknown": {"selected": "stale"}},
		"category": {"category": "unknown", "last_maintained_at": null, "unknown": {"category": "stale"}},
		"registered": {
			"selected": "unknown", "registered": "unknown", "last_maintained_at": null,
			"unknown": {"registered": "stale"},
		},
		"maintained": {"last_maintained_at": null, "unknown": {"last_maintained_at": "stale"}},
		"in use": {"deployed_at": null, "last_maintained_at": null, "unknown": {"deployed_at": "stale"}},
	}
	answer := check with input as _shard
		with data.company.applications as [_changed(fields)]
		with data.company.departments as []
		with data.cutoff.maintenance_days as _cutoff
		with data.as_of as _as_of

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _element.uid, "reason": "stale"}}
}

test_maintenance_after_as_of_hides_the_one_before if {
	answer := check with input as _shard
		with data.company.applications as [_changed({"last_maintained_at": "2026-10-01T00:00:00Z"})]
		with data.company.departments as []
		with data.cutoff.maintenance_days as _cutoff
		with data.as_of as _as_of

	answer.unknown == {{"subject": _element.uid, "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {name: {"input": _shard, "data": {
	"company": {"applications": [application], "departments": []},
	"cutoff": {"maintenance_days": _cutoff},
	"as_of": _as_of,
}} |
	some name, application in {
		"never maintained": object.remove(_element, ["last_maintained_at"]),
		"maintained long ago": object.union(_element, {"last_maintained_at": "2026-02-01T00:00:00Z"}),
	}
}

# may accuse: department_code: what is wrong with a tool is wrong wherever it belongs

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard, "data": {
	"company": {
		"applications": [_changed(fields)],
		"departments": [{"uid": "d/RD", "code": "RD", "renamed_from": [], "unknown": {}}],
	},
	"cutoff": {"maintenance_days": _cutoff},
	"as_of": _as_of,
}} |
	some name, fields in {
		"maintained in this second": {"last_maintained_at": _as_of},
		"maintained": {},
		"as long ago as allowed": {"last_maintained_at": _cutoff},
		"in use for less": {"deployed_at": _cutoff, "last_maintained_at": "2020-01-01T00:00:00Z"},
		"not in use": {"deployed_at": null, "last_maintained_at": null},
		"not selected": {"selected": "no", "last_maintained_at": null},
		"mail": {"category": "mail", "last_maintained_at": null},
		"a department's": {"department_code": "RD", "last_maintained_at": null},
		"maintained, use not known": {"deployed_at": null, "unknown": {"deployed_at": "stale"}},
	}
}

# of these the check does not ask its question
_outside := {"a department's", "in use for less", "mail", "not in use", "not selected"}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2026-07-02T15:59:59Z"

_element := {
	"uid": "r/application/element",
	"category": "chat",
	"registered": "yes",
	"selected": "yes",
	"deployed_at": "2026-01-04T16:00:00Z",
	"last_maintained_at": "2026-08-01T00:00:00Z",
	"unknown": {},
}

_changed(fields) := object.filter(object.union(_element, fields), {name |
	some name, value in object.union(_element, fields)
	not is_null(value)
})

_shard := {"department": "_company", "people": [], "context": {"people": []}}
