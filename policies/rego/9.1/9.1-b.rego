# METADATA
# title: The head looks and corrects
# description: A department whose head did not look at its use of the tools in the quarter, and sign, is a violation.
package checks["9.1-b"]

import future.keywords.not

import data.lib.answers
import data.lib.periods
import data.lib.supervision

# METADATA
# description: The department of the shard, if it was there long enough, or may have been.
population := count(supervision.judged)

# METADATA
# description: Those whose head did not look.
violations contains {"subject": department.uid, "evidence": object.union(
	supervision.evidence(department, _areas),
	{"covers": _covered(department)},
)} if {
	some department in supervision.judged
	_neglected(department) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": department.uid, "reason": reason} if {
	some department in supervision.judged
	_neglected(department) == "unknown"
	reason := supervision.why_unknown(department, _areas, "9.1-b")
}

_areas := {"accounts", "groups", "publishing", "conduct"}

_neglected(department) := answers.all_of([
	supervision.owed(department),
	answers.opposite(supervision.done(department, _areas, "9.1-b")),
])

# what was looked at in the quarter, by whomever: perhaps only what 7.2-e asks for
_covered(department) := sort({area |
	some entry in supervision.entries(department)
	periods.within_duty(entry, "performed_at") == "yes"
	some area in entry.covers
})
