package lib.requests_test

import future.keywords.not

import data.lib.requests

# one that was opened in the same second is not opened before
test_a_notice_opens_the_first_account_in_a_tool[created] if {
	some created, answer in {"2026-08-02T23:59:59Z": "no", "2026-08-03T00:00:00Z": "yes"}
	other := object.union(_account, {"uid": "im/account/chen2", "created_at": created})

	requests.made(_account) == answer
		with input as _shard([_account, other], [])
		with data.company as _company
}

test_a_notice_announced_the_employment_that_was_over_before_the_account[name] if {
	some name, case in {
		"over in the second of the notice": ["2026-08-01T00:00:00Z", "no"],
		"over a second before the notice": ["2026-07-31T23:59:59Z", "yes"],
		"over a second before the account": ["2026-08-02T23:59:59Z", "no"],
		"over in the second of the account": ["2026-08-03T00:00:00Z", "yes"],
	}

	requests.made(_account) == case[1]
		with input as _shard([_account], [{"last_day_ends_at": case[0]}])
		with data.company as _company
}

test_whether_it_did_is_not_known_where_the_end_is_not if {
	shard := _shard([_account], [])
	left := [object.union(person, {"unknown": {"last_day_ends_at": "not_collected"}}) | some person in shard.people]

	requests.made(_account) == "unknown"
		with input as object.union(shard, {"people": left})
		with data.company as _company
}

_account := {
	"uid": "im/account/chen",
	"source_system": "im",
	"login": "chen",
	"holder": "hr/person/chen",
	"created_at": "2026-08-03T00:00:00Z",
	"unknown": {},
}

_company := {
	"hr_notices": [{
		"uid": "reg/hr_notice/a",
		"person": "hr/person/chen",
		"kind": "joiner",
		"sent_at": "2026-08-01T00:00:00Z",
		"unknown": {},
	}],
	"approvals": [],
}

_shard(accounts, employments) := {
	"accounts": accounts,
	"people": [{"uid": "hr/person/chen", "employee_no": "7", "employments": employments, "unknown": {}}],
	"context": {"accounts": [], "people": []},
}
