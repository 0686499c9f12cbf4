# METADATA
# title: Civil days
# description: A day is known by the instant at which it ends in the company's zone, and lies in one period.
package lib.days

import future.keywords.not

import data.lib.answers
import data.lib.time as clock

# METADATA
# scope: document
# description: Whether the day is over; the last second of the day of the audit stands for the whole of it.
default over(_) := "unknown"

over(ends_at) := "yes" if ends_at <= clock.later(data.as_of, 1)

over(ends_at) := "no" if ends_at > clock.later(data.as_of, 1)

# METADATA
# description: Whether the day lies in the period and is over.
in_period(ends_at) := answers.all_of([_after_start(ends_at), _before_end(ends_at), over(ends_at)])

default _after_start(_) := "unknown"

_after_start(ends_at) := "yes" if ends_at > data.period.from

_after_start(ends_at) := "no" if ends_at <= data.period.from

default _before_end(_) := "unknown"

_before_end(ends_at) := "yes" if ends_at <= data.period.to

_before_end(ends_at) := "no" if ends_at > data.period.to
