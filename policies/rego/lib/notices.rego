# METADATA
# title: Notices from HR
# description: Whether a notice is about a person and an event, and came by an instant.
# schemas:
#   - data.company: schema.company
package lib.notices

import future.keywords.not

import data.lib.answers
import data.lib.time as clock

_seconds_a_day := 86400

# METADATA
# description: The notices about the person, and those that may be.
of(person) := array.concat(object.get(_of_person, person, []), _of_nobody)

_of_person := {person: notices |
	some person in {notice.person | some notice in data.company.hr_notices}
	notices := [notice | some notice in data.company.hr_notices; notice.person == person]
}

_of_nobody := [notice | some notice in data.company.hr_notices; not notice.person]

# METADATA
# scope: document
# description: Whether the notice is about the person.
default about_person(_, _) := "unknown"

about_person(notice, person) := "yes" if notice.person == person

about_person(notice, person) := "no" if notice.person != person

# METADATA
# scope: document
# description: Whether the notice says what this kind of notice says.
default of_kind(_, _) := "unknown"

of_kind(notice, kind) := "yes" if notice.kind == kind

of_kind(notice, kind) := "no" if {
	notice.kind in {"joiner", "mover", "leaver"}
	notice.kind != kind
}

# METADATA
# scope: document
# description: Whether IT had the notice at the instant.
default sent_by(_, _) := "unknown"

sent_by(notice, instant) := "yes" if notice.sent_at <= instant

sent_by(notice, instant) := "no" if notice.sent_at > instant

# METADATA
# description: >-
#   Whether IT knew of the event by its end. An event has a day, the instant at which that ends, and the other
#   events of the person that a notice of this kind may be about.
in_time(person, kind, event) := answers.any_of([answer |
	some notice in of(person)
	answer := answers.all_of([_fits(notice, person, kind, event), sent_by(notice, event.ends_at)])
])

# METADATA
# description: When notices about the event came, as far as is known.
sent(person, kind, event) := [notice.sent_at |
	some notice in of(person)
	_fits(notice, person, kind, event) == "yes"
]

# METADATA
# description: Notices that may be about the event, or may have come in time.
doubtful(person, kind, event) := [notice |
	some notice in of(person)
	answers.all_of([_fits(notice, person, kind, event), sent_by(notice, event.ends_at)]) == "unknown"
]

_fits(notice, person, kind, event) := answers.all_of([
	about_person(notice, person),
	of_kind(notice, kind),
	about(notice, event),
])

# METADATA
# scope: document
# description: >-
#   Whether the notice is about this event of the person: by the transfer or the day that it names, else because it
#   is not too old and no other event is near that it could be about.
default about(_, _) := "unknown"

about(notice, event) := "yes" if _names(notice, event) == "this"

about(notice, event) := "no" if _names(notice, event) == "other"

about(notice, event) := "no" if {
	_names(notice, event) == "none"
	_too_old(notice, event.ends_at)
}

about(notice, event) := "yes" if {
	_names(notice, event) == "none"
	notice.sent_at
	not _too_old(notice, event.ends_at)
	count([other | some other in event.others; _near(notice, other)]) == 0
}

default _names(_, _) := "none"

_names(notice, event) := "this" if notice.transfer == event.uid

_names(notice, event) := "other" if notice.transfer != event.uid

_names(notice, event) := "this" if {
	not notice.transfer
	notice.effective_on == event.day
}

_names(notice, event) := "other" if {
	not notice.transfer
	notice.effective_on != event.day
	notice.effective_on in {other.day | some other in event.others}
}

_too_old(notice, ends_at) if {
	clock.later(notice.sent_at, data.settings.notice_lookback_days * _seconds_a_day) < ends_at
}

# an event of which the day is not known may be meant
_near(_, other) if other.ends_at == "unknown"

# one that was over when the notice came, or that came long after it, is not
_near(notice, other) if {
	not other.ends_at < notice.sent_at
	not _too_old(notice, other.ends_at)
}
