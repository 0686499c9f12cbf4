# METADATA
# title: Notices are approved before they go out
# description: The head of a department concerned, who did not write it, approves an important notice beforehand.
package checks["6.2.1-a"]

import future.keywords.not

import data.lib.announcements
import data.lib.answers
import data.lib.approvals
import data.lib.unknowns

# METADATA
# description: How many important notices were published in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those that went out without a good approval.
violations contains {"subject": notice.uid, "evidence": {
	"published_at": notice.published_at,
	"author": answers.shown(notice, "author"),
	"approval": answers.shown(notice, "approval"),
	"approver": object.get(announcements.first_approval(notice), "by", "none"),
	"decided_at": object.get(announcements.first_approval(notice), "at", "none"),
	"fault": _fault(notice),
}} if {
	some notice in _judged
	_improper(notice) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": notice.uid, "reason": reason} if {
	some notice in _judged
	_improper(notice) == "unknown"
	reason := array.concat(announcements.class_doubt(notice), [unknowns.first([
		[[notice, announcements.approval(notice)], [
			"published_at", "kind", "kind_origin", "approval", "author", "department_code", "state", "decisions",
			"requested_by", "valid_from", "valid_until",
		]],
		[announcements.accounts_of(notice), ["holder"]],
		[announcements.departments_of(notice), ["parent", "heads"]],
		[announcements.delegations_of(notice), ["valid_from", "valid_until"]],
		[[notice, announcements.approval(notice)], ["text_sha256"]],
	])])[0]
}

_judged := [notice |
	some notice in input.announcements
	not announcements.in_period(notice) == "no"
	not announcements.of_class(notice, "important") == "no"
]

_improper(notice) := answers.all_of([
	announcements.in_period(notice),
	announcements.of_class(notice, "important"),
	answers.any_of([answer | some answer in _faults(notice)]),
])

_faults(notice) := {
	"no_approval": announcements.unapproved(notice),
	"not_approved": _unless_without(notice, answers.any_of([
		answers.opposite(_some(notice, 1)),
		announcements.rejected_last(notice),
		answers.opposite(announcements.granted(notice)),
	])),
	"self_approved": _unless_without(notice, answers.opposite(_some(notice, 2))),
	"not_head": _unless_without(notice, answers.opposite(_some(notice, 3))),
	"expired": _unless_without(notice, answers.opposite(announcements.in_force(notice))),
	"late": _unless_without(notice, answers.opposite(_some(notice, 4))),
	"changed": _unless_without(notice, announcements.changed(notice)),
}

_fault(notice) := [fault |
	some fault in ["no_approval", "not_approved", "self_approved", "not_head", "late", "expired", "changed"]
	_faults(notice)[fault] == "yes"
][0]

# without an approval there is nothing else to find fault with
_unless_without(notice, _) := "no" if announcements.unapproved(notice) == "yes"

_unless_without(notice, answer) := answer if not announcements.unapproved(notice) == "yes"

# whether some decision passes so many of the tests, in their order
default _some(_, _) := "unknown"

_some(notice, tests) := answers.any_of([answers.all_of(array.slice(passed, 0, tests)) |
	some decision in announcements.approval(notice).decisions
	passed := [
		approvals.approving(decision),
		announcements.by_another(notice, decision),
		announcements.by_head(notice, decision),
		approvals.made_by(decision, notice.published_at),
	]
]) if {
	is_array(announcements.approval(notice).decisions)
}
