package checks["6.1.2-d_test"]

import future.keywords.not

import data.checks["6.1.2-d"] as check

test_a_sponsorship_that_is_over_is_a_violation if {
	answer := check with input as _changed({
		"memberships/0/sponsored_until": "2026-08-31",
		"memberships/0/sponsored_until_ends_at": "2026-08-31T16:00:00Z",
	})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations == {{
		"subject": _uid,
		"owner": "hr/person/gao",
		"evidence": {
			"account": "im/account/guest",
			"group": "im/group/g1",
			"sponsor": "hr/person/gao",
			"sponsored_until": "2026-08-31",
			"fault": "ended",
		},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"nobody": {"changes": {"memberships/0/sponsor": null}, "fault": "no_sponsor"},
		"sponsor left": {"changes": {"people/0/last_day_ends_at": "2026-09-15T16:00:00Z"}, "fault": "sponsor_gone"},
		"sponsor is an outsider": {"changes": {"people/0/employment_type": "external"}, "fault": "sponsor_gone"},
		"sponsor of himself": {"changes": {"accounts/0/holder": "hr/person/gao"}, "fault": "sponsor_gone"},
		"no end": {"changes": _endless, "fault": "no_end"},
		"over by a second": {
			"changes": {"memberships/0/sponsored_until_ends_at": "2026-09-30T15:59:58Z"},
			"fault": "ended",
		},
		"longer than allowed": {
			"changes": {"memberships/0/sponsored_until_ends_at": "2027-01-01T00:00:01Z"},
			"fault": "no_end",
		},
		"nobody, and no end either": {
			"changes": object.union(_endless, {"memberships/0/sponsor": null}),
			"fault": "no_sponsor",
		},
		"nobody, label not known": {
			"changes": {
				"memberships/0/sponsor": null,
				"groups/0/label": "unknown",
				"groups/0/unknown/label": "stale",
			},
			"fault": "no_sponsor",
		},
		"no end in a confidential group": {
			"changes": object.union(_endless, {"groups/0/label": "confidential"}),
			"fault": "no_end",
		},
		"no end, sponsor not known": {
			"changes": object.union(_endless, {
				"memberships/0/sponsor": null,
				"memberships/0/unknown/sponsor": "ambiguous",
			}),
			"fault": "no_end",
		},
		"over, sponsor not known": {
			"changes": {
				"memberships/0/sponsor": null,
				"memberships/0/unknown/sponsor": "ambiguous",
				"memberships/0/sponsored_until_ends_at": "2026-08-31T16:00:00Z",
			},
			"fault": "ended",
		},
		"nobody in a confidential group that is archived": {
			"changes": {"memberships/0/sponsor": null, "groups/0/label": "confidential", "groups/0/archived": "yes"},
			"fault": "no_sponsor",
		},
		"sponsor left, in a secret group that may be archived": {
			"changes": {
				"people/0/last_day_ends_at": "2026-09-15T16:00:00Z",
				"groups/0/label": "secret",
				"groups/0/archived": "unknown",
				"groups/0/unknown/archived": "stale",
			},
			"fault": "sponsor_gone",
		},
		"robot of an outsider": {
			"changes": {"memberships/0/sponsor": null, "accounts/0/kind": "bot"},
			"fault": "no_sponsor",
		},
		"archived group": {
			"changes": {"memberships/0/sponsor": null, "groups/0/archived": "yes"},
			"fault": "no_sponsor",
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.settings as _settings

	{violation.evidence.fault | some violation in answer.violations} == {case.fault}
	answer.unknown == set()
}

# an unknown label excuses nobody; one that is known hands the missing sponsor to the check of the group
test_nobody_answers_for_an_outsider_under_any_label[label] if {
	some label, fault in {
		"public": {"no_sponsor"},
		"internal": {"no_sponsor"},
		"unknown": {"no_sponsor"},
		"confidential": set(),
		"secret": set(),
	}
	answer := check with input as _changed({"memberships/0/sponsor": null, "groups/0/label": label})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	{violation.evidence.fault | some violation in answer.violations} == fault
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.settings as document.data.settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_company_may_do_without_an_end if {
	answer := check with input as _changed(_endless)
		with data.as_of as _as_of
		with data.settings as object.union(_settings, {"sponsor_required_end": "no"})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_where_no_end_is_asked_for_these_are_unknown[name] if {
	some name, changes in {
		"sponsor": object.union(_endless, {"memberships/0/sponsor": null, "memberships/0/unknown/sponsor": "stale"}),
		"end, which may be over": {
			"memberships/0/sponsored_until_ends_at": null,
			"memberships/0/unknown/sponsored_until_ends_at": "stale",
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as object.union(_settings, {"sponsor_required_end": "no"})

	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": "stale"}}
}

test_these_are_outside[name] if {
	some name, changes in {
		"insider": {"memberships/0/external": "no", "memberships/0/sponsor": null},
		"one-to-one chat": {"groups/0/direct": "yes", "memberships/0/sponsor": null},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"whether an outsider": {
			"memberships/0/external": "unknown",
			"memberships/0/unknown/external": "stale",
			"memberships/0/sponsor": null,
		},
		"sponsor": {"memberships/0/sponsor": null, "memberships/0/unknown/sponsor": "stale"},
		"sponsor, and no end in a confidential group": object.union(_endless, {
			"memberships/0/sponsor": null,
			"memberships/0/unknown/sponsor": "stale",
			"groups/0/label": "confidential",
		}),
		"end": {
			"memberships/0/sponsored_until_ends_at": null,
			"memberships/0/unknown/sponsored_until_ends_at": "stale",
		},
		"sponsor's last day, in a tool that never tells since when": object.union(_never_told("not_supported"), {
			"people/0/status": "left",
			"people/0/unknown/last_day_ends_at": "stale",
		}),
		"since when": object.union(_joined_some_day, {"memberships/0/sponsored_until_ends_at": "2029-01-01T00:00:00Z"}),
		"sponsor's last day": {"people/0/status": "left", "people/0/unknown/last_day_ends_at": "stale"},
		"sponsor's first day": {
			"people/0/hire_day_starts_at": null,
			"people/0/unknown/hire_day_starts_at": "stale",
		},
		"sponsor's status": {"people/0/status": "unknown", "people/0/unknown/status": "stale"},
		"sponsor, in a confidential group that may be archived": {
			"memberships/0/sponsor": null,
			"memberships/0/unknown/sponsor": "stale",
			"groups/0/label": "confidential",
			"groups/0/archived": "unknown",
		},
		"who the outsider is": {"accounts/0/unknown/holder": "stale"},
		"sponsor's contract": {
			"people/0/employment_type": "unknown",
			"people/0/unknown/employment_type": "stale",
		},
		"kind of chat": {
			"memberships/0/sponsor": null,
			"groups/0/direct": "unknown",
			"groups/0/unknown/direct": "stale",
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": "stale"}}
}

# who the sponsor is, is 3.3-a's question there, and the end is in order
test_an_unknown_sponsor_in_a_confidential_group_is_no_fault_of_the_end if {
	answer := check with input as _changed({
		"memberships/0/sponsor": null,
		"memberships/0/unknown/sponsor": "stale",
		"groups/0/label": "confidential",
	})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_sponsor_missing_from_the_roster_is_unknown if {
	answer := check with input as _changed({"memberships/0/sponsor": "hr/person/nobody"})
		with data.as_of as _as_of
		with data.settings as _settings

	answer.violations == set()
	answer.unknown == {{"subject": _uid, "reason": "not_collected"}}
}

test_the_manager_acts_for_a_sponsor_who_left if {
	answer := check with input as _changed({
		"people/0/last_day_ends_at": "2026-09-15T16:00:00Z",
		"memberships/0/sponsored_until_ends_at": "2026-08-31T16:00:00Z",
	})
		with data.as_of as _as_of
		with data.settings as _settings

	{violation.owner | some violation in answer.violations} == {"hr/person/han"}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "settings": _settings}} |
	some name, changes in {
		"nobody": {"memberships/0/sponsor": null},
		"over": {"memberships/0/sponsored_until_ends_at": "2026-08-31T16:00:00Z"},
		"no end": _endless,
		"no end in a confidential group": object.union(_endless, {"groups/0/label": "confidential"}),
		"sponsor left": {"people/0/last_day_ends_at": "2026-09-15T16:00:00Z"},
		"sponsor is an outsider": {"people/0/employment_type": "external"},
		"sponsor of himself": {"accounts/0/holder": "hr/person/gao"},
		"longer than allowed": {"memberships/0/sponsored_until_ends_at": "2027-01-01T00:00:01Z"},
	}
}

# may accuse: label: an outsider without a sponsor breaks the rule under any label; a known one only hands it to 3.3-a
# may accuse: archived: 3.3-a leaves archives out, and an outsider reads them on; known to be none, the group is 3.3-a's

# who is looked at and has done nothing wrong
innocent := {name: {"input": _changed(changes), "data": {"as_of": _as_of, "settings": _settings}} |
	some name, changes in {
		"sponsored": {},
		"last moment of the last day": {"memberships/0/sponsored_until_ends_at": _as_of},
		"exactly as long as allowed": {"memberships/0/sponsored_until_ends_at": "2027-01-01T00:00:00Z"},
		"joined nobody knows when": _never_told("not_supported"),
		"joined nobody knows when, by this edition": _never_told("not_licensed"),
		"joined nobody knows when, by a register": _never_told("not_collected"),
		"nobody in a confidential group": {"memberships/0/sponsor": null, "groups/0/label": "confidential"},
		"nobody, and no end, in a confidential group": object.union(_endless, {
			"memberships/0/sponsor": null,
			"groups/0/label": "confidential",
		}),
		"sponsor left in a secret group": {
			"people/0/last_day_ends_at": "2026-09-15T16:00:00Z",
			"groups/0/label": "secret",
		},
		"sponsor will leave": {"people/0/last_day_ends_at": "2026-12-31T16:00:00Z"},
	}
}

_uid := "im/membership/g1/guest"

_as_of := "2026-09-30T15:59:59Z"

_settings := {
	"confidential_labels": ["confidential", "secret"],
	"external_max_days": 365,
	"sponsor_required_end": "yes",
}

_never_told(why) := {
	"memberships/0/sponsored_until_ends_at": "2029-01-01T00:00:00Z",
	"memberships/0/joined_at": null,
	"memberships/0/unknown/joined_at": why,
}

_joined_some_day := {"memberships/0/joined_at": null, "memberships/0/unknown/joined_at": "stale"}

_endless := {"memberships/0/sponsored_until": null, "memberships/0/sponsored_until_ends_at": null}

_shard := {
	"memberships": [{
		"uid": "im/membership/g1/guest",
		"group": "im/group/g1",
		"account": "im/account/guest",
		"via": "direct",
		"external": "yes",
		"joined_at": "2026-01-01T00:00:00Z",
		"sponsor": "hr/person/gao",
		"sponsored_until": "2026-12-31",
		"sponsored_until_ends_at": "2026-12-31T16:00:00Z",
		"unknown": {},
	}],
	"groups": [{
		"uid": "im/group/g1",
		"source_system": "im",
		"native_id": "g1",
		"direct": "no",
		"archived": "no",
		"label": "internal",
		"owners": ["im/account/han"],
		"unknown": {},
	}],
	"accounts": [
		{"uid": "im/account/guest", "kind": "guest", "state": "active", "unknown": {}},
		{"uid": "im/account/han", "kind": "human", "state": "active", "holder": "hr/person/han", "unknown": {}},
	],
	"people": [
		{
			"uid": "hr/person/gao",
			"status": "active",
			"employment_type": "employee",
			"hire_day_starts_at": "2020-01-01T16:00:00Z",
			"unknown": {},
		},
		{
			"uid": "hr/person/han",
			"status": "active",
			"employment_type": "employee",
			"hire_day_starts_at": "2020-01-01T16:00:00Z",
			"unknown": {},
		},
	],
	"context": {"accounts": [], "groups": [], "memberships": [], "people": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
