# METADATA
# title: Nobody approves their own request
# description: A request that the requester approved, or nobody in the requester's line of management, is a violation.
package checks["4.2-c"]

import future.keywords.not

import data.lib.answers
import data.lib.exceptions
import data.lib.organisation
import data.lib.people
import data.lib.superiors
import data.lib.unknowns

# METADATA
# description: How many requests of the department were approved in the period or are in force, or may be.
population := count(_judged)

# METADATA
# description: Those that the wrong person approved.
violations contains object.union(
	{"subject": request.uid, "evidence": {
		"approvers": sort({decision.by | some decision in exceptions.approving(request)}),
		"case": _case(request),
		"decided_at": exceptions.decided_at(request),
		"requester": answers.shown(request, "requester"),
	}},
	_next_head(request),
) if {
	some request in _judged
	_wrong(request) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": request.uid, "reason": reason} if {
	some request in _judged
	_wrong(request) == "unknown"
	reason := _reason(request)
}

_judged := [request |
	some request in exceptions.here
	not _counts(request) == "no"
]

_counts(request) := answers.all_of([
	exceptions.approved(request),
	answers.any_of([_decided_in_period(request), _in_force(request)]),
])

default _decided_in_period(_) := "unknown"

_decided_in_period(request) := "no" if exceptions.decided_at(request) < data.period.from

_decided_in_period(request) := "yes" if exceptions.decided_at(request) >= data.period.from

_in_force(request) := answers.all_of([
	exceptions.begun(request, data.as_of),
	answers.opposite(exceptions.over(request, data.as_of)),
])

_wrong(request) := answers.all_of([_counts(request), answers.any_of([_by_self(request), _by_outsiders(request)])])

# where the decisions are not known, it is not known either whether the request counts
_by_self(request) := answers.any_of([answer |
	some decision in exceptions.approval_of(request).decisions
	answer := answers.all_of([exceptions.approves(decision), _same(request, decision)])
])

default _same(_, _) := "unknown"

_same(request, decision) := "yes" if decision.by == request.requester

_same(request, decision) := "no" if people.by_uid[decision.by].uid != request.requester

# a decision that may be an approval may be the right one
_by_outsiders(request) := answers.opposite(answers.any_of([answer |
	some decision in exceptions.approval_of(request).decisions
	answer := answers.all_of([exceptions.approves(decision), _entitled(request, decision)])
]))

default _entitled(_, _) := "unknown"

_entitled(request, decision) := superiors.entitled(
	decision.by,
	people.by_uid[request.requester],
	{request.department_code},
	decision.at,
)

_case(request) := "self_approved" if _by_self(request) == "yes"

_case(request) := "outside_line" if not _by_self(request) == "yes"

# where the head asked, the head above has to act
default _next_head(_) := {}

_next_head(request) := {"owner": sort(organisation.heads(above, data.as_of))[0]} if {
	request.requester in organisation.heads({request.department_code}, data.as_of)
	above := {organisation.by_code[request.department_code].parent}
}

_reason(request) := "ambiguous" if _unclear(request)

_reason(request) := unknowns.reason(
	array.concat(
		array.concat([request, exceptions.approval_of(request)], superiors.files(_requester(request))),
		array.concat(_departments(request), _delegations(request)),
	),
	[
		"requester", "approval", "state", "decisions", "department_code", "valid_from", "valid_until", "manager", "heads",
		"parent",
	],
) if {
	not _unclear(request)
}

# somebody approved of whom no file tells who it is, or the chart goes in a circle
_unclear(request) if {
	some decision in exceptions.approval_of(request).decisions
	not exceptions.approves(decision) == "no"
	not people.by_uid[decision.by]
}

_unclear(request) if superiors.in_circle(_requester(request), {request.department_code})

default _requester(_) := {}

_requester(request) := people.by_uid[request.requester]

_delegations(request) := [delegation |
	some delegation in data.company.delegations
	delegation.delegate in {decision.by | some decision in exceptions.approval_of(request).decisions}
]

_departments(request) := [department |
	some code in superiors.codes(_requester(request), {request.department_code})
	department := organisation.by_code[code]
]
