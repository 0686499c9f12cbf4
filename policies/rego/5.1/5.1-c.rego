# METADATA
# title: One account a person and tool
# description: A further open account of one person in one tool, without a purpose on record, is a violation.
package checks["5.1-c"]

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many accounts are open and a person's, or may be.
population := count(_judged)

# METADATA
# description: Those beside another one.
violations contains {"subject": account.uid, "evidence": {
	"others": sort([other.uid | some other in _beside(account)]),
	"source_system": account.source_system,
	"state": answers.shown(account, "state"),
}} if {
	some account in _judged
	_surplus(account) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": account.uid, "reason": reason} if {
	some account in _judged
	_surplus(account) == "unknown"
	reason := unknowns.reason(
		array.concat([account, people.holder(account)], array.concat(_papers(account), _strays(account))),
		["holder", "state", "kind", "last_day_ends_at", "status", "subject", "purpose", "reviewed_at"],
	)
}

# a leaver's account is 5.3-a's, one that nobody holds is 5.1-a's
_judged := [account |
	some account in input.accounts
	not accounts.closed(account) == "yes"
	not account.kind in {"service", "bot", "room_device", "shared", "guest"}
	not people.without_holder(account) == "yes"
	not _left(account) == "yes"
]

_left(account) := people.left_before(people.holder(account), data.as_of)

_surplus(account) := answers.all_of([
	answers.opposite(_left(account)),
	_personal(account),
	answers.opposite(_documented(account)),
	answers.any_of(array.concat(
		[_counts(other) | some other in _before(account)],
		["unknown" | some _ in _strays(account)],
	)),
])

# open accounts in the tool that are somebody's, and nobody knows whose: one may be the first of this one's holder,
# and is perhaps a second itself
_strays(account) := object.get(_strays_of, account.source_system, [])

_strays_of := {tool: found |
	some tool in {account.source_system | some account in _unheld}
	found := [account | some account in _unheld; account.source_system == tool]
}

_unheld := [account | some account in _judged; people.without_holder(account) == "unknown"]

# whether it is open, a person's, and has no purpose on record: then it is the one to keep
_counts(account) := answers.all_of([_personal(account), answers.opposite(_documented(account))])

_personal(account) := answers.all_of([answers.opposite(accounts.closed(account)), accounts.personal(account)])

# the one that is kept is the oldest, else the first by uid
# no boundary: no two accounts have the same rank, for it ends with the uid
_before(account) := [other | some other in _beside(account); _rank(other, account) < _rank(account, account)]

_beside(account) := [other |
	some other in object.get(_accounts_of, _key(account), [])
	other.uid != account.uid
	not accounts.closed(other) == "yes"
]

_rank(account, of_same) := [account.created_at, account.uid] if _all_dated(of_same)

_rank(account, of_same) := [account.uid] if not _all_dated(of_same)

_all_dated(account) if {
	every other in array.concat([account], _beside(account)) {
		other.created_at
	}
}

_accounts_of := {key: found |
	some key in {_key(account) | some account in accounts.by_uid}
	found := [account | some account in accounts.by_uid; _key(account) == key]
}

_key(account) := concat(" ", [account.holder, account.source_system])

# whether a register states a purpose for it, reviewed lately
_documented(account) := answers.any_of([_documents(entry) | some entry in _entries(account)])

_documents(entry) := answers.all_of([_placed(entry), _stated(entry), _reviewed(entry)])

default _placed(_) := "unknown"

_placed(entry) := "yes" if entry.subject

default _stated(_) := "unknown"

_stated(entry) := "yes" if count(entry.purpose) > 0

_stated(entry) := "no" if entry.purpose == ""

_stated(entry) := "no" if answers.shown(entry, "purpose") == "none"

default _reviewed(_) := "unknown"

_reviewed(entry) := "yes" if entry.reviewed_at >= data.cutoff.second_account_review_days

_reviewed(entry) := "no" if entry.reviewed_at < data.cutoff.second_account_review_days

_reviewed(entry) := "no" if answers.shown(entry, "reviewed_at") == "none"

# one of which it is not known what it is about may be about any account
_entries(account) := array.concat(object.get(_entries_of, account.uid, []), _unplaced)

_unplaced := [entry | some entry in _register; not entry.subject]

_entries_of := {uid: entries |
	some uid in {entry.subject | some entry in _register}
	entries := [entry | some entry in _register; entry.subject == uid]
}

_register := [entry |
	some entry in array.concat(input.register_entries, input.context.register_entries)
	entry.kind == "second_account"
]

_papers(account) := array.concat(_entries(account), [record |
	some other in _beside(account)
	some record in array.concat([other], _entries(other))
])
