package checks["4.2-c_test"]

import future.keywords.not

import data.checks["4.2-c"] as check

test_the_wrong_person_approved[name] if {
	some name, case in {
		"the requester": [{}, {"by": "p/clerk"}, "self_approved"],
		"the head of another department": [{}, {"by": "p/fin"}, "outside_line"],
		"a colleague": [{}, {"by": "p/colleague"}, "outside_line"],
		"the head for himself": [{"requester": "p/head"}, {"by": "p/head"}, "self_approved"],
		"a head of before": [{}, {"by": "p/former"}, "outside_line"],
		"a delegate, too late": [{}, {"by": "p/deputy", "at": "2026-08-20T15:59:59Z"}, "outside_line"],
	}
	answer := check with input as _shard([])
		with data.company as _company(_request(case[0]), [_decision(case[1])], {})
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 1
	answer.unknown == set()
	[object.remove(violation, ["owner"]) | some violation in answer.violations] == [{
		"subject": "r/exception_request/EX-1",
		"evidence": {
			"approvers": [case[1].by],
			"case": case[2],
			"decided_at": object.get(case[1], "at", _decided),
			"requester": _request(case[0]).requester,
		},
	}]
}

test_the_head_above_acts_where_the_head_asked[requester] if {
	some requester, owners in {"p/head": ["p/boss"], "p/clerk": []}
	answer := check with input as _shard([])
		with data.company as _company(_request({"requester": requester}), [_decision({"by": requester})], {})
		with data.as_of as _as_of
		with data.period as _period

	count(answer.violations) == 1
	[violation.owner | some violation in answer.violations] == owners
}

test_the_requester_among_several_is_a_violation if {
	decisions := [_decision({}), _decision({"by": "p/clerk"})]
	answer := check with input as _shard([])
		with data.company as _company(_request({}), decisions, {})
		with data.as_of as _as_of
		with data.period as _period

	[violation.evidence.case | some violation in answer.violations] == ["self_approved"]
}

test_the_right_person_approved[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company as document.data.company
		with data.as_of as document.data.as_of
		with data.period as document.data.period

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_not_looked_at[name] if {
	some name, case in {
		"not approved": [{"state": "rejected"}, {}, {"state": "rejected"}],
		"decided before the period, and over": [
			{}, {"at": "2026-05-01T00:00:00Z"},
			{"valid_until": "2026-09-30T15:59:58Z"},
		],
		"of another department": [{"department_code": "FIN"}, {}, {}],
	}
	answer := check with input as _shard([])
		with data.company as _company(_request(case[0]), [_decision(object.union({"by": "p/clerk"}, case[1]))], case[2])
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"requester": [
			object.remove(
				_request({"unknown": {"requester": "stale"}}),
				["requester"],
			),
			[_decision({})], {}, [], "stale",
		],
		"approver": [_request({}), [object.remove(_decision({}), ["by"])], {}, [], "ambiguous"],
		"decisions": [_request({}), [], {"decisions": null, "unknown": {"decisions": "stale"}}, [], "stale"],
		"heads of then": [_request({"department_code": "NEW"}), [_decision({"by": "p/fin"})], {}, [], "stale"],
		"a manager": [_request({"requester": "p/lost"}), [_decision({"by": "p/fin"})], {}, [], "stale"],
		"a circle": [_request({"requester": "p/round"}), [_decision({"by": "p/fin"})], {}, [], "ambiguous"],
		"one of two approvers": [_request({}), [_decision({}), object.remove(_decision({}), ["by"])], {}, [], "ambiguous"],
		"requester, and who assessed it": [
			object.remove(_request({"unknown": {"requester": "stale"}}), ["requester"]),
			[_decision({}), _decision({"by": "p/ghost", "role": "assessor"})],
			{}, [], "stale",
		],
		"whether the right one approved": [
			_request({}),
			[_decision({"by": "p/fin"}), _decision({"role": "unknown"})],
			{}, [], "not_collected",
		],
		"whether the requester approved": [
			_request({}),
			[_decision({}), _decision({"by": "p/clerk", "decision": "unknown"})],
			{}, [], "not_collected",
		],
		"who somebody is that perhaps approved": [
			_request({}),
			[_decision({}), _decision({"by": "p/ghost", "role": "unknown"})],
			{}, [], "ambiguous",
		],
		"when it was decided": [
			_request({}), [object.remove(_decision({"by": "p/clerk"}), ["at"])],
			{"valid_until": "2026-09-30T15:59:58Z"}, [], "not_collected",
		],
		"which approval": [
			object.remove(_request({"unknown": {"approval": "stale"}}), ["approval"]),
			[_decision({})], {}, [], "stale",
		],
		"what became of the request": [
			_request({"state": "unknown", "unknown": {"state": "stale"}}),
			[_decision({"by": "p/clerk"})], {}, [], "stale",
		],
		"from when it holds": [
			_request({}), [_decision({"by": "p/clerk", "at": "2026-05-01T00:00:00Z"})],
			{"valid_from": null, "unknown": {"valid_from": "stale"}}, [], "stale",
		],
		"until when it holds": [
			_request({}), [_decision({"by": "p/clerk", "at": "2026-05-01T00:00:00Z"})],
			{"valid_until": null, "unknown": {"valid_until": "stale"}}, [], "stale",
		],
		"its department": [
			object.remove(_request({"unknown": {"department_code": "stale"}}), ["department_code"]),
			[_decision({})], {}, [], "stale",
		],
		"a manager of a manager": [_request({"requester": "p/below"}), [_decision({"by": "p/fin"})], {}, [], "stale"],
		"what stands above": [_request({"department_code": "LOOSE"}), [_decision({"by": "p/fin"})], {}, [], "stale"],
		"how long a delegation lasted": [_request({}), [_decision({"by": "p/rare"})], {}, [], "stale"],
	}
	department := object.get(case[0], "department_code", "CS")
	answer := check with input as object.union(_shard(case[3]), {"department": department})
		with data.company as _company(case[0], case[1], case[2])
		with data.as_of as _as_of
		with data.period as _period

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "r/exception_request/EX-1", "reason": case[4]}}
}

test_what_was_decided_in_the_period_counts_though_it_is_over[at] if {
	some at, found in {"2026-06-30T16:00:00Z": 1, "2026-06-30T15:59:59Z": 0}
	decisions := [_decision({"by": "p/clerk", "at": at})]
	answer := check with input as _shard([])
		with data.company as _company(_request({}), decisions, {"decided_at": at, "valid_until": "2026-07-01T16:00:00Z"})
		with data.as_of as _as_of
		with data.period as _period

	answer.population == found
	count(answer.violations) == found
	answer.unknown == set()
}

# what the law of missing facts is tried on: each input gives a violation
violating := {name: {"input": _shard([]), "data": {
	"company": _company(_request(case[0]), [_decision(case[1])], case[2]),
	"as_of": _as_of,
	"period": _period,
}} |
	some name, case in {
		"the requester": [{}, {"by": "p/clerk"}, {}],
		"another head": [{}, {"by": "p/fin"}, {}],
		"decided before the period, and in force": [{}, {"by": "p/fin", "at": "2026-05-01T00:00:00Z"}, {}],
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": object.union(_shard([]), {"department": _request(case[0]).department_code}), "data": {
	"company": _company(_request(case[0]), case[1], {}),
	"as_of": _as_of,
	"period": _period,
}} |
	some name, case in {
		"the head": [{}, [_decision({})]],
		"the acting head": [{}, [_decision({"by": "p/acting"})]],
		"the head above": [{}, [_decision({"by": "p/boss"})]],
		"the manager": [{}, [_decision({"by": "p/lead"})]],
		"the head of the second post": [{}, [_decision({"by": "p/rd"})]],
		"who headed it then": [{}, [_decision({"by": "p/former", "at": "2026-07-31T15:59:59Z"})]],
		"a delegate of the head": [{}, [_decision({"by": "p/deputy", "on_behalf_of": "p/head"})]],
		"one of two": [{}, [_decision({"by": "p/fin"}), _decision({})]],
		"the head above for the head": [{"requester": "p/head"}, [_decision({"by": "p/boss"})]],
		"a delegate of the one at the top": [
			{"requester": "p/boss", "department_code": "GD"},
			[_decision({"by": "p/it"})],
		],
		"beside an assessor from elsewhere": [{}, [_decision({"by": "p/fin", "role": "assessor"}), _decision({})]],
	}
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_decided := "2026-08-12T01:00:00Z"

_request(fields) := object.union(
	{
		"uid": "r/exception_request/EX-1",
		"department_code": "CS",
		"also_for": [],
		"requester": "p/clerk",
		"approval": "r/approval/AP-1",
		"state": "approved",
		"unknown": {},
	},
	fields,
)

_decision(fields) := object.union(
	{"by": "p/head", "role": "approver", "decision": "approved", "at": _decided},
	fields,
)

_department(code, heads) := {
	"uid": sprintf("hr/department/%s", [code]),
	"code": code,
	"parent": "GD",
	"renamed_from": [],
	"deputies": [],
	"heads": heads,
	"unknown": {},
}

_head(person, fields) := object.union({"person": person, "acting": "no"}, fields)

_departments := [
	object.remove(_department("GD", [_head("p/boss", {})]), ["parent"]),
	_department("FIN", [_head("p/fin", {})]),
	_department("RD", [_head("p/rd", {})]),
	_department("CS", [
		_head("p/former", {"until_at": "2026-07-31T16:00:00Z"}),
		_head("p/head", {"from_at": "2026-07-31T16:00:00Z"}),
		_head("p/acting", {"from_at": "2026-08-01T16:00:00Z", "acting": "yes"}),
	]),
	object.union(object.remove(_department("NEW", []), ["heads"]), {"unknown": {"heads": "stale"}}),
	object.union(object.remove(_department("LOOSE", []), ["parent"]), {"unknown": {"parent": "stale"}}),
]

_delegation(from, to, until) := {
	"uid": sprintf("r/delegation/%s", [to]),
	"delegator": from,
	"delegate": to,
	"valid_from": "2026-08-01T16:00:00Z",
	"valid_until": until,
	"scope": "",
	"unknown": {},
}

_company(request, decisions, approval) := {
	"exception_requests": [request],
	"approvals": [_present(object.union(
		{
			"uid": "r/approval/AP-1",
			"state": "approved",
			"decisions": decisions,
			"decided_at": _decided,
			"valid_until": "2026-12-31T16:00:00Z",
			"unknown": {},
		},
		approval,
	))],
	"departments": _departments,
	"applications": [],
	"delegations": [
		_delegation("p/head", "p/deputy", "2026-08-18T16:00:00Z"),
		_delegation("p/boss", "p/it", "2026-12-31T16:00:00Z"),
		object.union(
			object.remove(_delegation("p/head", "p/rare", ""), ["valid_until"]),
			{"unknown": {"valid_until": "stale"}},
		),
	],
}

_present(record) := object.filter(record, {name | some name, value in record; not is_null(value)})

_person(uid, fields) := object.union(
	{"uid": uid, "department_code": "CS", "posts": [], "manager": "p/lead", "unknown": {}},
	fields,
)

_shard(more) := {
	"department": "CS",
	"people": array.concat(more, [
		_person("p/clerk", {"posts": [{"department_code": "RD", "position": ""}]}),
		_person("p/colleague", {}),
		_person("p/deputy", {}),
		_person("p/lead", {"manager": "p/head"}),
		_person("p/head", {"manager": "p/boss"}),
		_person("p/acting", {"manager": "p/boss"}),
		_person("p/lost", {"manager": "p/nobody", "unknown": {"manager": "stale"}}),
		_person("p/below", {"manager": "p/lost"}),
		_person("p/rare", {}),
		_person("p/round", {"manager": "p/circle"}),
		_person("p/circle", {"manager": "p/round"}),
	]),
	"context": {"people": [
		object.remove(_person("p/boss", {"department_code": "GD"}), ["manager"]),
		_person("p/fin", {"department_code": "FIN", "manager": "p/boss"}),
		_person("p/rd", {"department_code": "RD", "manager": "p/boss"}),
		_person("p/it", {"department_code": "FIN", "manager": "p/boss"}),
		_person("p/former", {"manager": "p/boss"}),
	]},
}
