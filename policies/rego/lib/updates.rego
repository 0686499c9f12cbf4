# METADATA
# title: Updates of installed programs
# description: Which newer releases a program lacks, and whether it has lacked one of them for too long.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
#   - data.cutoff: schema.cutoff
package lib.updates

import future.keywords.not

import data.lib.answers
import data.lib.releases

# METADATA
# scope: document
# description: Whether a newer release exists; that there is none only a recent list shows.
default behind(_) := "unknown"

behind(install) := "yes" if install.update_state == "behind"

behind(install) := "no" if {
	install.update_state == "current"
	_recent(install)
}

_recent(listed) if listed.lists_as_of >= data.cutoff.update_list_days

# METADATA
# description: Whether the program has lacked a newer release for too long, by any list.
late(install) := answers.any_of(array.concat([_late(missed) | some missed in missing(install)], [_hidden(install)]))

# METADATA
# description: Those that it has lacked for too long.
overdue(install) := [missed | some missed in missing(install); _late(missed) == "yes"]

# METADATA
# description: The newer releases of its branch, and what lists of missing updates name.
missing(install) := array.concat(
	[object.get(releases.by_uid, uid, {}) | some uid in install.newer_releases],
	object.get(_by_install, install.uid, []),
)

_listed := array.concat(input.software_updates, input.context.software_updates)

_by_install := {uid: rows |
	some uid in {update.install | some update in _listed}
	rows := [update | some update in _listed; update.install == uid]
}

# a release that no list shows may have been there for long
default _hidden(_) := "unknown"

_hidden(install) := "no" if behind(install) == "no"

# lists of missing updates often name the newest alone, so which came before it the register of releases must tell
_hidden(install) := "no" if {
	install.update_state == "behind"
	is_array(install.newer_releases)
	count(missing(install)) > 0
	_recent(install)
	_recent(releases.of(install))
}

_late(missed) := answers.all_of([_lacked(missed), answers.any_of([
	answers.all_of([_secures(missed), _older(missed, "security_update_days")]),
	answers.all_of([answers.opposite(_secures(missed)), _older(missed, "update_days")]),
	# past both terms it does not matter which of them it has
	answers.all_of([_older(missed, "security_update_days"), _older(missed, "update_days")]),
])])

default _lacked(_) := "unknown"

_lacked(missed) := missed.lacking

# what the register of releases names is newer than what is installed; lists of updates may be older than the inventory
_lacked(missed) := "yes" if releases.by_uid[missed.uid]

_secures(missed) := object.get(missed, "security", "unknown")

default _older(_, _) := "unknown"

_older(missed, term) := "yes" if missed.released_at < data.cutoff[term]

_older(missed, term) := "no" if missed.released_at >= data.cutoff[term]

# it was there when a list first showed it, and nobody knows how long before
_older(missed, term) := "yes" if {
	not missed.released_at
	missed.first_seen_at < data.cutoff[term]
}

# METADATA
# scope: document
# description: How bad it is to lack them; one that closes a hole is worse.
graded(install) := "high" if count(_securing(install)) > 0

graded(install) := "medium" if count(_securing(install)) == 0

# METADATA
# description: The one that decides, of those that close holes or else of all the one that was there first.
first(install) := [missed |
	some missed in _deciding(install)
	_since(missed) == min({_since(each) | some each in _deciding(install)})
][0]

_deciding(install) := _securing(install) if graded(install) == "high"

_deciding(install) := overdue(install) if graded(install) == "medium"

_securing(install) := [missed | some missed in overdue(install); missed.security == "yes"]

_since(missed) := object.get(missed, "released_at", object.get(missed, "first_seen_at", ""))

# METADATA
# description: The version of a release, or of what a list of missing updates names.
version(missed) := object.get(missed, "candidate_version", object.get(missed, "version", "unknown"))

# METADATA
# scope: document
# description: Since when the program has had its version at least; a last change is the last of its version too.
had_since(install) := install.version_since

had_since(install) := install.installed_at if {
	not install.version_since
	install.installed_at_kind == "last_change"
}

# METADATA
# scope: document
# description: Whether it has had the same version since before the term of tools that a department chose itself.
default unchanged(_) := "unknown"

unchanged(install) := "yes" if had_since(install) < data.cutoff.self_maintained_days

unchanged(install) := "no" if install.version_since >= data.cutoff.self_maintained_days

# nobody had a version before it was released
unchanged(install) := "no" if {
	not install.version_since
	not had_since(install) < data.cutoff.self_maintained_days
	releases.of(install).version == install.version
	releases.of(install).released_at >= data.cutoff.self_maintained_days
}

# METADATA
# description: The fields by which it is judged what a program lacks.
fields := [
	"version", "release", "newer_releases", "update_state", "lists_as_of", "lacking", "released_at", "security",
	"first_seen_at",
]
