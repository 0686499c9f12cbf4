package lib.announcements_test

import future.keywords.not

import data.lib.announcements

test_the_last_decision_until_publishing_counts[at] if {
	some at, answer in {_published: "yes", "2026-08-05T02:00:01Z": "no"}

	_rejected_last([_decided("rejected", at)]) == answer
}

# it may be an approval
test_a_decision_of_nobody_knows_what_may_overrule_a_rejection[at] if {
	some at, answer in {
		"2026-08-03T23:59:59Z": "yes",
		"2026-08-04T00:00:00Z": "unknown",
		_published: "unknown",
		"2026-08-05T02:00:01Z": "yes",
	}

	_rejected_last([_decided("rejected", "2026-08-04T00:00:00Z"), _decided("unknown", at)]) == answer
}

test_a_text_without_a_digest_is_another_if_it_was_edited_later_than_approved[at] if {
	some at, answer in {"2026-08-04T00:00:00Z": "no", "2026-08-04T00:00:01Z": "unknown"}

	announcements.changed(object.union(_announcement, {"edited_at": at})) == answer
		with data.company as _company([_decided("approved", "2026-08-04T00:00:00Z")])
}

_rejected_last(decisions) := answer if {
	answer := announcements.rejected_last(_announcement) with data.company as _company(decisions)
}

_published := "2026-08-05T02:00:00Z"

_announcement := {
	"uid": "reg/announcement/a",
	"published_at": _published,
	"approval": "reg/approval/a",
	"unknown": {"text_sha256": "not_collected"},
}

_decided(decision, at) := {"by": "hr/person/han", "role": "approver", "decision": decision, "at": at}

_company(decisions) := {"approvals": [{
	"uid": "reg/approval/a",
	"decisions": decisions,
	"unknown": {"text_sha256": "not_collected"},
}]}
