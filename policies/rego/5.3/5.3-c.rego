# METADATA
# title: HR tells IT in time
# description: A leaving or a transfer in the period of which IT had no notice when its day was over is a violation.
package checks["5.3-c"]

import future.keywords.not

import data.lib.answers
import data.lib.days
import data.lib.leavings
import data.lib.notices
import data.lib.people
import data.lib.transfers
import data.lib.unknowns

# METADATA
# description: How many people left and how many transfers there were in the period, or may have been.
population := count(_leavers) + count(_moves)

# METADATA
# description: Leavers of whom IT was not told in time.
violations contains {"subject": person.uid, "evidence": {
	"case": _case(sent),
	"effective_on": event.day,
	"kind": "leaver",
	"left_recorded_at": answers.shown(person, "left_recorded_at"),
	"sent_at": _first(sent),
}} if {
	some person in _leavers
	_untold(person) == "yes"
	events := [event | some event in _leavings(person); notices.in_time(person.uid, "leaver", event) == "no"]
	event := events[count(events) - 1]
	sent := notices.sent(person.uid, "leaver", event)
}

# METADATA
# description: Transfers of which IT was not told in time.
violations contains {"subject": transfer.uid, "evidence": {
	"case": _case(sent),
	"effective_on": event.day,
	"kind": "mover",
	"left_recorded_at": "none",
	"sent_at": _first(sent),
}} if {
	some transfer in _moves
	_unannounced(transfer) == "yes"
	event := _move(transfer)
	sent := notices.sent(transfer.person, "mover", event)
}

# METADATA
# description: Leavers of whom it cannot be said.
unknown contains {"subject": person.uid, "reason": reason} if {
	some person in _leavers
	_untold(person) == "unknown"
	doubts := [notice |
		some event in _leavings(person)
		some notice in notices.doubtful(person.uid, "leaver", event)
	]
	reason := _reason(person, ["last_day_ends_at", "status", "employment_type"], doubts)
}

# METADATA
# description: Transfers of which it cannot be said.
unknown contains {"subject": transfer.uid, "reason": reason} if {
	some transfer in _moves
	_unannounced(transfer) == "unknown"
	reason := _reason(transfer, _fields, _doubts(transfer))
}

_fields := [
	"effective_ends_at", "person",
	"from_department", "to_department", "from_position", "to_position",
]

_leavers := [person |
	some person in input.people
	not leavings.covered(person) == "no"
	not leavings.left(person) == "no"
]

_untold(person) := answers.all_of([
	leavings.covered(person),
	answers.any_of(array.concat(
		[answers.opposite(notices.in_time(person.uid, "leaver", event)) | some event in _leavings(person)],
		[leavings.unrecorded(person)],
	)),
])

_leavings(person) := [{
	"day": leaving.day,
	"ends_at": leaving.ends_at,
	"others": [other | some other in leavings.of(person); other.ends_at != leaving.ends_at],
} |
	some leaving in leavings.in_period(person)
]

_moves := [transfer |
	some transfer in input.transfers
	not transfers.moved(transfer) == "no"
	not _in_period(transfer) == "no"
]

default _in_period(_) := "unknown"

_in_period(transfer) := days.in_period(transfer.effective_ends_at)

# of a number that no file has it is not known who moved, and so neither what HR said of it
default _unannounced(_) := "unknown"

_unannounced(transfer) := answers.all_of([
	transfers.moved(transfer),
	_in_period(transfer),
	answers.opposite(notices.in_time(transfer.person, "mover", _move(transfer))),
]) if {
	people.by_uid[transfer.person]
}

_move(transfer) := {
	"uid": transfer.uid,
	"day": answers.shown(transfer, "effective_on"),
	"ends_at": transfer.effective_ends_at,
	"others": [{
		"day": answers.shown(other, "effective_on"),
		"ends_at": object.get(other, "effective_ends_at", "unknown"),
	} |
		some other in transfers.of(transfer.person)
		other.uid != transfer.uid
		not transfers.moved(other) == "no"
	],
}

default _doubts(_) := []

_doubts(transfer) := notices.doubtful(transfer.person, "mover", _move(transfer))

_case(sent) := "not_told" if count(sent) == 0

_case(sent) := "told_late" if count(sent) > 0

_first(sent) := "none" if count(sent) == 0

_first(sent) := min(sent) if count(sent) > 0

_reason(record, fields, doubts) := array.concat(
	array.concat(
		[why | some field in fields; why := unknowns.why(record, field)],
		[why |
			some notice in doubts
			some field in ["sent_at", "kind", "person", "effective_on", "transfer"]
			why := unknowns.why(notice, field)
		],
	),
	array.concat(["ambiguous" | count(doubts) > 0], ["not_collected"]),
)[0]
