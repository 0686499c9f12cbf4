# METADATA
# title: Assessments of security
# description: Since when a tool is in use, and whether somebody else than who runs it assessed its security lately.
# schemas:
#   - data.company: schema.company
package lib.assessments

import future.keywords.not

import data.lib.answers
import data.lib.exceptions
import data.lib.people

_by_application := {uid: rows |
	some uid in {found.application | some found in data.company.security_assessments}
	rows := [found | some found in data.company.security_assessments; found.application == uid]
}

# METADATA
# description: All assessments of the tool.
of(application) := object.get(_by_application, application.uid, [])

# METADATA
# scope: document
# description: Whether the use of the tool has begun; of one that is used by exception it has.
default begun(_) := "unknown"

begun(application) := "yes" if application.deployed_at <= data.as_of

begun(application) := "no" if application.deployed_at > data.as_of

begun(application) := "yes" if {
	answers.shown(application, "deployed_at") == "none"
	not application.selected == "yes"
}

begun(application) := "no" if {
	answers.shown(application, "deployed_at") == "none"
	application.selected == "yes"
}

# METADATA
# scope: document
# description: Whether the tool has been in use for so long that its servers must have been scanned.
default scan_due(_) := "unknown"

scan_due(application) := "yes" if _since(application) < data.cutoff.scan_max_age_days

scan_due(application) := "no" if _since(application) >= data.cutoff.scan_max_age_days

# METADATA
# scope: document
# description: Whether the tool has been in use for so long that its security must have been assessed.
default due(_) := "unknown"

due(application) := "yes" if _since(application) < data.cutoff.assessment_days

due(application) := "no" if _since(application) >= data.cutoff.assessment_days

_since(application) := application.deployed_at

# by exception: since the first one that is in force
_since(application) := min({exceptions.begins(request) |
	some request in exceptions.requests_for(application)
	exceptions.in_force_somewhere(request) == "yes"
}) if {
	answers.shown(application, "deployed_at") == "none"
	not application.selected == "yes"
}

# METADATA
# scope: document
# description: Whether the company runs the tool by itself.
default self_hosted(_) := "unknown"

self_hosted(application) := "yes" if application.hosted == "self"

self_hosted(application) := "no" if application.hosted == "provider"

# METADATA
# description: Whether an assessment that counts was performed lately.
assessed(application) := answers.any_of([answers.all_of([_recent(found), _by_another(found, application)]) |
	some found in of(application)
])

default _recent(_) := "unknown"

_recent(found) := "no" if found.performed_at < data.cutoff.assessment_days

_recent(found) := "no" if found.performed_at > data.as_of

_recent(found) := "yes" if {
	found.performed_at >= data.cutoff.assessment_days
	found.performed_at <= data.as_of
}

# whoever runs the tool does not count; somebody else of the company does, if they are not said to be dependent
_by_another(found, application) := answers.all_of([_independent(found), _not_owner(found, application)])

default _independent(_) := "unknown"

_independent(found) := found.independent if found.independent in {"yes", "no"}

_independent(found) := "yes" if {
	not found.independent in {"yes", "no"}
	found.performed_by
}

default _not_owner(_, _) := "unknown"

_not_owner(found, application) := "no" if found.performed_by == application.owner

_not_owner(found, _) := "yes" if answers.shown(found, "performed_by") == "none"

_not_owner(found, application) := "yes" if {
	people.by_uid[found.performed_by]
	people.by_uid[application.owner]
	found.performed_by != application.owner
}

_not_owner(found, application) := "yes" if {
	people.by_uid[found.performed_by]
	answers.shown(application, "owner") == "none"
}
