# METADATA
# title: The policy is kept up to date
# description: A policy that was not reviewed in time, or an audit by a version that is not in force, is a violation.
package checks["10.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.statements
import data.lib.unknowns

# METADATA
# description: The company, once.
population := count(_judged)

# METADATA
# description: The version that the audit goes by, if it is not in force or not reviewed.
violations contains object.union(_to_act, {"subject": subject, "evidence": {
	"faults": sort(_faults),
	"reviewed_on": _reviewed_on,
	"version_audited": data.policy.audited,
	"version_in_force": _version_in_force,
}}) if {
	count(_faults) > 0
	some subject in _judged
}

# METADATA
# description: The version that the audit goes by, if it cannot be said.
unknown contains {"subject": subject, "reason": _reason} if {
	count(_faults) == 0
	some subject in _judged
}

_judged := {_subject | input.department == "_company"}

_subject := _audited[0].uid

_subject := _company if not _audited[0].uid

# the company is named by the department that is above all others
_company := object.get(organisation.by_code[data.root], "uid", data.root) if organisation.by_code[data.root]

_company := data.root if not organisation.by_code[data.root]

_versions := data.company.policy_versions

# the record of the version that the audit goes by; an empty one if there is none
_audited := array.concat([version | some version in _versions; version.version == data.policy.audited], [{}])

_in_force := {answer: versions |
	some answer in {"yes", "unknown"}
	versions := [version | some version in _versions; departments.in_force(version, data.as_of) == answer]
}

# the versions whose review is asked for; the two questions do not wait for each other
_faults := {fault | some fault, answer in _questions; answer == "yes"}

_questions := {"wrong_version": _wrong, "not_reviewed": _not_reviewed}

default _wrong := "unknown"

# a version without a record is not in force if another one is
_wrong := "yes" if {
	not _audited[0].uid
	count(_in_force.yes) > 0
}

_wrong := "yes" if departments.in_force(_audited[0], data.as_of) == "no"

_wrong := "no" if {
	departments.in_force(_audited[0], data.as_of) == "yes"
	_settled
}

# exactly one version is in force, and no other may be
_settled if {
	count(_in_force.yes) == 1
	count(_in_force.unknown) == 0
}

default _not_reviewed := "unknown"

_not_reviewed := answers.opposite(_fresh(_in_force.yes[0])) if _settled

# without a version in force there is none to review
_not_reviewed := "no" if {
	count(_versions) > 0
	count(_in_force.yes) == 0
	count(_in_force.unknown) == 0
}

_fresh(version) := answers.any_of([_issued(version), _reviewed(version), _attested])

# the first issue counts as a review
default _issued(_) := "unknown"

_issued(version) := "yes" if version.valid_from >= data.cutoff.policy_review_days

_issued(version) := "no" if version.valid_from < data.cutoff.policy_review_days

_reviewed(version) := answers.all_of([_recent(version), _signed(version)])

default _recent(_) := "unknown"

_recent(version) := "yes" if {
	version.reviewed_on_starts_at >= data.cutoff.policy_review_days
	version.reviewed_on_starts_at <= data.as_of
}

_recent(version) := "no" if version.reviewed_on_starts_at < data.cutoff.policy_review_days

# a review that is still to come is none
_recent(version) := "no" if {
	version.reviewed_on_starts_at > data.as_of
	version.reviewed_on_starts_at >= data.cutoff.policy_review_days
}

_recent(version) := "no" if {
	answers.shown(version, "reviewed_on") == "none"
	answers.shown(version, "reviewed_on_starts_at") == "none"
}

# a review that nobody signed leaves it open
default _signed(_) := "unknown"

_signed(version) := "yes" if is_string(version.reviewed_by)

default _attested := "unknown"

_attested := answers.any_of([statements.holds(statement, "10.1-a", data.cutoff.policy_review_days) |
	some statement in input.attestations
]) if {
	is_string(data.cutoff.policy_review_days)
}

_reason := "ambiguous" if count(_in_force.yes) > 1

_reason := "statement_expired" if {
	_not_reviewed == "unknown"
	_unsigned
}

_reason := unknowns.reason(
	array.concat(_versions, input.attestations),
	[
		"reviewed_on", "reviewed_on_starts_at", "reviewed_by", "valid_from", "valid_until",
		"conforms", "signed_by", "signed_at", "valid_until_ends_at",
	],
) if {
	"unknown" in {_wrong, _not_reviewed}
	not count(_in_force.yes) > 1
	not _unsigned
}

# a review that nobody signed is the only one there is
_unsigned if {
	_settled
	_recent(_in_force.yes[0]) == "yes"
	answers.shown(_in_force.yes[0], "reviewed_by") == "none"
}

default _reviewed_on := "unknown"

_reviewed_on := _audited[0].reviewed_on

_reviewed_on := "never" if answers.shown(_audited[0], "reviewed_on") == "none"

_version_in_force := _in_force.yes[0].version if count(_in_force.yes) == 1

_version_in_force := "none" if count(_in_force.yes) == 0

_version_in_force := "ambiguous" if count(_in_force.yes) > 1

default _to_act := {}

_to_act := {"owner": organisation.by_code[_audited[0].owner_department].head[0]}
