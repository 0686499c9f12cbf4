# METADATA
# title: Every work communication tool is inside the audit
# description: A tool seen on devices that no register knows and no source covers is a violation.
package checks["2-a"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.unknowns

# METADATA
# description: How many tools were seen on devices of the department, and installs that may be tools.
population := count(_tools) + count(_strange)

# METADATA
# description: Those outside the audit.
violations contains {"subject": application.uid, "evidence": {
	"application": application.uid,
	"collected": answers.shown(application, "collected"),
	"hosts": count({install.host | some install in _installs(application)}),
	"installs": count(_installs(application)),
	"registered": answers.shown(application, "registered"),
}} if {
	some application in _tools
	_outside(application) == "yes"
}

# METADATA
# scope: document
# description: Those of which it cannot be said.
unknown contains {"subject": application.uid, "reason": reason} if {
	some application in _tools
	_outside(application) == "unknown"
	reason := _reason(application)
}

unknown contains {"subject": install.uid, "reason": unknowns.reason([install], ["application"])} if {
	some install in _strange
}

_tools := [application |
	some uid in object.keys(_installs_of)
	application := applications.by_uid[uid]
	not applications.communicates(application) == "no"
]

# what these are is not known
_strange := [install |
	some install in input.software_installs
	not applications.by_uid[install.application]
	not applications.is_tool(install) == "no"
]

_outside(application) := answers.all_of([
	applications.communicates(application),
	answers.opposite(_tri(application, "registered")),
	answers.opposite(_tri(application, "collected")),
	answers.any_of([applications.seen(install) | some install in _installs(application)]),
])

_tri(application, field) := object.get(application, field, "unknown")

_installs(application) := object.get(_installs_of, application.uid, [])

_installs_of := {uid: installs |
	some uid in {install.application | some install in input.software_installs}
	installs := [install | some install in input.software_installs; install.application == uid]
}

_reason(application) := unknowns.reason(
	array.concat([application], [applications.device(install) | some install in _installs(application)]),
	["category", "registered", "collected", "last_seen_at"],
) if {
	not _silent(application)
}

_reason(application) := "stale" if _silent(application)

# all else is known, but the devices were not heard of
_silent(application) if {
	not "unknown" in {
		applications.communicates(application),
		_tri(application, "registered"),
		_tri(application, "collected"),
	}
	some install in _installs(application)
	applications.device(install).last_seen_at
}
