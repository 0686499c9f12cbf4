package checks["6.2.2-b_test"]

import future.keywords.not

import data.checks["6.2.2-b"] as check

test_a_post_at_night_is_a_violation if {
	answer := check with input as _changed({"announcements/0/published_local": "2026-08-05T23:00:00"})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.calendar.days as _days

	answer.population == 1
	answer.violations == {{"subject": "reg/announcement/a", "evidence": {
		"published_local": "2026-08-05T23:00:00",
		"working_day": "yes",
		"emergency": "no",
	}}}
	answer.unknown == set()
}

test_hours_and_days[name] if {
	some name, case in {
		"08:00:00": {"at": "2026-08-05T08:00:00", "found": 0},
		"07:59:59": {"at": "2026-08-05T07:59:59", "found": 1},
		"20:00:00": {"at": "2026-08-05T20:00:00", "found": 0},
		"20:00:01": {"at": "2026-08-05T20:00:01", "found": 1},
		"Saturday": {"at": "2026-08-08T10:00:00", "found": 1},
		"make-up Saturday": {"at": "2026-09-26T10:00:00", "found": 0},
		"holiday on a Friday": {"at": "2026-09-25T10:00:00", "found": 1},
	}
	answer := check with input as _changed({"announcements/0/published_local": case.at})
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.calendar.days as _days

	answer.population == 1
	count(answer.violations) == case.found
	answer.unknown == set()
}

test_an_emergency_may_go_out_at_night if {
	answer := check with input as _changed(object.union(_night, {"announcements/0/emergency": "yes"}))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.calendar.days as _days

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, changes in {
		"to a department": {"announcements/0/audience": "department"},
		"to a group": {"announcements/0/audience": "group"},
		"to outsiders": {"announcements/0/audience": "external"},
		"of the quarter before": {"announcements/0/published_at": "2026-06-30T15:59:59Z"},
		"of the next quarter": {"announcements/0/published_at": "2026-09-30T16:00:00Z"},
	}
	answer := check with input as _changed(object.union(_night, changes))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.calendar.days as _days

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"audience": {
			"changes": {"announcements/0/audience": "unknown", "announcements/0/unknown/audience": "stale"},
			"reason": "stale",
		},
		"emergency": {
			"changes": {"announcements/0/emergency": "unknown", "announcements/0/unknown/emergency": "stale"},
			"reason": "stale",
		},
		"when": {
			"changes": {"announcements/0/published_at": null, "announcements/0/unknown/published_at": "stale"},
			"reason": "stale",
		},
		"local time": {
			"changes": {"announcements/0/published_local": null, "announcements/0/unknown/published_local": "stale"},
			"reason": "stale",
		},
		"day that no calendar covers, within hours": {
			"changes": {"announcements/0/published_local": "2026-08-04T10:00:00"},
			"reason": "not_collected",
		},
	}
	answer := check with input as _changed(object.union(_night, case.changes))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings
		with data.calendar.days as _days

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": "reg/announcement/a", "reason": case.reason}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _changed({"announcements/0/published_local": at}),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings, "calendar": {"days": _days}},
} |
	some name, at in {
		"at night": "2026-08-05T23:00:00",
		"early": "2026-08-05T05:00:00",
		"on a Saturday": "2026-08-08T10:00:00",
		"on a holiday": "2026-09-25T10:00:00",
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {
	"input": _changed({"announcements/0/published_local": at}),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings, "calendar": {"days": _days}},
} |
	some name, at in {
		"from the first minute": "2026-08-05T08:00:00",
		"to the last": "2026-08-05T20:00:00",
		"on a make-up Saturday": "2026-09-26T10:00:00",
	}
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"post_from": "08:00", "post_until": "20:00"}

_night := {"announcements/0/published_local": "2026-08-05T23:00:00"}

_days := {
	"2026-08-05": {"ordinal": 150, "working": true},
	"2026-08-08": {"ordinal": 152, "working": false},
	"2026-09-25": {"ordinal": 185, "working": false},
	"2026-09-26": {"ordinal": 186, "working": true},
}

_shard := {"announcements": [{
	"uid": "reg/announcement/a",
	"number": "a",
	"audience": "company",
	"emergency": "no",
	"published_at": "2026-08-05T02:00:00Z",
	"published_local": "2026-08-05T10:00:00",
	"audience_departments": [],
	"unknown": {},
}]}

# the shard with values put at paths; null takes away
_changed(changes) := json.patch(_shard, [step |
	some path, value in changes
	step := {true: {"op": "remove", "path": path}, false: {"op": "add", "path": path, "value": value}}[is_null(value)]
])
