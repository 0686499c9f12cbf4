# METADATA
# title: Endpoints and how they encrypt
# description: Which addresses serve the network, and what the newest checks of them showed.
# schemas:
#   - input: schema.input
package lib.endpoints

import future.keywords.not

import data.lib.answers

# METADATA
# description: Every endpoint that the shard knows of, by uid.
by_uid := {endpoint.uid: endpoint |
	some endpoint in array.concat(input.service_endpoints, input.context.service_endpoints)
}

# METADATA
# scope: document
# description: Whether others than the host itself can reach the endpoint, and it is in use.
default serving(_) := "unknown"

serving(endpoint) := answers.all_of([_exposed(endpoint), answers.opposite(_tri(endpoint, "retired"))])

default _exposed(_) := "unknown"

_exposed(endpoint) := "yes" if endpoint.exposure == "network"

_exposed(endpoint) := "no" if endpoint.exposure == "loopback"

_checks := array.concat(input.tls_checks, input.context.tls_checks)

_by_endpoint := {uid: rows |
	some uid in {check.endpoint | some check in _checks}
	rows := [check | some check in _checks; check.endpoint == uid]
}

# METADATA
# description: All checks of the endpoint.
checks_of(endpoint) := object.get(_by_endpoint, endpoint.uid, [])

# METADATA
# description: Checks that nobody dated, one of which may be the newest.
undated(endpoint) := [check |
	some check in checks_of(endpoint)
	not check.checked_at
]

# METADATA
# description: The newest check of each machine behind the address that is not too old; several of one moment all count.
current(endpoint) := [check |
	some check in checks_of(endpoint)
	_in_time(check)
	check.checked_at == max({other.checked_at |
		some other in checks_of(endpoint)
		_machine(other) == _machine(check)
		_done(other)
	})
]

_in_time(check) if {
	check.checked_at >= data.cutoff.tls_check_days
	_done(check)
}

_done(check) if check.checked_at <= data.as_of

_machine(check) := object.get(check, "machine", "")

# METADATA
# description: Fault of the encryption -> whether one of the current checks shows it.
faults(endpoint) := {fault: _fault(endpoint, fault) | some fault in _kinds}

_fault(endpoint, fault) := answers.any_of([_shown(check, _asked(endpoint, check)[fault]) |
	some check in current(endpoint)
])

_kinds := ["plain_text", "tls_old", "tls_too_low", "certificate_untrusted", "certificate_name", "certificate_ends"]

_asked(endpoint, check) := {
	"plain_text": _tri(check, "plain_text_offered"),
	"tls_old": answers.any_of([_tri(check, version) | some version in _versions.old]),
	"tls_too_low": answers.all_of([answers.opposite(_tri(check, version)) | some version in _versions.good]),
	"certificate_untrusted": _untrusted(endpoint, check),
	"certificate_name": answers.opposite(_tri(check, "name_matches")),
	"certificate_ends": _ends(check),
}

_versions := {"old": ["ssl2", "ssl3", "tls10", "tls11"], "good": ["tls12", "tls13"]} if data.settings.tls_min == "1.2"

_versions := {"old": ["ssl2", "ssl3", "tls10", "tls11", "tls12"], "good": ["tls13"]} if data.settings.tls_min == "1.3"

# what did not answer shows nothing
default _shown(_, _) := "unknown"

_shown(check, answer) := answer if check.reachable == "yes"

_tri(check, field) := object.get(check, field, "unknown")

# public authorities do not know the company's own
default _untrusted(_, _) := "unknown"

_untrusted(_, check) := "no" if check.chain_trusted == "yes"

_untrusted(_, check) := "yes" if {
	check.chain_trusted == "no"
	check.trust_store in {"company", "both"}
}

_untrusted(endpoint, check) := "yes" if {
	check.chain_trusted == "no"
	endpoint.private_ca == "no"
}

default _ends(_) := "unknown"

_ends(check) := "yes" if check.not_after < data.horizon.cert_days

_ends(check) := "no" if check.not_after >= data.horizon.cert_days
