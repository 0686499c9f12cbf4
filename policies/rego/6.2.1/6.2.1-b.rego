# METADATA
# title: Strategy, finance and major decisions take the release process
# description: What is sensitive is released beforehand by somebody else, and reaches no further than it was released.
package checks["6.2.1-b"]

import future.keywords.not

import data.lib.announcements
import data.lib.answers
import data.lib.approvals
import data.lib.organisation
import data.lib.unknowns

# METADATA
# description: How many sensitive announcements were published in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those that went out without a good release, or further than it allows.
violations contains {"subject": post.uid, "evidence": {
	"published_at": post.published_at,
	"class": post.kind,
	"audience": _reach(post),
	"released_audience": answers.shown(announcements.approval(post), "released_audience"),
	"departments": post.audience_departments,
	"released_departments": object.get(announcements.approval(post), "released_departments", []),
	"approval": answers.shown(post, "approval"),
	"decided_at": object.get(announcements.first_approval(post), "at", "none"),
	"fault": _fault(post),
}} if {
	some post in _judged
	_improper(post) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": post.uid, "reason": reason} if {
	some post in _judged
	_improper(post) == "unknown"
	reason := array.concat(announcements.class_doubt(post), [unknowns.first([
		[[post, announcements.approval(post)], [
			"published_at", "kind", "kind_origin", "approval", "state", "decisions", "author", "requested_by",
			"audience", "outsiders", "released_audience", "department_code", "valid_from", "valid_until",
		]],
		[announcements.accounts_of(post), ["holder"]],
		[_departments(post), ["merged_into", "parent"]],
		[[post, announcements.approval(post)], ["text_sha256"]],
	])])[0]
}

_judged := [post |
	some post in input.announcements
	not announcements.in_period(post) == "no"
	not announcements.of_class(post, "sensitive") == "no"
]

_improper(post) := answers.all_of([
	announcements.in_period(post),
	announcements.of_class(post, "sensitive"),
	answers.any_of([answer | some answer in _faults(post)]),
])

# worst first: the first that is certain is reported
_order := ["no_release", "self_approved", "late", "expired", "wider", "changed"]

_fault(post) := [fault | some fault in _order; _faults(post)[fault] == "yes"][0]

# without an approval there is nothing else to find fault with
_faults(post) := {"no_release": "yes"} if announcements.unapproved(post) == "yes"

_faults(post) := {
	"no_release": answers.any_of([
		answers.opposite(approvals.of_kind(announcements.approval(post), "sensitive_publication")),
		answers.opposite(announcements.granted(post)),
		answers.opposite(_some(post, 1)),
		announcements.rejected_last(post),
	]),
	"self_approved": answers.opposite(_some(post, 2)),
	"late": answers.opposite(_some(post, 3)),
	"expired": answers.opposite(announcements.in_force(post)),
	"wider": answers.any_of([_further(post), _elsewhere(post)]),
	"changed": announcements.changed(post),
} if {
	not announcements.unapproved(post) == "yes"
}

# whether some decision passes so many of the tests, in their order
default _some(_, _) := "unknown"

_some(post, tests) := answers.any_of([answers.all_of(array.slice(passed, 0, tests)) |
	some decision in announcements.approval(post).decisions
	passed := [
		approvals.approving(decision),
		announcements.by_other(post, decision),
		approvals.made_by(decision, post.published_at),
	]
]) if {
	is_array(announcements.approval(post).decisions)
}

_width := {"group": 1, "department": 2, "company": 3, "external": 4}

# whoever is in the group can read it
default _reach(_) := "unknown"

_reach(post) := "external" if post.outsiders == "yes"

_reach(post) := post.audience if not post.outsiders == "yes"

# whether it reached a wider circle than the one released
default _further(_) := "unknown"

_further(post) := "yes" if _width[_reach(post)] > _width[announcements.approval(post).released_audience]

_further(post) := "no" if {
	post.outsiders == "no"
	_width[post.audience] <= _width[announcements.approval(post).released_audience]
}

# nothing is wider
_further(post) := "no" if announcements.approval(post).released_audience == "external"

# whether it reached a department for which it was not released
default _elsewhere(_) := "unknown"

_elsewhere(post) := "no" if announcements.approval(post).released_departments == []

_elsewhere(post) := answers.any_of(array.concat(
	[answers.opposite(_released_for(code, released)) | some code in _addressed(post)],
	[_others_too(post)],
)) if {
	released := announcements.approval(post).released_departments
	released != []
}

_departments(post) := [department |
	some code in array.concat(_addressed(post), announcements.approval(post).released_departments)
	some each in (organisation.line(code) | organisation.became(code))
	department := organisation.by_code[each]
]

# who names no department means the own one
_addressed(post) := post.audience_departments if post.audience_departments != []

_addressed(post) := _own(post) if post.audience_departments == []

default _own(_) := []

_own(post) := [post.department_code] if post.audience == "department"

# beyond one group or department, and where nobody names one, it may reach any
default _others_too(_) := "unknown"

_others_too(post) := "no" if {
	post.audience in {"group", "department"}
	count(_addressed(post)) > 0
}

default _released_for(_, _) := "unknown"

_released_for(code, released) := "yes" if _covers(released, code)

_released_for(code, released) := "no" if {
	organisation.line_known(code) == "yes"
	every each in array.concat([code], released) {
		organisation.settled(each)
	}
	not _covers(released, code)
}

# a department is released with those above it, under any code that these have had
_covers(released, code) if {
	some each in released
	count(organisation.became(each) & (organisation.line(code) | organisation.became(code))) > 0
}
