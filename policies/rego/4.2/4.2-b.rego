# METADATA
# title: Assessed and approved before use
# description: An install of a tool that was asked for, without an exception that holds for its user, is a violation.
package checks["4.2-b"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.exceptions
import data.lib.papers
import data.lib.unknowns

# METADATA
# description: How many installs are of tools that were asked for and not selected, or may be.
population := count(_judged)

# METADATA
# description: Those that no exception covers.
violations contains {"subject": install.uid, "evidence": object.union(_granted(install), {
	"application": install.application,
	"case": _case(install),
	"first_seen_at": answers.shown(install, "first_seen_at"),
	"host": install.host,
	"installed_at": answers.shown(install, "installed_at"),
	"person": answers.shown(applications.device(install), "owner"),
})} if {
	some install in _judged
	_unapproved(install) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": install.uid, "reason": reason} if {
	some install in _judged
	_unapproved(install) == "unknown"
	reason := applications.reason(
		install,
		array.concat(papers.of_install(install), [install]),
		array.concat(exceptions.fields, ["installed_at", "installed_at_kind", "first_seen_at"]),
	)
}

# what nobody asked for is 4.1-a's
_judged := [install |
	some install in input.software_installs
	not applications.is_tool(install) == "no"
	not applications.selected(applications.of(install)) == "yes"
	not exceptions.requested(applications.of(install)) == "no"
]

_unapproved(install) := answers.all_of([
	applications.is_tool(install),
	answers.opposite(applications.selected(applications.of(install))),
	exceptions.requested(applications.of(install)),
	applications.seen(install),
	answers.opposite(_allowed(install)),
])

_allowed(install) := answers.any_of(array.concat(
	[_allows(install, request) | some request in exceptions.asked_for(install)],
	# of which it is not known what they are for, they may allow it
	["unknown" | some request in exceptions.doubts_for(install); _allows(install, request) != "no"],
))

_allows(install, request) := answers.all_of([_holds(install, request), answers.opposite(_early(install, request))])

_holds(install, request) := answers.all_of([
	exceptions.in_force(request, applications.departments(install), data.as_of),
	exceptions.assessed(request),
])

# used before the approval; asked only where the approval began in the period
default _early(_, _) := "unknown"

_early(_, request) := "no" if exceptions.begins(request) < data.period.from

_early(install, request) := "no" if {
	install.installed_at_kind == "install"
	install.installed_at >= exceptions.begins(request)
	_seen_since(install, exceptions.begins(request))
}

_early(install, request) := "yes" if {
	exceptions.begins(request) >= data.period.from
	_there_before(install, exceptions.begins(request))
}

# no earlier snapshot showed it; where there was none, the day of the install is all there is
_seen_since(install, instant) if install.first_seen_at >= instant

_seen_since(install, _) if unknowns.why(install, "first_seen_at") == "not_collected"

_there_before(install, instant) if install.first_seen_at < instant

# a last change is not the install, but what was changed was there
_there_before(install, instant) if {
	install.installed_at_kind in {"install", "last_change"}
	install.installed_at < instant
}

# the request that comes nearest to allowing it, and what it lacks
_case(install) := "other_department" if count(_covering(install)) == 0

_case(install) := _worded[_nearest(install)[0]]

_worded := ["early", "not_assessed_by_it", "expired", "unapproved"]

_nearest(install) := min({[_rank(request), request.uid] | some request in _covering(install)})

_covering(install) := [request |
	some request in exceptions.asked_for(install)
	not exceptions.covers(request, applications.departments(install)) == "no"
]

# the worst of its faults
_rank(request) := max(union({{0}, _unassessed(request), {2 | _lapsed(request)}, {3 | _refused(request)}}))

_unassessed(request) := {1 | exceptions.assessed(request) == "no"}

_refused(request) if {
	exceptions.approved(request) == "no"
	not _called_expired(request)
}

_lapsed(request) if exceptions.over(request, data.as_of) == "yes"

_lapsed(request) if _called_expired(request)

_called_expired(request) if request.state == "expired"

_called_expired(request) if exceptions.approval_of(request).state == "expired"

_granted(install) := {"request": "none", "decided_at": "none", "valid_from": "none", "valid_until": "none"} if {
	count(_covering(install)) == 0
}

_granted(install) := {
	"request": request.uid,
	"decided_at": _decided(request),
	"valid_from": answers.shown(exceptions.approval_of(request), "valid_from"),
	"valid_until": answers.shown(exceptions.approval_of(request), "valid_until"),
} if {
	some request in _covering(install)
	request.uid == _nearest(install)[1]
}

default _decided(_) := "none"

_decided(request) := exceptions.decided_at(request)
