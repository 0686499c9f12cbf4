# METADATA
# title: The company holds training
# description: No training on communication security within the quarters that are set is a violation.
package checks["8.3-b"]

import future.keywords.not

import data.lib.answers
import data.lib.quarters
import data.lib.unknowns

# METADATA
# description: The company, once.
population := count(_judged)

# METADATA
# description: The company, if no session counts.
violations contains {"subject": subject, "evidence": {
	"last_held_at": _last,
	"quarters": data.settings.training_quarters,
}} if {
	_root_known
	_trained == "no"
	some subject in _judged
}

# METADATA
# description: The company, if it cannot be said.
unknown contains {"subject": subject, "reason": _reason} if {
	some subject in _judged
}

_reason := "not_collected" if not _root_known

_reason := unknowns.reason(_doubtful, ["state", "topic", "held_at", "attendees"]) if {
	_root_known
	_trained == "unknown"
}

_judged := {subject |
	input.department == "_company"
	some subject in _subjects
}

# the company is named by the department that is above all others
_subjects := {department.uid | some department in data.company.departments; department.code == data.root} if _root_known

_subjects := {data.root} if not _root_known

_root_known if {
	some department in data.company.departments
	department.code == data.root
}

_trained := answers.any_of({_counts(session) | some session in input.training_sessions})

_doubtful := [session | some session in input.training_sessions; _counts(session) == "unknown"]

_counts(session) := answers.all_of([_proper(session), _recent(session)])

_proper(session) := answers.all_of([_held(session), _on_topic(session), _attended(session)])

default _held(_) := "unknown"

_held(session) := "yes" if session.state == "held"

_held(session) := "no" if session.state in {"planned", "cancelled"}

default _on_topic(_) := "unknown"

_on_topic(session) := "yes" if session.topic == "communication_security"

_on_topic(session) := "no" if session.topic == "other"

default _attended(_) := "unknown"

_attended(session) := "yes" if session.attendees > 0

_attended(session) := "no" if session.attendees == 0

default _recent(_) := "unknown"

_recent(session) := "yes" if {
	session.held_at >= _since
	session.held_at <= data.as_of
}

_recent(session) := "no" if session.held_at < _since

_recent(session) := "no" if session.held_at > data.as_of

_since := quarters.start(data.settings.training_quarters - 1)

# nothing that is over is younger: had one been held since, there would be no violation
_last := max(_past) if count(_past) > 0

_last := "never" if count(_past) == 0

_past := {session.held_at |
	some session in input.training_sessions
	_proper(session) == "yes"
	session.held_at < _since
}
