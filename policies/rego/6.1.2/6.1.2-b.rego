# METADATA
# title: Whoever no longer belongs leaves the group
# description: A member whom the scope of the group has not covered for longer than the days allowed is a violation.
package checks["6.1.2-b"]

# not declared: assignment: only groups for a project need it, and of those the rule asks whether the list is complete

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.belonging
import data.lib.groups
import data.lib.people
import data.lib.sponsors
import data.lib.unknowns

# METADATA
# description: How many memberships of insiders there are in groups that say who belongs in them, or may be.
population := count(_judged)

# METADATA
# description: Those of people who have been outside for too long.
violations contains object.union(violation, groups.to_act(group)) if {
	some membership in _judged
	_remains(membership) == "yes"
	group := groups.of(membership)
	person := _person(membership)
	violation := {"subject": membership.uid, "evidence": {
		"account": membership.account,
		"department_code": answers.shown(person, "department_code"),
		"group": membership.group,
		"holder": person.uid,
		"outside_since": max(_starts(membership) | belonging.ends(group, person)),
		"scope": sort(array.concat(group.scope.departments, group.scope.projects)),
		"via": answers.shown(membership, "via"),
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": membership.uid, "reason": reason} if {
	some membership in _judged
	_remains(membership) == "unknown"
	reason := unknowns.first([
		[[groups.of(membership)], ["archived", "direct", "scope", "owners", "scope_as_of"]],
		[[membership], array.concat(["external", "role"], ["joined_at" | _joined(membership) == "unknown"])],
		[[_account(membership), _person(membership)], [
			"kind", "state", "holder", "employment_type", "hire_day_starts_at", "last_day_ends_at", "status",
			"department_code", "post_since",
		]],
		[[membership], ["first_seen_at"]],
		[belonging.departments(groups.of(membership), _person(membership)), ["merged_into", "parent", "heads"]],
		[belonging.assignments(groups.of(membership), _person(membership)), ["person", "from_at", "until_at"]],
	])
}

_judged := [membership |
	some membership in input.memberships
	not _concerned(membership) == "no"
]

_remains(membership) := answers.all_of([
	_concerned(membership),
	answers.opposite(belonging.inside(groups.of(membership), _person(membership))),
	_for_long(membership),
])

# outsiders are 6.1.2-d's, leavers and closed accounts 6.1.2-c's, groups without a scope 6.1.1-a's
_concerned(membership) := answers.all_of([
	groups.live(groups.of(membership)),
	belonging.scoped(groups.of(membership)),
	answers.opposite(sponsors.outsider(membership)),
	answers.opposite(_manages(membership)),
	answers.opposite(accounts.robot(_account(membership))),
	answers.opposite(accounts.closed(_account(membership))),
	_served(membership),
])

_manages(membership) := answers.any_of([_by_role(membership), _by_list(membership)])

default _by_role(_) := "unknown"

_by_role(membership) := "yes" if membership.role == "owner"

_by_role(membership) := "no" if membership.role in {"moderator", "member", "guest"}

default _by_list(_) := "unknown"

_by_list(membership) := "yes" if membership.account in groups.of(membership).owners

_by_list(membership) := "no" if {
	owners := groups.of(membership).owners
	not membership.account in owners
}

default _served(_) := "unknown"

_served(membership) := answers.all_of([
	answers.opposite(people.outsider(people.by_uid[_account(membership).holder])),
	people.in_service(people.by_uid[_account(membership).holder], data.as_of),
])

# nobody's account is 5.1-a's
_served(membership) := "no" if people.without_holder(_account(membership)) == "yes"

# outside since the latest of these, and of the end of the person's projects
_for_long(membership) := answers.all_of(array.concat(
	[
		_in_post(_person(membership)),
		_stated(groups.of(membership)),
		_joined(membership),
	],
	[answers.any_of([answers.opposite(end.own), _past(end.at)]) |
		some end in belonging.perhaps_ends(groups.of(membership), _person(membership))
	],
))

default _in_post(_) := "unknown"

_in_post(person) := _past(person.post_since)

default _stated(_) := "unknown"

_stated(group) := _past(group.scope_as_of)

_stated(group) := "yes" if answers.shown(group, "scope_as_of") == "none"

default _joined(_) := "unknown"

_joined(membership) := _past(membership.joined_at)

_joined(membership) := "yes" if {
	not membership.joined_at
	membership.first_seen_at < data.cutoff.scope_grace_working_days
}

default _past(_) := "unknown"

_past(instant) := "yes" if instant < data.cutoff.scope_grace_working_days

_past(instant) := "no" if instant >= data.cutoff.scope_grace_working_days

_starts(membership) := ({_person(membership).post_since} | {at | at := groups.of(membership).scope_as_of}) | {at |
	at := object.get(membership, "joined_at", object.get(membership, "first_seen_at", ""))
}

default _account(_) := {}

_account(membership) := accounts.by_uid[membership.account]

_person(membership) := people.holder(_account(membership))
