package checks["6.2.3-a_test"]

import future.keywords.not

import data.checks["6.2.3-a"] as check

test_a_call_without_a_date_is_a_violation if {
	answer := check with input as _changed({"announcements/0/undated_call": "yes"})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == 1
	answer.violations == {{
		"subject": "reg/announcement/a",
		"evidence": {"faults": ["undated_call"], "vague_words": 0},
	}}
	answer.unknown == set()
}

test_these_are_violations[name] if {
	some name, case in {
		"no subject": {"changes": {"announcements/0/has_subject": "no"}, "faults": ["no_subject"]},
		"no contact": {"changes": {"announcements/0/has_contact": "no"}, "faults": ["no_contact"]},
		"one vague word": {"changes": {"announcements/0/vague_words": 1}, "faults": ["vague_words"]},
		"all but the words, which another list counted": {
			"changes": {
				"announcements/0/has_subject": "no",
				"announcements/0/has_contact": "no",
				"announcements/0/undated_call": "yes",
				"announcements/0/vague_words": 9,
				"announcements/0/flags_version": "0",
			},
			"faults": ["no_subject", "no_contact", "undated_call"],
		},
		"to outsiders": {
			"changes": {"announcements/0/audience": "external", "announcements/0/has_contact": "no"},
			"faults": ["no_contact"],
		},
		"to a department": {
			"changes": {"announcements/0/audience": "department", "announcements/0/has_contact": "no"},
			"faults": ["no_contact"],
		},
		"by a person's account": {
			"changes": {"announcements/0/author": "im/account/chen", "announcements/0/has_contact": "no"},
			"faults": ["no_contact"],
		},
	}
	answer := check with input as _changed(case.changes)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	{violation.evidence.faults | some violation in answer.violations} == {case.faults}
	answer.unknown == set()
}

test_a_company_may_bear_some_vague_words[words] if {
	some words, found in {2: 0, 3: 1}
	answer := check with input as _changed({"announcements/0/vague_words": words})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as object.union(_settings, {"vague_words_max": 2})

	count(answer.violations) == found
}

test_a_plain_announcement_conforms if {
	answer := check with input as _shard
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"to a group": {"announcements/0/audience": "group"},
		"by a robot": {"announcements/0/author": "im/account/bot"},
		"of the quarter before": {"announcements/0/published_at": "2026-06-30T15:59:59Z"},
		"of the next quarter": {"announcements/0/published_at": "2026-09-30T16:00:00Z"},
	}
	answer := check with input as _changed(object.union({"announcements/0/has_contact": "no"}, changes))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, changes in {
		"subject": {"announcements/0/has_subject": "unknown", "announcements/0/unknown/has_subject": "stale"},
		"contact": {"announcements/0/has_contact": "unknown", "announcements/0/unknown/has_contact": "stale"},
		"call": {"announcements/0/undated_call": "unknown", "announcements/0/unknown/undated_call": "stale"},
		"words": {"announcements/0/vague_words": null, "announcements/0/unknown/vague_words": "stale"},
		"another list": {"announcements/0/flags_version": "0"},
		"which list": {"announcements/0/flags_version": null, "announcements/0/unknown/flags_version": "stale"},
		"when": {
			"announcements/0/published_at": null,
			"announcements/0/unknown/published_at": "stale",
			"announcements/0/has_contact": "no",
		},
		"audience": {
			"announcements/0/audience": "unknown",
			"announcements/0/unknown/audience": "stale",
			"announcements/0/has_contact": "no",
		},
		"author": {
			"announcements/0/author": null,
			"announcements/0/unknown/author": "stale",
			"announcements/0/has_contact": "no",
		},
		"kind of account": {
			"announcements/0/author": "im/account/bot",
			"accounts/0/kind": "unknown",
			"accounts/0/unknown/kind": "stale",
			"announcements/0/has_contact": "no",
		},
	}
	answer := check with input as _changed(changes)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/announcement/a", "reason": "stale"}}
}

test_words_of_the_right_list_leave_the_reason_to_the_record if {
	answer := check with input as _changed({
		"announcements/0/has_subject": "unknown",
		"announcements/0/unknown/has_subject": "redacted",
	})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.unknown == {{"subject": "reg/announcement/a", "reason": "redacted"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed(changes),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings},
} |
	some name, changes in {
		"no subject": {"announcements/0/has_subject": "no"},
		"no contact": {"announcements/0/has_contact": "no"},
		"undated call": {"announcements/0/undated_call": "yes"},
		"vague": {"announcements/0/vague_words": 3},
		"by an account": {"announcements/0/author": "im/account/chen", "announcements/0/has_contact": "no"},
	}
}

# who is looked at and has done nothing wrong
innocent := {"plain": {"input": _shard, "data": {"as_of": _as_of, "period": _period, "settings": _settings}}}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"vague_words_max": 0, "vague_words_version": "1"}

_shard := {
	"announcements": [{
		"uid": "reg/announcement/a",
		"number": "a",
		"author": "hr/person/chen",
		"audience": "company",
		"published_at": "2026-08-05T02:00:00Z",
		"audience_departments": [],
		"has_subject": "yes",
		"has_contact": "yes",
		"undated_call": "no",
		"vague_words": 0,
		"flags_version": "1",
		"unknown": {},
	}],
	"accounts": [
		{"uid": "im/account/bot", "kind": "bot", "unknown": {}},
		{"uid": "im/account/chen", "kind": "human", "holder": "hr/person/chen", "unknown": {}},
	],
	"people": [{"uid": "hr/person/chen", "unknown": {}}],
	"context": {"accounts": [], "people": []},
}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
