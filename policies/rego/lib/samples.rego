# METADATA
# title: Samples of messages
# description: The samples of the quarter, whether they can be believed, and what reviewers said.
# schemas:
#   - input: schema.input
package lib.samples

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.unknowns

# METADATA
# description: The department's samples of the quarter.
of_period := [sample | some sample in input.samples; sample.period == data.period.label]

_uids := {sample.uid | some sample in of_period}

# METADATA
# description: The messages drawn for the department.
items := [item | some item in input.sample_items; item.sample in _uids]

# METADATA
# description: The department, where no sample was drawn for it; the company as a whole is no department.
undrawn := [department |
	count(of_period) == 0
	department := departments.by_code[input.department]
]

# METADATA
# description: What no label can settle, a department without a sample or a sample that is not whole.
gaps := {{"subject": department.uid, "reason": "sample_not_drawn"} | some department in undrawn} | {shortfall |
	some sample in of_period
	not whole(sample) == "yes"
	shortfall := {"subject": sample.uid, "reason": reason(sample)}
}

# METADATA
# scope: document
# description: Whether enough was drawn from all that there was, and all of it is there.
default whole(_) := "unknown"

whole(sample) := answers.all_of([
	object.get(sample, "frame_complete", "unknown"),
	enough(sample),
	_readable(sample),
	_listed(sample),
])

# METADATA
# scope: document
# description: Whether as many messages were drawn as are asked for, or all that there were.
default enough(_) := "unknown"

enough(sample) := "yes" if sample.drawn >= min({sample.frame_size, data.settings.sample_size})

enough(sample) := "no" if sample.drawn < min({sample.frame_size, data.settings.sample_size})

# a department that writes nothing but what nobody else can read was not looked at
default _readable(_) := "unknown"

_readable(sample) := "yes" if sample.frame_size > 0

_readable(sample) := "yes" if {
	sample.frame_size == 0
	sample.frame_unreadable == 0
}

_readable(sample) := "no" if {
	sample.frame_size == 0
	sample.frame_unreadable > 0
}

# a row that was taken out of the list of items may be the one that mattered
default _listed(_) := "unknown"

_listed(sample) := "yes" if sample.listed >= sample.drawn

_listed(sample) := "no" if sample.listed < sample.drawn

# METADATA
# scope: document
# description: Whether the department is known to have written nothing.
default empty(_) := "unknown"

empty(sample) := "yes" if {
	whole(sample) == "yes"
	sample.frame_size == 0
}

empty(sample) := "no" if sample.frame_size > 0

# METADATA
# scope: document
# description: Why a sample that is not whole settles nothing.
default reason(_) := "sample_not_drawn"

reason(sample) := "not_permitted" if _readable(sample) == "no"

reason(sample) := "source_partial" if {
	not _readable(sample) == "no"
	sample.frame_complete == "no"
}

reason(sample) := unknowns.reason(
	[sample],
	["frame_complete", "frame_size", "drawn", "frame_unreadable", "listed"],
) if {
	whole(sample) == "unknown"
}

# METADATA
# scope: document
# description: What a reviewer said of a message; a label that nobody stands behind says nothing.
default label(_, _) := "unknown"

label(item, field) := item[field] if item.reviewers > 0

# METADATA
# description: Whether the message is unlawful or harmful.
harmful(item) := answers.any_of([label(item, "unlawful"), label(item, "harmful")])

# METADATA
# scope: document
# description: Why one of the labels is not known; a message that nobody labelled is as good as not drawn.
default why(_, _) := "sample_not_drawn"

why(item, fields) := why_not if {
	why_not := unknowns.reason([item], array.concat(fields, ["reviewers"]))
	why_not != "not_collected"
}

# METADATA
# scope: document
# description: A share of the sample with its bounds; an empty object if it is not known.
default share(_, _) := {}

share(sample, of) := [found | some found in sample.shares; found.of == of][0]
