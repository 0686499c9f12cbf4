# METADATA
# title: Records are kept by class
# description: What a platform keeps for a shorter time than its class and its policy ask for is a violation.
package checks["7.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.approvals
import data.lib.groups
import data.lib.unknowns

# METADATA
# description: How many data sets of the tools, and groups with a term of their own, there are, or may be.
population := count(_judged)

# METADATA
# description: Those that are kept too short, or as long as it happens.
violations contains object.union(violation, groups.to_act(kept)) if {
	some kept in _judged
	_short(kept) == "yes"
	violation := {"subject": kept.uid, "evidence": {
		"classification": _class(kept),
		"retention_mode": kept.retention_mode,
		"retention_days": answers.shown(kept, "retention_days"),
		"demanded_days": _least(kept),
	}}
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": kept.uid, "reason": reason} if {
	some kept in _judged
	_short(kept) == "unknown"
	reason := unknowns.first([
		[[kept], [
			"retention_mode", "retention_days", "classification", "label", "retention_days_policy", "kind", "archived",
			"direct",
		]],
		[approvals.perhaps_for(_names(kept)), approvals.fields],
	])
}

_judged := array.concat(
	[data_set | some data_set in input.data_sets; not _concerned(data_set) == "no"],
	[group | some group in input.groups; not _concerned(group) == "no"],
)

_short(kept) := answers.all_of([_concerned(kept), _too_short(kept), answers.opposite(_excepted(kept))])

# data sets have a class, groups a label
_is_group(kept) if kept.native_id

default _concerned(_) := "unknown"

_concerned(kept) := _of_tools(kept) if not _is_group(kept)

_concerned(kept) := answers.all_of([groups.live(kept), _own_term(kept)]) if _is_group(kept)

default _of_tools(_) := "unknown"

_of_tools(data_set) := "yes" if data_set.kind in {"messages", "media", "config", "audit_log"}

_of_tools(data_set) := "no" if data_set.kind == "other"

# a group without a term of its own has that of its application
default _own_term(_) := "unknown"

_own_term(group) := "yes" if group.retention_mode in {"days", "forever"}

_own_term(group) := "no" if group.retention_mode == "unset"

default _too_short(_) := "unknown"

_too_short(kept) := "yes" if kept.retention_mode == "unset"

_too_short(kept) := "no" if kept.retention_mode == "forever"

_too_short(kept) := "yes" if {
	kept.retention_mode == "days"
	kept.retention_days < _least(kept)
}

_too_short(kept) := "no" if {
	kept.retention_mode == "days"
	kept.retention_days >= _most(kept)
}

default _class(_) := "unknown"

_class(kept) := kept.classification if not _is_group(kept)

_class(kept) := kept.label if _is_group(kept)

_days := {
	"public": data.settings.retention_days_public,
	"internal": data.settings.retention_days_internal,
	"confidential": data.settings.retention_days_confidential,
	"secret": data.settings.retention_days_secret,
}

# what is asked for at least: by its class, or by that which asks for least, and by its own policy
_least(kept) := max([object.get(_days, _class(kept), _fewest), object.get(kept, "retention_days_policy", 0)])

# and at most; a policy that is not known may ask for anything
_most(kept) := max([object.get(_days, _class(kept), _longest), object.get(kept, "retention_days_policy", 0)]) if {
	not unknowns.why(kept, "retention_days_policy")
}

_fewest := min([days | some days in _days])

_longest := max([days | some days in _days])

_excepted(kept) := approvals.granted_for("retention_exception", _names(kept), data.as_of)

_names(kept) := {name |
	some field in ["uid", "name", "native_id"]
	name := kept[field]
	name != ""
}
