package lib.reporting_test

import future.keywords.not

import data.lib.reporting

test_what_is_dated_after_the_snapshot_was_not_reported[at] if {
	some at, times in {"2026-09-30T15:59:59Z": {"2026-09-30T15:59:59Z"}, "2026-09-30T16:00:00Z": set()}

	reporting.times({"uid": "im/login_event/a"}) == times
		with data.company.incidents as [{"events": ["im/login_event/a"], "concerns": [], "reported_at": at}]
		with data.as_of as "2026-09-30T15:59:59Z"
}
