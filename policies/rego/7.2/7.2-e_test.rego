package checks["7.2-e_test"]

import future.keywords.not

import data.checks["7.2-e"] as check

test_a_department_that_nobody_looked_at_is_a_violation if {
	answer := check with input as _shard({"supervisions": []})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company({})

	answer.population == 1
	answer.violations == {{"subject": "hr/department/SAL", "evidence": {
		"last_performed_at": "never",
		"signed_by": "none",
		"heads": ["hr/person/han"],
	}}}
	answer.unknown == set()
}

test_the_evidence_names_the_last_look if {
	answer := check with input as _shard({"supervisions": [
		_entry("a", {"performed_at": "2026-05-20T02:00:00Z"}),
		_entry("b", {"performed_at": "2026-06-20T02:00:00Z", "signed_by": "hr/person/deputy"}),
		_entry("c", {"performed_at": "2026-10-01T02:00:00Z"}),
		_entry("d", {"covers": ["conduct"]}),
	]})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company({})

	answer.violations == {{"subject": "hr/department/SAL", "evidence": {
		"last_performed_at": "2026-06-20T02:00:00Z",
		"signed_by": "hr/person/deputy",
		"heads": ["hr/person/han"],
	}}}
}

test_these_are_violations[name] if {
	some name, case in _faulty
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company(case)

	{violation.subject | some violation in answer.violations} == {"hr/department/SAL"}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings
		with data.company as document.data.company

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_owe_no_look[name] if {
	some name, case in {
		"founded a second too late": {"department": {"valid_from": "2026-08-31T16:00:01Z"}},
		"founded after the quarter": {"department": {"valid_from": "2026-10-05T16:00:00Z"}},
		"dissolved": {"department": {"valid_until": "2026-09-30T00:00:00Z"}},
		"without people": {"people": []},
		"everybody left": {"people": [{
			"uid": "hr/person/chen",
			"status": "left",
			"hire_day_starts_at": "2020-01-01T00:00:00Z",
			"last_day_ends_at": "2026-08-01T00:00:00Z",
			"employments": [],
			"unknown": {},
		}]},
	}
	answer := check with input as _shard(object.union(case, {"supervisions": []}))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company(case)

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_in_a_quarter_that_runs_the_one_before_is_judged[name] if {
	some name, case in {
		"in the one before": {"at": "2026-05-05T02:00:00Z", "found": 0},
		"in the one that runs": {"at": "2026-08-05T02:00:00Z", "found": 1},
	}
	answer := check with input as _shard({"supervisions": [_entry("a", {"performed_at": case.at})]})
		with data.as_of as "2026-08-15T15:59:59Z"
		with data.period as {"duty_from": "2026-03-31T16:00:00Z", "duty_to": "2026-06-30T16:00:00Z"}
		with data.settings as _settings
		with data.company as _company({})

	count(answer.violations) == case.found
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"when": {"supervisions": [_entry("a", {"performed_at": null, "unknown": {"performed_at": "stale"}})]},
		"who signed": {"supervisions": [_entry("a", {"signed_by": null, "unknown": {"signed_by": "stale"}})]},
		"what was looked at": {"supervisions": [_entry("a", {"covers": null, "unknown": {"covers": "stale"}})]},
		"a part of what was looked at": {
			"supervisions": [_entry("a", {"covers": ["conduct", "unknown"]})],
			"reason": "not_collected",
		},
		"who heads it": {"department": {"heads": null, "unknown": {"heads": "stale"}}},
		"since when it is": {
			"supervisions": [],
			"department": {"valid_from": null, "unknown": {"valid_from": "stale"}},
		},
		"until when it is": {"supervisions": [], "department": {"unknown": {"valid_until": "stale"}}},
		"what a statement says": {
			"supervisions": [],
			"attestations": [_statement({"conforms": "unknown", "unknown": {"conforms": "stale"}})],
		},
		"who signed a statement": {
			"supervisions": [],
			"attestations": [_statement({"signed_by": null, "unknown": {"signed_by": "stale"}})],
		},
		"when a statement was signed": {
			"supervisions": [],
			"attestations": [_statement({"signed_at": null, "unknown": {"signed_at": "stale"}})],
		},
		"until when a statement holds": {
			"supervisions": [],
			"attestations": [_statement({"valid_until_ends_at": null, "unknown": {"valid_until_ends_at": "stale"}})],
		},
		"what a statement is about": {
			"supervisions": [],
			"attestations": [_statement({"department_code": null, "unknown": {"department_code": "stale"}})],
		},
	}
	answer := check with input as _shard(case)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.company as _company(case)

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/department/SAL", "reason": object.get(case, "reason", "stale")}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(case),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings, "company": _company(case)},
} |
	some name, case in object.union(_faulty, {"nothing": {"supervisions": []}})
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case), "data": {
	"as_of": _as_of,
	"period": _period,
	"settings": _settings,
	"company": _company(case),
}} |
	some name, case in {
		"the head looked": {},
		"at everything": {"supervisions": [_entry("a", {"covers": [
			"storage_backup", "accounts", "groups", "publishing", "conduct",
		]})]},
		"first second of the quarter": {"supervisions": [_entry("a", {"performed_at": "2026-06-30T16:00:00Z"})]},
		"last second of the quarter": {"supervisions": [_entry("a", {"performed_at": "2026-09-30T15:59:59Z"})]},
		"without an outcome": {"supervisions": [_entry("a", {"outcome": null})]},
		"a deputy signed": {"supervisions": [_entry("a", {"signed_by": "hr/person/deputy"})]},
		"the acting head signed": {
			"department": {"heads": [{"person": "hr/person/wu", "acting": "yes"}]},
			"supervisions": [_entry("a", {"signed_by": "hr/person/wu"})],
		},
		"the head before signed, in time": {
			"department": {"heads": [
				{"person": "hr/person/wu", "acting": "no", "until_at": "2026-09-01T00:00:00Z"},
				{"person": "hr/person/han", "acting": "no", "from_at": "2026-09-01T00:00:00Z"},
			]},
			"supervisions": [_entry("a", {"signed_by": "hr/person/wu"})],
		},
		"under the code that it had": {"supervisions": [_entry("a", {"department_code": "SALES"})]},
		"one counts, another does not": {"supervisions": [
			_entry("a", {}),
			_entry("b", {"signed_by": null}),
			_entry("c", {"performed_at": null, "unknown": {"performed_at": "stale"}}),
		]},
		"a signed statement": {"supervisions": [], "attestations": [_statement({})]},
		"a statement beside a look of which nobody knows when": {
			"supervisions": [_entry("a", {"performed_at": null, "unknown": {"performed_at": "stale"}})],
			"attestations": [_statement({})],
		},
		"who left after it had signed": {
			"department": {"heads": [{"person": "hr/person/han", "acting": "no", "until_at": "2026-09-15T00:00:00Z"}]},
		},
	}
}

_faulty := {
	"a second before the quarter": {"supervisions": [_entry("a", {"performed_at": "2026-06-30T15:59:59Z"})]},
	"a second after the quarter": {"supervisions": [_entry("a", {"performed_at": "2026-09-30T16:00:00Z"})]},
	"nobody signed": {"supervisions": [_entry("a", {"signed_by": null})]},
	"a colleague signed": {"supervisions": [_entry("a", {"signed_by": "hr/person/chen"})]},
	"who heads it only since signed": {
		"department": {"heads": [{"person": "hr/person/han", "acting": "no", "from_at": "2026-09-01T00:00:00Z"}]},
		"supervisions": [_entry("a", {})],
	},
	"at something else": {"supervisions": [_entry("a", {"covers": ["conduct"]})]},
	"at nothing": {"supervisions": [_entry("a", {"covers": []})]},
	"of another department": {"supervisions": [_entry("a", {"department_code": "MKT"})]},
	"founded in time to owe one": {
		"department": {"valid_from": "2026-08-31T16:00:00Z"},
		"supervisions": [],
	},
	"a statement that is over": {
		"supervisions": [],
		"attestations": [_statement({"valid_until_ends_at": "2026-09-30T15:59:59Z"})],
	},
	"a statement without an end": {"supervisions": [], "attestations": [_statement({"valid_until_ends_at": null})]},
	"a statement of the future": {"supervisions": [], "attestations": [_statement({"signed_at": "2026-09-30T16:00:00Z"})]},
	"a statement that says no": {"supervisions": [], "attestations": [_statement({"conforms": "no"})]},
	"a statement that a colleague signed": {
		"supervisions": [],
		"attestations": [_statement({"signed_by": "hr/person/chen"})],
	},
	"a statement that nobody signed": {"supervisions": [], "attestations": [_statement({"signed_by": null})]},
	"a statement about another check": {"supervisions": [], "attestations": [_statement({"check": "10.1-a"})]},
	"a statement about another department": {
		"supervisions": [],
		"attestations": [_statement({"department_code": "MKT"})],
	},
	"a statement about the company": {"supervisions": [], "attestations": [_statement({"department_code": null})]},
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"duty_from": "2026-06-30T16:00:00Z", "duty_to": "2026-09-30T16:00:00Z"}

_settings := {"supervision_min_days": 30}

_entry(number, fields) := _changed(
	{
		"uid": concat("/", ["reg/supervision", number]),
		"number": number,
		"department_code": "SAL",
		"covers": ["storage_backup"],
		"performed_at": "2026-08-05T02:00:00Z",
		"signed_by": "hr/person/han",
		"outcome": "無異常",
		"unknown": {},
	},
	fields,
)

_statement(fields) := _changed(
	{
		"uid": "reg/attestation/a",
		"check": "7.2-e",
		"department_code": "SAL",
		"conforms": "yes",
		"signed_by": "hr/person/han",
		"signed_at": "2026-09-01T00:00:00Z",
		"valid_until_ends_at": "2026-12-31T16:00:00Z",
		"unknown": {},
	},
	fields,
)

_shard(case) := {
	"department": "SAL",
	"supervisions": object.get(case, "supervisions", [_entry("a", {})]),
	"attestations": object.get(case, "attestations", []),
	"people": object.get(case, "people", [_person(each) | some each in ["chen", "wu", "han", "deputy"]]),
	"context": {"people": []},
}

_person(name) := {
	"uid": concat("/", ["hr/person", name]),
	"status": "active",
	"hire_day_starts_at": "2020-01-01T00:00:00Z",
	"employments": [],
	"unknown": {},
}

_company(case) := {"departments": [
	_changed(
		{
			"uid": "hr/department/SAL",
			"code": "SAL",
			"name": "銷售部",
			"valid_from": "2020-01-01T00:00:00Z",
			"renamed_from": ["SALES"],
			"heads": [{"person": "hr/person/han", "acting": "no"}],
			"head": ["hr/person/han"],
			"deputies": ["hr/person/deputy"],
			"unknown": {},
		},
		object.get(case, "department", {}),
	),
	{
		"uid": "hr/department/MKT",
		"code": "MKT",
		"name": "市場部",
		"renamed_from": [],
		"heads": [{"person": "hr/person/han", "acting": "no"}],
		"deputies": [],
		"merged_into": "SAL",
		"unknown": {},
	},
]}

# a record with other fields; null takes away
_changed(record, fields) := json.patch(record, [step |
	some field, value in fields
	step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
])
