# METADATA
# title: Who may decide about somebody's request
# description: The line of management of a person at a time, with those who then decided in its place.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.superiors

import future.keywords.not

import data.lib.organisation
import data.lib.people

_managers := {uid: {person.manager | person.manager} | some uid, person in people.by_uid}

# everybody above by the managers of today; HR's file keeps no former ones
_above(uid) := graph.reachable(_managers, object.get(_managers, uid, set()))

# METADATA
# description: The codes of the departments in whose name the person can ask, second posts too, and of those above.
codes(person, stated) := {code |
	some own in (({person.department_code} | {post.department_code | some post in person.posts}) | stated)
	some code in organisation.line(own)
}

# METADATA
# description: Everybody above the person at the instant, as far as is known; never the person.
line(person, stated, instant) := (_above(person.uid) | heads) - {person.uid} if {
	heads := organisation.heads(codes(person, stated), instant)
}

# METADATA
# description: The files of the person and of everybody above by the managers of today.
files(person) := [people.by_uid[uid] | some uid in ({person.uid} | _above(person.uid))]

# METADATA
# scope: document
# description: Whether everybody above the person at the instant is known.
default line_known(_, _, _) := "unknown"

line_known(person, stated, instant) := "yes" if {
	is_string(person.department_code)
	organisation.heads_known(codes(person, stated), instant) == "yes"
	not _circle(person.uid)
	every uid in _above(person.uid) | {person.uid} {
		not people.by_uid[uid].unknown.manager
		count({manager | some manager in _managers[uid]; not people.by_uid[manager]}) == 0
	}
}

_circle(uid) if {
	some each in (_above(uid) | {uid})
	each in _above(each)
}

# METADATA
# scope: document
# description: Whether somebody above the person is above himself too.
in_circle(person, stated) if {
	some code in codes(person, stated)
	code in organisation.above(code)
}

in_circle(person, _) if _circle(person.uid)

# METADATA
# scope: document
# description: >-
#   Whether the decider was above the person at the instant, or decided for somebody who was. Who has
#   nobody above may have delegated the decision himself.
default entitled(_, _, _, _) := "unknown"

entitled(decider, person, stated, instant) := "yes" if decider in line(person, stated, instant)

entitled(decider, person, stated, instant) := organisation.delegated(decider, deputed, instant) if {
	not decider in line(person, stated, instant)
	line_known(person, stated, instant) == "yes"
	is_string(people.by_uid[decider].uid)
	deputed := _deputed(person, line(person, stated, instant))
}

# a gap in the line does not take away what a delegation gives
entitled(decider, person, stated, instant) := "yes" if {
	not line_known(person, stated, instant) == "yes"
	organisation.delegated(decider, line(person, stated, instant), instant) == "yes"
}

_deputed(_, above) := above if count(above) > 0

_deputed(person, above) := {person.uid} if count(above) == 0
