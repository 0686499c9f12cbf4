# METADATA
# title: Who has the standard tool
# description: Whether somebody uses an account in it, or has it on a device.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
#   - data.cutoff: schema.cutoff
#   - data.sources: schema.sources
package lib.equipped

import future.keywords.not

import data.lib.accounts
import data.lib.activity
import data.lib.answers
import data.lib.applications
import data.lib.people
import data.lib.standard
import data.lib.unknowns

# METADATA
# description: Of each person of the shard, by uid, whether they have the tool.
has := {person.uid: answers.any_of(array.concat(
	array.concat(
		[_uses(account) | some account in standard.accounts_of(person.uid)],
		[_installed(host) | some host in _hosts(person.uid)],
	),
	array.concat(
		[_lent(device, person.uid) | some device in _shared],
		# an account that may be theirs; which tool is the standard one is not known
		array.concat(["unknown" | person.uid in _claimants], ["unknown" | not standard.known]),
	),
)) |
	some person in input.people
}

_uses(account) := answers.all_of([
	answers.opposite(accounts.closed(account)),
	accounts.personal(account),
	_used(account),
])

default _used(_) := "unknown"

_used(account) := answers.opposite(activity.unused_since(account, data.cutoff.standard_tool_use_days)) if {
	account.last_activity.state in {"at", "not_since"}
}

_used(account) := "no" if account.last_activity.state == "never"

# whether the tool is on the device, and the device is no server; what a silent one has nobody knows
_installed(host) := answers.all_of([_client(host), _there(host)])

default _client(_) := "unknown"

_client(host) := "yes" if count(host.serves) == 0

_client(host) := "no" if count(host.serves) > 0

default _there(_) := "unknown"

_there(host) := answers.any_of([_is_standard(install) | some install in _installs(host)]) if {
	host.last_seen_at >= data.cutoff.host_seen_days
	count(_installs(host)) > 0
}

default _is_standard(_) := "unknown"

_is_standard(install) := "yes" if install.application in {application.uid | some application in standard.products}

_is_standard(install) := "no" if {
	applications.by_uid[install.application]
	not install.application in {application.uid | some application in standard.products}
}

_is_standard(install) := "no" if answers.shown(install, "application") == "none"

_hosts(uid) := object.get(_hosts_of, uid, [])

_hosts_of := {uid: found |
	some uid in {host.owner | some host in applications.hosts}
	found := [host | some host in applications.hosts; host.owner == uid]
}

_installs(host) := object.get(_installs_of, host.uid, [])

_installs_of := {uid: found |
	some uid in {install.host | some install in _all_installs}
	found := [install | some install in _all_installs; install.host == uid]
}

_all_installs := array.concat(input.software_installs, input.context.software_installs)

# where the register of shared devices is not whole, everybody may be in it
_lent(device, uid) := answers.all_of([device.shared, _listed(device, uid), _installed(_host(device))])

default _listed(_, _) := "unknown"

_listed(device, uid) := "yes" if uid in device.users

_listed(device, uid) := "no" if {
	is_array(device.users)
	not uid in device.users
}

default _host(_) := {}

_host(device) := applications.hosts[device.host]

_shared := array.concat(
	[device | some device in array.concat(input.devices, input.context.devices); device.shared == "yes"],
	[{"shared": "unknown", "unknown": {}} | data.sources.types.device.state in {"partial", "failed", "stale"}],
)

# METADATA
# description: How many accounts and devices of the department may be somebody's, and nobody knows whose.
strays := count(_stray_accounts) + count(_stray_hosts)

_stray_accounts := [account |
	some account in input.accounts
	account.source_system in standard.tools
	people.without_holder(account) == "unknown"
	not _uses(account) == "no"
]

_stray_hosts := [host |
	some host in input.hosts
	not people.by_uid[host.owner]
	not answers.shown(host, "owner") == "none"
	not _installed(host) == "no"
]

# whom a weak or contested link gives such an account
_claimants := {link.person |
	some link in array.concat(input.identity_links, input.context.identity_links)
	account := accounts.by_uid[link.account]
	account.source_system in standard.tools
	people.without_holder(account) == "unknown"
	not _uses(account) == "no"
}

# METADATA
# description: Why it is not known whether the person of this uid has the tool.
reasons(uid) := array.concat(
	[why |
		some record in array.concat(standard.accounts_of(uid), _hosts(uid))
		some field in ["state", "kind", "last_activity", "serves", "last_seen_at"]
		why := unknowns.why(record, field)
	],
	array.concat(
		["stale" | some host in _hosts(uid); host.last_seen_at < data.cutoff.host_seen_days],
		array.concat(
			[why | some host in _hosts(uid); some install in _installs(host); why := unknowns.why(install, "application")],
			[why | some device in _shared; why := unknowns.why(device, "users")],
		),
	),
)

# METADATA
# description: Why it is not known whose an account or a device is that may be one of several people's.
contested := array.concat(
	[why |
		some record in array.concat(_stray_accounts, _stray_hosts)
		some field in ["holder", "owner"]
		why := unknowns.why(record, field)
	],
	["ambiguous" | strays + count(_claimants) > 0],
)
