package lib.exceptions_test

import future.keywords.not

import data.lib.exceptions

test_an_exception_begins_in_its_second[name] if {
	some name, case in {
		"in the second of the decision": [{}, _decided, "yes"],
		"a second before": [{}, "2026-06-30T23:59:59Z", "no"],
		"in the first second": [{"valid_from": "2026-07-15T00:00:00Z"}, "2026-07-15T00:00:00Z", "yes"],
		"in the one before": [{"valid_from": "2026-07-15T00:00:00Z"}, "2026-07-14T23:59:59Z", "no"],
	}

	exceptions.begun(_request, case[1]) == case[2] with data.company.approvals as [object.union(_approval, case[0])]
}

test_an_exception_lasts_until_its_last_second[at] if {
	some at, answer in {"2026-12-31T16:00:00Z": "no", "2026-12-31T16:00:01Z": "yes"}

	exceptions.over(_request, at) == answer
		with data.company.approvals as [object.union(_approval, {"valid_until": "2026-12-31T16:00:00Z"})]
}

test_it_was_assessed_by_the_second_of_the_decision[at] if {
	some at, answer in {_decided: "yes", "2026-07-01T00:00:01Z": "no"}

	exceptions.assessed(object.union(_request, {"assessed_at": at})) == answer with data.company.approvals as [_approval]
}

test_a_decision_may_be_the_assessment[at] if {
	some at, answer in {_decided: "yes", "2026-07-01T00:00:01Z": "no"}
	decisions := [{"role": "assessor", "decision": "approved", "at": at}, _approval.decisions[0]]

	exceptions.assessed(_request) == answer
		with data.company.approvals as [object.union(_approval, {"decisions": decisions})]
}

_decided := "2026-07-01T00:00:00Z"

_request := {"uid": "reg/exception_request/a", "approval": "reg/approval/a", "state": "approved", "unknown": {}}

_approval := {
	"uid": "reg/approval/a",
	"state": "approved",
	"decisions": [{"role": "approver", "decision": "approved", "at": _decided}],
	"unknown": {},
}
