# METADATA
# title: Transport is encrypted
# description: An endpoint of a tool in use without encryption, with an old one, or a bad certificate, is a violation.
package checks["8.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.endpoints
import data.lib.exceptions
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many endpoints serve tools in use to the network, or may.
population := count(_judged)

# METADATA
# description: Those at which something can be read or forged on the way.
violations contains object.union(_to_act(endpoint), {"subject": endpoint.uid, "evidence": {
	"checked_at": max({check.checked_at | some check in endpoints.current(endpoint)}),
	"faults": sort([fault | some fault, answer in endpoints.faults(endpoint); answer == "yes"]),
	"not_after": _first_end(endpoint),
}}) if {
	some endpoint in _judged
	_weak(endpoint) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": endpoint.uid, "reason": reason} if {
	some endpoint in _judged
	_weak(endpoint) == "unknown"
	reason := _why(endpoint)
}

_judged := [endpoint |
	some endpoint in input.service_endpoints
	not _concerned(endpoint) == "no"
]

_concerned(endpoint) := answers.all_of([endpoints.serving(endpoint), _of_a_tool(endpoint)])

default _of_a_tool(_) := "unknown"

_of_a_tool(endpoint) := answers.all_of([applications.communicates(found), exceptions.deployed(found)]) if {
	found := applications.by_uid[endpoint.application]
}

# without a current check nothing is known; and one that nobody dated may be the newest
default _weak(_) := "unknown"

_weak(endpoint) := answers.all_of([
	_concerned(endpoint),
	answers.any_of([answer | some answer in endpoints.faults(endpoint)]),
]) if {
	count(endpoints.current(endpoint)) > 0
	count(endpoints.undated(endpoint)) == 0
}

default _first_end(_) := "unknown"

_first_end(endpoint) := min({check.not_after | some check in endpoints.current(endpoint)})

_why(endpoint) := "stale" if _outdated(endpoint)

_why(endpoint) := unknowns.reason(
	array.concat([endpoint], array.concat(_checks(endpoint), _papers(endpoint))),
	array.concat(_fields, exceptions.fields),
) if {
	not _outdated(endpoint)
}

_checks(endpoint) := array.concat(endpoints.undated(endpoint), endpoints.current(endpoint))

_outdated(endpoint) if {
	count(endpoints.checks_of(endpoint)) > 0
	count(endpoints.undated(endpoint)) == 0
	count(endpoints.current(endpoint)) == 0
}

_papers(endpoint) := [paper |
	found := applications.by_uid[endpoint.application]
	some paper in array.concat([found], exceptions.papers(found))
]

_fields := [
	"retired", "exposure", "private_ca", "checked_at", "reachable", "plain_text_offered", "ssl2", "ssl3",
	"tls10", "tls11", "tls12", "tls13", "chain_trusted", "trust_store", "name_matches", "not_after", "category",
	"selected", "registered",
]

default _to_act(_) := {}

_to_act(endpoint) := {"owner": [record.owner |
	some record in array.concat([endpoint], [applications.by_uid[endpoint.application]])
	people.in_service(people.by_uid[record.owner], data.as_of) == "yes"
][0]}
