# METADATA
# title: A group states its purpose and members
# description: A live group of which nobody wrote down what it is for, or who belongs in it, is a violation.
package checks["6.1.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.groups
import data.lib.unknowns

# METADATA
# description: How many groups people write in, or may.
population := count(_judged)

# METADATA
# description: Those that do not say enough.
violations contains object.union(groups.to_act(group), {"subject": group.uid, "evidence": {
	"missing": sort([part | some part, answer in _missing(group); answer == "yes"]),
	"purpose_origin": answers.shown(group, "purpose_origin"),
}}) if {
	some group in _judged
	_silent(group) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": group.uid, "reason": reason} if {
	some group in _judged
	_silent(group) == "unknown"
	reason := unknowns.reason([group], ["purpose", "scope_text", "scope", "archived", "direct"])
}

_judged := [group |
	some group in input.groups
	not groups.live(group) == "no"
]

_silent(group) := answers.all_of([groups.live(group), answers.any_of([answer | some answer in _missing(group)])])

_missing(group) := {
	"purpose": _blank(group, "purpose"),
	"scope": answers.all_of([_blank(group, "scope_text"), _for_nobody(group)]),
}

default _blank(_, _) := "unknown"

_blank(group, field) := "yes" if trim_space(group[field]) == ""

_blank(group, field) := "no" if trim_space(group[field]) != ""

default _for_nobody(_) := "unknown"

_for_nobody(group) := "yes" if count(group.scope.departments) + count(group.scope.projects) == 0

_for_nobody(group) := "no" if count(group.scope.departments) + count(group.scope.projects) > 0
