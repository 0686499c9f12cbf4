package checks["4.2-b_test"]

import future.keywords.not

import data.checks["4.2-b"] as check

test_use_without_an_exception_that_holds_is_a_violation[name] if {
	some name, case in {
		"not decided": [{}, {"state": "pending"}, {"state": "pending", "decisions": []}, "unapproved"],
		"done without a decision": [{}, {}, {"decisions": []}, "unapproved"],
		"decided by an assessor": [{}, {}, {"decisions": [object.union(_decision, {"role": "assessor"})]}, "unapproved"],
		"rejected": [{}, {"state": "rejected"}, {"state": "rejected"}, "unapproved"],
		"taken back": [{}, {"state": "withdrawn"}, {}, "unapproved"],
		"no approval": [{}, {"approval": null}, {}, "unapproved"],
		"assessed after the decision": [{}, {"assessed_at": "2026-02-10T03:00:01Z"}, {}, "not_assessed_by_it"],
		"not assessed": [{}, {"assessed_at": null}, {}, "not_assessed_by_it"],
		"over by a second": [{}, {}, {"valid_until": "2026-09-30T15:59:58Z"}, "expired"],
		"called expired": [{}, {"state": "expired"}, {}, "expired"],
		"its approval called expired": [{}, {}, {"state": "expired"}, "expired"],
		"called expired, and not assessed": [{}, {"state": "expired", "assessed_at": null}, {}, "expired"],
		"over, and not assessed": [{}, {"assessed_at": null}, {"valid_until": "2026-09-30T15:59:58Z"}, "expired"],
		"rejected, and over": [{}, {"state": "rejected"}, {"valid_until": "2026-09-30T15:59:58Z"}, "unapproved"],
		"of another department": [{}, {"department_code": "FIN"}, {}, "other_department"],
		"of the department above, which does not name it": [{}, {"department_code": "GD"}, {}, "other_department"],
		"of another department that names it": [{}, {"department_code": "FIN", "also_for": ["CS"]}, {}, "other_department"],
		"installed before it began": [{"installed_at": "2026-08-14T15:59:59Z"}, {}, {"valid_from": _begin}, "early"],
		"first seen before it began": [{"first_seen_at": "2026-08-01T00:00:00Z"}, {}, {"valid_from": _begin}, "early"],
		"changed before it began": [
			{"installed_at_kind": "last_change", "installed_at": "2026-08-14T15:59:59Z"},
			{}, {"valid_from": _begin}, "early",
		],
		"began with the period, installed before": [
			{"installed_at": "2026-06-30T15:59:59Z"},
			{}, {"valid_from": "2026-06-30T16:00:00Z"}, "early",
		],
		"begins tomorrow": [{}, {}, {"valid_from": "2026-09-30T16:00:00Z"}, "early"],
	}
	answer := check with input as _shard(case[0], {})
		with data.company as _company(_slack, [_changed(_request, case[1])], _changed(_approval, case[2]))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 1
	answer.unknown == set()
	[violation.evidence.case | some violation in answer.violations] == [case[3]]
}

test_evidence[name] if {
	some name, case in {
		"a request that is over": [{}, {"valid_from": "2026-03-01T16:00:00Z", "valid_until": "2026-08-31T16:00:00Z"}, {
			"case": "expired",
			"decided_at": "2026-02-10T03:00:00Z",
			"request": _request.uid,
			"valid_from": "2026-03-01T16:00:00Z",
			"valid_until": "2026-08-31T16:00:00Z",
		}],
		"a request that nobody decided": [{}, {"state": "pending", "decisions": []}, {
			"case": "unapproved",
			"decided_at": "none",
			"request": _request.uid,
			"valid_from": "none",
			"valid_until": "2026-12-31T16:00:00Z",
		}],
		"nothing that covers it": [{"department_code": "FIN"}, {}, {
			"case": "other_department",
			"decided_at": "none",
			"request": "none",
			"valid_from": "none",
			"valid_until": "none",
		}],
	}
	answer := check with input as _shard({}, {})
		with data.company as _company(_slack, [_changed(_request, case[0])], _changed(_approval, case[1]))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.violations == {{"subject": _install.uid, "evidence": object.union(case[2], {
		"application": _slack.uid,
		"first_seen_at": "unknown",
		"host": _host.uid,
		"installed_at": "2026-08-20T02:00:00Z",
		"person": "hr/person/chen",
	})}}
}

test_the_request_that_comes_nearest_is_named if {
	answer := check with input as _shard({}, {})
		with data.company as _company(_slack, [_other, _request], object.union(_approval, {"valid_until": _begin}))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	[violation.evidence.request | some violation in answer.violations] == [_request.uid]
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.cutoff.host_seen_days as document.data.cutoff.host_seen_days
		with data.as_of as document.data.as_of
		with data.period as document.data.period

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_not_looked_at[name] if {
	some name, case in {
		"selected": [{}, {"selected": "yes"}, [_request]],
		"mail": [{}, {"category": "mail"}, [_request]],
		"no tool": [{"application": null}, {}, [_request]],
		"nobody asked for it: 4.1-a": [{}, {}, []],
	}
	answer := check with input as _shard(case[0], {})
		with data.company as _company(object.union(_slack, case[1]), case[2], _approval)
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"device not seen": [{}, {"last_seen_at": "2026-08-31T15:59:58Z"}, {"state": "rejected"}, {}],
		"user": [{}, {"owner": null, "unknown": {"owner": "stale"}}, {"department_code": "FIN"}, {}],
		"request": [{}, {}, {"state": "unknown", "unknown": {"state": "stale"}}, {}],
		"approval": [{}, {}, {"approval": null, "unknown": {"approval": "stale"}}, {}],
		"state of the approval": [{}, {}, {}, {"state": "unknown", "unknown": {"state": "stale"}}],
		"decisions": [{}, {}, {}, {"decisions": null, "unknown": {"decisions": "stale"}}],
		"validity": [{}, {}, {}, {"valid_until": null, "unknown": {"valid_until": "stale"}}],
		"assessment": [{}, {}, {"assessed_at": null, "unknown": {"assessed_at": "stale"}}, {}],
		"department": [{}, {}, {"department_code": null, "unknown": {"department_code": "stale"}}, {}],
		"what is asked for": [{}, {}, {"application": null, "unknown": {"application": "stale"}}, {}],
		"when it was installed": [
			{"installed_at": null, "unknown": {"installed_at": "stale"}},
			{}, {}, {"valid_from": _begin},
		],
		"what its time is of": [
			{"installed_at": "2026-08-01T00:00:00Z", "installed_at_kind": "unknown", "unknown": {"installed_at_kind": "stale"}},
			{}, {}, {"valid_from": _begin},
		],
		"whether a decision assessed it": [
			{}, {}, {"assessed_at": null},
			{"decisions": null, "unknown": {"decisions": "stale"}},
		],
		"only a last change": [
			{"installed_at_kind": "last_change", "unknown": {"first_seen_at": "stale"}},
			{}, {}, {"valid_from": _begin},
		],
	}
	answer := check with input as _shard(case[0], case[1])
		with data.company as _company(_slack, [_changed(_request, case[2])], _changed(_approval, case[3]))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _install.uid, "reason": "stale"}}
}

test_what_else_is_not_known[name] if {
	some name, case in {
		"the user's department": [{"people": _no_department}, {}, "stale"],
		"what stands above it": [
			{}, {
				"departments": _departments_but({"code": "CS", "parent": null, "unknown": {"parent": "stale"}}),
				"exception_requests": [object.union(_request, {"department_code": "GD", "also_for": ["CS"]})],
			},
			"stale",
		],
		"what the asking department became": [
			{}, {
				"departments": _departments_but({"code": "HOT", "merged_into": null, "unknown": {"merged_into": "stale"}}),
				"exception_requests": [object.union(_request, {"department_code": "HOT"})],
			},
			"stale",
		],
		"what the user's department became": [
			{}, {
				"departments": _departments_but({"code": "CS", "unknown": {"merged_into": "stale"}}),
				"exception_requests": [object.union(_request, {"department_code": "FIN"})],
			},
			"stale",
		],
		"a code that the tree does not hold": [
			{}, {"exception_requests": [object.union(_request, {"department_code": "OLD"})]},
			"not_collected",
		],
		"a code above that the tree does not hold": [
			{}, {"exception_requests": [object.union(_request, {"department_code": "OLD", "also_for": ["CS"]})]},
			"not_collected",
		],
		"an approval that leads nowhere": [
			{}, {"exception_requests": [object.union(_request, {"approval": "register/approval/gone"})]},
			"not_collected",
		],
	}
	answer := check with input as object.union(_shard({}, {}), case[0])
		with data.company as object.union(_company(_slack, [_request], _approval), case[1])
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.violations == set()
	answer.unknown == {{"subject": _install.uid, "reason": case[2]}}
}

test_a_request_for_nobody_knows_what_may_allow_it[name] if {
	some name, case in {
		"not known": [{"application": null, "unknown": {"application": "stale"}}, {"stale"}],
		"leads nowhere": [{"application": "register/application/gone"}, {"not_collected"}],
		"refused": [{"application": null, "state": "rejected"}, set()],
		"of another department": [{"application": null, "department_code": "FIN"}, set()],
	}
	requests := [_other, _changed(_request, case[0])]
	answer := check with input as _shard({}, {})
		with data.company as _company(_slack, requests, _approval)
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	{row.reason | some row in answer.unknown} == case[1]
	count(answer.violations) == 1 - count(answer.unknown)
}

test_a_last_change_proves_no_install if {
	answer := check with input as _shard({"installed_at_kind": "last_change"}, {})
		with data.company as _company(_slack, [_request], _changed(_approval, {"valid_from": _begin}))
		with data.cutoff.host_seen_days as _cutoff
		with data.as_of as _as_of
		with data.period as _period

	answer.violations == set()
	answer.unknown == {{"subject": _install.uid, "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each input gives a violation
violating := {name: {
	"input": _shard(case[2], {}),
	"data": {
		"company": _company(_slack, [_changed(_request, case[0])], _changed(_approval, case[1])),
		"cutoff": {"host_seen_days": _cutoff},
		"as_of": _as_of,
		"period": _period,
	},
} |
	some name, case in {
		"not decided": [{"state": "pending"}, {"state": "pending", "decisions": []}, {}],
		"over": [{}, {"valid_until": "2026-08-31T16:00:00Z"}, {}],
		"of another department": [{"department_code": "FIN"}, {}, {}],
		"not assessed in time": [{"assessed_at": "2026-02-11T03:00:00Z"}, {}, {}],
		"installed before it began": [{}, {"valid_from": "2026-08-31T16:00:00Z"}, {}],
		"seen before it began, and installed again": [
			{}, {"valid_from": _begin},
			{"installed_at": _begin, "first_seen_at": "2026-08-14T15:59:59Z"},
		],
		"seen before it began, changed since": [
			{}, {"valid_from": _begin},
			{"installed_at_kind": "last_change", "first_seen_at": "2026-08-01T00:00:00Z"},
		],
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case[0], {}), "data": {
	"company": _company(_slack, [_other, _changed(_request, case[1])], _changed(_approval, case[2])),
	"cutoff": {"host_seen_days": _cutoff},
	"as_of": _as_of,
	"period": _period,
}} |
	some name, case in {
		"began with the period": [{}, {}, {"valid_from": "2026-06-30T16:00:00Z"}],
		"first seen in the second when it began": [
			{"installed_at": _begin, "first_seen_at": _begin},
			{}, {"valid_from": _begin},
		],
		"in force": [{}, {}, {}],
		"until this very second": [{}, {}, {"valid_until": _as_of}],
		"named by the department above": [{}, {"department_code": "GD", "also_for": ["CS"]}, {}],
		"under its former code": [{}, {"department_code": "KF"}, {}],
		"of a department that was merged into it": [{}, {"department_code": "HOT"}, {}],
		"of the second post": [{}, {"department_code": "RD"}, {}],
		"assessed by a decision": [{}, {"assessed_at": null}, {"decisions": [
			{"by": "hr/person/it", "role": "assessor", "decision": "approved", "at": "2026-02-09T03:00:00Z"},
			_decision,
		]}],
		"assessed in the second of the decision": [{}, {"assessed_at": "2026-02-10T03:00:00Z"}, {}],
		"installed in the second when it began": [{"installed_at": _begin}, {}, {"valid_from": _begin}],
		"early, but in an earlier period": [{"installed_at": "2026-01-01T00:00:00Z"}, {}, {}],
		"one of two holds": [{}, {}, {}],
	}
}

_as_of := "2026-09-30T15:59:59Z"

_begin := "2026-08-14T16:00:00Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_cutoff := "2026-08-31T15:59:59Z"

_slack := {
	"uid": "register/application/slack",
	"category": "collaboration",
	"registered": "yes",
	"selected": "no",
	"unknown": {},
}

_install := {
	"uid": "inventory/software_install/PC-1/Slack",
	"host": "inventory/host/PC-1",
	"application": "register/application/slack",
	"installed_at": "2026-08-20T02:00:00Z",
	"installed_at_kind": "install",
	"unknown": {"first_seen_at": "not_collected"},
}

_host := {
	"uid": "inventory/host/PC-1",
	"owner": "hr/person/chen",
	"last_seen_at": "2026-09-29T02:00:00Z",
	"unknown": {},
}

_request := {
	"uid": "register/exception_request/EX-1",
	"application": "register/application/slack",
	"department_code": "CS",
	"also_for": [],
	"assessed_at": "2026-02-05T08:00:00Z",
	"approval": "register/approval/AP-1",
	"state": "approved",
	"unknown": {},
}

_other := object.union(_request, {"uid": "register/exception_request/EX-0", "state": "rejected"})

_decision := {"by": "hr/person/head", "role": "approver", "decision": "approved", "at": "2026-02-10T03:00:00Z"}

_approval := {
	"uid": "register/approval/AP-1",
	"state": "approved",
	"decisions": [_decision],
	"decided_at": "2026-02-10T03:00:00Z",
	"valid_until": "2026-12-31T16:00:00Z",
	"unknown": {},
}

_department(code, parent) := {
	"uid": sprintf("hr/department/%s", [code]),
	"code": code,
	"parent": parent,
	"renamed_from": [],
	"unknown": {},
}

_departments := [
	object.remove(_department("GD", ""), ["parent"]),
	_department("RD", "GD"),
	_department("FIN", "GD"),
	object.union(_department("CS", "GD"), {"renamed_from": ["KF"]}),
	object.union(_department("HOT", "GD"), {"merged_into": "CS"}),
]

_departments_but(fields) := [changed |
	some department in _departments
	changed := _changed(department, object.filter(fields, [name | some name, _ in fields; fields.code == department.code]))
]

_no_department := [{"uid": "hr/person/chen", "posts": [], "unknown": {"department_code": "stale"}}]

_company(application, requests, approval) := {
	"applications": [application],
	"exception_requests": requests,
	"approvals": [approval],
	"departments": _departments,
}

_changed(record, fields) := object.filter(object.union(record, fields), {name |
	some name, value in object.union(record, fields)
	not is_null(value)
})

_shard(install, host) := {
	"department": "CS",
	# when it was first seen is stated, or why it is not
	"software_installs": [json.remove(
		_changed(_install, install),
		[path | path := "unknown/first_seen_at"; install.first_seen_at],
	)],
	"hosts": [_changed(_host, host)],
	"people": [{
		"uid": "hr/person/chen",
		"department_code": "CS",
		"posts": [{"department_code": "RD", "position": ""}],
		"unknown": {},
	}],
	"context": {"hosts": [], "people": []},
}
