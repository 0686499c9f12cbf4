# METADATA
# title: Every department and every employee is covered
# description: A department of which nothing was delivered, and a tool in use that no source covers, are violations.
package checks["2-b"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.departments
import data.lib.exceptions
import data.lib.people
import data.lib.sources
import data.lib.unknowns

# METADATA
# description: The department of the shard, if it has people, and the tools in use that belong to it.
population := count(_departments) + count(_tools)

# METADATA
# scope: document
# description: Those of which nothing was seen.
violations contains {"subject": department.uid, "evidence": {
	"application": "none",
	"missing_types": sort(_missing),
	"people": count([person | some person in input.people; people.in_service(person, data.as_of) == "yes"]),
	"sources": [{"source": source.id, "state": source.state} |
		some type in sort(_missing)
		some source in data.sources.types[type].sources
	],
}} if {
	count(_missing) > 0
	some department in _departments
	answers.all_of([departments.in_force(department, data.as_of), _peopled]) == "yes"
}

violations contains {"subject": application.uid, "evidence": {
	"application": application.uid,
	"missing_types": [],
	"people": "none",
	"sources": [{"source": id, "state": state} |
		some id in object.get(application, "source_systems", [])
		some state in _states(id)
	],
}} if {
	some application in _tools
	_unseen(application) == "yes"
}

# METADATA
# scope: document
# description: Those of which it cannot be said.
unknown contains {"subject": department.uid, "reason": reason} if {
	some department in _departments
	answers.all_of([departments.in_force(department, data.as_of), _peopled]) == "unknown"
	reason := array.concat(
		[why | some field in ["valid_from", "valid_until"]; why := unknowns.why(department, field)],
		[_roster_reason],
	)[0]
}

unknown contains {"subject": application.uid, "reason": reason} if {
	some application in _tools
	_unseen(application) == "unknown"
	reason := unknowns.reason(
		array.concat([application], exceptions.papers(application)),
		array.concat(["category", "selected", "registered", "collected", "source_systems"], exceptions.fields),
	)
}

_departments := [department |
	department := departments.by_code[input.department]
	not departments.in_force(department, data.as_of) == "no"
	not _peopled == "no"
]

_peopled := answers.any_of(array.concat(
	[people.in_service(person, data.as_of) | some person in input.people],
	["unknown" | not sources.state("person") == "complete"],
))

_roster_reason := sources.reason("person")

_roster_reason := unknowns.reason(input.people, ["hire_day_starts_at", "last_day_ends_at", "status"]) if {
	sources.state("person") == "complete"
}

# no record of the department, or its source failed
_missing := {type |
	some type in data.settings.coverage_fact_types
	_nothing(type)
}

_nothing(type) if count(object.get(input, _arrays[type], [])) == 0

_nothing(type) if sources.state(type) == "failed"

_arrays := {
	"account": "accounts",
	"group": "groups",
	"host": "hosts",
	"login_event": "login_events",
	"membership": "memberships",
	"session": "sessions",
	"software_install": "software_installs",
}

_tools := [application |
	some application in data.company.applications
	applications.is_here(application)
	not applications.communicates(application) == "no"
	not exceptions.deployed(application) == "no"
]

_unseen(application) := answers.all_of([
	applications.communicates(application),
	exceptions.deployed(application),
	answers.opposite(_delivers(application)),
])

default _delivers(_) := "unknown"

_delivers(application) := "no" if application.collected == "no"

_delivers(application) := "yes" if {
	application.collected == "yes"
	some id in application.source_systems
	id in _delivering
}

_delivers(application) := "no" if {
	application.collected == "yes"
	is_array(application.source_systems)
	count({id | some id in application.source_systems; id in _delivering}) == 0
}

# sources that did not fail and that brought anything at all
_delivering := {source.id |
	some type in data.sources.types
	some source in type.sources
	source.received > 0
	source.state != "failed"
}

_states(id) := {source.state |
	some type in data.sources.types
	some source in type.sources
	source.id == id
}
