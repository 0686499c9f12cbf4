# METADATA
# title: Plain, exact wording
# description: An announcement names its subject and a contact, sets a date for what it asks, and uses no vague words.
package checks["6.2.3-a"]

import future.keywords.not

import data.lib.accounts
import data.lib.announcements
import data.lib.answers
import data.lib.people
import data.lib.unknowns

# METADATA
# description: How many announcements beyond a group people published in the period, or may have.
population := count(_judged)

# METADATA
# description: Those that are not plain.
violations contains {"subject": post.uid, "evidence": {
	"faults": [fault |
		some fault in ["no_subject", "no_contact", "undated_call", "vague_words"]
		_faults(post)[fault] == "yes"
	],
	"vague_words": answers.shown(post, "vague_words"),
}} if {
	some post in _judged
	_unclear(post) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": post.uid, "reason": reason} if {
	some post in _judged
	_unclear(post) == "unknown"
	reason := array.concat(_why_stale(post), [unknowns.reason(
		[post, _account(post)],
		[
			"published_at", "audience", "has_subject", "has_contact", "undated_call", "vague_words", "flags_version",
			"author", "kind",
		],
	)])[0]
}

_judged := [post |
	some post in input.announcements
	not announcements.in_period(post) == "no"
	not _beyond_group(post) == "no"
	not _by_robot(post) == "yes"
]

_unclear(post) := answers.all_of([
	announcements.in_period(post),
	_beyond_group(post),
	answers.opposite(_by_robot(post)),
	answers.any_of([answer | some answer in _faults(post)]),
])

default _beyond_group(_) := "unknown"

_beyond_group(post) := "yes" if post.audience in {"department", "company", "external"}

_beyond_group(post) := "no" if post.audience == "group"

default _by_robot(_) := "unknown"

_by_robot(post) := "no" if people.by_uid[post.author]

_by_robot(post) := accounts.robot(accounts.by_uid[post.author])

default _account(_) := {}

_account(post) := accounts.by_uid[post.author]

_faults(post) := {
	"no_subject": answers.opposite(object.get(post, "has_subject", "unknown")),
	"no_contact": answers.opposite(object.get(post, "has_contact", "unknown")),
	"undated_call": object.get(post, "undated_call", "unknown"),
	"vague_words": _vague(post),
}

# words counted by another list say nothing
default _vague(_) := "unknown"

_vague(post) := "yes" if {
	post.flags_version == data.settings.vague_words_version
	post.vague_words > data.settings.vague_words_max
}

_vague(post) := "no" if {
	post.flags_version == data.settings.vague_words_version
	post.vague_words <= data.settings.vague_words_max
}

_why_stale(post) := ["stale" | post.flags_version != data.settings.vague_words_version]
