package checks["6.2.2-a_test"]

import future.keywords.not

import data.checks["6.2.2-a"] as check

test_the_third_post_of_a_day_is_a_violation_where_two_are_allowed if {
	answer := check with input as _shard(_company_posts(3))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == 3
	answer.violations == {{"subject": "reg/announcement/p3", "evidence": {
		"day": "2026-08-05",
		"audience": "company",
		"ordinal": 3,
		"limit": 2,
	}}}
	answer.unknown == set()
}

test_each_beyond_the_limit_is_one_in_order_of_time_then_of_uid if {
	answer := check with input as _shard([
		_post("a", "company", {"published_at": "2026-08-05T05:00:00Z"}),
		_post("b", "company", {"published_at": "2026-08-05T04:00:00Z"}),
		_post("c", "company", {"published_at": "2026-08-05T05:00:00Z"}),
		_post("d", "company", {"published_at": "2026-08-05T03:00:00Z"}),
	])
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	{violation.subject: violation.evidence.ordinal | some violation in answer.violations} == {
		"reg/announcement/a": 3,
		"reg/announcement/c": 4,
	}
}

test_these_are_as_many_as_allowed[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.period as document.data.period
		with data.settings as document.data.settings

	answer.violations | answer.unknown == set()
}

test_the_fourth_to_a_department_is_a_violation_where_three_are_allowed if {
	answer := check with input as _shard(_posts(["a", "b", "c", "d"], "department", {}))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	{[violation.subject, violation.evidence.ordinal, violation.evidence.limit] |
		some violation in answer.violations
	} == {["reg/announcement/d", 4, 3]}
	answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, fields in {
		"to a group": {"audience": "group"},
		"to outsiders": {"audience": "external"},
		"emergencies": {"emergency": "yes"},
		"of the quarter before": {"published_at": "2026-06-30T15:59:59Z"},
		"of the next quarter": {"published_at": "2026-09-30T16:00:00Z"},
	}
	answer := check with input as _shard(_posts(["a", "b", "c"], "company", fields))
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"own audience": {
			"posts": array.concat(_company_posts(2), [_post("z", "unknown", {"unknown": {"audience": "stale"}})]),
			"unknown": {"reg/announcement/z"},
		},
		"own audience, alone": {
			"posts": [_post("z", "unknown", {"unknown": {"audience": "stale"}})],
			"unknown": {"reg/announcement/z"},
		},
		"own department": {
			"posts": [_post("z", "company", {"department_code": null, "unknown": {"department_code": "stale"}})],
			"unknown": {"reg/announcement/z"},
		},
		"own time": {
			"posts": array.concat(
				_company_posts(2),
				[_post("z", "company", {"published_at": null, "unknown": {"published_at": "stale"}})],
			),
			"unknown": {"reg/announcement/p2", "reg/announcement/z"},
		},
		"own day": {
			"posts": [_post("z", "company", {"published_local": null, "unknown": {"published_local": "stale"}})],
			"unknown": {"reg/announcement/z"},
		},
		"own emergency": {
			"posts": array.concat(
				_company_posts(2),
				[_post("z", "company", {"emergency": "unknown", "unknown": {"emergency": "stale"}})],
			),
			"unknown": {"reg/announcement/z"},
		},
		"own text": {
			"posts": array.concat(_company_posts(2), [_post("z", "company", _without_text)]),
			"unknown": {"reg/announcement/z"},
		},
		"emergency of an earlier one": {
			"posts": array.concat(
				[_post("a", "company", {"emergency": "unknown", "unknown": {"emergency": "stale"}})],
				_company_posts(2),
			),
			"unknown": {"reg/announcement/p2"},
		},
		"text of an earlier one, which may be the same": {
			"posts": array.concat([_post("a", "company", _without_text)], _company_posts(3)),
			"unknown": {"reg/announcement/p2", "reg/announcement/p3"},
		},
		"day of another one": {
			"posts": array.concat(_company_posts(2), [_post("z", "company", {
				"published_at": null,
				"published_local": null,
				"unknown": {"published_at": "stale", "published_local": "stale"},
			})]),
			"unknown": {"reg/announcement/p2", "reg/announcement/z"},
		},
		"audience of an earlier one": {
			"posts": array.concat([_post("a", "unknown", {"unknown": {"audience": "stale"}})], _company_posts(2)),
			"unknown": {"reg/announcement/a", "reg/announcement/p2"},
		},
		"whether an earlier one was an emergency, with the same text": {
			"posts": array.concat(
				[_post("a", "company", {
					"emergency": "unknown",
					"text_sha256": "p3",
					"unknown": {"emergency": "stale"},
				})],
				_company_posts(3),
			),
			"unknown": {"reg/announcement/p2", "reg/announcement/p3"},
		},
	}
	answer := check with input as _shard(case.posts)
		with data.as_of as _as_of
		with data.period as _period
		with data.settings as _settings

	answer.population == count(case.posts)
	answer.violations == set()
	{row.subject | some row in answer.unknown} == case.unknown
	{row.reason | some row in answer.unknown} == {"stale"}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {
	"input": _shard(posts),
	"data": {"as_of": _as_of, "period": _period, "settings": _settings},
} |
	some name, posts in {
		"to the company": _company_posts(3),
		"to a department": _posts(["a", "b", "c", "d"], "department", {}),
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(posts), "data": {
	"as_of": _as_of,
	"period": _period,
	"settings": _settings,
}} |
	some name, posts in {
		"two to the company": _company_posts(2),
		"three to a department": _posts(["a", "b", "c"], "department", {}),
		"two to the company and three to a department": array.concat(
			_company_posts(2),
			_posts(["a", "b", "c"], "department", {}),
		),
		"on two days": array.concat(
			_company_posts(2),
			[_post("z", "company", {
				"published_at": "2026-08-05T16:00:00Z",
				"published_local": "2026-08-06T00:00:00",
			})],
		),
		"of two departments": array.concat(_company_posts(2), [_post("z", "company", {"department_code": "MKT"})]),
		"an emergency": array.concat(_company_posts(2), [_post("z", "company", {"emergency": "yes"})]),
		"emergencies before": array.concat(
			_posts(["a", "b"], "company", {"emergency": "yes"}),
			_posts(["c", "d"], "company", {}),
		),
		"one text over three channels": [
			_post("a", "company", {"text_sha256": "aa"}),
			_post("b", "company", {"text_sha256": "aa"}),
			_post("c", "company", {"text_sha256": "aa"}),
			_post("d", "company", {"text_sha256": "dd"}),
		],
		"a text again when the day is full": array.concat(_company_posts(2), [_post("z", "company", {"text_sha256": "p1"})]),
		"one of nobody knows whether it was an emergency": [
			_post("a", "company", {}),
			_post("b", "company", {"emergency": "unknown", "unknown": {"emergency": "stale"}}),
		],
		"one of another department, of nobody knows whether it was an emergency": array.concat(
			_company_posts(2),
			[_post("a", "company", object.union(_perhaps_urgent, {"department_code": "MKT"}))],
		),
		"one to the department, of nobody knows whether it was an emergency": array.concat(
			_company_posts(2),
			[_post("a", "department", _perhaps_urgent)],
		),
		"one to the company, of nobody knows whether it was an emergency": array.concat(
			_posts(["b", "c", "d"], "department", {}),
			[_post("a", "company", _perhaps_urgent)],
		),
		"texts not known, and few": _posts(["a", "b"], "company", _without_text),
		"the same text perhaps, on another day": array.concat(
			_company_posts(2),
			[_post("z", "company", object.union(_without_text, {"published_local": "2026-08-06T10:00:00"}))],
		),
	}
}

_as_of := "2026-09-30T15:59:59Z"

_period := {"from": "2026-06-30T16:00:00Z", "to": "2026-09-30T16:00:00Z"}

_settings := {"posts_company_day": 2, "posts_department_day": 3}

_perhaps_urgent := {"emergency": "unknown", "unknown": {"emergency": "stale"}}

_without_text := {"text_sha256": null, "unknown": {"text_sha256": "stale"}}

_company_posts(number) := [_post(sprintf("p%d", [each]), "company", {}) | some each in numbers.range(1, number)]

_posts(names, audience, fields) := [_post(name, audience, fields) | some name in names]

_post(name, audience, fields) := json.patch(
	{
		"uid": concat("/", ["reg/announcement", name]),
		"number": name,
		"department_code": "SAL",
		"audience": audience,
		"emergency": "no",
		"published_at": "2026-08-05T02:00:00Z",
		"published_local": "2026-08-05T10:00:00",
		"text_sha256": name,
		"audience_departments": [],
		"unknown": {},
	},
	[step |
		some field, value in fields
		step := {true: {"op": "remove", "path": field}, false: {"op": "add", "path": field, "value": value}}[is_null(value)]
	],
)

_shard(posts) := {"announcements": posts}
