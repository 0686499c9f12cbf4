# METADATA
# title: A person answers for the group
# description: A live group needs a manager in service with an open account, or a department that owns it.
package checks["6.1.1-b"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.groups
import data.lib.unknowns

# METADATA
# description: How many live groups there are, or may be.
population := count(_judged)

# METADATA
# description: Those that nobody answers for.
violations contains {"subject": group.uid, "evidence": {
	"owners": _owners(group),
	"owner_origin": answers.shown(group, "owner_origin"),
}} if {
	some group in _judged
	_abandoned(group) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": group.uid, "reason": reason} if {
	some group in _judged
	_abandoned(group) == "unknown"
	behind := [record |
		some owner in group.owners
		account := accounts.by_uid[owner]
		some record in [account, groups.behind(account)]
	]
	reason := unknowns.reason(
		array.concat(array.concat([group], behind), groups.owning_departments(group)),
		[
			"owners", "owner_department", "archived", "direct", "holder", "owner", "state", "kind",
			"last_day_ends_at", "status", "employment_type", "valid_from", "valid_until", "merged_into",
		],
	)
}

_judged := [group |
	some group in input.groups
	not groups.live(group) == "no"
]

_abandoned(group) := answers.all_of([groups.live(group), answers.opposite(groups.answered(group))])

# every manager with what is wrong, then the department that is gone; empty if there is nobody at all
_owners(group) := array.concat(
	[{"owner": owner, "why": _why(accounts.by_uid[owner])} | some owner in group.owners],
	[{"owner": code, "why": "department_dissolved"} | code := group.owner_department],
)

_why(account) := [fault |
	some fault in ["left", "closed", "external", "no_person"]
	groups.manager_faults(account)[fault] == "yes"
][0]
