# METADATA
# title: Outsiders are sponsored, for a time
# description: An outsider is in a group only while somebody in service sponsors it, until a date that is not over.
package checks["6.1.2-d"]

import future.keywords.not

import data.lib.answers
import data.lib.groups
import data.lib.sponsors
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: How many memberships belong to outsiders, or may.
population := count(_judged)

# METADATA
# description: >-
#   Those that nobody sponsors, or no longer, whatever the label of the group. Where it is known that 3.3-a judges the
#   group, that one tells of the missing sponsor.
violations contains object.union(violation, _to_act(membership, fault)) if {
	some membership in _judged
	_unsponsored(membership) == "yes"
	fault := _fault(membership)
	violation := {"subject": membership.uid, "evidence": {
		"account": membership.account,
		"group": membership.group,
		"sponsor": answers.shown(membership, "sponsor"),
		"sponsored_until": answers.shown(membership, "sponsored_until"),
		"fault": fault,
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": membership.uid, "reason": reason} if {
	some membership in _judged
	_unsponsored(membership) == "unknown"
	reason := unknowns.reason(
		[membership, sponsors.sponsor(membership), groups.of(membership), sponsors.account(membership)],
		array.concat(
			[
				"external", "sponsor", "sponsored_until_ends_at", "hire_day_starts_at", "last_day_ends_at", "status",
				"employment_type", "direct", "holder",
			],
			["joined_at" | _too_long(membership) == "unknown"],
		),
	)
}

_judged := [membership |
	some membership in input.memberships
	not membership.external == "no"
	not groups.shared(groups.of(membership)) == "no"
]

_unsponsored(membership) := answers.all_of([
	sponsors.outsider(membership),
	groups.shared(groups.of(membership)),
	answers.any_of([answer | some answer in _faults(membership)]),
])

_faults(membership) := {
	"no_sponsor": _unless_reported(membership, _without_sponsor(membership)),
	"sponsor_gone": _unless_reported(membership, _sponsor_gone(membership)),
	"ended": _ended(membership),
	"no_end": _endless(membership),
}

_fault(membership) := [fault |
	some fault in ["no_sponsor", "sponsor_gone", "ended", "no_end"]
	_faults(membership)[fault] == "yes"
][0]

# an outsider without a sponsor breaks this clause whatever the label says, so that a label which is not known excuses
# nobody; known to be confidential, and known to be no archive, the group is 3.3-a's, which reports the missing sponsor
_unless_reported(membership, answer) := answer if not _reported(membership)

_unless_reported(membership, _) := "no" if _reported(membership)

_reported(membership) if {
	groups.confidential(groups.of(membership)) == "yes"
	groups.of(membership).archived == "no"
}

default _without_sponsor(_) := "unknown"

_without_sponsor(membership) := "no" if is_string(membership.sponsor)

_without_sponsor(membership) := "yes" if answers.shown(membership, "sponsor") == "none"

default _sponsor_gone(_) := "unknown"

_sponsor_gone(membership) := "yes" if sponsors.state(membership) in {"left", "external"}

_sponsor_gone(membership) := "no" if sponsors.state(membership) in {"none", "valid"}

default _ended(_) := "unknown"

_ended(membership) := "yes" if membership.sponsored_until_ends_at < data.as_of

_ended(membership) := "no" if membership.sponsored_until_ends_at >= data.as_of

_ended(membership) := "no" if answers.shown(membership, "sponsored_until_ends_at") == "none"

# an end is asked of who has a sponsor; too far an end is none
default _endless(_) := "unknown"

_endless(membership) := "no" if _without_sponsor(membership) == "yes"

_endless(_) := "no" if data.settings.sponsor_required_end == "no"

# whether there is a sponsor or not, the end is no fault
_endless(membership) := "no" if _open_ended(membership) == "no"

_endless(membership) := "yes" if {
	data.settings.sponsor_required_end == "yes"
	_open_ended(membership) == "yes"
	_asked_for_an_end(membership)
}

_asked_for_an_end(membership) if _without_sponsor(membership) == "no"

# whoever the sponsor may be, there is no end; without a sponsor it is a violation just as well, unless 3.3-a has it
_asked_for_an_end(membership) if {
	_without_sponsor(membership) == "unknown"
	not _reported(membership)
}

_open_ended(membership) := answers.any_of([_without_end(membership), _too_long(membership)])

default _without_end(_) := "unknown"

_without_end(membership) := "no" if is_string(membership.sponsored_until_ends_at)

_without_end(membership) := "yes" if answers.shown(membership, "sponsored_until_ends_at") == "none"

default _too_long(_) := "unknown"

_too_long(membership) := "yes" if _stay(membership) > data.settings.external_max_days * 86400

_too_long(membership) := "no" if _stay(membership) <= data.settings.external_max_days * 86400

# on purpose: that a tool never tells since when the outsider is in is not held against anybody
_too_long(membership) := "no" if {
	unknowns.why(membership, "joined_at") in {"not_collected", "not_licensed", "not_supported"}
}

_stay(membership) := clock.seconds(membership.joined_at, membership.sponsored_until_ends_at)

# who sponsors the outsider can set a new end; all else is the manager's
_to_act(membership, fault) := {"owner": membership.sponsor} if {
	fault == "ended"
	sponsors.state(membership) == "valid"
}

_to_act(membership, fault) := groups.to_act(groups.of(membership)) if fault != "ended"

_to_act(membership, _) := groups.to_act(groups.of(membership)) if not sponsors.state(membership) == "valid"
