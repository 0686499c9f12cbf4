# METADATA
# title: Work messages are answered in time
# description: A department whose people answered more requests late, or not at all, than are let pass is a violation.
package checks["6.1.3-b"]

import future.keywords.not

import data.lib.departments
import data.lib.groups
import data.lib.samples
import data.lib.unknowns

# METADATA
# description: The department, if its people were asked something, or if that cannot be said.
population := count(_judged)

# METADATA
# description: The department, if more was answered late than is let pass.
violations contains {"subject": department.uid, "evidence": {
	"late": _sum("late"),
	"requests": _shown("requests"),
	"excused": _shown("excused"),
	"undecided": _shown("undecided"),
	"bounds": _bounds,
	"frame_size": _shown("frame_size"),
	"drawn": _shown("drawn"),
	"limit_used": data.settings.reply_working_days,
}} if {
	_verdict == "yes"
	some department in _judged
}

# METADATA
# description: The department, if it cannot be said.
unknown contains {"subject": department.uid, "reason": _reason} if {
	_verdict == "unknown"
	some department in _judged
}

_judged := [department |
	department := departments.by_code[input.department]
	not _asked == "no"
]

# whether there is anything to judge: a request, one that nobody labelled, or nothing drawn where people may write
default _asked := "unknown"

_asked := "no" if {
	_verdict == "no"
	_sum("requests") == 0
}

_asked := "no" if {
	count(samples.of_period) == 0
	count(_live) == 0
}

_live := [group |
	some group in input.groups
	not groups.live(group) == "no"
]

default _verdict := "unknown"

_verdict := "yes" if {
	_same_limit
	_sum("late") > data.settings.late_replies_max
}

_verdict := "no" if {
	_same_limit
	_whole
	_known
	sum([_sum(field) | some field in _counts]) <= data.settings.late_replies_max
}

_counts := ["late", "undecided", "unlabelled_requests"]

_known if {
	every field in _counts {
		is_number(_sum(field))
	}
}

_whole if {
	every sample in samples.of_period {
		samples.whole(sample) == "yes"
	}
}

# terms that were reckoned with another number of days say nothing about this one
_same_limit if {
	count(samples.of_period) > 0
	every sample in samples.of_period {
		sample.reply_limit_used == data.settings.reply_working_days
	}
}

# of all samples of the quarter; undefined if one of them does not say
_sum(field) := sum(counts) if {
	counts := [sample[field] | some sample in samples.of_period]
	count(counts) == count(samples.of_period)
}

default _shown(_) := "unknown"

_shown(field) := _sum(field)

default _bounds := "unknown"

_bounds := samples.share(samples.of_period[0], "late_reply").bounds if count(samples.of_period) == 1

# what a sample itself says, then that its terms are others, and last that there is too little of it
_reason := array.concat(
	[why |
		some sample in samples.of_period
		some field in array.concat(["reply_limit_used", "frame_complete", "frame_size", "drawn", "listed"], _counts)
		why := unknowns.why(sample, field)
	],
	array.concat(
		["stale" |
			some sample in samples.of_period
			sample.reply_limit_used != data.settings.reply_working_days
		],
		["sample_not_drawn"],
	),
)[0]
