# METADATA
# title: Secrets are destroyed beyond recovery
# description: >-
#   What was confidential, or about customers, is destroyed by a method that is secure on its medium, with a
#   certificate.
package checks["7.3-c"]

import future.keywords.not

import data.lib.answers
import data.lib.people
import data.lib.periods
import data.lib.unknowns

# METADATA
# description: How many disposals of the period were of confidential or customers' data, or may have been.
population := count(_judged)

# METADATA
# description: Those after which the data may still be read, or of which nobody can prove the contrary.
violations contains {"subject": disposal.uid, "evidence": {
	"classification": object.get(disposal, "classification", "unknown"),
	"customer_data": object.get(disposal, "customer_data", "unknown"),
	"media_kind": object.get(disposal, "media_kind", "unknown"),
	"method": object.get(disposal, "method", "unknown"),
	"certificate": _certified(disposal),
	"executed_at": disposal.executed_at,
	"fault": _fault(disposal),
}} if {
	some disposal in _judged
	_unsafe(disposal) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": disposal.uid, "reason": reason} if {
	some disposal in _judged
	_unsafe(disposal) == "unknown"
	reason := unknowns.reason([disposal], [
		"executed_at", "classification", "customer_data", "method", "media_kind", "certificate_sha256",
		"certificate_on_ends_at", "witness", "executed_by",
	])
}

_judged := [disposal |
	some disposal in input.deletion_records
	not _concerned(disposal) == "no"
]

_unsafe(disposal) := answers.all_of([
	_concerned(disposal),
	answers.any_of([answer | some answer in _faults(disposal)]),
])

_concerned(disposal) := answers.all_of([
	periods.within(disposal, "executed_at"),
	answers.any_of([_secret(disposal), object.get(disposal, "customer_data", "unknown")]),
])

default _secret(_) := "unknown"

_secret(disposal) := "yes" if disposal.classification in {"confidential", "secret"}

_secret(disposal) := "no" if disposal.classification in {"public", "internal"}

_faults(disposal) := {
	"insecure_method": answers.opposite(_secure(disposal)),
	"no_certificate": answers.opposite(_certified(disposal)),
	"no_witness": _unwatched(disposal),
}

_fault(disposal) := [fault |
	some fault in ["insecure_method", "no_certificate", "no_witness"]
	_faults(disposal)[fault] == "yes"
][0]

# by the company's table; where the medium is not known, what is secure on all or on none of them
default _secure(_) := "unknown"

_secure(disposal) := "yes" if {
	disposal.method != "unknown"
	every methods in _possible(disposal) {
		disposal.method in methods
	}
}

_secure(disposal) := "no" if {
	disposal.method != "unknown"
	every methods in _possible(disposal) {
		not disposal.method in methods
	}
}

_possible(disposal) := [data.settings.secure_methods[disposal.media_kind]]

_possible(disposal) := [methods | some methods in data.settings.secure_methods] if {
	object.get(disposal, "media_kind", "unknown") == "unknown"
}

# a certificate of a day before the disposal is one of something else
default _certified(_) := "unknown"

_certified(disposal) := "no" if answers.shown(disposal, "certificate_sha256") == "none"

_certified(disposal) := "no" if disposal.certificate_on_ends_at <= disposal.executed_at

_certified(disposal) := "yes" if {
	disposal.certificate_sha256
	disposal.certificate_on_ends_at > disposal.executed_at
}

# where the company asks for one, a witness other than who did it
default _unwatched(_) := "unknown"

_unwatched(_) := "no" if data.settings.disposal_witness_required == "no"

_unwatched(disposal) := "yes" if {
	data.settings.disposal_witness_required == "yes"
	answers.shown(disposal, "witness") == "none"
}

_unwatched(disposal) := "yes" if {
	data.settings.disposal_witness_required == "yes"
	disposal.witness == disposal.executed_by
}

_unwatched(disposal) := "no" if people.by_uid[disposal.witness].uid != people.by_uid[disposal.executed_by].uid
