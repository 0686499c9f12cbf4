# METADATA
# title: What was seen, and was it reported
# description: Whether an incident answers for a sign-in or a security event, by naming it or who is behind it.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.reporting

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.time as clock

_named := {uid | some incident in data.company.incidents; some uid in incident.events}

_by_event := {uid: rows |
	some uid in _named
	rows := [incident | some incident in data.company.incidents; uid in incident.events]
}

_concerned := {uid | some incident in data.company.incidents; some uid in incident.concerns}

_by_party := {uid: rows |
	some uid in _concerned
	rows := [incident | some incident in data.company.incidents; uid in incident.concerns]
}

# of these it is not known what they are about
_vague := [incident | some incident in data.company.incidents; _is_vague(incident)]

_is_vague(incident) if not is_array(incident.events)

_is_vague(incident) if not is_array(incident.concerns)

_all := [incident | some incident in data.company.incidents]

# METADATA
# scope: document
# description: >-
#   Whether the event was reported: by the instant `until` in an incident that names it. One that names the account
#   or the person behind it alone, and was reported between the event and the instant `within`, may mean it.
default reported(_, _, _) := "unknown"

reported(event, until, within) := answers.any_of([_reports(incident, event, until, within) |
	some incident in _candidates(event)
])

# METADATA
# description: The incidents of which it is not known whether they report the event.
doubts(event, until, within) := [incident |
	some incident in _candidates(event)
	_reports(incident, event, until, within) == "unknown"
]

# METADATA
# description: When the event was reported, by incidents that name it; what is dated after the snapshot is left out.
times(event) := {incident.reported_at |
	some incident in object.get(_by_event, event.uid, [])
	incident.reported_at <= data.as_of
}

# METADATA
# scope: document
# description: The person behind the event, as the owner of a violation; an empty object if that is not known.
default owner(_) := {}

owner(event) := {"owner": accounts.by_uid[event.account].holder}

_candidates(event) := array.concat(
	object.get(_by_event, event.uid, []),
	array.concat(_vague, [incident | some uid in _parties(event); some incident in object.get(_by_party, uid, [])]),
) if {
	is_set(_parties(event))
}

# whoever is behind it, any incident may be about
_candidates(event) := _all if not is_set(_parties(event))

_accounts_of := {uid: rows |
	some uid in {account.holder | some account in input.accounts}
	rows := {account.uid | some account in input.accounts; account.holder == uid}
}

# the account, who holds it, and what else that person holds; undefined if it is not known who is behind the event
_parties(event) := {account.uid, account.holder} | object.get(_accounts_of, account.holder, set()) if {
	account := accounts.by_uid[event.account]
}

_parties(event) := {account.uid} | {account.owner | account.owner} if {
	account := accounts.by_uid[event.account]
	answers.shown(account, "holder") == "none"
}

_parties(event) := set() if answers.shown(event, "account") == "none"

default _reports(_, _, _, _) := "unknown"

_reports(incident, event, until, _) := _by(incident, until) if event.uid in incident.events

_reports(incident, event, until, within) := "no" if {
	not event.uid in incident.events
	"no" in {_concerns(incident, event), _in_time(incident, event, until, within)}
}

default _concerns(_, _) := "unknown"

_concerns(incident, event) := "no" if {
	is_array(incident.concerns)
	parties := _parties(event)
	count({uid | some uid in incident.concerns; uid in parties}) == 0
}

_in_time(incident, _, until, _) := _by(incident, until) if not is_array(incident.events)

_in_time(incident, event, _, within) := answers.all_of([
	_by(incident, within),
	answers.opposite(clock.happened(incident, "reported_at", event.at)),
]) if {
	is_array(incident.events)
}

_by(incident, instant) := clock.happened(incident, "reported_at", clock.later(instant, 1))
