# METADATA
# title: Heads check storage and backup
# description: A department whose head did not check its storage and backups in the quarter, and sign, is a violation.
package checks["7.2-e"]

import future.keywords.not

import data.lib.answers
import data.lib.supervision

# METADATA
# description: The department of the shard, if it was there long enough, or may have been.
population := count(supervision.judged)

# METADATA
# description: Those whose head did not check storage and backup.
violations contains {"subject": department.uid, "evidence": supervision.evidence(department, _areas)} if {
	some department in supervision.judged
	_neglected(department) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": department.uid, "reason": reason} if {
	some department in supervision.judged
	_neglected(department) == "unknown"
	reason := supervision.why_unknown(department, _areas, "7.2-e")
}

_areas := {"storage_backup"}

_neglected(department) := answers.all_of([
	supervision.owed(department),
	answers.opposite(supervision.done(department, _areas, "7.2-e")),
])
