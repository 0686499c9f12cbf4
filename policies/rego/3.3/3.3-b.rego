# METADATA
# title: No sensitive data before outsiders' eyes
# description: A drawn message that an outsider could read and that holds sensitive data is a violation.
package checks["3.3-b"]

import future.keywords.not

import data.lib.answers
import data.lib.samples

# METADATA
# description: How many drawn messages an outsider could read, or may have, and what could not be drawn.
population := count(_judged) + count(samples.gaps)

# METADATA
# description: Those with sensitive data.
violations contains {"subject": item.uid, "evidence": {
	"detectors": sort([detector | some detector in data.settings.sensitive_detectors; _found(item, detector) == "yes"]),
	"sent_at": answers.shown(item, "sent_at"),
	"group": answers.shown(item, "group"),
	"outsiders": answers.shown(item, "outsiders"),
	"sample": item.sample,
}} if {
	some item in _judged
	_exposed(item) == "yes"
}

# METADATA
# scope: document
# description: Those of which it cannot be said, and what was not drawn.
unknown contains {"subject": item.uid, "reason": reason} if {
	some item in _judged
	_exposed(item) == "unknown"
	reason := samples.why(item, array.concat(["visible_to_outsider"], data.settings.sensitive_detectors))
}

unknown contains gap if some gap in samples.gaps

_judged := [item |
	some item in samples.items
	not item.visible_to_outsider == "no"
]

_exposed(item) := answers.all_of([
	object.get(item, "visible_to_outsider", "unknown"),
	answers.any_of([_found(item, detector) | some detector in data.settings.sensitive_detectors]),
])

# what a detector found and nobody looked at is neither
default _found(_, _) := "unknown"

_found(item, detector) := "yes" if samples.label(item, detector) == "confirmed"

_found(item, detector) := "no" if samples.label(item, detector) == "rejected"

_found(item, detector) := "no" if item[detector] == "no_hit"
