# METADATA
# title: Who belongs in a group
# description: Whether a person is inside the scope that a group states.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.belonging

import future.keywords.not

import data.lib.answers
import data.lib.groups
import data.lib.organisation
import data.lib.stated

# METADATA
# scope: document
# description: Whether the group states who belongs in it.
default scoped(_) := "unknown"

scoped(group) := "yes" if count(group.scope.departments) + count(group.scope.projects) > 0

scoped(group) := "no" if count(group.scope.departments) + count(group.scope.projects) == 0

# METADATA
# description: Whether the person belongs in it, by a post, by heading what is above, or by a project.
inside(group, person) := answers.any_of([
	_by_post(group, person),
	_by_heading(group, person),
	by_project(group, person),
])

# once for each group, since groups have many members: what the departments of the scope are now
_scopes := {group.uid: codes |
	some group in groups.by_uid
	codes := {now | some code in group.scope.departments; some now in organisation.became(code)}
}

_above := {uid: {
	"known": {known | known := organisation.heads_known(codes, data.as_of)},
	"people": organisation.heads(codes, data.as_of) | {deputy |
		some code in codes
		some deputy in organisation.by_code[code].deputies
	},
} |
	some uid, scope in _scopes
	codes := {each | some code in scope; some each in organisation.line(code)}
}

_line(code) := {each | some now in organisation.became(code); some each in organisation.line(now)} if {
	organisation.by_code[code]
}

_known(codes) if {
	every code in codes {
		organisation.settled(code)
		organisation.line_known(code) == "yes"
	}
}

# METADATA
# description: Every department that has a part in whether the person belongs in the group.
departments(group, person) := [department |
	some code in (_scopes[group.uid] | stated.codes(person))
	some each in _line(code)
	department := organisation.by_code[each]
]

default _by_post(_, _) := "unknown"

_by_post(group, person) := "yes" if _in_line(group, person)

_by_post(group, person) := "no" if {
	is_string(person.department_code)
	not _in_line(group, person)
	_known(stated.codes(person))
	_known(_scopes[group.uid])
}

_in_line(group, person) if {
	some code in stated.codes(person)
	count(_line(code) & _scopes[group.uid]) > 0
}

default _by_heading(_, _) := "unknown"

_by_heading(group, person) := "yes" if person.uid in _above[group.uid].people

_by_heading(group, person) := "no" if {
	"yes" in _above[group.uid].known
	not person.uid in _above[group.uid].people
}

# METADATA
# description: Whether the person works in a project of the scope now.
by_project(group, person) := answers.any_of(array.concat(
	[_runs(assignment, person) | some assignment in assignments(group, person)],
	["unknown" |
		count(group.scope.projects) > 0
		not data.sources.types.assignment.state == "complete"
	],
))

# METADATA
# description: When projects of the scope ended for the person, as far as is known.
ends(group, person) := {end.at | some end in perhaps_ends(group, person); end.own == "yes"}

# METADATA
# description: When projects of the scope ended that are the person's, or may be, and which of the two.
perhaps_ends(group, person) := [{"at": assignment.until_at, "own": _of(assignment, person)} |
	some assignment in assignments(group, person)
	assignment.until_at < data.as_of
]

# METADATA
# description: Work in projects of the scope by the person, or by nobody knows whom, so that it may be the person's.
assignments(group, person) := [assignment |
	some project in group.scope.projects
	some assignment in data.company.assignments
	assignment.project == project
	object.get(assignment, "person", person.uid) == person.uid
]

_runs(assignment, person) := answers.all_of([
	_of(assignment, person),
	_begun(assignment),
	answers.opposite(_ended(assignment)),
])

default _of(_, _) := "unknown"

_of(assignment, person) := "yes" if assignment.person == person.uid

default _begun(_) := "unknown"

_begun(assignment) := "yes" if assignment.from_at <= data.as_of

_begun(assignment) := "no" if assignment.from_at > data.as_of

default _ended(_) := "unknown"

_ended(assignment) := "yes" if assignment.until_at < data.as_of

_ended(assignment) := "no" if assignment.until_at >= data.as_of

_ended(assignment) := "no" if answers.shown(assignment, "until_at") == "none"
