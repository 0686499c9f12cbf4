# METADATA
# title: Civil and respectful conduct
# description: A drawn message that a reviewer confirmed as abusive, and nothing worse, is a violation.
package checks["3.4-a"]

import future.keywords.not

import data.lib.answers
import data.lib.samples

# METADATA
# description: How many messages were drawn, and what could not be drawn.
population := count(_judged) + count(samples.gaps)

# METADATA
# description: Those that are abusive.
violations contains {"subject": item.uid, "evidence": {
	"sent_at": answers.shown(item, "sent_at"),
	"group": answers.shown(item, "group"),
	"sample": item.sample,
	"reviewers": item.reviewers,
}} if {
	some item in _judged
	_abusive(item) == "yes"
}

# METADATA
# scope: document
# description: Those of which it cannot be said, and what was not drawn.
unknown contains {"subject": item.uid, "reason": samples.why(item, ["abusive", "unlawful", "harmful"])} if {
	some item in _judged
	_abusive(item) == "unknown"
}

unknown contains gap if some gap in samples.gaps

# what is worse than abusive is 3.1-b's
_judged := [item |
	some item in samples.items
	not samples.harmful(item) == "yes"
]

_abusive(item) := answers.all_of([samples.label(item, "abusive"), answers.opposite(samples.harmful(item))])
