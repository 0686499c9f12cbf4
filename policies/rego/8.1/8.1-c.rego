# METADATA
# title: Regular assessment and scans
# description: A tool in use whose servers were not scanned, or whose security nobody assessed, in time is a violation.
package checks["8.1-c"]

import future.keywords.not

import data.lib.answers
import data.lib.applications
import data.lib.assessments
import data.lib.exceptions
import data.lib.scans
import data.lib.unknowns

# METADATA
# description: How many tools are in use, or may be.
population := count(_judged)

# METADATA
# description: Those that were not looked at in time.
violations contains {"subject": application.uid, "evidence": {
	"faults": sort([fault | some fault, answer in _faults(application); answer == "yes"]),
	"hosts_unscanned": sort([host.uid | some host in _not_scanned(application)]),
	"last_scan_at": _newest({scan.started_at | some scan in _scans(application); scan.started_at <= data.as_of}),
	"db_built_at": _newest({scan.db_built_at | some scan in _scans(application); scan.started_at <= data.as_of}),
	"last_assessment_at": _newest({found.performed_at |
		some found in assessments.of(application)
		found.performed_at <= data.as_of
	}),
}} if {
	some application in _judged
	_neglected(application) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": application.uid, "reason": reason} if {
	some application in _judged
	_neglected(application) == "unknown"
	reason := unknowns.reason(
		array.concat([application], _others(application)),
		array.concat(_fields, exceptions.fields),
	)
}

_judged := [application |
	some application in data.company.applications
	applications.is_here(application)
	not _in_use(application) == "no"
]

_in_use(application) := answers.all_of([
	applications.communicates(application),
	exceptions.deployed(application),
	assessments.begun(application),
])

_neglected(application) := answers.all_of([
	_in_use(application),
	answers.any_of([answer | some answer in _faults(application)]),
])

_faults(application) := {
	"scan": _servers(application, [answers.all_of([_unscanned(application, host), answers.opposite(_stale(host))]) |
		some host in _hosts(application)
	]),
	"stale_database": _servers(application, [answers.all_of([_unscanned(application, host), _stale(host)]) |
		some host in _hosts(application)
	]),
	"assessment": answers.all_of([
		assessments.due(application),
		answers.opposite(assessments.assessed(application)),
	]),
}

# a provider scans its own servers; and that no server is known proves nothing
default _servers(_, _) := "unknown"

_servers(application, _) := "no" if application.hosted == "provider"

_servers(application, found) := answers.all_of([assessments.self_hosted(application), answers.any_of(found)]) if {
	not application.hosted == "provider"
	count(found) > 0
}

_hosts(application) := [host |
	some host in scans.host_by_uid
	application.uid in host.serves
	not scans.serving(host) == "no"
	not scans.own(host) == "no"
]

_unscanned(application, host) := answers.all_of([
	assessments.scan_due(application),
	scans.serving(host),
	scans.own(host),
	answers.opposite(scans.scanned(host)),
])

_stale(host) := answers.any_of([scans.outdated(scan) | some scan in scans.of(host)])

_not_scanned(application) := [host | some host in _hosts(application); _unscanned(application, host) == "yes"]

# of those that are missing something, if there are any
_scans(application) := [scan | some host in _not_scanned(application); some scan in scans.of(host)] if {
	count(_not_scanned(application)) > 0
}

_scans(application) := [scan | some host in _hosts(application); some scan in scans.of(host)] if {
	count(_not_scanned(application)) == 0
}

_newest(moments) := max(moments) if count(moments) > 0

_newest(moments) := "none" if count(moments) == 0

_others(application) := array.concat(
	array.concat(array.concat(_hosts(application), _strays), _scans(application)),
	array.concat(assessments.of(application), exceptions.papers(application)),
)

# hosts of which nobody knows what they serve: it may be any application
_strays := [host | some host in scans.host_by_uid; not is_array(host.serves)]

_fields := [
	"category", "selected", "registered", "deployed_at", "hosted", "owner", "retired", "serves", "scope",
	"started_at", "result", "db_built_at",
	"authenticated", "performed_at", "performed_by", "independent",
]
