# METADATA
# title: Important things are well timed
# description: What goes to the whole company goes out on a working day within hours, unless it is an emergency.
package checks["6.2.2-b"]

import future.keywords.not

import data.lib.announcements
import data.lib.answers
import data.lib.unknowns

# METADATA
# description: How many announcements to the whole company were published in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those outside working days or hours.
violations contains {"subject": post.uid, "evidence": {
	"published_local": post.published_local,
	"working_day": _working_day(post),
	"emergency": answers.shown(post, "emergency"),
}} if {
	some post in _judged
	_untimely(post) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": post.uid, "reason": reason} if {
	some post in _judged
	_untimely(post) == "unknown"
	reason := unknowns.reason([post], ["published_at", "published_local", "audience", "emergency"])
}

_judged := [post |
	some post in input.announcements
	not announcements.in_period(post) == "no"
	not _company_wide(post) == "no"
]

_untimely(post) := answers.all_of([
	announcements.in_period(post),
	_company_wide(post),
	answers.opposite(object.get(post, "emergency", "unknown")),
	answers.any_of([answers.opposite(_working_day(post)), _outside_hours(post)]),
])

default _company_wide(_) := "unknown"

_company_wide(post) := "yes" if post.audience == "company"

_company_wide(post) := "no" if post.audience in {"group", "department", "external"}

# a make-up Saturday is one, a holiday is none; a day that the calendar does not cover is not known
default _working_day(_) := "unknown"

_working_day(post) := {true: "yes", false: "no"}[data.calendar.days[split(post.published_local, "T")[0]].working]

default _outside_hours(_) := "unknown"

_outside_hours(post) := "yes" if _clock(post) < concat(":", [data.settings.post_from, "00"])

_outside_hours(post) := "yes" if _clock(post) > concat(":", [data.settings.post_until, "00"])

_outside_hours(post) := "no" if {
	_clock(post) >= concat(":", [data.settings.post_from, "00"])
	_clock(post) <= concat(":", [data.settings.post_until, "00"])
}

_clock(post) := split(post.published_local, "T")[1]
