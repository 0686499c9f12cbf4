# METADATA
# title: Requests for accounts
# description: Whether HR had announced the holder of an account, or somebody had approved it, when it was opened.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.requests

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.approvals
import data.lib.notices
import data.lib.people

# METADATA
# scope: document
# description: Whether there was a request for the account when it was opened.
default made(_) := "unknown"

made(account) := answers.any_of(array.concat(
	[_serves(notice, account) | some notice in notices.of(account.holder)],
	[approvals.granted_for("account_creation", _names(account), account.created_at)],
)) if {
	people.by_uid[account.holder]
}

# by what an approval may call it: the account, its holder, or a whole system that moves to new accounts
_names(account) := {name |
	some name in [
		account.uid, account.login, account.source_system,
		people.holder(account).uid, object.get(people.holder(account), "employee_no", ""),
	]
	name != ""
}

_serves(notice, account) := answers.all_of([
	notices.about_person(notice, account.holder),
	notices.of_kind(notice, "joiner"),
	notices.sent_by(notice, account.created_at),
	answers.opposite(_used(notice, account)),
	answers.opposite(_of_before(notice, account)),
])

# a notice opens one account in each tool; another one needs a request of its own
_used(notice, account) := answers.any_of([answers.all_of([
	notices.sent_by(notice, other.created_at),
	_before(other, account),
]) |
	some other in accounts.by_uid
	other.holder == account.holder
	other.source_system == account.source_system
	other.uid != account.uid
	other.created_at
])

default _before(_, _) := "unknown"

_before(one, other) := "yes" if one.created_at < other.created_at

_before(one, other) := "no" if one.created_at >= other.created_at

# it announced an employment that was over by then
default _of_before(_, _) := "unknown"

_of_before(notice, account) := "yes" if {
	some end in people.last_days(people.holder(account))
	notice.sent_at <= end
	end < account.created_at
}

_of_before(notice, account) := "no" if {
	notice.sent_at
	account.created_at

	# who left nobody knows when may have left before
	not people.holder(account).unknown.last_day_ends_at
	count([end |
		some end in people.last_days(people.holder(account))
		notice.sent_at <= end
		end < account.created_at
	]) == 0
}

# METADATA
# description: Requests that came only after the account was opened.
afterwards(account) := {notice.uid |
	some notice in notices.of(account.holder)
	notices.about_person(notice, account.holder) == "yes"
	notices.of_kind(notice, "joiner") == "yes"
	notices.sent_by(notice, account.created_at) == "no"
} | {approval.uid |
	some approval in approvals.perhaps_for(_names(account))
	approval.kind == "account_creation"
	approval.subject in _names(account)
	approvals.granted(approval) == "yes"
}

# METADATA
# description: Records that may be a request for the account.
doubtful(account) := array.concat(
	[notice |
		some notice in notices.of(account.holder)
		_serves(notice, account) == "unknown"
	],
	[approval |
		some approval in approvals.perhaps_for(_names(account))
		not approval.kind in {"group_creation", "important_announcement", "software_exception", "data_deletion"}
	],
)
