# METADATA
# title: Scans for vulnerabilities
# description: Which hosts serve, and which scans of them count.
# schemas:
#   - input: schema.input
package lib.scans

import future.keywords.not

import data.lib.answers
import data.lib.time as clock

# METADATA
# description: Every host that the shard knows of, by uid.
host_by_uid := {host.uid: host | some host in array.concat(input.hosts, input.context.hosts)}

# METADATA
# scope: document
# description: Whether the host serves a communication application, and is in use.
default serving(_) := "unknown"

serving(host) := answers.all_of([_serves(host), answers.opposite(object.get(host, "retired", "unknown"))])

default _serves(_) := "unknown"

_serves(host) := "yes" if count(host.serves) > 0

_serves(host) := "no" if count(host.serves) == 0

# METADATA
# scope: document
# description: Whether the company runs the host by itself.
default own(_) := "unknown"

own(host) := "yes" if host.hosted == "self"

own(host) := "no" if host.hosted == "provider"

# METADATA
# scope: document
# description: Whether a recent scan that counts looked at the host.
default scanned(_) := "unknown"

scanned(host) := answers.any_of([answer |
	some scan in _scans
	answer := answers.all_of([_covers(scan, host), _recent(scan), good(scan)])
])

_scans := array.concat(input.vuln_scans, input.context.vuln_scans)

# METADATA
# description: Whether a recent scan that counts looked at a host that need not serve anything.
looked_at(host) := answers.any_of([answers.all_of([_recent(scan), good(scan)]) | some scan in on(host)])

_by_host := {uid: rows |
	some uid in {scan.host | some scan in input.host_scans}
	rows := [scan | some scan in input.host_scans; scan.host == uid]
}

# METADATA
# description: What scans say of a host with communication tools.
on(host) := object.get(_by_host, object.get(host, "uid", ""), [])

# METADATA
# description: Scans that looked at the host, or may have.
of(host) := [scan |
	some scan in _scans
	not _covers(scan, host) == "no"
]

default _covers(_, _) := "unknown"

_covers(scan, host) := "yes" if host.uid in scan.scope

_covers(scan, host) := "no" if {
	is_array(scan.scope)
	not host.uid in scan.scope
}

default _recent(_) := "unknown"

_recent(scan) := "yes" if {
	scan.started_at >= data.cutoff.scan_max_age_days
	scan.started_at <= data.as_of
}

_recent(scan) := "no" if scan.started_at < data.cutoff.scan_max_age_days

_recent(scan) := "no" if scan.started_at > data.as_of

# METADATA
# description: Whether a recent scan would count but for its old database.
outdated(scan) := answers.all_of([_recent(scan), _ended(scan), answers.opposite(_fresh(scan))])

# METADATA
# scope: document
# description: Whether a scan counts, which one with an old database, or without an end, does not.
default good(_) := "unknown"

good(scan) := answers.all_of([_ended(scan), _fresh(scan), _logged_in(scan)])

default _ended(_) := "unknown"

_ended(scan) := "yes" if scan.result == "success"

_ended(scan) := "no" if scan.result in {"partial", "failed"}

default _fresh(_) := "unknown"

_fresh(scan) := "yes" if clock.seconds(scan.db_built_at, scan.started_at) <= data.settings.vuln_db_days * 86400

_fresh(scan) := "no" if clock.seconds(scan.db_built_at, scan.started_at) > data.settings.vuln_db_days * 86400

default _logged_in(_) := "unknown"

_logged_in(_) := "yes" if data.settings.scan_needs_login == "no"

_logged_in(scan) := object.get(scan, "authenticated", "unknown") if data.settings.scan_needs_login == "yes"
