# METADATA
# title: Transfers
# description: Whether somebody really moved, and what was the department or position before.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.transfers

import future.keywords.not

import data.lib.answers
import data.lib.departments
import data.lib.organisation
import data.lib.people

# METADATA
# description: Every transfer that the shard knows of.
rows := array.concat(input.transfers, input.context.transfers)

# METADATA
# description: The transfers of the person, and those of which it is not known whose they are.
of(person) := [transfer | some transfer in rows; _may_be_of(transfer, person)]

_may_be_of(transfer, person) if transfer.person == person

_may_be_of(transfer, _) if not people.by_uid[transfer.person]

# METADATA
# description: >-
#   Whether the person moved: not so if the department was renamed or merged, and the person only came along.
moved(transfer) := answers.opposite(answers.all_of([_came_along(transfer), _same_position(transfer)]))

default _came_along(_) := "unknown"

_came_along(transfer) := "no" if transfer.from_department == transfer.to_department

_came_along(transfer) := "no" if {
	some field in ["from_department", "to_department"]
	answers.shown(transfer, field) == "none"
}

_came_along(transfer) := "no" if {
	transfer.from_department != transfer.to_department
	not _led_there(transfer)
	organisation.settled(transfer.from_department)
}

_came_along(transfer) := "yes" if {
	transfer.from_department != transfer.to_department
	_led_there(transfer)
	_renamed(transfer)
}

_came_along(transfer) := answers.opposite(departments.in_force(
	organisation.by_code[transfer.from_department],
	transfer.effective_ends_at,
)) if {
	transfer.from_department != transfer.to_department
	_led_there(transfer)
	not _renamed(transfer)
}

# what it became, by the code of today or by one that it had before
_led_there(transfer) if transfer.to_department in organisation.became(transfer.from_department)

_led_there(transfer) if {
	organisation.by_code[transfer.to_department].code in organisation.became(transfer.from_department)
}

_renamed(transfer) if {
	organisation.by_code[transfer.from_department].code == organisation.by_code[transfer.to_department].code
}

default _same_position(_) := "unknown"

_same_position(transfer) := "yes" if transfer.from_position == transfer.to_position

_same_position(transfer) := "no" if transfer.from_position != transfer.to_position

_same_position(transfer) := "yes" if {
	some field in ["from_position", "to_position"]
	answers.shown(transfer, field) == "none"
}
