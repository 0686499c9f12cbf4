# METADATA
# title: No use after the last working day
# description: An account that was used in the period when its holder had left and was not back is a violation.
package checks["5.3-b"]

import future.keywords.not

import data.lib.accounts
import data.lib.activity
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many accounts have a holder who was gone in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those that were used then.
violations contains {"subject": account.uid, "evidence": {
	"first_use": min(uses),
	"holder": account.holder,
	"kind": _kind(account),
	"last_day_ends_at": people.left_at(people.holder(account), min(uses)),
	"last_use": max(uses),
	"uses": count(uses),
}} if {
	some account in _judged
	_misused(account) == "yes"
	uses := _uses(account)
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_misused(account) == "unknown"
	reason := unknowns.reason(
		array.concat([account, people.holder(account)], _events(account)),
		[
			"holder", "kind", "last_activity", "last_day_ends_at", "hire_day_starts_at", "status", "result", "at",
		],
	)
}

_judged := [account |
	some account in input.accounts
	not accounts.robot(account) == "yes"
	not _gone(account) == "no"
	not _closed_before(account)
]

_closed_before(account) if {
	accounts.closed(account) == "yes"
	account.deactivated_at < data.period.from
	not _used(account) == "yes"
}

# an earlier snapshot shows it closed already; only not having been used excludes that it was opened in between
_closed_before(account) if {
	accounts.closed(account) == "yes"
	account.deactivated_by < data.period.from
	_used(account) == "no"
}

# whether there is a holder, else it is 5.1-a's, who was away at any time of the period
_gone(account) := answers.all_of([
	answers.opposite(people.without_holder(account)),
	answers.any_of([people.away(people.holder(account), data.as_of), _came_back(people.holder(account))]),
])

# a rehire: the time between two employments reached into the period
_came_back(person) := "yes" if count(_returns(person)) > 0

_came_back(person) := "no" if count(_returns(person)) == 0

_returns(person) := [next |
	some number, employment in person.employments
	next := person.employments[number + 1].hire_day_starts_at
	next > data.period.from
	employment.last_day_ends_at < data.as_of
	employment.last_day_ends_at < next
]

_misused(account) := answers.all_of([
	answers.opposite(accounts.robot(account)),
	_gone(account),
	_used(account),
])

# a complete log of the account's own system settles what its last use leaves open
_used(account) := answers.any_of([_logged(account), _active(account)]) if not _log_complete(account)

_used(account) := answers.any_of(array.concat(
	[_logged(account)],
	["yes" | _active(account) == "yes"],
)) if {
	_log_complete(account)
}

_log_complete(account) if {
	some source in data.sources.types.login_event.sources
	source.id == account.source_system
	source.state == "complete"
	not data.sources.departments[input.department].login_event
}

_logged(account) := answers.any_of([_wrong(account, event) | some event in _events(account)])

_wrong(account, event) := answers.all_of([_success(event), _inside(event), _away(account, event)])

default _success(_) := "unknown"

_success(event) := "yes" if event.result == "success"

_success(event) := "no" if event.result == "failure"

default _inside(_) := "unknown"

_inside(moment) := "yes" if {
	moment.at >= data.period.from
	moment.at <= data.as_of
}

_inside(moment) := "no" if moment.at < data.period.from

_inside(moment) := "no" if data.as_of < moment.at

default _away(_, _) := "unknown"

_away(account, moment) := people.away(people.by_uid[account.holder], moment.at)

# what the last use says of the period: it hides all uses before it, and may be later than it says
default _active(_) := "unknown"

_active(account) := "no" if account.last_activity.state == "never"

_active(account) := "yes" if {
	_seen(account) == "yes"
	activity.use(account) == "yes"
}

_active(account) := "no" if activity.unused_since(account, data.period.from) == "yes"

_active(account) := "no" if {
	account.last_activity.state == "at"
	_away(account, account.last_activity) == "no"
	not _may_be_later(account)
}

_active(account) := "no" if {
	account.last_activity.state == "not_since"
	people.away(people.by_uid[account.holder], account.last_activity.bound) == "no"
	count({end | some end in _last_days(account); end < account.last_activity.bound}) == 0
}

_seen(account) := answers.all_of([_inside(account.last_activity), _away(account, account.last_activity)]) if {
	account.last_activity.state == "at"
}

# the last use may have been after a last day, by the blur of the source
_may_be_later(account) if {
	some end in _last_days(account)
	account.last_activity.at <= end
	activity.margin(account, end) < 0
}

_last_days(account) := people.last_days(people.holder(account))

_events(account) := object.get(_events_of, account.uid, [])

# not declared: login_event: an account without a complete log is judged by its last use alone
_events_of := {uid: events |
	some uid in {event.account | some event in input.login_events}
	events := [event | some event in input.login_events; event.account == uid]
}

_kind(account) := account.last_activity.kind if _active(account) == "yes"

_kind(account) := "login" if not _active(account) == "yes"

_uses(account) := _logins(account) | {account.last_activity.at | _active(account) == "yes"}

_logins(account) := {event.at | some event in _events(account); _wrong(account, event) == "yes"}
