package checks["8.1-a_test"]

import future.keywords.not

import data.checks["8.1-a"] as check

test_plain_text_is_a_violation if {
	answer := check with input as _changed({"tls_checks/0/plain_text_offered": "yes"})
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "reg/service_endpoint/chat:443", "owner": "hr/person/liu", "evidence": {
		"checked_at": "2026-09-20T02:00:00Z",
		"faults": ["plain_text"],
		"not_after": "2027-03-01T00:00:00Z",
	}}}
	answer.unknown == set()
}

test_each_fault[name] if {
	some name, case in {
		"ssl2": [{"ssl2": "yes"}, "tls_old"],
		"ssl3": [{"ssl3": "yes"}, "tls_old"],
		"tls10": [{"tls10": "yes"}, "tls_old"],
		"tls11": [{"tls11": "yes"}, "tls_old"],
		"neither 1.2 nor 1.3": [{"tls12": "no", "tls13": "no"}, "tls_too_low"],
		"not trusted": [{"chain_trusted": "no"}, "certificate_untrusted"],
		"another name": [{"name_matches": "no"}, "certificate_name"],
		"over": [{"not_after": "2026-09-01T00:00:00Z"}, "certificate_ends"],
		"in 21 days less a second": [{"not_after": "2026-10-21T15:59:58Z"}, "certificate_ends"],
		"one fault is enough": [{"tls11": "yes", "name_matches": "unknown", "tls10": "unknown"}, "tls_old"],
	}
	answer := check with input as _of(case[0])
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	[violation.evidence.faults | some violation in answer.violations] == [[case[1]]]
	answer.unknown == set()
}

test_these_conform[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.cutoff.tls_check_days as document.data.cutoff.tls_check_days
		with data.horizon.cert_days as document.data.horizon.cert_days
		with data.settings.tls_min as document.data.settings.tls_min
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_company_may_ask_for_1_3[name] if {
	some name, case in {
		"1.2 accepted": [{}, ["tls_old"]],
		"no 1.3": [{"tls12": "no", "tls13": "no"}, ["tls_too_low"]],
		"1.3 alone": [{"tls12": "no"}, []],
	}
	answer := check with input as _of(case[0])
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.3"
		with data.company as _company({})

	[fault | some violation in answer.violations; some fault in violation.evidence.faults] == case[1]
	answer.unknown == set()
}

test_the_companys_own_authority[name] if {
	some name, case in {
		"public, private": ["public", "yes", "unknown"],
		"public, unknown": ["public", "unknown", "unknown"],
		"public, not private": ["public", "no", "yes"],
		"unknown, not private": ["unknown", "no", "yes"],
		"company, private": ["company", "yes", "yes"],
		"both, private": ["both", "yes", "yes"],
		"both, unknown": ["both", "unknown", "yes"],
	}
	answer := check with input as _changed({
		"tls_checks/0/chain_trusted": "no",
		"tls_checks/0/trust_store": case[0],
		"service_endpoints/0/private_ca": case[1],
	})
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	_said(answer) == case[2]
}

test_these_are_outside[name] if {
	some name, case in {
		"retired": [{"service_endpoints/0/retired": "yes"}, {}],
		"reached by the host alone": [{"service_endpoints/0/exposure": "loopback"}, {}],
		"mail": [{}, {"applications/0/category": "mail"}],
		"not in use": [{}, {"applications/0/selected": "no"}],
	}
	answer := check with input as _changed(object.union({"tls_checks/0/plain_text_offered": "yes"}, case[0]))
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company(case[1])

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_the_newest_check_counts[name] if {
	some name, case in {
		"a good one after a bad one": [{"tls11": "no", "checked_at": "2026-09-21T02:00:00Z"}, "no"],
		"a good one before a bad one": [{"tls11": "no", "checked_at": "2026-09-19T02:00:00Z"}, "yes"],
		"at the same moment": [{"tls11": "no"}, "yes"],
		"of another machine": [{"tls11": "no", "checked_at": "2026-09-21T02:00:00Z", "machine": "b"}, "yes"],
		"of another address": [
			{"tls11": "no", "checked_at": "2026-09-21T02:00:00Z", "endpoint": "reg/service_endpoint/x"},
			"yes",
		],
		"after the end": [{"tls11": "no", "checked_at": "2026-09-30T16:00:00Z"}, "yes"],
		"that nobody dated": [{"tls11": "no", "checked_at": null, "unknown": {"checked_at": "stale"}}, "unknown"],
	}
	second := {field: value |
		some field, value in object.union_n([_check, {"uid": "reg/tls_check/b"}, case[0]])
		not is_null(value)
	}
	answer := check with input as _changed({"tls_checks/0/tls11": "yes", "tls_checks/-": second})
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	_said(answer) == case[1]
}

test_the_worst_of_several_machines_is_shown if {
	second := object.union(_check, {
		"uid": "reg/tls_check/b",
		"machine": "b",
		"checked_at": "2026-09-21T02:00:00Z",
		"not_after": "2026-10-01T00:00:00Z",
	})
	answer := check with input as _changed({"tls_checks/0/tls11": "yes", "tls_checks/-": second})
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	[violation.evidence | some violation in answer.violations] == [{
		"checked_at": "2026-09-21T02:00:00Z",
		"faults": ["certificate_ends", "tls_old"],
		"not_after": "2026-10-01T00:00:00Z",
	}]
}

test_a_fault_without_an_end_of_the_certificate_is_told if {
	answer := check with input as _of({"tls11": "yes", "not_after": null})
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	[violation.evidence.not_after | some violation in answer.violations] == ["unknown"]
}

test_no_current_check_is_unknown[name] if {
	some name, case in {
		"never": [{"tls_checks": []}, "not_collected"],
		"too long ago": [{"tls_checks/0/checked_at": "2026-08-31T15:59:58Z"}, "stale"],
		"after the end": [{"tls_checks/0/checked_at": "2026-09-30T16:00:00Z"}, "stale"],
		"nobody knows when": [
			{"tls_checks/0/checked_at": null, "tls_checks/0/unknown/checked_at": "unparsable"},
			"unparsable",
		],
	}
	answer := check with input as _changed(case[0])
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/service_endpoint/chat:443", "reason": case[1]}}
}

test_what_the_check_does_not_tell_is_unknown[field] if {
	some field in [
		"reachable", "plain_text_offered", "ssl2", "ssl3", "tls10", "tls11", "chain_trusted", "name_matches",
	]
	answer := check with input as _of({field: "unknown", "unknown": {field: "redacted"}})
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company({})

	answer.violations == set()
	answer.unknown == {{"subject": "reg/service_endpoint/chat:443", "reason": "redacted"}}
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"does not answer": [
			_none,
			{"tls_checks/0/reachable": "no", "tls_checks/0/tls10": "yes"},
			{},
			"not_collected",
		],
		"one good version missing, the other not known": [
			"tls12", {"tls_checks/0/tls13": "no", "tls_checks/0/tls12": "unknown"}, {}, "stale",
		],
		"the other way round": ["tls13", {"tls_checks/0/tls12": "no", "tls_checks/0/tls13": "unknown"}, {}, "stale"],
		"end of the certificate": ["not_after", {"tls_checks/0/not_after": null}, {}, "stale"],
		"whose authorities": [
			"trust_store",
			{
				"tls_checks/0/chain_trusted": "no",
				"tls_checks/0/trust_store": "unknown",
				"service_endpoints/0/private_ca": "yes",
			},
			{},
			"stale",
		],
	}
	answer := check with input as _changed(object.union(_unknown_of(case[0]), case[1]))
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company(case[2])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/service_endpoint/chat:443", "reason": case[3]}}
}

test_who_is_not_known_to_be_outside_is_unknown[name] if {
	some name, case in {
		"retired": [
			{"service_endpoints/0/retired": "unknown", "service_endpoints/0/unknown/retired": "stale"},
			{},
			"stale",
		],
		"exposure": [
			{"service_endpoints/0/exposure": "unknown", "service_endpoints/0/unknown/exposure": "stale"},
			{},
			"stale",
		],
		"application": [
			{"service_endpoints/0/application": null, "service_endpoints/0/unknown/application": "stale"},
			{},
			"stale",
		],
		"private authority": [
			{
				"service_endpoints/0/private_ca": "unknown",
				"service_endpoints/0/unknown/private_ca": "stale",
				"tls_checks/0/chain_trusted": "no",
				"tls_checks/0/plain_text_offered": "no",
			},
			{}, "stale",
		],
		"an application that is not there": [
			{"service_endpoints/0/application": "reg/application/none"},
			{},
			"not_collected",
		],
		"category": [{}, {"applications/0/category": "unknown", "applications/0/unknown/category": "stale"}, "stale"],
		"selected": [{}, {"applications/0/selected": "unknown", "applications/0/unknown/selected": "stale"}, "stale"],
		"registered": [
			{},
			{
				"applications/0/selected": null,
				"applications/0/registered": "unknown",
				"applications/0/unknown/registered": "stale",
			},
			"stale",
		],
		"exception": [
			{},
			{
				"applications/0/selected": "no",
				"exception_requests/0": {
					"uid": "reg/exception_request/a",
					"number": "a",
					"application": "reg/application/chat",
					"department_code": "IT",
					"also_for": [],
					"state": "unknown",
					"unknown": {"state": "stale", "approval": "stale"},
				},
			},
			"stale",
		],
	}
	answer := check with input as _changed(object.union({"tls_checks/0/plain_text_offered": "yes"}, case[0]))
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company(case[1])

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/service_endpoint/chat:443", "reason": case[2]}}
}

test_who_acts[name] if {
	some name, case in {
		"owner of the endpoint": [{}, {}, "hr/person/liu"],
		"owner of the tool": [
			{"service_endpoints/0/owner": null},
			{"applications/0/owner": "hr/person/wei"},
			"hr/person/wei",
		],
		"owner who left": [
			{"people/0/last_day_ends_at": "2026-09-01T16:00:00Z"},
			{"applications/0/owner": "hr/person/wei"},
			"hr/person/wei",
		],
		"nobody": [{"service_endpoints/0/owner": null}, {}, "it"],
	}
	answer := check with input as _changed(object.union({"tls_checks/0/tls10": "yes"}, case[0]))
		with data.as_of as _as_of
		with data.cutoff.tls_check_days as _cutoff
		with data.horizon.cert_days as _horizon
		with data.settings.tls_min as "1.2"
		with data.company as _company(case[1])

	[object.get(violation, "owner", "it") | some violation in answer.violations] == [case[2]]
}

violating := {name: {
	"input": _changed(case),
	"data": {
		"as_of": _as_of,
		"cutoff": {"tls_check_days": _cutoff},
		"horizon": {"cert_days": _horizon},
		"settings": {"tls_min": "1.2"},
		"company": _company({}),
	},
} |
	some name, case in {
		"plain text": {"tls_checks/0/plain_text_offered": "yes"},
		"old version": {"tls_checks/0/tls10": "yes"},
		"no good version": {"tls_checks/0/tls12": "no", "tls_checks/0/tls13": "no"},
		"not trusted": {"tls_checks/0/chain_trusted": "no"},
		"another name": {"tls_checks/0/name_matches": "no"},
		"over": {"tls_checks/0/not_after": "2026-09-01T00:00:00Z"},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _of(changes), "data": {
	"as_of": _as_of,
	"cutoff": {"tls_check_days": _cutoff},
	"horizon": {"cert_days": _horizon},
	"settings": {"tls_min": "1.2"},
	"company": _company({}),
}} |
	some name, changes in {
		"all well": {},
		"1.2 alone": {"tls13": "no"},
		"1.3 alone": {"tls12": "no"},
		"exactly 21 days left": {"not_after": _horizon},
		"checked in the first second that counts": {"checked_at": _cutoff},
		"checked at the last moment": {"checked_at": _as_of},
	}
}

_said(answer) := [word |
	some word, rows in {"yes": answer.violations, "unknown": answer.unknown}
	count(rows) > 0
][0] if {
	count(answer.violations | answer.unknown) > 0
}

_said(answer) := "no" if count(answer.violations | answer.unknown) == 0

_as_of := "2026-09-30T15:59:59Z"

_cutoff := "2026-08-31T15:59:59Z"

_horizon := "2026-10-21T15:59:59Z"

_none := ""

_unknown_of(field) := {} if field == _none

_unknown_of(field) := {sprintf("tls_checks/0/unknown/%s", [field]): "stale"} if field != _none

_of(changes) := _changed({path: value |
	some field, value in changes
	path := sprintf("tls_checks/0/%s", [field])
})

_check := {
	"uid": "reg/tls_check/a",
	"endpoint": "reg/service_endpoint/chat:443",
	"checked_at": "2026-09-20T02:00:00Z",
	"reachable": "yes",
	"plain_text_offered": "no",
	"ssl2": "no",
	"ssl3": "no",
	"tls10": "no",
	"tls11": "no",
	"tls12": "yes",
	"tls13": "yes",
	"chain_trusted": "yes",
	"trust_store": "public",
	"name_matches": "yes",
	"not_after": "2027-03-01T00:00:00Z",
	"unknown": {},
}

_changed(changes) := _patched(
	{
		"department": "IT",
		"service_endpoints": [{
			"uid": "reg/service_endpoint/chat:443",
			"address": "chat:443",
			"application": "reg/application/chat",
			"exposure": "network",
			"hosted": "self",
			"owner": "hr/person/liu",
			"retired": "no",
			"private_ca": "no",
			"unknown": {},
		}],
		"tls_checks": [_check],
		"people": [
			{"uid": "hr/person/liu", "status": "active", "hire_day_starts_at": "2020-01-01T16:00:00Z", "unknown": {}},
			{"uid": "hr/person/wei", "status": "active", "hire_day_starts_at": "2020-01-01T16:00:00Z", "unknown": {}},
		],
		"context": {"tls_checks": [], "people": []},
	},
	changes,
)

_company(changes) := _patched(
	{
		"applications": [{
			"uid": "reg/application/chat",
			"product": "chat",
			"name": "chat",
			"category": "chat",
			"origin": "register",
			"registered": "yes",
			"selected": "yes",
			"unknown": {},
		}],
		"approvals": [],
		"delegations": [],
		"departments": [],
		"exception_requests": [],
	},
	changes,
)

# values put at paths; null takes away
_patched(document, changes) := json.patch(document, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
