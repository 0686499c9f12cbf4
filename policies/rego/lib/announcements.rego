# METADATA
# title: Announcements
# description: Which announcements an audit of the period judges, who wrote them, and what their approvals are worth.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.announcements

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.approvals
import data.lib.departments
import data.lib.organisation
import data.lib.people
import data.lib.periods

# METADATA
# description: Whether it was published in the period, and before the snapshot.
in_period(announcement) := periods.within(announcement, "published_at")

# METADATA
# scope: document
# description: Whether it is of the class; a guess by keywords is not certain, nor is a class from nobody knows where.
default of_class(_, _) := "unknown"

of_class(announcement, class) := "yes" if {
	announcement.kind == class
	announcement.kind_origin in {"label", "register"}
}

of_class(announcement, class) := "no" if {
	announcement.kind in {"important", "sensitive", "ordinary"}
	announcement.kind != class
}

# METADATA
# scope: document
# description: Why the class is not certain, as a list of one; empty if it is.
default class_doubt(_) := []

class_doubt(announcement) := ["ambiguous"] if {
	announcement.kind in {"important", "sensitive"}
	announcement.kind_origin == "rule"
}

# METADATA
# scope: document
# description: The person who published it; an empty object if not known.
default author(_) := {}

author(announcement) := people.by_uid[announcement.author]

author(announcement) := people.holder(accounts.by_uid[announcement.author]) if {
	not people.by_uid[announcement.author]
}

# METADATA
# description: The account by which it was published, in a list.
accounts_of(announcement) := [account | account := accounts.by_uid[announcement.author]]

# METADATA
# scope: document
# description: Its approval; an empty object if there is none, or it is not known.
default approval(_) := {}

approval(announcement) := approvals.by_uid[announcement.approval]

# METADATA
# scope: document
# description: Whether it has no approval at all.
default unapproved(_) := "unknown"

unapproved(announcement) := "yes" if answers.shown(announcement, "approval") == "none"

unapproved(announcement) := "no" if approvals.by_uid[announcement.approval]

# METADATA
# scope: document
# description: The people whose own decision is worth nothing, author and requester; undefined if one is not known.
selves(announcement) := {author(announcement).uid, people.by_uid[approval(announcement).requested_by].uid}

# METADATA
# description: Whether somebody other than author and requester decided; the head of the company may decide alone.
by_another(announcement, decision) := answers.any_of([_by_top(decision), by_other(announcement, decision)])

# METADATA
# scope: document
# description: Whether somebody other than author and requester decided, whoever these are.
default by_other(_, _) := "unknown"

by_other(announcement, decision) := approvals.by_another(decision, selves(announcement)) if is_set(selves(announcement))

# author and approver are certainly one, whoever asked
by_other(announcement, decision) := "no" if {
	not is_set(selves(announcement))
	some uid in [author(announcement).uid, object.get(approval(announcement), "requested_by", "")]
	decision.by == uid
}

default _by_top(_) := "unknown"

_by_top(decision) := departments.headed(organisation.by_code[data.root], decision.by, decision.at)

# METADATA
# scope: document
# description: Whether who decided then headed a department concerned, or decided in the place of who did.
default by_head(_, _) := "unknown"

by_head(announcement, decision) := answers.any_of(array.concat(
	[_headed(code, decision) | some code in _concerned(announcement)],
	[
		_concerned_known(announcement),
		organisation.delegated(decision.by, organisation.heads(_concerned(announcement), decision.at), decision.at),
	],
)) if {
	decision.by
	decision.at
}

# the publishing department, those above it, and those addressed
_concerned(announcement) := _line(announcement) | {code | some code in announcement.audience_departments}

default _line(_) := set()

_line(announcement) := organisation.line(announcement.department_code)

# METADATA
# description: The departments that are concerned, and that of the head of the company.
departments_of(announcement) := [organisation.by_code[code] | some code in (_concerned(announcement) | {data.root})]

# METADATA
# description: The delegations that let somebody who decided decide in the place of another.
delegations_of(announcement) := [delegation |
	some decision in approval(announcement).decisions
	some delegation in data.company.delegations
	delegation.delegate == decision.by
]

# a department that is not known may be headed by anybody
default _concerned_known(_) := "unknown"

_concerned_known(announcement) := "no" if organisation.line_known(announcement.department_code) == "yes"

default _headed(_, _) := "unknown"

_headed(code, decision) := departments.headed(organisation.by_code[code], decision.by, decision.at)

# METADATA
# scope: document
# description: Whether the approval was granted; what has expired since was granted before.
default granted(_) := "unknown"

granted(announcement) := "yes" if approval(announcement).state == "expired"

granted(announcement) := approvals.granted(approval(announcement)) if {
	not approval(announcement).state == "expired"
}

# METADATA
# scope: document
# description: Whether the approval held by its dates when the announcement was published.
default in_force(_) := "unknown"

in_force(announcement) := approvals.dated(approval(announcement), announcement.published_at)

# METADATA
# scope: document
# description: Whether the last decision before publishing was a rejection.
default rejected_last(_) := "unknown"

rejected_last(announcement) := "yes" if {
	_last_decision(announcement).decision == "rejected"
	not _perhaps_overruled(announcement, _last_decision(announcement))
}

rejected_last(announcement) := "no" if {
	is_array(approval(announcement).decisions)
	not _last_decision(announcement).decision == "rejected"
	not _unclear(announcement)
}

_last_decision(announcement) := approval(announcement).decisions[last] if {
	last := max({[decision.at, number] |
		some number, decision in approval(announcement).decisions
		decision.decision in {"approved", "rejected"}
		decision.at <= announcement.published_at
	})[1]
}

# an approval that nobody knows the time of, or a decision that may be one, can have come after the rejection
_perhaps_overruled(announcement, _) if {
	some decision in approval(announcement).decisions
	decision.decision == "approved"
	not decision.at
}

_perhaps_overruled(announcement, rejection) if {
	some decision in approval(announcement).decisions
	decision.decision == "unknown"
	not decision.at < rejection.at
	not decision.at > announcement.published_at
}

_unclear(announcement) if {
	some decision in approval(announcement).decisions
	decision.decision == "unknown"
}

_unclear(announcement) if {
	some decision in approval(announcement).decisions
	decision.decision == "rejected"
	not decision.at
}

# METADATA
# scope: document
# description: Whether the text is another than the one approved.
default changed(_) := "unknown"

changed(announcement) := "yes" if announcement.text_sha256 != approval(announcement).text_sha256

changed(announcement) := "no" if announcement.text_sha256 == approval(announcement).text_sha256

# a register without digests leaves no doubt, unless the text was edited after the decision
changed(announcement) := "no" if {
	_incomparable(announcement, approval(announcement))
	not announcement.edited_at > first_approval(announcement).at
}

_incomparable(_, record) if answers.shown(record, "text_sha256") == "none"

_incomparable(announcement, record) if {
	some each in [announcement, record]
	not each.text_sha256
	each.unknown.text_sha256 in {"not_collected", "not_supported"}
}

# METADATA
# scope: document
# description: The first decision that approves; an empty object if there is none.
default first_approval(_) := {}

first_approval(announcement) := approval(announcement).decisions[first] if {
	first := min({[object.get(decision, "at", "9"), number] |
		some number, decision in approval(announcement).decisions
		decision.decision == "approved"
	})[1]
}
