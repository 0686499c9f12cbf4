# METADATA
# title: No flood
# description: What a department posts beyond the number allowed for a day, to itself or to all, is a violation.
package checks["6.2.2-a"]

import future.keywords.not

import data.lib.announcements
import data.lib.answers
import data.lib.unknowns

# METADATA
# description: How many posts to a department or the company were published in the period, or may have been.
population := count(_judged)

# METADATA
# description: Those beyond the limit of their day.
violations contains {"subject": post.uid, "evidence": {
	"day": _day(post),
	"audience": post.audience,
	"ordinal": count(_texts_before(post)) + 1,
	"limit": _limit(post),
}} if {
	some post in _judged
	_flooding(post) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": post.uid, "reason": reason} if {
	some post in _judged
	_flooding(post) == "unknown"
	reason := unknowns.reason(
		array.concat([post], _perhaps_before(post)),
		["published_at", "published_local", "audience", "department_code", "emergency", "text_sha256"],
	)
}

_judged := [post |
	some post in input.announcements
	not _counts(post) == "no"
]

_flooding(post) := answers.all_of([_counts(post), answers.opposite(_repeats(post)), _beyond(post)])

_counts(post) := answers.all_of([
	announcements.in_period(post),
	_wide(post),
	answers.opposite(object.get(post, "emergency", "unknown")),
	_dated(post),
])

default _wide(_) := "unknown"

_wide(post) := "yes" if _limit(post)

_wide(post) := "no" if post.audience in {"group", "external"}

_limit(post) := {
	"department": data.settings.posts_department_day,
	"company": data.settings.posts_company_day,
}[post.audience]

default _dated(_) := "unknown"

_dated(post) := "yes" if _series(post)

# the day by the company's clock
_day(post) := split(post.published_local, "T")[0]

# posts that are counted together: of a department, by the code that it had then, to the same audience, on one day
_series(post) := concat(" ", [_day(post), post.audience, post.department_code])

_certain := {series: posts |
	some series in {_series(post) | some post in _counted}
	posts := [post | some post in _counted; _series(post) == series]
}

_counted := [post |
	some post in _judged
	_counts(post) == "yes"
]

_uncertain := [post |
	some post in _judged
	_counts(post) == "unknown"
]

# those that certainly came earlier in the same series
_before(post) := [other |
	some other in _series_of(post)
	_earlier(other, post)
]

_series_of(post) := object.get(_certain, object.get(_names, post.uid, ""), [])

_names := {post.uid: _series(post) | some post in _judged}

# and those that may have, with these
_perhaps_before(post) := [other |
	some other in array.concat(_series_of(post), _uncertain)
	other.uid != post.uid
	not _apart(other, post)
]

# in the same second the uid decides, so that one of them is the first
_earlier(other, post) if {
	other.uid != post.uid
	min({_place(other), _place(post)}) == _place(other)
}

_place(post) := [post.published_at, post.uid]

_apart(other, post) if _earlier(post, other)

_apart(other, post) if other.department_code != post.department_code

_apart(other, post) if _day(other) != _day(post)

_apart(other, post) if {
	other.audience in {"department", "company"}
	other.audience != post.audience
}

# one text over several channels is one post
_texts_before(post) := {other.text_sha256 | some other in _before(post)}

default _repeats(_) := "unknown"

_repeats(post) := "yes" if post.text_sha256 in _texts_before(post)

_repeats(post) := "no" if {
	every other in _perhaps_before(post) {
		other.text_sha256 != post.text_sha256
	}
}

default _beyond(_) := "unknown"

_beyond(post) := "yes" if count(_texts_before(post)) >= _limit(post)

_beyond(post) := "no" if {
	_dated(post) == "yes"
	count({object.get(other, "text_sha256", other.uid) |
		some other in _perhaps_before(post)
	}) < _limit(post)
}
