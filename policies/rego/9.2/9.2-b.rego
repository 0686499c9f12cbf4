# METADATA
# title: What was found is notified and rectified
# description: A finding that is past its day and still open, or a department that was not told in time, is a violation.
package checks["9.2-b"]

import future.keywords.not

import data.lib.answers
import data.lib.approvals
import data.lib.departments
import data.lib.people
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# description: Earlier findings that no waiver covers, and the department where it was to be told, or may have been.
population := count(_findings) + count(_departments)

# METADATA
# description: Findings that should be gone by now, each in the name of who answers for it.
violations contains object.union(_owned(finding), {"subject": finding.uid, "evidence": {
	"fault": "overdue",
	"check": finding.check,
	"correct_by": _due(finding).day,
	"days_over": ceil(clock.seconds(_due(finding).ends_at, data.as_of) / 86400),
	"untold": [],
}}) if {
	some finding in _findings
	_overdue(finding) == "yes"
}

# METADATA
# description: The department, if somebody should have told it of a run's findings.
violations contains {"subject": department.uid, "evidence": {
	"fault": "not_told",
	"check": "none",
	"correct_by": "none",
	"days_over": 0,
	"untold": [run.label | some run in _runs; _untold(run) == "yes"],
}} if {
	_any_untold == "yes"
	some department in _departments
}

# METADATA
# description: Findings of which it cannot be said, because their check cannot say it or is another one now.
unknown contains {"subject": finding.uid, "reason": reason} if {
	some finding in _findings
	_overdue(finding) == "unknown"
	some reason in _why(finding)
}

# METADATA
# description: The department, if it is not known whether it was told.
unknown contains {"subject": department.uid, "reason": reason} if {
	_any_untold == "unknown"
	reason := unknowns.reason([notice | some run in _runs; some notice in _notices(run)], ["sent_on"])
	some department in _departments
}

_findings := [finding |
	some finding in input.prior_findings
	not finding.waived == "yes"
]

# the company's own findings are told to the head of the root department
_departments := [department |
	department := departments.by_code[departments.answering]
	count(_runs) + count(["missing" | data.history.state == "missing"]) > 0
]

_runs := [run |
	some run in data.history.runs
	input.department in run.departments
]

_overdue(finding) := answers.all_of([
	_decided_alike(finding),
	_open(finding),
	_over(finding.correct_by_ends_at),
	answers.opposite(_extended(finding)),
	answers.opposite(object.get(finding, "waived", "unknown")),
])

default _decided_alike(_) := "unknown"

_decided_alike(finding) := "yes" if finding.rule == "same"

default _open(_) := "unknown"

_open(finding) := finding.open_now

_over(ends_at) := {true: "yes", false: "no"}[ends_at <= data.as_of]

# longer than it was given at first, by somebody else than who answers for it
_extended(finding) := answers.any_of([_granted(finding, note) | some note in _notes(finding)])

_granted(finding, note) := answers.all_of([_reaches(note), _approved(finding, note)])

default _reaches(_) := "unknown"

_reaches(note) := answers.opposite(_over(note.extended_until_ends_at))

_reaches(note) := "no" if answers.shown(note, "extended_until") == "none"

default _approved(_, _) := "unknown"

_approved(_, note) := "no" if answers.shown(note, "extension") == "none"

_approved(finding, note) := answers.all_of([
	approvals.granted(approvals.by_uid[note.extension]),
	approvals.approved_by_another(approvals.by_uid[note.extension], _selves(finding), data.as_of),
])

# undefined if it is not known who answers for it
_selves(finding) := {finding.owner} if people.by_uid[finding.owner]

_selves(finding) := set() if answers.shown(finding, "owner") == "none"

_notes(finding) := [note |
	some note in data.company.rectifications
	note.finding in {finding.number, finding.fingerprint}
]

# the day that counts: of an extension that is over, its own
_due(finding) := {"day": max(days), "ends_at": max(ends)} if {
	late := [note | some note in _notes(finding); _approved(finding, note) == "yes"]
	days := {finding.correct_by} | {note.extended_until | some note in late}
	ends := {finding.correct_by_ends_at} | {note.extended_until_ends_at | some note in late}
}

default _owned(_) := {}

_owned(finding) := {"owner": finding.owner}

_why(finding) := {"not_implemented"} if not finding.rule == "same"

_why(finding) := {unknowns.reason(
	array.concat([finding], array.concat(notes, [approvals.by_uid[note.extension] | some note in notes])),
	["open_now", "waived", "owner", "extended_until", "extended_until_ends_at", "extension", "state", "decisions"],
)} if {
	finding.rule == "same"
	notes := _notes(finding)
}

default _any_untold := "unknown"

_any_untold := answers.any_of([_untold(run) | some run in _runs]) if not data.history.state == "missing"

_untold(run) := answers.all_of([_term_over(run), answers.opposite(_told(run))])

default _term_over(_) := "unknown"

_term_over(run) := {true: "yes", false: "no"}[run.notice_on_starts_at < data.cutoff.notify_workdays]

_told(run) := answers.any_of([_in_time(run, notice) | some notice in _notices(run)])

_notices(run) := [notice |
	some notice in data.company.notices
	notice.run == run.label
	notice.department_code == input.department
]

# a day off has the number of the working day before it
default _in_time(_, _) := "unknown"

_in_time(run, notice) := "yes" if _waited(run, notice) < data.settings.notify_workdays

_in_time(run, notice) := "yes" if {
	_waited(run, notice) == data.settings.notify_workdays
	data.calendar.days[notice.sent_on].working
}

_in_time(run, notice) := "no" if _waited(run, notice) > data.settings.notify_workdays

_in_time(run, notice) := "no" if {
	_waited(run, notice) == data.settings.notify_workdays
	not data.calendar.days[notice.sent_on].working
}

_waited(run, notice) := data.calendar.days[notice.sent_on].ordinal - data.calendar.days[run.notice_on].ordinal
