# METADATA
# title: Groups
# description: Which groups count, and who answers for them.
# schemas:
#   - input: schema.input
package lib.groups

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.people

# METADATA
# description: Every group that the shard knows of, by uid.
by_uid := {group.uid: group | some group in array.concat(input.groups, input.context.groups)}

# METADATA
# scope: document
# description: The group of a membership; an empty object if it is not known.
default of(_) := {}

of(membership) := by_uid[membership.group]

# METADATA
# scope: document
# description: Whether people can still write in the group, and it is no one-to-one chat.
default live(_) := "unknown"

live(group) := answers.all_of([answers.opposite(_tri(group, "archived")), answers.opposite(_tri(group, "direct"))])

# METADATA
# scope: document
# description: Whether it is more than a one-to-one chat.
default shared(_) := "unknown"

shared(group) := answers.opposite(_tri(group, "direct"))

_tri(group, field) := object.get(group, field, "unknown")

# METADATA
# scope: document
# description: Whether what it holds is confidential or above, by a label that is known.
default confidential(_) := "unknown"

confidential(group) := "yes" if {
	group.label != "unknown"
	group.label in data.settings.confidential_labels
}

confidential(group) := "no" if {
	group.label != "unknown"
	not group.label in data.settings.confidential_labels
}

# METADATA
# scope: document
# description: Whether somebody in service answers for the group, or a department that still exists.
default answered(_) := "unknown"

answered(group) := answers.any_of(array.concat(_managed(group), [department_answers(group)]))

default _managed(_) := ["unknown"]

_managed(group) := [good_manager(owner) | some owner in group.owners] if is_array(group.owners)

# METADATA
# scope: document
# description: Whether the department that owns the group still exists or was taken over; no if none owns it.
default department_answers(_) := "unknown"

department_answers(group) := "no" if answers.shown(group, "owner_department") == "none"

department_answers(group) := answers.any_of(array.concat(
	[departments.in_force(department, data.as_of) | some department in owning_departments(group)],
	["unknown" | not organisation.settled(group.owner_department)],
)) if {
	group.owner_department
}

# METADATA
# description: The department that owns the group, and what it became.
owning_departments(group) := [organisation.by_code[code] | some code in organisation.became(group.owner_department)]

# METADATA
# scope: document
# description: Whether the account of a manager is open, and one person in service stands behind it.
default good_manager(_) := "unknown"

good_manager(uid) := answers.opposite(answers.any_of([answer | some answer in manager_faults(account)])) if {
	account := accounts.by_uid[uid]
}

# METADATA
# description: What may be wrong with the account of a manager, each answered yes, no or unknown.
manager_faults(account) := {
	"left": people.left_before(behind(account), data.as_of),
	"closed": accounts.closed(account),
	"external": answers.any_of([people.outsider(behind(account)), _guest(account)]),
	"no_person": _without_person(account),
}

# METADATA
# scope: document
# description: The person behind an account, or the named owner of a service or shared one; empty if not known.
default behind(_) := {}

behind(account) := people.holder(account) if account.holder

# the owner counts only where nobody holds it: whoever may hold it may be in service
behind(account) := people.by_uid[account.owner] if {
	people.without_holder(account) == "yes"
	_owned(account) == "yes"
}

default _owned(_) := "unknown"

_owned(account) := "yes" if account.kind in {"service", "bot", "shared", "room_device"}

_owned(account) := "no" if account.kind in {"human", "guest"}

default _guest(_) := "unknown"

_guest(account) := "yes" if account.kind == "guest"

_guest(account) := "no" if account.kind in {"human", "service", "bot", "shared", "room_device"}

default _without_person(_) := "unknown"

_without_person(account) := "no" if people.by_uid[account.holder]

_without_person(account) := "no" if {
	people.without_holder(account) == "yes"
	_owned(account) == "yes"
	people.by_uid[account.owner]
}

_without_person(account) := "yes" if {
	people.without_holder(account) == "yes"
	_owned(account) == "no"
}

# whatever kind it is
_without_person(account) := "yes" if {
	people.without_holder(account) == "yes"
	answers.shown(account, "owner") == "none"
}

# METADATA
# scope: document
# description: Names the manager who acts for the group, as a part of a violation; empty if nobody good is known.
default to_act(_) := {}

to_act(group) := {"owner": sort(uids)[0]} if {
	uids := [behind(accounts.by_uid[owner]).uid | some owner in group.owners; good_manager(owner) == "yes"]
	count(uids) > 0
}
