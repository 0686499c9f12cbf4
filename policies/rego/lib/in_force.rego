# METADATA
# title: Checks in force
# description: Whether a check holds on the day of a fact, for checks that judge each fact by the version of its day.
package lib.in_force

import future.keywords.not

default on(_, _, _) := "unknown"

# METADATA
# scope: document
# description: Whether the check holds at the instant that a field of a record states; unknown if it states none.
on(check, record, field) := "yes" if _covered(check, record[field])

on(check, record, field) := "no" if {
	is_string(record[field])
	not _covered(check, record[field])
}

_covered(check, instant) if {
	is_string(instant)
	not data.in_force[check]
}

_covered(check, instant) if {
	some period in data.in_force[check]
	period.from <= instant
	instant < period.until
}
