# METADATA
# title: The policy is kept up to date
# description: The version that is audited is the one in force, and somebody signed its review not too long ago.
package checks["10.1-a"]

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.unknowns

# METADATA
# description: The company, once, as the version of the policy that is audited.
population := count({_subject | input.department == "_company"})

# METADATA
# description: The version, if it is not the one in force, or if that one was not reviewed in time.
violations contains object.union(violation, _to_act) if {
	input.department == "_company"
	_outdated == "yes"
	violation := {"subject": _subject, "evidence": {
		"version_audited": data.policy.audited,
		"version_in_force": _named(_current),
		"reviewed_on": _reviewed_on,
		"fault": _fault,
	}}
}

# METADATA
# description: The version, if it cannot be said.
unknown contains {"subject": _subject, "reason": _reason} if {
	input.department == "_company"
	_outdated == "unknown"
}

# the record of the version audited; without one, the company's root department stands for it
default _subject := "_company"

_subject := _audited[0].uid

_subject := departments.by_code[data.root].uid if count(_audited) == 0

_audited := [row |
	some row in data.company.policy_versions
	row.version == data.policy.audited
]

_outdated := answers.any_of([_other_version, _unreviewed])

# versions that are in force, or may be
_current := [row |
	some row in data.company.policy_versions
	not _in_force(row) == "no"
]

_in_force(row) := answers.all_of([_begun(row), _lasts(row)])

default _begun(_) := "unknown"

_begun(row) := "yes" if row.valid_from <= data.as_of

_begun(row) := "no" if row.valid_from > data.as_of

default _lasts(_) := "unknown"

_lasts(row) := "yes" if row.valid_until > data.as_of

_lasts(row) := "no" if row.valid_until <= data.as_of

_lasts(row) := "yes" if answers.shown(row, "valid_until") == "none"

# certain only if exactly one version is in force
_certain if {
	count(_current) == 1
	_in_force(_current[0]) == "yes"
}

default _other_version := "unknown"

_other_version := "no" if {
	_certain
	_current[0].version == data.policy.audited
}

_other_version := "yes" if {
	_certain
	_current[0].version != data.policy.audited
}

# the one audited is not among those that may be in force
_other_version := "yes" if {
	count(_audited) > 0
	every row in _audited {
		_in_force(row) == "no"
	}
}

default _unreviewed := "unknown"

_unreviewed := answers.all_of([
	_old(_current[0], "valid_from"),
	_not_reviewed(_current[0]),
	answers.opposite(_attested),
]) if {
	_certain
}

default _old(_, _) := "unknown"

_old(row, field) := "yes" if row[field] < data.cutoff.policy_review_days

_old(row, field) := "no" if row[field] >= data.cutoff.policy_review_days

# a review counts if somebody signed it
default _not_reviewed(_) := "unknown"

_not_reviewed(row) := "yes" if answers.shown(row, "reviewed_on_starts_at") == "none"

_not_reviewed(row) := "yes" if _old(row, "reviewed_on_starts_at") == "yes"

_not_reviewed(row) := "no" if {
	_old(row, "reviewed_on_starts_at") == "no"
	row.reviewed_on_starts_at <= data.as_of
	is_string(row.reviewed_by)
}

# a signed statement that is not over stands in for the entry
_attested := answers.any_of([_holds(row) | some row in _statements])

_statements := [row | some row in input.attestations; row.check == "10.1-a"]

_holds(row) := answers.all_of([
	object.get(row, "conforms", "unknown"),
	_signed(row),
	_still_valid(row),
])

default _signed(_) := "unknown"

_signed(row) := "yes" if {
	is_string(row.signed_by)
	row.signed_at <= data.as_of
}

_signed(row) := "no" if row.signed_at > data.as_of

_signed(row) := "no" if {
	some field in ["signed_by", "signed_at"]
	answers.shown(row, field) == "none"
}

default _still_valid(_) := "unknown"

_still_valid(row) := "yes" if row.valid_until_ends_at > data.as_of

_still_valid(row) := "no" if row.valid_until_ends_at <= data.as_of

_still_valid(row) := "no" if answers.shown(row, "valid_until_ends_at") == "none"

default _named(_) := "none"

_named(rows) := rows[0].version if count(rows) == 1

_named(rows) := "ambiguous" if count(rows) > 1

default _reviewed_on := "never"

_reviewed_on := _current[0].reviewed_on if count(_current) == 1

default _fault := "not_reviewed"

_fault := "wrong_version" if _other_version == "yes"

_reason := "ambiguous" if count(_certainly_in_force) > 1

_reason := "statement_expired" if _unsigned

_reason := unknowns.first([
	[_current, ["valid_from", "valid_until", "reviewed_on_starts_at", "reviewed_by"]],
	[_statements, ["conforms", "signed_by", "signed_at", "valid_until_ends_at"]],
]) if {
	count(_certainly_in_force) < 2
	not _unsigned
}

_certainly_in_force := [row |
	some row in _current
	_in_force(row) == "yes"
]

_unsigned if {
	_certain
	_old(_current[0], "reviewed_on_starts_at") == "no"
	answers.shown(_current[0], "reviewed_by") == "none"
}

# the head of the department that owns the policy
default _to_act := {}

_to_act := {"owner": organisation.by_code[_current[0].owner_department].head[0]}
