package lib.supervision_test

import future.keywords.not

import data.lib.supervision

test_a_department_owes_a_look_after_some_days_of_the_quarter[at] if {
	some at, answer in {"2026-08-31T16:00:00Z": "yes", "2026-08-31T16:00:01Z": "no"}

	supervision.owed(object.union(_department, {"valid_from": at})) == answer
		with input as _shard({}, {})
		with data.period as _period
		with data.as_of as _as_of
		with data.settings.supervision_min_days as 30
}

test_a_statement_does_from_its_signature_to_the_second_before_its_end[name] if {
	some name, case in {
		"signed in this second": [{"signed_at": _as_of}, "yes"],
		"signed in the next": [{"signed_at": _later}, "no"],
		"until the next": [{"valid_until_ends_at": _later}, "yes"],
		"until this second": [{"valid_until_ends_at": _as_of}, "no"],
		"without an end": [{"valid_until_ends_at": null}, "no"],
	}

	supervision.done(_department, {"accounts"}, "9.1-c") == case[1]
		with input as _shard({}, case[0])
		with data.company.departments as [_department]
		with data.period as _period
		with data.as_of as _as_of
}

test_a_look_that_is_still_to_come_is_not_shown[at] if {
	some at, shown in {_as_of: _as_of, _later: "never"}
	evidence := supervision.evidence(_department, {"accounts"})
		with input as _shard({"performed_at": at}, {})
		with data.company.departments as [_department]
		with data.as_of as _as_of

	evidence.last_performed_at == shown
}

_as_of := "2026-12-31T15:59:59Z"

_later := "2026-12-31T16:00:00Z"

_period := {"duty_from": "2026-06-30T16:00:00Z", "duty_to": "2026-09-30T16:00:00Z"}

_department := {
	"uid": "hr/department/FIN",
	"code": "FIN",
	"renamed_from": [],
	"heads": [{"person": "hr/person/han", "acting": "no"}],
	"deputies": [],
	"unknown": {},
}

_shard(entry, row) := {
	"department": "FIN",
	"people": [{
		"uid": "hr/person/han",
		"status": "active",
		"hire_day_starts_at": "2020-01-01T16:00:00Z",
		"employments": [],
		"unknown": {},
	}],
	"supervisions": [object.union(
		{
			"uid": "reg/supervision/a",
			"department_code": "FIN",
			"performed_at": "2026-12-01T00:00:00Z",
			"covers": ["accounts"],
			"signed_by": "hr/person/han",
			"unknown": {},
		},
		entry,
	)],
	"attestations": [json.patch(
		{
			"uid": "reg/attestation/a",
			"check": "9.1-c",
			"department_code": "FIN",
			"conforms": "yes",
			"signed_at": "2026-12-01T00:00:00Z",
			"signed_by": "hr/person/han",
			"valid_until_ends_at": "2027-06-30T16:00:00Z",
			"unknown": {},
		},
		[step |
			some field, value in row
			step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
		],
	)],
	"context": {"people": []},
}
