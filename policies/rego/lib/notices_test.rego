package lib.notices_test

import future.keywords.not

import data.lib.notices

test_a_notice_was_there_from_its_second_on[at] if {
	some at, answer in {"2026-08-31T16:00:00Z": "yes", "2026-08-31T16:00:01Z": "no"}

	notices.sent_by({"sent_at": at}, _event.ends_at) == answer
}

test_a_notice_may_be_so_old[at] if {
	some at, answer in {"2026-08-01T16:00:00Z": "yes", "2026-08-01T15:59:59Z": "no"}

	notices.about({"sent_at": at}, _event) == answer with data.settings.notice_lookback_days as 30
}

test_another_event_is_meant_until_its_day_is_over[at] if {
	some at, answer in {"2026-08-20T16:00:00Z": "unknown", "2026-08-20T16:00:01Z": "yes"}

	notices.about({"sent_at": at}, _one_of_two) == answer with data.settings.notice_lookback_days as 30
}

_event := {"uid": "hr/transfer/t", "day": "2026-08-31", "ends_at": "2026-08-31T16:00:00Z", "others": []}

_one_of_two := object.union(_event, {"others": [{"day": "2026-08-20", "ends_at": "2026-08-20T16:00:00Z"}]})
