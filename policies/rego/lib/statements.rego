# METADATA
# title: Signed statements
# description: Whether an attestation says that a check is satisfied, and still holds.
# schemas:
#   - data.company: schema.company
package lib.statements

import future.keywords.not

import data.lib.answers

# METADATA
# scope: document
# description: >-
#   Whether the attestation is about the check, conforms, was signed at the instant or later, and is not over;
#   what nobody signed is no statement.
default holds(_, _, _) := "unknown"

holds(statement, check, _) := "no" if statement.check != check

holds(statement, check, since) := answers.all_of([
	object.get(statement, "conforms", "unknown"),
	_signed(statement),
	_recent(statement, since),
	_lasts(statement),
]) if {
	statement.check == check
}

default _signed(_) := "unknown"

_signed(statement) := "yes" if is_string(statement.signed_by)

_signed(statement) := "no" if answers.shown(statement, "signed_by") == "none"

default _recent(_, _) := "unknown"

_recent(statement, since) := "no" if statement.signed_at < since

_recent(statement, since) := "yes" if {
	statement.signed_at >= since
	statement.signed_at <= data.as_of
}

# signed only after the audit
_recent(statement, since) := "no" if {
	statement.signed_at >= since
	statement.signed_at > data.as_of
}

_recent(statement, _) := "no" if answers.shown(statement, "signed_at") == "none"

default _lasts(_) := "unknown"

_lasts(statement) := "yes" if statement.valid_until_ends_at >= data.as_of

_lasts(statement) := "no" if statement.valid_until_ends_at < data.as_of

_lasts(statement) := "yes" if {
	answers.shown(statement, "valid_until") == "none"
	answers.shown(statement, "valid_until_ends_at") == "none"
}
