package checks["7.3-c_test"]

import future.keywords.not

import data.checks["7.3-c"] as check

test_overwriting_an_ssd_is_a_violation if {
	answer := check with input as _shard({"media_kind": "ssd", "method": "overwrite"})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings("no")

	answer.population == 1
	answer.violations == {{"subject": "reg/deletion_record/a", "evidence": {
		"classification": "confidential",
		"customer_data": "no",
		"media_kind": "ssd",
		"method": "overwrite",
		"certificate": "yes",
		"executed_at": "2026-08-05T02:00:00Z",
		"fault": "insecure_method",
	}}}
	answer.unknown == set()
}

test_the_evidence_says_what_the_record_does_not_tell[field] if {
	some field, fields in {
		"classification": {"customer_data": "yes", "method": "logical_delete"},
		"customer_data": {"method": "logical_delete"},
		"media_kind": {"method": "logical_delete"},
		"method": {"certificate_sha256": null, "certificate_on_ends_at": null},
	}
	answer := check with input as _shard(object.union(fields, {field: null}))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings("no")

	{violation.evidence[field] | some violation in answer.violations} == {"unknown"}
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as _shard(case.fields)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings(object.get(case, "witness", "no"))

	answer.population == 1
	{violation.evidence.fault | some violation in answer.violations} == {case.fault}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, fields in {
		"internal": {"classification": "internal"},
		"public": {"classification": "public"},
		"the quarter before": {"executed_at": "2026-06-30T15:59:59Z"},
		"the next quarter": {"executed_at": "2026-09-30T16:00:00Z"},
	}
	answer := check with input as _shard(object.union({"method": "logical_delete"}, fields))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings("no")

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"class": {"fields": {
			"classification": "unknown",
			"method": "logical_delete",
			"unknown": {"classification": "stale"},
		}},
		"customers' data": {"fields": {
			"classification": "internal",
			"customer_data": "unknown",
			"method": "logical_delete",
			"unknown": {"customer_data": "stale"},
		}},
		"when": {"fields": {
			"executed_at": null,
			"method": "logical_delete",
			"unknown": {"executed_at": "stale"},
		}},
		"method": {"fields": {"method": "unknown", "unknown": {"method": "stale"}}},
		"medium, where it matters": {"fields": {"media_kind": "unknown", "unknown": {"media_kind": "stale"}}},
		"medium of what was shredded": {"fields": {
			"media_kind": "unknown",
			"method": "physical",
			"unknown": {"media_kind": "stale"},
		}},
		"certificate": {"fields": {"certificate_sha256": null, "unknown": {"certificate_sha256": "stale"}}},
		"date of the certificate": {"fields": {
			"certificate_on_ends_at": null,
			"unknown": {"certificate_on_ends_at": "stale"},
		}},
		"a certificate without a date": {"fields": {"certificate_on_ends_at": null}, "reason": "not_collected"},
		"witness": {"fields": {"witness": null, "unknown": {"witness": "stale"}}, "witness": "yes"},
		"who carried it out": {
			"fields": {"executed_by": null, "unknown": {"executed_by": "stale"}},
			"witness": "yes",
		},
	}
	answer := check with input as _shard(case.fields)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings(object.get(case, "witness", "no"))

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/deletion_record/a", "reason": object.get(case, "reason", "stale")}}
}

# whatever a company writes into its table
test_a_method_that_is_not_known_is_never_secure if {
	answer := check with input as _shard({"method": "unknown", "unknown": {"method": "stale"}})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as object.union(_settings("no"), {"secure_methods": {"hdd": ["overwrite", "unknown"]}})

	answer.violations == set()
	answer.unknown == {{"subject": "reg/deletion_record/a", "reason": "stale"}}
}

test_a_medium_that_the_table_lacks_is_not_known if {
	answer := check with input as _shard({"media_kind": "paper", "method": "physical"})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings("no")

	answer.violations == set()
	answer.unknown == {{"subject": "reg/deletion_record/a", "reason": "not_collected"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(case.fields),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings(object.get(case, "witness", "no"))},
} |
	some name, case in _faulty
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case.fields), "data": {
	"as_of": _as_of,
	"period": _period,
	"settings": _settings(object.get(case, "witness", "no")),
}} |
	some name, case in {
		"a disk overwritten": {"fields": {}},
		"a disk shredded": {"fields": {"method": "physical"}},
		"keys in the cloud destroyed": {"fields": {"media_kind": "cloud", "method": "crypto_erase"}},
		"secure on all media, whichever it was": {"fields": {
			"method": "crypto_erase",
			"media_kind": "unknown",
			"unknown": {"media_kind": "stale"},
		}},
		"certified on the day itself": {"fields": {"certificate_on_ends_at": "2026-08-05T16:00:00Z"}},
		"nobody asks for a witness": {"fields": {"witness": null}},
		"nobody asks for a witness, and who did it is named as one": {"fields": {"witness": "hr/person/chen"}},
		"witnessed": {"fields": {}, "witness": "yes"},
		"not known whether secret, and destroyed well": {"fields": {
			"classification": "unknown",
			"customer_data": "unknown",
			"unknown": {"classification": "stale", "customer_data": "stale"},
		}},
	}
}

_faulty := {
	"flash overwritten": {"fields": {"media_kind": "ssd", "method": "overwrite"}, "fault": "insecure_method"},
	"deleted in the application": {"fields": {"method": "logical_delete"}, "fault": "insecure_method"},
	"deleted in the application, on nobody knows what": {
		"fields": {"method": "logical_delete", "media_kind": "unknown", "unknown": {"media_kind": "stale"}},
		"fault": "insecure_method",
	},
	"shredded in the cloud": {"fields": {"media_kind": "cloud", "method": "physical"}, "fault": "insecure_method"},
	"secret": {"fields": {"classification": "secret", "method": "logical_delete"}, "fault": "insecure_method"},
	"customers' data": {
		"fields": {"classification": "internal", "customer_data": "yes", "method": "logical_delete"},
		"fault": "insecure_method",
	},
	"no certificate": {"fields": {"certificate_sha256": null, "certificate_on_ends_at": null}, "fault": "no_certificate"},
	"a certificate of the day before": {
		"fields": {"certificate_on_ends_at": "2026-08-04T16:00:00Z"},
		"fault": "no_certificate",
	},
	"a certificate of the day that ended then": {
		"fields": {"certificate_on_ends_at": "2026-08-05T02:00:00Z"},
		"fault": "no_certificate",
	},
	"no witness": {"fields": {"witness": null}, "witness": "yes", "fault": "no_witness"},
	"watched by who did it": {
		"fields": {"witness": "hr/person/chen"},
		"witness": "yes",
		"fault": "no_witness",
	},
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings(witness) := {
	"secure_methods": {
		"cloud": ["crypto_erase"],
		"hdd": ["overwrite", "crypto_erase", "physical"],
		"ssd": ["crypto_erase", "physical"],
	},
	"disposal_witness_required": witness,
}

_shard(fields) := {
	"deletion_records": [json.patch(
		{
			"uid": "reg/deletion_record/a",
			"number": "a",
			"classification": "confidential",
			"customer_data": "no",
			"media_kind": "hdd",
			"method": "overwrite",
			"executed_at": "2026-08-05T02:00:00Z",
			"executed_by": "hr/person/chen",
			"certificate_sha256": "aa",
			"certificate_on_ends_at": "2026-08-06T16:00:00Z",
			"witness": "hr/person/han",
			"unknown": {},
		},
		[step |
			some field, value in fields
			step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
		],
	)],
	"people": [{"uid": concat("/", ["hr/person", name]), "unknown": {}} | some name in ["chen", "han"]],
	"context": {"people": []},
}
