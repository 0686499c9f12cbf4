package lib.statements_test

import future.keywords.not

import data.lib.statements

test_a_statement_holds[name] if {
	some name, case in {
		"signed in time": [{}, "yes"],
		"signed at the first moment": [{"signed_at": "2026-01-01T00:00:00Z"}, "yes"],
		"signed too early": [{"signed_at": "2025-12-31T23:59:59Z"}, "no"],
		"signed as of": [{"signed_at": _as_of}, "yes"],
		"signed after the audit": [{"signed_at": "2026-09-30T16:00:00Z"}, "no"],
		"does not conform": [{"conforms": "no"}, "no"],
		"about another check": [{"check": "7.2-e"}, "no"],
		"lasts to the last moment": [{"valid_until": "2026-09-30", "valid_until_ends_at": _as_of}, "yes"],
		"over": [{"valid_until": "2026-09-29", "valid_until_ends_at": "2026-09-29T16:00:00Z"}, "no"],
		"end without an instant": [{"valid_until": "2026-09-29"}, "unknown"],
		"conforms, perhaps": [{"conforms": "unknown"}, "unknown"],
	}

	statements.holds(object.union(_statement, case[0]), "10.1-a", _since) == case[1] with data.as_of as _as_of
}

test_what_nobody_signed_does_not_hold[field] if {
	some field in ["signed_by", "signed_at"]

	statements.holds(object.remove(_statement, [field]), "10.1-a", _since) == "no" with data.as_of as _as_of
}

test_what_is_not_known_is_unknown[field] if {
	some field in ["conforms", "signed_by", "signed_at", "valid_until_ends_at"]
	statement := object.union(object.remove(_statement, [field]), {"unknown": {field: "stale"}})

	statements.holds(statement, "10.1-a", _since) == "unknown" with data.as_of as _as_of
}

_as_of := "2026-09-30T15:59:59Z"

_since := "2026-01-01T00:00:00Z"

_statement := {
	"uid": "register/attestation/1",
	"check": "10.1-a",
	"conforms": "yes",
	"signed_by": "hr/person/han",
	"signed_at": "2026-08-01T02:00:00Z",
	"unknown": {},
}
