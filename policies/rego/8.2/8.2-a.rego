# METADATA
# title: Sensitive data is encrypted
# description: Wherever confidential data, trade secrets or customers' data lie, they or the store are encrypted.
package checks["8.2-a"]

import future.keywords.not

import data.lib.answers
import data.lib.backups
import data.lib.scans
import data.lib.unknowns

# METADATA
# description: How many data sets are sensitive, or may be.
population := count(_judged)

# METADATA
# description: Those that lie somewhere in plain.
violations contains {"subject": data_set.uid, "evidence": {
	"classification": answers.shown(data_set, "classification"),
	"places_in_plain": [kind |
		some kind in ["location", "backup", "plan"]
		"yes" in _in_plain(data_set)[kind]
	],
	"location": answers.shown(data_set, "location"),
	"targets": sort({place.target | some place in _copies(data_set)}),
}} if {
	some data_set in _judged
	_exposed(data_set) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": data_set.uid, "reason": reason} if {
	some data_set in _judged
	_exposed(data_set) == "unknown"
	reason := unknowns.reason(
		array.concat([data_set], [record |
			some [place, field] in _places(data_set)
			store := _store(place, field)
			some record in [place, store, _host(store)]
		]),
		[
			"classification", "customer_data", "trade_secret", "location", "encrypted", "encrypted_at_rest", "target",
			"kind", "host", "disk_encrypted", "size_bytes", "effective_from", "effective_until", "created_at", "expires_at",
			"data_set",
		],
	)
}

_judged := [data_set |
	some data_set in input.data_sets
	not _sensitive(data_set) == "no"
]

_exposed(data_set) := answers.all_of([
	_sensitive(data_set),
	answers.any_of([answer |
		some kind in _in_plain(data_set)
		some answer in kind
	]),
])

_sensitive(data_set) := answers.any_of([
	_classified(data_set),
	object.get(data_set, "customer_data", "unknown"),
	object.get(data_set, "trade_secret", "unknown"),
])

default _classified(_) := "unknown"

_classified(data_set) := "yes" if data_set.classification in data.settings.encrypted_classes

_classified(data_set) := "no" if {
	data_set.classification in {"public", "internal", "confidential", "secret"}
	is_array(data.settings.encrypted_classes)
	not data_set.classification in data.settings.encrypted_classes
}

# the place itself, backups that can be read now, and targets that a plan will fill
_in_plain(data_set) := {
	"location": [_plain(data_set, _store(data_set, "location"))],
	"backup": array.concat(
		[answers.all_of([backups.good_point(point), _plain(point, _store(point, "target"))]) |
			some point in _points(data_set)
		],
		["unknown" | some stray in backups.stray_points; _plain(stray, _store(stray, "target")) != "no"],
	),
	"plan": array.concat(
		[answers.all_of([backups.in_force(plan), _plain(plan, _store(plan, "target"))]) |
			some plan in _unfilled(data_set)
		],
		["unknown" | some stray in backups.stray_plans; _plain(stray, _store(stray, "target")) != "no"],
	),
}

_copies(data_set) := array.concat(_points(data_set), _plans(data_set))

# where the data lie, and where their copies do; a copy of nobody knows what may be theirs
_places(data_set) := array.concat([[data_set, "location"]], [[copy, "target"] |
	some copies in [_copies(data_set), backups.stray_points, backups.stray_plans]
	some copy in copies
])

default _points(_) := []

_points(data_set) := backups.points_of[data_set.uid]

default _plans(_) := []

_plans(data_set) := backups.plans_of[data_set.uid]

_unfilled(data_set) := [plan |
	some plan in _plans(data_set)
	not plan.target in {point.target | some point in _points(data_set)}
]

# encryption by the store is enough, and so is that of the record
_plain(record, store) := answers.opposite(answers.any_of([
	object.get(record, "encrypted", "unknown"),
	object.get(store, "encrypted_at_rest", "unknown"),
	_disk(store),
]))

default _disk(_) := "unknown"

_disk(store) := "no" if store.kind in {"nas", "object_store", "tape", "cloud"}

_disk(store) := "no" if {
	store.kind == "local"
	answers.shown(store, "host") == "none"
}

_disk(store) := object.get(_host(store), "disk_encrypted", "unknown") if {
	store.kind == "local"
	store.host
}

default _host(_) := {}

_host(store) := scans.host_by_uid[store.host]

default _store(_, _) := {}

_store(record, field) := backups.store_by_uid[record[field]]
