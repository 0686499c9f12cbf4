# METADATA
# title: One standard tool, deployed everywhere
# description: >-
#   A department in which too few people have the standard tool, at best, is a violation; so is a company whose register
#   names no standard tool, or several.
package checks["4.1-c"]

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.equipped
import data.lib.standard
import data.lib.unknowns

# METADATA
# description: The department, if somebody in it is to have the standard tool, or may be; for the company its register.
population := count(_judged)

# METADATA
# description: Those in which it is not deployed everywhere.
violations contains {"subject": department.uid, "evidence": {
	"applications": sort([application.uid | some application in standard.products]),
	"case": _case,
	"have": _worst.have,
	"people": _best.people,
	"undecided": _best.have - _worst.have,
	"without": sort(_lacking),
}} if {
	_behind == "yes"
	some department in _judged
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": department.uid, "reason": reason} if {
	_behind == "unknown"
	reason := _reasons[0]
	some department in _judged
}

_judged := [department |
	some department in departments.perhaps(departments.answering)
	not _outside
]

_outside if {
	input.department != "_company"
	count(_due) == 0
}

_behind := answers.any_of([_unclear, _short])

# whether the company has not exactly one standard tool; asked once, in its own shard
default _unclear := "unknown"

_unclear := "no" if input.department != "_company"

_unclear := _counted if {
	input.department == "_company"
	standard.settled
}

_counted := "no" if count(standard.products) == 1

_counted := "yes" if count(standard.products) != 1

# whether too few have it: at best, for a violation; at worst, to pass
default _short := "unknown"

_short := "yes" if 100 * _best.have < data.settings.standard_tool_share_percent * _best.people

_short := "no" if 100 * _worst.have >= data.settings.standard_tool_share_percent * _worst.people

_best := {
	"have": count(_with({"yes", "unknown"}, {"yes", "unknown"})) + min([equipped.strays, count(_lacking)]),
	"people": count(_with({"yes"}, {"yes", "no", "unknown"}) | _with({"unknown"}, {"yes", "unknown"})),
}

_worst := {
	"have": count(_with({"yes"}, {"yes"})),
	"people": count(_with({"yes"}, {"yes", "no", "unknown"}) | _with({"unknown"}, {"no", "unknown"})),
}

_lacking := _with({"yes"}, {"no"})

_with(due, having) := {uid | some uid, is_due in _due; is_due in due; equipped.has[uid] in having}

# who is to have the tool, or may be
# not declared: device: a company may have no register of devices; the library asks whether one that it has is whole
_due := {person.uid: is_due |
	some person in input.people
	is_due := standard.due(person)
	is_due != "no"
}

_case := {true: "no_standard_tool", false: "several_standard_tools"}[count(standard.products) == 0] if _unclear == "yes"

_case := "below_share" if _unclear != "yes"

_reasons := array.concat(
	array.concat(standard.reasons, [why |
		some person in input.people
		_due[person.uid] == "unknown"
		some field in standard.fields
		why := unknowns.why(person, field)
	]),
	array.concat(
		[why | some uid in object.keys(_due); equipped.has[uid] == "unknown"; some why in equipped.reasons(uid)],
		array.concat(equipped.contested, [unknowns.reason([], [])]),
	),
)
