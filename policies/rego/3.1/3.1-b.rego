# METADATA
# title: No unlawful or harmful messages
# description: A drawn message that a reviewer confirmed as unlawful or harmful is a violation.
package checks["3.1-b"]

import future.keywords.not

import data.lib.answers
import data.lib.samples

# METADATA
# description: How many messages were drawn, and what could not be drawn.
population := count(samples.items) + count(samples.gaps)

# METADATA
# description: Those that are unlawful or harmful.
violations contains {"subject": item.uid, "evidence": {
	"labels": sort([field | some field in _labels; samples.label(item, field) == "yes"]),
	"sent_at": answers.shown(item, "sent_at"),
	"group": answers.shown(item, "group"),
	"sample": item.sample,
}} if {
	some item in samples.items
	samples.harmful(item) == "yes"
}

# METADATA
# scope: document
# description: Those of which it cannot be said, and what was not drawn.
unknown contains {"subject": item.uid, "reason": samples.why(item, _labels)} if {
	some item in samples.items
	samples.harmful(item) == "unknown"
}

unknown contains gap if some gap in samples.gaps

_labels := ["unlawful", "harmful"]
