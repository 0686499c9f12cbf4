# METADATA
# title: Exceptions from the selection of tools
# description: Whether a department asked for a tool that was not selected, and whether that was assessed and approved.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.exceptions

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.approvals
import data.lib.organisation
import data.lib.people

# METADATA
# description: The requests of all departments by the product that they are for.
by_application := table if {
	table := data.company.prepared.exceptions.by_application
}

else := {uid: requests |
	some uid in {request.application | some request in data.company.exception_requests}
	requests := [request | some request in data.company.exception_requests; request.application == uid]
}

# METADATA
# description: The requests of which nobody can tell what they ask for, so that they may be for any product.
doubts := table if {
	table := data.company.prepared.exceptions.doubts
}

else := [request |
	some request in data.company.exception_requests
	not applications.by_uid[request.application]
]

# METADATA
# description: The requests of all departments that are known to be for the product.
requests_for(application) := object.get(by_application, application.uid, [])

# METADATA
# description: The uids of requests by the departments for which they may speak now.
speaking := table if {
	table := data.company.prepared.exceptions.speaking
}

else := {code: uids |
	some code in {pair[0] | some pair in _spoken_for}
	uids := [pair[1] | some pair in _spoken_for; pair[0] == code]
}

_spoken_for := {[now, request.uid] |
	some request in data.company.exception_requests
	some code in array.concat([request.department_code], request.also_for)
	some now in organisation.became(code)
}

# METADATA
# description: The uids of those of which it is not known for which departments they speak.
unsettled := table if {
	table := data.company.prepared.exceptions.unsettled
}

else := [request.uid |
	some request in data.company.exception_requests
	not _settled(request)
]

_settled(request) if {
	every code in array.concat([request.department_code], request.also_for) {
		organisation.settled(code)
	}
}

# METADATA
# description: Every request, by uid.
by_uid := table if {
	table := data.company.prepared.exceptions.by_uid
}

else := {request.uid: request | some request in data.company.exception_requests}

# METADATA
# scope: document
# description: The requests that speak for one of the departments, or may; all, if it is not known which these are.
perhaps_for(codes) := [by_uid[uid] | some uid in _perhaps_speaking(codes)] if _all_settled(codes)

perhaps_for(codes) := data.company.exception_requests if not _all_settled(codes)

_perhaps_speaking(codes) := {uid | some uid in unsettled} | {uid |
	some code in codes
	some now in organisation.became(code)
	some uid in speaking[now]
}

_all_settled(codes) if {
	is_set(codes)
	every code in codes {
		organisation.settled(code)
	}
}

_people_here := {person.uid | some person in input.people}

# METADATA
# description: The requests judged in this shard; if its department is not known, one is judged where the requester is.
here := [request | some request in perhaps_for({input.department}); _is_here(request)]

_is_here(request) if organisation.is_here(request.department_code)

_is_here(request) if {
	not request.department_code
	request.requester in _people_here
}

_is_here(request) if {
	not request.department_code
	not people.by_uid[request.requester]
	input.department == "_company"
}

# METADATA
# scope: document
# description: Whether any department asked for the product.
default requested(_) := "unknown"

requested(application) := "yes" if count(requests_for(application)) > 0

requested(application) := "no" if {
	count(requests_for(application)) == 0
	count(doubts) == 0
}

# METADATA
# scope: document
# description: The approval that a request refers to; an empty object if it is not known.
default approval_of(_) := {}

approval_of(request) := approvals.by_uid[request.approval]

# METADATA
# scope: document
# description: Whether the request speaks for one of the departments, itself or by naming them from above.
default covers(_, _) := "unknown"

covers(request, codes) := answers.any_of([_covers(request, code) | some code in codes]) if is_set(codes)

default _covers(_, _) := "unknown"

_covers(request, code) := answers.any_of(array.concat(
	[_same(request.department_code, code)],
	[answers.all_of([_same(named, code), _over(request.department_code, code)]) | some named in request.also_for],
))

default _same(_, _) := "unknown"

# a department keeps what it was granted under another code, or before a merger
_same(granted, code) := "yes" if count(organisation.became(granted) & organisation.became(code)) > 0

_same(granted, code) := "no" if {
	count(organisation.became(granted) & organisation.became(code)) == 0
	organisation.settled(granted)
	organisation.settled(code)
}

default _over(_, _) := "unknown"

_over(high, code) := "yes" if count(organisation.became(high) & organisation.line(code)) > 0

# who was not found above is not above, if it is known who is
_over(high, code) := "no" if {
	count(organisation.became(high) & organisation.line(code)) == 0
	organisation.settled(high)
	organisation.line_known(code) == "yes"
}

# METADATA
# scope: document
# description: Whether somebody whose part it is approved the request, and it was not taken back.
default approved(_) := "unknown"

approved(request) := answers.all_of([_stands(request), _granted(request)])

default _stands(_) := "unknown"

_stands(request) := "yes" if request.state in {"approved", "pending"}

_stands(request) := "no" if request.state in {"rejected", "withdrawn", "expired"}

default _granted(_) := "unknown"

_granted(request) := answers.all_of([_state(found), _decided(found)]) if found := approvals.by_uid[request.approval]

_granted(request) := "no" if answers.shown(request, "approval") == "none"

default _state(_) := "unknown"

_state(found) := "yes" if found.state == "approved"

_state(found) := "no" if found.state in {"rejected", "pending", "withdrawn", "expired"}

default _decided(_) := "unknown"

_decided(found) := answers.any_of([approves(decision) | some decision in found.decisions]) if is_array(found.decisions)

# METADATA
# description: Whether a decision is an approval by somebody whose part it is.
approves(decision) := answers.all_of([_is(decision.role, "approver"), _is(decision.decision, "approved")])

_is(value, wanted) := "yes" if value == wanted

_is(value, wanted) := "no" if not value in {wanted, "unknown"}

_is("unknown", _) := "unknown"

# METADATA
# description: The decisions by which the request was approved.
approving(request) := [decision | some decision in approval_of(request).decisions; approves(decision) == "yes"]

# METADATA
# scope: document
# description: When the request was approved, by the last approving decision; undefined if that is not known.
decided_at(request) := max([decision.at | some decision in approving(request)]) if {
	count(approving(request)) > 0
	every decision in approving(request) {
		decision.at
	}
}

# METADATA
# scope: document
# description: From when the exception holds; undefined if that is not known.
begins(request) := max([decided_at(request), approval_of(request).valid_from])

begins(request) := decided_at(request) if answers.shown(approval_of(request), "valid_from") == "none"

# METADATA
# scope: document
# description: Whether IT assessed the request before it was decided.
default assessed(_) := "unknown"

assessed(request) := answers.any_of([_assessed(request), _assessed_by_decision(request)])

default _assessed(_) := "unknown"

_assessed(request) := "yes" if request.assessed_at <= decided_at(request)

_assessed(request) := "no" if request.assessed_at > decided_at(request)

_assessed(request) := "no" if answers.shown(request, "assessed_at") == "none"

default _assessed_by_decision(_) := "unknown"

_assessed_by_decision(request) := answers.any_of([_assesses(request, decision) |
	some decision in approval_of(request).decisions
]) if {
	is_array(approval_of(request).decisions)
}

default _assesses(_, _) := "unknown"

# on purpose: a decision that states no role is nobody's assessment
_assesses(_, decision) := "no" if not decision.role in {"assessor", "unknown"}

_assesses(request, decision) := "yes" if {
	decision.role == "assessor"
	decision.at <= decided_at(request)
}

_assesses(request, decision) := "no" if {
	decision.role == "assessor"
	decision.at > decided_at(request)
}

# METADATA
# scope: document
# description: Whether the exception had begun at the instant.
default begun(_, _) := "unknown"

begun(request, instant) := "yes" if begins(request) <= instant

begun(request, instant) := "no" if begins(request) > instant

# METADATA
# scope: document
# description: Whether the exception was over at the instant.
default over(_, _) := "unknown"

over(request, instant) := "yes" if approval_of(request).valid_until < instant

over(request, instant) := "no" if approval_of(request).valid_until >= instant

over(request, instant) := "no" if {
	is_string(instant)
	answers.shown(approval_of(request), "valid_until") == "none"
}

# METADATA
# description: Whether the exception is in force at the instant for one of the departments.
in_force(request, codes, instant) := answers.all_of([
	covers(request, codes),
	approved(request),
	begun(request, instant),
	answers.opposite(over(request, instant)),
])

# METADATA
# description: Whether the product is in use by decision, for all or by an exception that is in force somewhere.
deployed(application) := answers.any_of(array.concat(
	[applications.selected(application)],
	array.concat(
		[in_force_somewhere(request) | some request in requests_for(application)],
		["unknown" | some request in doubts; in_force_somewhere(request) != "no"],
	),
))

# METADATA
# scope: document
# description: Whether the exception is in force for the department that asked.
default in_force_somewhere(_) := "unknown"

in_force_somewhere(request) := in_force(request, {request.department_code}, data.as_of)

# METADATA
# description: Whether an exception for the product is in force for the departments of the device's user.
covered(install) := answers.any_of(array.concat(
	[in_force(request, applications.departments(install), data.as_of) | some request in asked_for(install)],
	["unknown" |
		some request in doubts_for(install)
		in_force(request, applications.departments(install), data.as_of) != "no"
	],
))

# METADATA
# description: The requests for the product that speak for the departments of the device's user, or may.
asked_for(install) := [request |
	some request in perhaps_for(applications.departments(install))
	request.application == applications.of(install).uid
]

# METADATA
# description: Of these, the requests of which nobody can tell what they ask for.
doubts_for(install) := [request |
	some request in perhaps_for(applications.departments(install))
	not applications.by_uid[request.application]
]

# METADATA
# description: Whether what is installed is a tool that may be used there, chosen for all or by an exception.
deployed_on(install) := answers.all_of([
	applications.is_tool(install),
	answers.any_of([applications.selected(applications.of(install)), covered(install)]),
])

# METADATA
# scope: document
# description: Who answers for the install, as part of a violation; nobody in particular where the company chose it.
default answering(_) := {}

answering(install) := {"owner": min(heads)} if {
	applications.selected(applications.of(install)) == "no"
	heads := {head |
		some request in asked_for(install)
		in_force(request, applications.departments(install), data.as_of) == "yes"
		some head in _heads(request)
	}
	count(heads) > 0
}

# METADATA
# description: Who answers for what the department asked for, as part of a violation, if it has a head.
asked_by(request) := {"owner": head | head := min(_heads(request))}

_heads(request) := {head |
	some head in organisation.heads({request.department_code}, data.as_of)
	people.in_service(people.by_uid[head], data.as_of) == "yes"
}

# METADATA
# description: The requests and approvals that decide about the product, or may.
papers(application) := [paper |
	some request in array.concat(requests_for(application), doubts)
	some paper in [request, approval_of(request)]
]

# METADATA
# description: The requests that decide whether the install is covered, or may.
about(install) := array.concat(asked_for(install), doubts)

# METADATA
# description: These requests and their approvals.
papers_about(install) := [paper | some request in about(install); some paper in [request, approval_of(request)]]

# METADATA
# description: The fields by which an exception is judged, of requests and approvals, people and departments.
fields := [
	"state", "application", "approval", "decisions", "decided_at", "assessed_at", "department_code", "valid_from",
	"valid_until", "parent", "merged_into",
]
