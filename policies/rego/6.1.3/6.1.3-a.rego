# METADATA
# title: On topic and respectful
# description: A group in which reviewers confirmed as many messages as the company allows none of is a violation.
package checks["6.1.3-a"]

import future.keywords.not

import data.lib.answers
import data.lib.groups
import data.lib.samples

# METADATA
# description: Groups with drawn messages, and what could not be drawn or counted.
population := count({row.group | some row in _rows} | {one.subject | some one in _open})

# METADATA
# description: Groups with confirmed messages.
violations contains object.union(groups.to_act(groups.by_uid[row.group]), {"subject": row.group, "evidence": {
	"labelled": _counted(row).labelled,
	"hits_off_topic": row.off_topic,
	"hits_abusive": row.abusive,
	"frame_size": answers.shown(sample, "frame_size"),
	"drawn": answers.shown(sample, "drawn"),
	"labelled_total": object.get(share, "labelled", "unknown"),
	"hits_total": object.get(share, "hits", "unknown"),
	"bounds": object.get(share, "bounds", "unknown"),
	"interval": object.get(share, "interval", "unknown"),
	"seed": answers.shown(sample, "seed"),
	"frame_digest": answers.shown(sample, "frame_digest"),
}}) if {
	some sample in samples.of_period
	some row in sample.by_group
	_counted(row).hits >= data.settings.group_conduct_hits_min
	share := samples.share(sample, _labels)
}

# METADATA
# scope: document
# description: Groups of which it cannot be said, and what was not drawn or counted.
unknown contains one if some one in _open

unknown contains {"subject": row.group, "reason": "sample_not_drawn"} if {
	some row in _rows
	counted := _counted(row)
	counted.hits < data.settings.group_conduct_hits_min
	row.drawn - counted.labelled >= data.settings.group_conduct_hits_min - counted.hits
}

_rows := [row | some sample in samples.of_period; some row in sample.by_group]

# without a sample only a department in whose groups somebody may write has something to draw
_open := (_undrawn | _shortfalls) | _uncounted

_undrawn := {{"subject": department.uid, "reason": "sample_not_drawn"} |
	count(_live) > 0
	some department in samples.undrawn
}

_shortfalls := {gap | count(samples.undrawn) == 0; some gap in samples.gaps}

# a sample whose groups were not counted leaves them all open
_uncounted := {{"subject": group.uid, "reason": object.get(sample, ["unknown", "by_group"], "not_collected")} |
	some sample in samples.of_period
	not is_array(sample.by_group)
	some group in _live
}

_live := [group |
	some group in input.groups
	not groups.live(group) == "no"
]

# which labels the company takes as misconduct of a group
default _labels := "off_topic_or_abusive"

_labels := data.settings.group_conduct_labels[0] if count(data.settings.group_conduct_labels) == 1

_counted(row) := {
	"off_topic": {"hits": row.off_topic, "labelled": row.off_topic_labelled},
	"abusive": {"hits": row.abusive, "labelled": row.abusive_labelled},
	"off_topic_or_abusive": {"hits": row.either, "labelled": row.either_labelled},
}[_labels]
