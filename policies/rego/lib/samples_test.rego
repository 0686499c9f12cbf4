package lib.samples_test

import future.keywords.not

import data.lib.samples

test_a_sample_is_whole_or_why_not[name] if {
	some name, case in {
		"as many as asked for": {"sample": {}, "whole": "yes", "reason": "sample_not_drawn"},
		"one fewer than asked for": {
			"sample": {"drawn": 24, "listed": 24},
			"whole": "no",
			"reason": "sample_not_drawn",
		},
		"more than asked for": {
			"sample": {"drawn": 26, "listed": 26},
			"whole": "yes",
			"reason": "sample_not_drawn",
		},
		"all that there was": {
			"sample": {"frame_size": 9, "drawn": 9, "listed": 9},
			"whole": "yes",
			"reason": "sample_not_drawn",
		},
		"one fewer than there was": {
			"sample": {"frame_size": 9, "drawn": 8, "listed": 8},
			"whole": "no",
			"reason": "sample_not_drawn",
		},
		"nothing written": {
			"sample": {"frame_size": 0, "drawn": 0, "listed": 0},
			"whole": "yes",
			"reason": "sample_not_drawn",
		},
		"nothing that can be read": {
			"sample": {"frame_size": 0, "drawn": 0, "listed": 0, "frame_unreadable": 1},
			"whole": "no",
			"reason": "not_permitted",
		},
		"some of it cannot be read": {
			"sample": {"frame_unreadable": 40},
			"whole": "yes",
			"reason": "sample_not_drawn",
		},
		"a row is gone": {"sample": {"listed": 24}, "whole": "no", "reason": "sample_not_drawn"},
		"messages are missing": {"sample": {"frame_complete": "no"}, "whole": "no", "reason": "source_partial"},
		"size not known": {
			"sample": {"frame_size": null, "unknown": {"frame_size": "stale"}},
			"whole": "unknown",
			"reason": "stale",
		},
		"completeness not known": {
			"sample": {"frame_complete": "unknown", "unknown": {"frame_complete": "redacted"}},
			"whole": "unknown",
			"reason": "redacted",
		},
		"unreadable not known, nothing else": {
			"sample": {"frame_size": 0, "drawn": 0, "listed": 0, "frame_unreadable": null},
			"whole": "unknown",
			"reason": "not_collected",
		},
	}
	sample := _sample(case.sample)
	samples.whole(sample) == case.whole with data.settings.sample_size as 25
	samples.reason(sample) == case.reason with data.settings.sample_size as 25
}

test_who_wrote_one_message_wrote_something[frame_size] if {
	some frame_size, answer in {0: "yes", 1: "no"}
	sample := _sample({"frame_size": frame_size, "drawn": frame_size, "listed": frame_size})

	samples.empty(sample) == answer with data.settings.sample_size as 25
}

test_a_department_without_a_sample_is_a_gap[name] if {
	some name, period in {"none": "2026Q2", "one": "2026Q3"}
	gaps := samples.gaps with input as {"department": "FIN", "samples": [_sample({"period": period})]}
		with data.period.label as "2026Q3"
		with data.settings.sample_size as 25
		with data.company.departments as [{"uid": "hr/department/FIN", "code": "FIN"}]

	gaps == {
		"none": {{"subject": "hr/department/FIN", "reason": "sample_not_drawn"}},
		"one": set(),
	}[name]
}

test_a_label_needs_a_reviewer[name] if {
	some name, case in {
		"one": {"item": {"abusive": "yes", "reviewers": 1}, "label": "yes"},
		"none": {"item": {"abusive": "yes", "reviewers": 0}, "label": "unknown"},
		"not known": {"item": {"abusive": "no"}, "label": "unknown"},
	}
	samples.label(case.item, "abusive") == case.label
}

_sample(changes) := object.filter(sample, [field | some field, value in sample; not is_null(value)]) if {
	sample := object.union(
		{
			"uid": "reg/sample/FIN",
			"period": "2026Q3",
			"frame_size": 400,
			"frame_complete": "yes",
			"frame_unreadable": 0,
			"drawn": 25,
			"listed": 25,
			"unknown": {},
		},
		changes,
	)
}
