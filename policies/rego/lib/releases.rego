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

_of_product := {application: rows |
	some application in {release.application | some release in data.company.releases}
	rows := [release | some release in data.company.releases; release.application == application]
}

# those of the product that may be supported together with the release, or with a version that is not known
_perhaps(install) := [row |
	some row in object.get(_of_product, install.application, [])
	_may_be_of(row, of(install))
]

_may_be_of(_, release) if not release.uid

_may_be_of(_, release) if release.unknown.branch

_may_be_of(row, _) if row.unknown.branch

_may_last(install) if {
	some row in _perhaps(install)
	row.support_ends_at >= data.as_of
}

_may_last(install) if {
	some row in _perhaps(install)
	row.unknown.support_ends_at
}

# METADATA
# description: The releases by which the support of the program is judged, its own first.
papers(install) := array.concat([of(install)], array.concat(
	[row | some row in _together(of(install))],
	_perhaps(install),
))

# METADATA
# description: Whether installed programs of the version are past the end of their support, and no approval extends it.
unsupported(install) := answers.all_of([ended(install), answers.opposite(extended(applications.of(install)))])

# METADATA
# scope: document
# description: Whether the maker's support of the version has ended; where its branch has no end, that of the product.
default ended(_) := "unknown"

ended(install) := "no" if max(_ends(of(install))) >= data.as_of

ended(install) := "yes" if {
	max(_ends(of(install))) < data.as_of
	not _doubtful(of(install))
	not _may_last(install)
}

ended(install) := _ended_product(applications.of(install)) if {
	_without_end(of(install))
	count([row | some row in _perhaps(install); row.support_ends_at]) == 0
	not _may_last(install)
}

# whichever version it is, none lasts longer than the product
ended(install) := "yes" if {
	not of(install).uid
	_ended_product(applications.of(install)) == "yes"
	not _may_last(install)
}

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
