# METADATA
# title: The name tells what the group is for
# description: A live group whose name is too short or long, says nothing, is against the rule or taken is a violation.
package checks["6.1.1-c"]

import future.keywords.not

import data.lib.answers
import data.lib.groups
import data.lib.unknowns

# METADATA
# description: How many groups people write in, or may.
population := count(_judged)

# METADATA
# description: Those whose name does not tell enough.
violations contains object.union(groups.to_act(group), {"subject": group.uid, "evidence": {
	"faults": sort([fault | some fault, answer in _faults(group); answer == "yes"]),
	"name": answers.shown(group, "name"),
}}) if {
	some group in _judged
	_misnamed(group) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": group.uid, "reason": reason} if {
	some group in _judged
	_misnamed(group) == "unknown"
	reason := unknowns.reason([group], ["name", "same_name_count", "archived", "direct"])
}

_judged := [group |
	some group in input.groups
	not groups.live(group) == "no"
]

_misnamed(group) := answers.all_of([groups.live(group), answers.any_of([answer | some answer in _faults(group)])])

_faults(group) := {
	"too_short": _too_short(group),
	"too_long": _too_long(group),
	"default_word": _meaningless(group),
	"pattern": _against_pattern(group),
	"duplicate": _duplicate(group),
}

default _too_short(_) := "unknown"

_too_short(group) := "yes" if count(group.name) < data.settings.group_name_min

_too_short(group) := "no" if count(group.name) >= data.settings.group_name_min

default _too_long(_) := "unknown"

_too_long(group) := "yes" if count(group.name) > data.settings.group_name_max

_too_long(group) := "no" if count(group.name) <= data.settings.group_name_max

# letters alone decide; a name without any says nothing, an empty one is too short
default _meaningless(_) := "unknown"

_meaningless(group) := "yes" if {
	group.name != ""
	_letters(group.name) in (_default_words | {""})
}

_meaningless(group) := "no" if {
	letters := _letters(group.name)
	not letters in (_default_words | {""})
}

_default_words := {_letters(word) | some word in data.settings.group_name_default_words}

_letters(text) := regex.replace(lower(text), `[\p{P}\p{S}\p{N}\p{Z}\p{C}]+`, "")

# an empty pattern asks nothing of a name
default _against_pattern(_) := "unknown"

_against_pattern(group) := _differs(group.name, data.settings.group_name_pattern) if {
	regex.is_valid(data.settings.group_name_pattern)
}

_differs(name, pattern) := "no" if regex.match(pattern, name)

_differs(name, pattern) := "yes" if not regex.match(pattern, name)

default _duplicate(_) := "unknown"

_duplicate(group) := "yes" if group.same_name_count > 0

_duplicate(group) := "no" if group.same_name_count == 0
