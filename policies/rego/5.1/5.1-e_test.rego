package checks["5.1-e_test"]

import future.keywords.not

import data.checks["5.1-e"] as check

test_a_newcomer_without_account_is_a_violation[name] if {
	some name, case in {
		"none": [[], []],
		"a closed one of before": [[_account({"state": "deactivated"})], ["im/account/chen"]],
		"in another tool": [[_account({"source_system": "mail"})], []],
		"somebody else's": [[_account({"holder": "hr/person/du"})], []],
		"nobody knows whose, and it is closed": [[_account(object.union({"state": "deleted"}, _unheld))], []],
		"nobody knows whose, in another tool": [[_account(object.union({"source_system": "mail"}, _unheld))], []],
		"a robot of theirs": [[_account({"kind": "bot"})], ["im/account/chen"]],
	}
	answer := check with input as _shard({}, case[0])
		with data.company.applications as [_element]
		with data.cutoff as _cutoff
		with data.as_of as _as_of
		with data.settings.served_employment_types as _served

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": "hr/person/chen", "evidence": {
		"applications": [_element.uid],
		"closed": case[1],
		"hire_date": "2026-09-01",
	}}}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.company.applications as document.data.company.applications
		with data.cutoff as document.data.cutoff
		with data.as_of as document.data.as_of
		with data.settings.served_employment_types as document.data.settings.served_employment_types

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"employment": [{"employment_type": "unknown", "unknown": {"employment_type": "stale"}}, [], {}, "stale"],
		"hire date": [
			{"hire_day_starts_at": null, "hire_day_ends_at": null, "unknown": {"hire_day_starts_at": "stale"}},
			[], {}, "stale",
		],
		"status": [{"status": "unknown", "unknown": {"status": "stale"}}, [], {}, "stale"],
		"state of the account": [{}, [_account({"state": "unknown", "unknown": {"state": "stale"}})], {}, "stale"],
		"kind of the account": [{}, [_account({"kind": "unknown", "unknown": {"kind": "stale"}})], {}, "stale"],
		"whose account": [{}, [_account(_unheld)], {}, "ambiguous"],
		"the standard tool": [{}, [], {"standard": "unknown", "unknown": {"standard": "stale"}}, "stale"],
		"no standard tool": [{}, [], {"standard": "no"}, "not_collected"],
		"a standard tool without a source": [{}, [], {"source_systems": []}, "not_collected"],
		"the same, and nobody knows whose account elsewhere": [
			{}, [_account(object.union({"source_system": "mail"}, _unheld))],
			{"source_systems": []}, "not_collected",
		],
		"the sources of the standard tool": [
			{}, [],
			{"source_systems": null, "unknown": {"source_systems": "stale"}}, "stale",
		],
	}
	answer := check with input as _shard(case[0], case[1])
		with data.company.applications as [_changed(_element, case[2])]
		with data.cutoff as _cutoff
		with data.as_of as _as_of
		with data.settings.served_employment_types as _served

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "hr/person/chen", "reason": case[3]}}
}

test_who_joined_in_the_first_second_of_the_window_is_due if {
	answer := check with input as _shard({"hire_day_starts_at": _cutoff.newcomer_window_days}, [])
		with data.company.applications as [_element]
		with data.cutoff as _cutoff
		with data.as_of as _as_of
		with data.settings.served_employment_types as _served

	answer.population == 1
	count(answer.violations) == 1
}

test_how_long_somebody_is_a_newcomer_may_not_be_known if {
	answer := check with input as _shard({}, [])
		with data.company.applications as [_element]
		with data.cutoff as object.remove(_cutoff, ["newcomer_window_days"])
		with data.as_of as _as_of
		with data.settings.served_employment_types as _served

	answer.violations == set()
	answer.unknown == {{"subject": "hr/person/chen", "reason": "not_collected"}}
}

# other reason: holder: an account whose holder is not known may be that of any of the newcomers
# what the law of missing facts is tried on: each input gives a violation
violating := {name: {"input": _shard({}, accounts), "data": {
	"company": {"applications": [_element]},
	"cutoff": _cutoff,
	"as_of": _as_of,
	"settings": {"served_employment_types": _served},
}} |
	some name, accounts in {
		"no account": [],
		"a closed account": [_account({"state": "deactivated"})],
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case[0], case[1]), "data": {
	"company": {"applications": [_element]},
	"cutoff": _cutoff,
	"as_of": _as_of,
	"settings": {"served_employment_types": _served},
}} |
	some name, case in {
		"served": [{}, [_account({})]],
		"invited": [{}, [_account({"state": "invited"})]],
		"the days are not over": [{"hire_day_ends_at": _cutoff.newcomer_account_workdays}, []],
		"joined long ago: 4.1-c": [{"hire_day_starts_at": "2026-04-03T15:59:58Z"}, []],
		"not there yet": [{"hire_day_starts_at": "2026-10-08T16:00:00Z"}, []],
		"left again": [{"status": "left", "last_day_ends_at": "2026-09-29T16:00:00Z"}, []],
		"on leave": [{"status": "leave"}, []],
		"contractor": [{"employment_type": "contractor"}, []],
	}
}

# of these the check does not ask its question
_outside := {
	"contractor",
	"joined long ago: 4.1-c",
	"left again",
	"not there yet",
	"on leave",
	"the days are not over",
}

_as_of := "2026-09-30T15:59:59Z"

_cutoff := {"newcomer_account_workdays": "2026-09-22T15:59:59Z", "newcomer_window_days": "2026-04-03T15:59:59Z"}

_served := ["employee", "intern"]

_element := {
	"uid": "r/application/element",
	"category": "chat",
	"standard": "yes",
	"source_systems": ["im"],
	"unknown": {},
}

_changed(record, fields) := object.filter(object.union(record, fields), {name |
	some name, value in object.union(record, fields)
	not is_null(value)
})

_account(fields) := _changed(
	{
		"uid": "im/account/chen",
		"source_system": "im",
		"kind": "human",
		"state": "active",
		"holder": "hr/person/chen",
		"unknown": {},
	},
	fields,
)

_unheld := {"holder": null, "unknown": {"holder": "stale"}}

_newcomer := {
	"uid": "hr/person/chen",
	"status": "active",
	"employment_type": "employee",
	"hire_date": "2026-09-01",
	"hire_day_starts_at": "2026-08-31T16:00:00Z",
	"hire_day_ends_at": "2026-09-01T16:00:00Z",
	"employments": [],
	"unknown": {},
}

_shard(person, accounts) := {
	"accounts": accounts,
	"people": [_changed(_newcomer, person)],
	"context": {"accounts": [], "people": [{"uid": "hr/person/du", "employments": [], "unknown": {}}]},
}
