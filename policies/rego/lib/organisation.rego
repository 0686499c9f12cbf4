# METADATA
# title: The department tree over time
# description: Departments by present and former codes, what is above them, who headed them, who decides for whom.
# schemas:
#   - data.company: schema.company
package lib.organisation

import future.keywords.not

import data.lib.answers
import data.lib.departments

# METADATA
# description: Every department, by each code that it has or had; a code in use beats a former one.
by_code := table if {
	table := data.company.prepared.organisation.by_code
}

else := object.union(_former, departments.by_code)

_old_codes := {code | some department in data.company.departments; some code in department.renamed_from}

_former := {code: rows[0] |
	some code in _old_codes
	rows := [department | some department in data.company.departments; code in department.renamed_from]
}

_codes := object.keys(by_code)

# METADATA
# description: The codes of each department that go on under another code, by any code.
successors := table if {
	table := data.company.prepared.organisation.successors
}

else := {code: _next(by_code[code]) | some code in _codes}

_next(department) := [code |
	some field in ["code", "merged_into"]
	code := department[field]
]

# METADATA
# description: The code, and those of departments that it was renamed to or merged into, which keep what it had.
became(code) := graph.reachable(successors, {code}) | {code}

# METADATA
# description: True if the tree has the department of this code, and says of it and what it became what took it over.
settled(code) if {
	every each in became(code) {
		by_code[each]
		not by_code[each].unknown.merged_into
	}
}

# METADATA
# description: The code of the department above each, by any code; an empty list at the top.
parents := table if {
	table := data.company.prepared.organisation.parents
}

else := {code: _parent(by_code[code]) | some code in _codes}

default _parent(_) := []

_parent(department) := [department.parent]

# METADATA
# description: The codes of all departments above.
above(code) := graph.reachable(parents, object.get(parents, code, []))

# METADATA
# description: The code of the department and those of all departments above.
line(code) := above(code) | {code}

# METADATA
# scope: document
# description: Whether it is known what stands above; not so for a strange code, nor for departments above themselves.
default line_known(_) := "unknown"

line_known(code) := "yes" if {
	every each in line(code) {
		_parent_known(each)
		not each in above(each)
	}
}

_parent_known(code) if {
	department := by_code[code]
	not department.unknown.parent
	count({parent | some parent in _parent(department); not by_code[parent]}) == 0
}

# METADATA
# description: Everybody who headed one of the departments at the instant, acting ones too, as far as is known.
heads(codes, instant) := {head.person |
	some code in codes
	some head in departments.heads_on(by_code[code], instant)
}

# METADATA
# scope: document
# description: Whether it is known who headed each of the departments at the instant, and what stands above them.
default heads_known(_, _) := "unknown"

heads_known(codes, instant) := "yes" if {
	every code in codes {
		line_known(code) == "yes"
		is_array(departments.heads_on(by_code[code], instant))
	}
}

# METADATA
# scope: document
# description: Whether the delegate was to decide in the place of one of these people at the instant.
default delegated(_, _, _) := "unknown"

delegated(delegate, people, instant) := answers.any_of({_valid(delegation, instant) |
	some delegation in data.company.delegations
	delegation.delegate == delegate
	delegation.delegator in people
})

default _valid(_, _) := "unknown"

_valid(delegation, instant) := answers.all_of([_begun(delegation, instant), _lasts(delegation, instant)])

default _begun(_, _) := "unknown"

_begun(delegation, instant) := "yes" if delegation.valid_from <= instant

_begun(delegation, instant) := "no" if delegation.valid_from > instant

default _lasts(_, _) := "unknown"

_lasts(delegation, instant) := "yes" if delegation.valid_until >= instant

_lasts(delegation, instant) := "no" if delegation.valid_until < instant

_lasts(delegation, _) := "yes" if answers.shown(delegation, "valid_until") == "none"

# METADATA
# scope: document
# description: Whether what belongs to the department of this code is judged in this shard.
is_here(code) if input.department in became(code)

is_here(code) if {
	input.department == "_company"
	count({each | some each in became(code); departments.in_force(by_code[each], data.as_of) != "no"}) == 0
}
