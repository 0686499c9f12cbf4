# METADATA
# title: Tools are mainly for work
# description: Of the messages within working hours certainly more than the share set are off work.
package checks["3.2-a"]

import future.keywords.not

import data.lib.answers
import data.lib.samples

# METADATA
# description: The department's samples that are not known to be empty, or the department if it has none.
population := count(_judged) + count(samples.undrawn)

# METADATA
# description: Those whose lower bound is above the share set.
violations contains {"subject": sample.uid, "evidence": {
	"off_work": least.hits,
	"looked_at": least.labelled,
	"unlabelled": samples.share(sample, "off_work_at_most").hits - least.hits,
	"bounds": least.bounds,
	"frame_size": answers.shown(sample, "frame_size"),
	"seed": answers.shown(sample, "seed"),
}} if {
	some sample in _judged
	_private(sample) == "yes"
	least := samples.share(sample, "off_work_at_least")
}

# METADATA
# scope: document
# description: Those of which it cannot be said.
unknown contains {"subject": sample.uid, "reason": samples.reason(sample)} if {
	some sample in _judged
	_private(sample) == "unknown"
}

unknown contains {"subject": department.uid, "reason": "sample_not_drawn"} if some department in samples.undrawn

_judged := [sample |
	some sample in samples.of_period
	not samples.empty(sample) == "yes"
]

# whatever the labels that are missing may say; of a sample that is too small nothing can be said
default _private(_) := "unknown"

_private(sample) := _above(sample) if {
	samples.whole(sample) == "yes"
	_large_enough(sample)
}

default _above(_) := "unknown"

_above(sample) := "yes" if samples.share(sample, "off_work_at_least").lower_ppm * 100 > _limit

_above(sample) := "no" if samples.share(sample, "off_work_at_most").lower_ppm * 100 <= _limit

# bounds are in millionths
_limit := data.settings.off_work_share_percent * 1000000

_large_enough(sample) if sample.in_hours >= data.settings.off_work_min_items

# all that the department wrote, and a label on each
_large_enough(sample) if {
	sample.drawn >= sample.frame_size
	_counted(samples.share(sample, "off_work_at_least")) == _counted(samples.share(sample, "off_work_at_most"))
}

_counted(share) := [share.hits, share.labelled]
