# METADATA
# title: What an account states of its holder
# description: Whether department and position differ from HR's file, and whether the latest transfer explains it.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.stated

import future.keywords.not

import data.lib.accounts
import data.lib.answers
import data.lib.days
import data.lib.organisation
import data.lib.people
import data.lib.transfers

# METADATA
# description: What is compared, each with the field of the account.
fields := {"department": "department_code", "position": "position"}

# METADATA
# description: Whether the account is one whose data is compared with that of a person in service.
judged(account) := answers.all_of([
	answers.opposite(accounts.closed(account)),
	accounts.personal(account),
	_served(account),
])

# nobody holds it: 5.1-a; the holder has left: 5.3-a
default _served(_) := "unknown"

_served(account) := people.in_service(people.by_uid[account.holder], data.as_of)

_served(account) := "no" if people.without_holder(account) == "yes"

# METADATA
# scope: document
# description: Whether what the account states is none of what the person has, main post and others.
default differs(_, _) := "unknown"

differs(account, "department") := "yes" if account.department_code == ""

differs(account, "department") := "no" if _is_present(account, people.holder(account))

differs(account, "department") := "yes" if {
	is_string(people.holder(account).department_code)
	every code in codes(people.holder(account)) {
		_apart(account.department_code, code)
	}
}

differs(account, "position") := data.settings.position_required if account.position == ""

differs(account, "position") := "no" if {
	account.position != ""
	account.position in positions(people.holder(account))
}

differs(account, "position") := "yes" if {
	account.position != ""
	is_string(people.holder(account).position)
	not account.position in positions(people.holder(account))
}

_is_present(account, person) if {
	some code in codes(person)
	_same(account.department_code, code)
}

# one that was renamed or merged is the one that it became
_same(one, other) if count(organisation.became(one) & organisation.became(other)) > 0

_apart(one, other) if {
	not _same(one, other)
	organisation.settled(one)
	organisation.settled(other)
}

# METADATA
# scope: document
# description: What the account states, for the evidence; "none" if it is empty.
default shown(_, _) := "unknown"

shown(account, field) := "none" if account[field] == ""

shown(account, field) := account[field] if account[field] != ""

# METADATA
# description: The codes of the person's departments.
codes(person) := {record.department_code | some record in array.concat([person], object.get(person, "posts", []))}

# METADATA
# description: The person's positions.
positions(person) := {record.position | some record in array.concat([person], object.get(person, "posts", []))}

# METADATA
# description: Whether the code is one that HR does not have.
strange(account) if {
	account.department_code != ""
	not organisation.by_code[account.department_code]
}

# METADATA
# description: Whether the account still states what was before the latest transfer, which lies in the window.
explained(account, field) := answers.any_of([answer |
	some transfer in moves(account)
	answer := answers.all_of([latest(transfer, account), former(account, transfer, field)])
])

# METADATA
# description: The transfers that the holder may have had; none if it is not known who that is.
moves(account) := [transfer |
	some transfer in transfers.of(account.holder)
	not transfers.moved(transfer) == "no"
]

# METADATA
# description: Whether it is the holder's latest transfer that is over, and not longer ago than the window.
latest(transfer, account) := answers.all_of([
	_of(transfer, account),
	transfers.moved(transfer),
	_over(transfer),
	recent(transfer),
	_last(transfer, moves(account)),
])

default _of(_, _) := "unknown"

_of(transfer, account) := "yes" if transfer.person == account.holder

default _over(_) := "unknown"

_over(transfer) := days.over(transfer.effective_ends_at)

# METADATA
# scope: document
# description: Whether the transfer lies in the window.
default recent(_) := "unknown"

recent(transfer) := "yes" if transfer.effective_ends_at >= data.cutoff.mover_window_days

recent(transfer) := "no" if transfer.effective_ends_at < data.cutoff.mover_window_days

_last(transfer, others) := answers.opposite(answers.any_of([answer |
	some other in others
	other.uid != transfer.uid
	answer := answers.all_of([transfers.moved(other), _over(other), _later(other, transfer)])
]))

default _later(_, _) := "unknown"

_later(other, transfer) := "yes" if other.effective_ends_at > transfer.effective_ends_at

_later(other, transfer) := "no" if other.effective_ends_at <= transfer.effective_ends_at

# METADATA
# scope: document
# description: Whether the account states what the transfer ended.
default former(_, _, _) := "unknown"

former(account, transfer, "department") := "yes" if _same(account.department_code, transfer.from_department)

former(account, transfer, "department") := "no" if {
	account.department_code == ""
	transfer.uid
}

former(account, transfer, "department") := "no" if {
	account.department_code != ""
	_apart(account.department_code, transfer.from_department)
}

former(account, transfer, "department") := "no" if {
	account.department_code != ""
	answers.shown(transfer, "from_department") == "none"
}

former(account, transfer, "position") := "yes" if account.position == transfer.from_position

former(account, transfer, "position") := "no" if account.position != transfer.from_position

former(account, transfer, "position") := "no" if {
	is_string(account.position)
	answers.shown(transfer, "from_position") == "none"
}

# METADATA
# description: Why it cannot be said, as far as account, holder and transfers tell.
reasons(account) := array.concat(
	array.concat(
		[why |
			some field in ["state", "kind", "holder", "department_code", "position"]
			why := account.unknown[field]
		],
		[why |
			some field in ["hire_day_starts_at", "last_day_ends_at", "status", "department_code", "position"]
			why := people.holder(account).unknown[field]
		],
	),
	array.concat(
		[why |
			some transfer in moves(account)
			some field in ["effective_ends_at", "person", "from_department", "from_position", "to_department"]
			why := transfer.unknown[field]
		],
		array.concat(_whereabouts(account), array.concat(["unparsable" | strange(account)], ["not_collected"])),
	),
)

# what became of departments that are compared
_whereabouts(account) := [why |
	some code in ((codes(people.holder(account)) | {account.department_code}) | {transfer.from_department |
		some transfer in moves(account)
	})
	some each in organisation.became(code)
	why := organisation.by_code[each].unknown.merged_into
]
