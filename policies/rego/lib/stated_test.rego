package lib.stated_test

import future.keywords.not

import data.lib.stated

test_a_transfer_lies_in_the_window_from_its_first_second_on[at] if {
	some at, answer in {"2026-07-01T16:00:00Z": "yes", "2026-07-01T15:59:59Z": "no"}

	stated.recent({"effective_ends_at": at}) == answer with data.cutoff.mover_window_days as "2026-07-01T16:00:00Z"
}

test_of_two_transfers_of_one_second_both_are_the_latest[name] if {
	some name, case in {
		"of one second": [_transfer.effective_ends_at, "yes"],
		"the other a second later": ["2026-08-31T16:00:01Z", "no"],
	}
	other := object.union(_transfer, {"uid": "hr/transfer/b", "effective_ends_at": case[0]})

	stated.latest(_transfer, {"holder": "hr/person/chen"}) == case[1]
		with input as _shard([_transfer, other])
		with data.company.departments as _departments
		with data.cutoff.mover_window_days as "2026-07-01T16:00:00Z"
		with data.as_of as "2026-09-30T15:59:59Z"
}

_transfer := {
	"uid": "hr/transfer/a",
	"person": "hr/person/chen",
	"from_department": "CS",
	"to_department": "FIN",
	"effective_ends_at": "2026-08-31T16:00:00Z",
	"unknown": {},
}

_departments := [{"uid": concat("/", ["hr/department", code]), "code": code, "renamed_from": [], "unknown": {}} |
	some code in ["CS", "FIN"]
]

_shard(transfers) := {
	"transfers": transfers,
	"people": [{"uid": "hr/person/chen", "unknown": {}}],
	"context": {"transfers": [], "people": []},
}
