# METADATA
# title: The quarter that is audited
# description: Whether something happened in it, or in the quarter whose duties are due; what is later has not happened.
package lib.periods

import future.keywords.not

import data.lib.time as clock

# METADATA
# scope: document
# description: Whether the instant of the record lies in the quarter audited, and not after the snapshot.
default within(_, _) := "unknown"

within(record, field) := holds(record[field])

# METADATA
# scope: document
# description: Whether the instant lies in the quarter audited, and not after the snapshot.
default holds(_) := "unknown"

holds(instant) := "yes" if {
	instant >= data.period.from
	instant < end
}

holds(instant) := "no" if instant < data.period.from

holds(instant) := "no" if instant >= end

# METADATA
# description: The first moment of which the audit of the quarter knows nothing any more.
end := _end(data.period.to)

# METADATA
# scope: document
# description: Whether the instant of the record lies in the last quarter that is over, whose duties are due.
default within_duty(_, _) := "unknown"

within_duty(record, field) := "yes" if {
	record[field] >= data.period.duty_from
	record[field] < _end(data.period.duty_to)
}

within_duty(record, field) := "no" if record[field] < data.period.duty_from

within_duty(record, field) := "no" if record[field] >= _end(data.period.duty_to)

# a second after the snapshot is the first that it cannot know of
_end(instant) := min([instant, clock.later(data.as_of, 1)])
