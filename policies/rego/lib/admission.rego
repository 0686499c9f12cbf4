# METADATA
# title: Who lets members in
# description: Who added a member to a group, and whether that was for him to decide.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.admission

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.approvals
import data.lib.departments
import data.lib.groups
import data.lib.organisation
import data.lib.people

# METADATA
# scope: document
# description: The account that added the member; an empty object if it is not known.
default adder(_) := {}

adder(membership) := accounts.by_uid[membership.added_by]

# METADATA
# scope: document
# description: Whether members came in by themselves; two accounts of one person are one.
default own(_) := "unknown"

own(membership) := "yes" if membership.added_by == membership.account

own(membership) := "yes" if {
	membership.added_by != membership.account
	adder(membership).holder == accounts.by_uid[membership.account].holder
}

own(membership) := "no" if {
	adder(membership).holder != accounts.by_uid[membership.account].holder
}

own(membership) := "no" if {
	membership.added_by != membership.account
	some account in [adder(membership), accounts.by_uid[membership.account]]
	people.without_holder(account) == "yes"
}

# METADATA
# description: Whether the member manages the group, by the role there or by the register.
manages(membership) := answers.any_of([_by_role(membership), _by_list(membership)])

default _by_role(_) := "unknown"

_by_role(membership) := "yes" if membership.role == "owner"

_by_role(membership) := "no" if membership.role in {"moderator", "member", "guest"}

default _by_list(_) := "unknown"

_by_list(membership) := "yes" if membership.account in groups.of(membership).owners

_by_list(membership) := "no" if {
	owners := groups.of(membership).owners
	not membership.account in owners
}

# METADATA
# description: Whether the decision was that of a manager or of the head of the department, or was approved.
entitled(membership) := answers.any_of([
	_by_manager(membership),
	_by_head(membership),
	_approved(membership),
])

# once for each group
_managers := {group.uid: uids |
	some group in groups.by_uid
	uids := {uid | some uid in group.owners} | object.get(_moderators, group.uid, set())
}

_moderators := {uid: found |
	some uid in {row.group | some row in _leading}
	found := {row.account | some row in _leading; row.group == uid}
}

_leading := [row | some row in _memberships; row.role in {"owner", "moderator"}]

_memberships := array.concat(input.memberships, input.context.memberships)

_people := {uid: holders |
	some uid, managers in _managers
	holders := {accounts.by_uid[account].holder | some account in managers}
}

# groups of which not all managers are known by name
_vague := {uid |
	some uid, managers in _managers
	some account in managers
	not people.by_uid[accounts.by_uid[account].holder]
	not people.without_holder(accounts.by_uid[account]) == "yes"
}

# account and group of those who are only members now: they were no managers either, as far as is known
_plain := {[row.account, row.group] | some row in _memberships; row.role in {"member", "guest"}}

default _by_manager(_) := "unknown"

_by_manager(membership) := "yes" if _is_manager(membership)

_by_manager(membership) := "no" if {
	is_array(groups.of(membership).owners)
	[membership.added_by, membership.group] in _plain
	not membership.group in _vague
	not _is_manager(membership)
	_named(adder(membership))
}

_is_manager(membership) if membership.added_by in _managers[membership.group]

_is_manager(membership) if adder(membership).holder in _people[membership.group]

_named(account) if people.by_uid[account.holder]

_named(account) if people.without_holder(account) == "yes"

default _by_head(_) := "unknown"

_by_head(membership) := departments.headed(
	departments_of(groups.of(membership))[0],
	adder(membership).holder,
	membership.joined_at,
)

_by_head(membership) := "no" if people.without_holder(adder(membership)) == "yes"

# METADATA
# description: The department whose head decides for the group, in a list.
departments_of(group) := [organisation.by_code[code] | code := _department(group)]

_department(group) := group.owner_department

_department(group) := group.department_code if answers.shown(group, "owner_department") == "none"

# an approval of the membership or of the group's members, by somebody else than who added the member
default _approved(_) := "unknown"

_approved(membership) := approvals.granted_for("other", _names(membership), membership.joined_at)

_names(membership) := {membership.uid} | {name |
	some name in [groups.of(membership).uid, groups.of(membership).native_id]
}

# METADATA
# description: The approvals that are about the membership or the group, or may be.
approvals_of(membership) := approvals.perhaps_for(_names(membership))

# METADATA
# description: What shows who manages the group; the accounts of its managers, and what part the adder has in it.
leaders(membership) := array.concat(
	[account | some uid in _managers[membership.group]; account := accounts.by_uid[uid]],
	[row | some row in _rows_of[membership.added_by]; row.group == membership.group],
)

_rows_of := {uid: rows |
	some uid in {row.account | some row in _memberships; row.unknown.role}
	rows := [row | some row in _memberships; row.account == uid]
}
