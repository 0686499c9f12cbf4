# METADATA
# title: No unsponsored outsiders in confidential groups
# description: A confidential group with an outsider for whom nobody in service answers is a violation.
package checks["3.3-a"]

import future.keywords.not

import data.lib.answers
import data.lib.groups
import data.lib.sponsors
import data.lib.unknowns

# METADATA
# description: How many groups are confidential, or may be.
population := count(_judged)

# METADATA
# description: Those with an outsider for whom nobody answers.
violations contains {"subject": group.uid, "evidence": {
	"label": group.label,
	"outsiders": sort([membership.uid | some membership in found]),
	"sponsors": sort({sponsors.state(membership) | some membership in found}),
}} if {
	some group in _judged
	_exposed(group) == "yes"
	found := [membership | some membership in _members(group); sponsors.unsponsored(membership) == "yes"]
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": group.uid, "reason": reason} if {
	some group in _judged
	_exposed(group) == "unknown"
	reason := _reason(group)
}

_judged := [group |
	some group in input.groups
	not _in_question(group) == "no"
]

_in_question(group) := answers.all_of([
	answers.opposite(object.get(group, "archived", "unknown")),
	groups.confidential(group),
])

_exposed(group) := answers.all_of([_in_question(group), answers.any_of(array.concat(
	[sponsors.unsponsored(membership) | some membership in _members(group)],
	[_hidden(group)],
))])

# more members than the list names, or a number that was withheld: the others may be outsiders
default _hidden(_) := "unknown"

_hidden(group) := "no" if count(_listed(group)) >= group.member_count

# where no number is ever stated, the list of members is all there is
_hidden(group) := "no" if unknowns.why(group, "member_count") in {"not_collected", "not_licensed", "not_supported"}

# who is in directly and through another group is in once
_listed(group) := {membership.account | some membership in _members(group)}

_members(group) := object.get(_members_of, group.uid, [])

_members_of := {uid: members |
	some uid in {membership.group | some membership in input.memberships}
	members := [membership | some membership in input.memberships; membership.group == uid]
}

_reason(group) := _withheld(group) if _cut_short(group)

_reason(group) := unknowns.reason(
	array.concat([group], [record |
		some membership in _members(group)
		not sponsors.unsponsored(membership) == "no"
		some record in [membership, sponsors.sponsor(membership), sponsors.account(membership)]
	]),
	[
		"archived", "label", "external", "sponsor", "last_day_ends_at", "hire_day_starts_at", "status",
		"employment_type", "holder",
	],
) if {
	not _cut_short(group)
}

# nothing but the missing part of the list is open
_cut_short(group) if {
	_in_question(group) == "yes"
	not "unknown" in {sponsors.unsponsored(membership) | some membership in _members(group)}
}

default _withheld(_) := "source_partial"

_withheld(group) := unknowns.why(group, "member_count")
