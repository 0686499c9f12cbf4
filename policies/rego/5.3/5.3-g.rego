# METADATA
# title: Closed means closed
# description: A closed account that still has a session, an access token, or a place in a group is a violation.
package checks["5.3-g"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.groups
import data.lib.unknowns

# METADATA
# description: How many accounts are closed, or may be.
population := count(_judged)

# METADATA
# description: Those of which something is left.
violations contains {"subject": account.uid, "evidence": {
	"deactivated_at": answers.shown(account, "deactivated_at"),
	"memberships": sort([membership.uid | some membership in _memberships(account); _stays(membership) == "yes"]),
	"sessions": count([session | some session in _left(account); session.kind == "session"]),
	"state": account.state,
	"tokens": count([session | some session in _left(account); not session.kind == "session"]),
}} if {
	some account in _judged
	_half_closed(account) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_half_closed(account) == "unknown"
	reason := unknowns.reason(
		array.concat(array.concat([account], _sessions(account)), array.concat(_groups(account), _silence(account))),
		["state", "revoked", "expires_at", "archived", "traces"],
	)
}

_judged := [account |
	some account in input.accounts
	not accounts.closed(account) == "no"
]

_half_closed(account) := answers.all_of([accounts.closed(account), answers.any_of(array.concat(
	array.concat(
		[_live(session) | some session in _sessions(account)],
		[_stays(membership) | some membership in _memberships(account)],
	),
	["unknown" | count(_silence(account)) > 0],
))])

# a system that never tells of sessions, or of groups, may have left some: that none came clears nobody
_silence(account) := [{"unknown": {"traces": "not_supported"}} | _untold(account)]

_untold(account) if not account.source_system in _telling_of_sessions

_untold(account) if {
	not data.settings.closed_membership_counts == "no"
	not account.source_system in _telling_of_memberships
}

_telling_of_sessions := {source.id | some source in data.sources.types.session.sources}

_telling_of_memberships := {source.id | some source in data.sources.types.membership.sources}

_live(session) := answers.all_of([
	answers.opposite(object.get(session, "revoked", "unknown")),
	answers.opposite(_expired(session)),
])

default _expired(_) := "unknown"

_expired(session) := "yes" if session.expires_at <= data.as_of

_expired(session) := "no" if session.expires_at > data.as_of

_expired(session) := "no" if answers.shown(session, "expires_at") == "none"

# whether a place in a group counts, and the group is still written in
_stays(membership) := answers.all_of([
	data.settings.closed_membership_counts,
	answers.opposite(object.get(groups.of(membership), "archived", "unknown")),
])

_left(account) := [session | some session in _sessions(account); _live(session) == "yes"]

_sessions(account) := object.get(_sessions_of, account.uid, [])

_sessions_of := {uid: sessions |
	some uid in {session.account | some session in input.sessions}
	sessions := [session | some session in input.sessions; session.account == uid]
}

_memberships(account) := object.get(_memberships_of, account.uid, [])

_known_memberships := array.concat(input.memberships, input.context.memberships)

_memberships_of := {uid: memberships |
	some uid in {membership.account | some membership in _known_memberships}
	memberships := [membership | some membership in _known_memberships; membership.account == uid]
}

_groups(account) := [groups.of(membership) | some membership in _memberships(account)]
