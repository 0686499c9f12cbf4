# METADATA
# title: Firewall and intrusion detection are on
# description: A service host of the company without firewall or intrusion detection, or unwatched, is a violation.
package checks["8.1-b"]

import future.keywords.not

import data.lib.answers
import data.lib.scans
import data.lib.unknowns

# METADATA
# description: How many hosts that serve the company runs, or may.
population := count(_judged)

# METADATA
# description: Those that are not protected.
violations contains object.union(_to_act(host), {"subject": host.uid, "evidence": {
	"faults": sort([fault | some fault, answer in _faults(host); answer == "yes"]),
	"firewall_active": answers.shown(host, "firewall_active"),
	"firewall_rules_present": answers.shown(host, "firewall_rules_present"),
	"intrusion_detection_active": answers.shown(host, "intrusion_detection_active"),
	"last_seen_at": answers.shown(host, "last_seen_at"),
	"managed": answers.shown(host, "managed"),
}}) if {
	some host in _judged
	_exposed(host) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": host.uid, "reason": reason} if {
	some host in _judged
	_exposed(host) == "unknown"
	reason := unknowns.reason(array.concat([host], _entries_of(host)), [
		"serves", "hosted", "retired", "managed", "last_seen_at", "firewall_active", "firewall_rules_present",
		"intrusion_detection_active", "subject", "owner", "reviewed_at",
	])
}

_judged := [host |
	some host in input.hosts
	not scans.serving(host) == "no"
	not scans.own(host) == "no"
]

_exposed(host) := answers.all_of([
	scans.serving(host),
	scans.own(host),
	answers.any_of([answer | some answer in _faults(host)]),
])

_faults(host) := {
	"firewall": _lacks(host, answers.opposite(_tri(host, "firewall_active"))),
	"firewall_rules": _lacks(host, answers.all_of([
		_tri(host, "firewall_active"),
		answers.opposite(_tri(host, "firewall_rules_present")),
	])),
	"intrusion_detection": _lacks(host, answers.opposite(_tri(host, "intrusion_detection_active"))),
	"unwatched": answers.any_of([answers.opposite(_tri(host, "managed")), _unheard(host)]),
}

_tri(host, field) := object.get(host, field, "unknown")

# what a filter before the host does, the host need not do
_lacks(host, answer) := answers.all_of([answer, answers.opposite(_shielded(host))])

# that nobody watches is known, too: a source that heard of it did so long ago
default _unheard(_) := "unknown"

_unheard(host) := "yes" if host.last_seen_at < data.cutoff.host_silent_days

_unheard(host) := "no" if host.last_seen_at >= data.cutoff.host_silent_days

_shielded(host) := answers.any_of([answers.all_of([_for(entry, host), _named(entry), _reviewed(entry)]) |
	some entry in _entries
])

_entries := [entry |
	some entry in array.concat(input.register_entries, input.context.register_entries)
	entry.kind == "protection"
]

_entries_of(host) := [entry | some entry in _entries; not _for(entry, host) == "no"]

default _for(_, _) := "unknown"

_for(entry, host) := "yes" if entry.subject == host.uid

_for(entry, host) := "no" if {
	_hosts[entry.subject]
	entry.subject != host.uid
}

_hosts := {host.uid: true | some host in array.concat(input.hosts, input.context.hosts)}

default _named(_) := "unknown"

_named(entry) := "yes" if entry.owner

_named(entry) := "no" if answers.shown(entry, "owner") == "none"

default _reviewed(_) := "unknown"

_reviewed(entry) := "yes" if {
	entry.reviewed_at >= data.cutoff.protection_review_days
	entry.reviewed_at <= data.as_of
}

_reviewed(entry) := "no" if entry.reviewed_at < data.cutoff.protection_review_days

# a review that is still to come is none
_reviewed(entry) := "no" if entry.reviewed_at > data.as_of

_reviewed(entry) := "no" if answers.shown(entry, "reviewed_at") == "none"

default _to_act(_) := {}

_to_act(host) := {"owner": host.owner}
