package lib.periods_test

import future.keywords.not

import data.lib.periods

test_the_quarter_begins_and_ends_on_the_second[name] if {
	some name, case in {
		"before": {"at": "2026-06-30T15:59:59Z", "answer": "no"},
		"first second": {"at": "2026-06-30T16:00:00Z", "answer": "yes"},
		"last second": {"at": "2026-09-30T15:59:59Z", "answer": "yes"},
		"after": {"at": "2026-09-30T16:00:00Z", "answer": "no"},
	}
	answer := periods.within({"at": case.at}, "at") with data.period as _period with data.as_of as "2026-09-30T15:59:59Z"

	answer == case.answer
}

test_what_comes_after_the_snapshot_has_not_happened[name] if {
	some name, case in {
		"in its second": {"at": "2026-08-15T15:59:59Z", "answer": "yes"},
		"a second later": {"at": "2026-08-15T16:00:00Z", "answer": "no"},
	}
	answer := periods.within({"at": case.at}, "at") with data.period as _period with data.as_of as "2026-08-15T15:59:59Z"

	answer == case.answer
}

test_duties_are_those_of_the_last_quarter_that_is_over[name] if {
	some name, case in {
		"before": {"at": "2026-03-31T15:59:59Z", "answer": "no"},
		"first second": {"at": "2026-03-31T16:00:00Z", "answer": "yes"},
		"last second": {"at": "2026-06-30T15:59:59Z", "answer": "yes"},
		"in the quarter that runs": {"at": "2026-06-30T16:00:00Z", "answer": "no"},
	}
	answer := periods.within_duty({"at": case.at}, "at") with data.period as _period
		with data.as_of as "2026-08-15T15:59:59Z"

	answer == case.answer
}

test_without_an_instant_it_is_not_known if {
	periods.within({}, "at") == "unknown" with data.period as _period with data.as_of as "2026-08-15T15:59:59Z"
	periods.within_duty({}, "at") == "unknown" with data.period as _period with data.as_of as "2026-08-15T15:59:59Z"
}

_period := {
	"from": "2026-06-30T16:00:00Z",
	"to": "2026-09-30T16:00:00Z",
	"duty_from": "2026-03-31T16:00:00Z",
	"duty_to": "2026-06-30T16:00:00Z",
}
