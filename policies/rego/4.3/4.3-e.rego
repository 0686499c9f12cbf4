# METADATA
# title: Self-chosen tools are maintained by their department
# description: An exception in force with an install that is behind and was not updated for long is a violation.
package checks["4.3-e"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.exceptions
import data.lib.papers
import data.lib.releases
import data.lib.updates

# METADATA
# description: How many exceptions in force are used on devices of the department, or may be.
population := count(_judged)

# METADATA
# description: Those with installs that nobody maintains.
violations contains object.union(exceptions.asked_by(request), {"subject": request.uid, "evidence": {
	"application": request.application,
	"behind": count([install | some install in installs; updates.behind(install) == "yes"]),
	"hosts": sort({install.host | some install in neglected}),
	"installs": count(installs),
	"version_since": min({updates.had_since(install) | some install in neglected}),
}}) if {
	some request in _judged
	installs := _used[request.uid]
	neglected := [install | some install in installs; _neglected(request, install) == "yes"]
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": request.uid, "reason": reasons[0]} if {
	some request in _judged
	answers.any_of([_neglected(request, install) | some install in _used[request.uid]]) == "unknown"
	reasons := [_why(install) |
		some install in _used[request.uid]
		_neglected(request, install) == "unknown"
	]
}

_why(install) := applications.reason(
	install,
	array.concat(
		papers.of_install(install),
		array.concat([install, releases.of(install)], updates.missing(install)),
	),
	array.concat(exceptions.fields, array.concat(updates.fields, ["version_since", "installed_at", "installed_at_kind"])),
)

# not declared: release, software_update: of what no list shows the install itself says why it is not known
_judged := [request |
	some request in _perhaps
	count(_used[request.uid]) > 0
]

_perhaps := {request |
	some install in _self_chosen
	some request in exceptions.perhaps_for(applications.departments(install))
}

_used := {request.uid: installs |
	some request in _perhaps
	installs := [install |
		some install in _self_chosen
		not _covers(request, install) == "no"
	]
}

_self_chosen := [install |
	some install in input.software_installs
	not applications.is_tool(install) == "no"
	not applications.selected(applications.of(install)) == "yes"
]

_covers(request, install) := answers.all_of([
	applications.is_tool(install),
	answers.opposite(applications.selected(applications.of(install))),
	_asks(request, install),
	exceptions.in_force(request, applications.departments(install), data.as_of),
])

default _asks(_, _) := "unknown"

_asks(request, install) := "yes" if request.application == install.application

_asks(request, install) := "no" if {
	applications.by_uid[request.application]
	applications.by_uid[install.application]
	request.application != install.application
}

# nobody knows of a silent device, nor of an exception that may not hold; what has nothing newer needs no update
default _neglected(_, _) := "unknown"

_neglected(request, install) := answers.all_of([updates.unchanged(install), updates.behind(install)]) if {
	applications.seen(install) == "yes"
	_covers(request, install) == "yes"
}
