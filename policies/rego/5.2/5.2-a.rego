# METADATA
# title: Accounts are not lent
# description: >-
#   Two uses of an account that no journey explains, and a device on which more people's accounts were used within some
#   days than may be, are violations. Whatever else hints at lending is for people to look at.
package checks["5.2-a"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.devices
import data.lib.journeys
import data.lib.periods
import data.lib.unknowns

# METADATA
# description: How many accounts of people were used in the period, and devices by several of them, or may have been.
population := count(_accounts) + count(_devices)

# METADATA
# scope: document
# description: Those that somebody else must have used, and those that too many did.
violations contains {"subject": account.uid, "evidence": object.union(_nothing, {
	"case": "impossible_travel",
	"devices": object.get(signal, "device_keys", []),
	"distance_km": signal.distance_km,
	"first_at": answers.shown(signal, "earlier_at"),
	"interval_s": signal.interval_s,
	"last_at": signal.observed_at,
})} if {
	some account in _accounts
	_lent(account) == "yes"
	signal := journeys.first(account)
}

violations contains {"subject": device.uid, "evidence": object.union(_nothing, {
	"accounts": window.accounts,
	"case": "many_people",
	"devices": [device.key],
	"first_at": window.first_at,
	"last_at": window.last_at,
	"people": count(window.people),
})} if {
	some device in _devices
	devices.crowded(device) == "yes"
	window := devices.first(device)
}

# METADATA
# scope: document
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _accounts
	_lent(account) == "unknown"
	reason := array.concat(
		[why | why := unknowns.why(account, "kind")],
		array.concat(journeys.reasons(account), _device_reasons(account)),
	)[0]
}

unknown contains {"subject": device.uid, "reason": devices.reason(device)} if {
	some device in _devices
	devices.crowded(device) == "unknown"
}

_nothing := {
	"accounts": [], "devices": [], "distance_km": "none", "interval_s": "none", "people": "none",
}

# shared accounts are 5.2-b's, guests have sponsors
_accounts := [account |
	some account in input.accounts
	not accounts.personal(account) == "no"
	account.uid in (_in_use | _signalled)
]

# devices are made of sign-ins; of each it says whether it is known to be shared
_devices := [device |
	some device in input.devices
	not devices.registered(device) == "yes"
	not devices.by_one(device)
]

_lent(account) := answers.all_of([
	accounts.personal(account),
	answers.any_of(array.concat(journeys.answers(account), ["unknown" | account.uid in _blind])),
])

_signalled := {signal.account | some signal in input.lending_signals}

_in_use := {use.account | some use in _uses}

# uses of which it is not known on which device they were: that too many people share it cannot be excluded
_blind := {use.account | some use in _uses; not use.device_key}

_device_reasons(account) := array.concat(object.get(_blind_reasons, account.uid, []), [unknowns.reason([], [])])

_blind_reasons := {account: reasons |
	some account in _blind
	reasons := [why |
		some use in _uses
		use.account == account
		why := unknowns.why(use, "device_key")
	]
}

# sign-ins and clients of the period, or that may be of it
_uses := array.concat(
	[event |
		some event in input.login_events
		not event.result == "failure"
		not periods.within(event, "at") == "no"
	],
	[session |
		some session in input.sessions
		not session.kind == "access_token"
		not _over(session)
		not session.started_at >= periods.end
	],
)

# not used in the period any more
_over(session) if session.last_used_at < data.period.from
