# METADATA
# title: Who used a device
# description: Whether the accounts of more people were used on a device within some days than may be.
# schemas:
#   - input: schema.input
#   - data.settings: schema.settings
package lib.devices

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.periods
import data.lib.time as clock
import data.lib.unknowns

# METADATA
# scope: document
# description: Whether a register says that several people are to use the device.
default registered(_) := "unknown"

registered(device) := device.shared

# METADATA
# description: True if only one account was ever used on the device, or none.
by_one(device) if {
	is_array(device.uses)
	count({use.account | some use in device.uses}) < 2
}

# METADATA
# scope: document
# description: Whether too many people's accounts were used on the device, and no register says that this is meant.
default crowded(_) := "unknown"

crowded(device) := answers.all_of([answers.opposite(registered(device)), _too_many(device)])

# METADATA
# description: The first days in which they surely were, with people, accounts, and the first and the last use.
first(device) := [{
	"people": {_whose(other) | some other in sure},
	"accounts": sort({other.account | some other in sure}),
	"first_at": min({other.at | some other in sure}),
	"last_at": use.at,
} |
	some use in device.uses
	sure := _sure(device, use)
	count({_whose(other) | some other in sure}) > data.settings.people_per_device
][0]

default _too_many(_) := "unknown"

_too_many(device) := "no" if {
	is_array(device.uses)
	count(_anybody(device)) <= data.settings.people_per_device
}

_too_many(device) := answers.any_of([_crowd(device, use) | some use in device.uses]) if {
	count(_anybody(device)) > data.settings.people_per_device
}

# whoever may have used it at any time
_anybody(device) := {_whose(use) |
	some use in device.uses
	not _stands_aside(use) == "yes"
}

# whether too many did in the days that end with the use
default _crowd(_, _) := "unknown"

_crowd(device, use) := "yes" if {
	count({_whose(other) | some other in _sure(device, use)}) > data.settings.people_per_device
}

_crowd(device, use) := "no" if {
	count({_whose(other) | some other in _perhaps(device, use)}) <= data.settings.people_per_device
}

_sure(device, use) := [other |
	some other in device.uses
	_counts(other) == "yes"
	periods.holds(use.at) == "yes"
	other.at <= use.at
	clock.seconds(other.at, use.at) <= data.settings.device_window_days * 86400
]

_perhaps(device, use) := [other |
	some other in device.uses
	not _stands_aside(other) == "yes"
	not _before(other, use)
	not _after(other, use)
	not _outside(use)
]

_outside(use) if periods.holds(use.at) == "no"

_before(other, use) if clock.seconds(other.at, use.at) > data.settings.device_window_days * 86400

_after(other, use) if other.at > use.at

# the person, or the account where nobody knows whose it is
default _whose(_) := "nobody"

_whose(use) := use.account if not people.by_uid[_account(use).holder]

_whose(use) := _account(use).holder if people.by_uid[_account(use).holder]

default _account(_) := {}

_account(use) := accounts.by_uid[use.account]

_counts(use) := answers.all_of([use.certain, answers.opposite(_stands_aside(use)), _named(use)])

default _named(_) := "unknown"

_named(use) := "yes" if people.by_uid[_account(use).holder]

# programs' accounts are no people; shared ones are 5.2-b's; those kept for support are used on many devices
_stands_aside(use) := answers.any_of([_nobodys(_account(use)), use.supporting])

default _nobodys(_) := "unknown"

_nobodys(account) := "yes" if account.kind in {"service", "bot", "room_device", "shared"}

_nobodys(account) := "no" if account.kind in {"human", "guest"}

# METADATA
# description: Why it is not known.
reason(device) := unknowns.reason(
	array.concat([device], [_account(use) | some use in device.uses]),
	["shared", "uses", "holder", "kind"],
)
