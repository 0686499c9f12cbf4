# METADATA
# title: Releases and their support
# description: Which release an installed program is, and whether its maker still supports it.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.releases

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.approvals

# METADATA
# description: Every release that the register lists, by uid.
by_uid := {release.uid: release | some release in data.company.releases}

# METADATA
# scope: document
# description: The release of an installed program; an empty object if it is not known.
default of(_) := {}

of(install) := by_uid[install.release]

_lines := {line: rows |
	some line in {_line(release) | some release in data.company.releases}
	rows := [release | some release in data.company.releases; _line(release) == line]
}

# versions that are supported together; of what nobody knows each is one by itself
_line(release) := [release.application, object.get(release, "branch", ""), ""] if not release.unknown.branch

_line(release) := [release.application, "", release.uid] if release.unknown.branch

_together(release) := _lines[_line(release)]

_ends(release) := {row.support_ends_at | some row in _together(release)}

_doubtful(release) if {
	some row in _together(release)
	row.unknown.support_ends_at
}

# METADATA
# description: Whether installed programs of the version are past the end of their support, and no approval extends it.
unsupported(install) := answers.all_of([ended(install), answers.opposite(extended(applications.of(install)))])

# METADATA
# scope: document
# description: Whether the maker's support of the version has ended; where its branch has no end, that of the product.
default ended(_) := "unknown"

ended(install) := _ended_branch(of(install)) if {
	not _ended_branch(of(install)) == "unknown"
}

ended(install) := _ended_product(applications.of(install)) if _without_end(of(install))

ended(install) := "yes" if {
	_ended_branch(of(install)) == "unknown"
	_ended_product(applications.of(install)) == "yes"
}

default _ended_branch(_) := "unknown"

_ended_branch(release) := "yes" if {
	max(_ends(release)) < data.as_of
	not _doubtful(release)
}

_ended_branch(release) := "no" if max(_ends(release)) >= data.as_of

_without_end(release) if {
	release.uid
	count(_ends(release)) == 0
	not _doubtful(release)
}

default _ended_product(_) := "unknown"

_ended_product(application) := "yes" if application.support_ends_at < data.as_of

_ended_product(application) := "no" if application.support_ends_at >= data.as_of

_ended_product(application) := "no" if answers.shown(application, "support_ends_at") == "none"

# METADATA
# scope: document
# description: Whether an approval of a paid extension of the product's support holds.
default extended(_) := "unknown"

extended(application) := answers.any_of([_extends(uid) | some uid in application.exception_approvals]) if {
	is_array(application.exception_approvals)
}

default _extends(_) := "unknown"

_extends(uid) := approvals.in_force(approvals.by_uid[uid], data.as_of)

# METADATA
# scope: document
# description: The last day of support that decides about the program, for the evidence.
default last_day(_) := "unknown"

last_day(install) := max({row.end_of_support_on | some row in _together(of(install))}) if count(_ends(of(install))) > 0

last_day(install) := applications.of(install).end_of_support_on if not count(_ends(of(install))) > 0
