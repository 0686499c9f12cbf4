package lib.people_test

import future.keywords.not

import data.lib.people

test_left_before[name] if {
	some name, case in {
		"left": [_left, "yes"],
		"on the last day": [object.union(_left, {"last_day_ends_at": _now}), "no"],
		"in service": [_active, "no"],
		"called left, no date": [object.union(_active, {"status": "left"}), "unknown"],
		"date not known": [object.union(_active, {"unknown": {"last_day_ends_at": "stale"}}), "unknown"],
		"hired again": [_again("2026-09-01T16:00:00Z"), "no"],
		"hired again for this second": [_again(_now), "no"],
		"hired again for later": [_again("2026-10-31T16:00:00Z"), "yes"],
		"hired again for this second, and once more for later": [
			object.union(_again("2026-10-31T16:00:00Z"), {"employments": [
				_first,
				{"hire_day_starts_at": _now, "last_day_ends_at": "2026-10-15T16:00:00Z"},
				{"hire_day_starts_at": "2026-10-31T16:00:00Z"},
			]}),
			"no",
		],
	}

	people.left_before(case[0], _now) == case[1] with data.as_of as _now
}

test_in_service[name] if {
	some name, case in {
		"in service": [_active, _now, "yes"],
		"not yet": [_active, "2019-12-31T23:59:59Z", "no"],
		"from the first second": [_active, "2020-01-01T00:00:00Z", "yes"],
		"hired in a second, and gone before it": [
			object.union(_active, {"last_day_ends_at": "2019-12-31T23:59:59Z"}),
			"2020-01-01T00:00:00Z",
			"no",
		],
		"left": [_left, _now, "no"],
		"before leaving": [_left, "2026-08-31T16:00:00Z", "yes"],
		"hire date not known": [object.remove(_active, ["hire_day_starts_at"]), _now, "unknown"],
		"hire date not known, left": [object.remove(_left, ["hire_day_starts_at"]), _now, "no"],
		"in the first employment": [_again("2026-09-10T16:00:00Z"), "2026-08-31T16:00:00Z", "yes"],
		"before the first employment": [_again("2026-09-10T16:00:00Z"), "2019-12-31T23:59:59Z", "no"],
		"in the first second of the first employment": [
			_again("2026-09-10T16:00:00Z"),
			"2020-01-01T00:00:00Z",
			"yes",
		],
		"between two employments": [_again("2026-09-10T16:00:00Z"), "2026-09-05T16:00:00Z", "no"],
		"in the second employment": [_again("2026-09-10T16:00:00Z"), _now, "yes"],
	}

	people.in_service(case[0], case[1]) == case[2] with data.as_of as _now
}

test_away[name] if {
	some name, case in {
		"never left": [_active, _now, "no"],
		"not there yet": [_active, "2019-12-31T23:59:59Z", "no"],
		"left": [_left, _now, "yes"],
		"at the end of the last day": [_left, "2026-08-31T16:00:00Z", "no"],
		"between two employments": [_again("2026-09-10T16:00:00Z"), "2026-09-05T16:00:00Z", "yes"],
		"back": [_again("2026-09-10T16:00:00Z"), _now, "no"],
		"back only later": [_again("2026-10-31T16:00:00Z"), _now, "yes"],
		"not known": [object.union(_active, {"status": "left"}), _now, "unknown"],
	}

	people.away(case[0], case[1]) == case[2] with data.as_of as _now
}

test_the_last_day_before_an_instant if {
	people.left_at(_again("2026-09-10T16:00:00Z"), _now) == "2026-08-31T16:00:00Z"
	people.left_at(_left, "2026-08-31T16:00:00Z") == "unknown"
	people.left_at(_active, _now) == "unknown"
}

_now := "2026-09-30T15:59:59Z"

_active := {
	"uid": "hr/person/chen",
	"status": "active",
	"hire_day_starts_at": "2020-01-01T00:00:00Z",
	"employments": [{"hire_day_starts_at": "2020-01-01T00:00:00Z"}],
	"unknown": {},
}

_left := object.union(_active, {
	"status": "left",
	"last_day_ends_at": "2026-08-31T16:00:00Z",
	"employments": [_first],
})

_first := {"hire_day_starts_at": "2020-01-01T00:00:00Z", "last_day_ends_at": "2026-08-31T16:00:00Z"}

_again(hired) := object.union(_active, {
	"hire_day_starts_at": hired,
	"employments": [_first, {"hire_day_starts_at": hired}],
})
