# METADATA
# title: Important data goes to the designated storage
# description: Important data lies on designated storage, and has a good copy on other designated storage.
package checks["7.1-b"]

import future.keywords.not

import data.lib.answers
import data.lib.backups
import data.lib.unknowns

# METADATA
# description: How many data sets are important, or may be.
population := count(_judged)

# METADATA
# description: Those without a copy, or where they or their newest copy lie in a place that is not designated.
violations contains {"subject": data_set.uid, "evidence": {
	"location": answers.shown(data_set, "location"),
	"designated": answers.shown(_store(data_set, "location"), "designated"),
	"copies": count([copy | some copy in _copies(data_set); _counts(data_set, copy) == "yes"]),
	"target": object.get(_newest(data_set), "target", "none"),
	"faults": [fault |
		some fault in ["no_copy", "location", "target"]
		_faults(data_set)[fault] == "yes"
	],
}} if {
	some data_set in _judged
	_misplaced(data_set) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": data_set.uid, "reason": reason} if {
	some data_set in _judged
	_misplaced(data_set) == "unknown"
	reason := unknowns.reason(
		array.concat([data_set, _store(data_set, "location"), _store(_newest(data_set), "target")], _doubtful(data_set)),
		[
			"important", "retired", "location", "designated", "data_set", "result", "size_bytes", "target", "started_at",
			"created_at", "expires_at",
		],
	)
}

_judged := [data_set |
	some data_set in input.data_sets
	not data_set.important == "no"
	not backups.in_use(data_set) == "no"
]

_misplaced(data_set) := answers.all_of([
	object.get(data_set, "important", "unknown"),
	backups.in_use(data_set),
	answers.any_of([answer | some answer in _faults(data_set)]),
])

_faults(data_set) := {
	"no_copy": answers.opposite(_copied(data_set)),
	"location": _undesignated(_store(data_set, "location")),
	"target": _newest_astray(data_set),
}

_copied(data_set) := answers.any_of(array.concat(
	[_counts(data_set, copy) | some copy in _copies(data_set)],
	["unknown" | some copy in _doubtful(data_set)],
))

# what may be a copy of the data set, and is none for certain
_doubtful(data_set) := array.concat(
	[copy | some copy in _copies(data_set); _counts(data_set, copy) == "unknown"],
	[stray | some stray in _strays; not _counts(data_set, stray) == "no"],
)

_strays := array.concat(
	[run |
		some run in input.backup_runs
		not backups.data_set_by_uid[run.data_set]
	],
	backups.stray_points,
)

_copies(data_set) := array.concat(_runs(data_set), _points(data_set))

default _runs(_) := []

_runs(data_set) := backups.runs_of_data_set[data_set.uid]

default _points(_) := []

_points(data_set) := backups.points_of[data_set.uid]

# a copy beside the data is no backup
_counts(data_set, copy) := answers.all_of([_good(copy), _elsewhere(data_set, copy)])

_good(copy) := backups.good_point(copy) if copy.created_at

_good(copy) := backups.good_run(copy) if not copy.created_at

default _elsewhere(_, _) := "unknown"

_elsewhere(data_set, copy) := "no" if copy.target == data_set.location

_elsewhere(data_set, copy) := "yes" if {
	copy.target != data_set.location
	backups.store_by_uid[copy.target]
	backups.store_by_uid[data_set.location]
}

default _undesignated(_) := "unknown"

_undesignated(store) := answers.opposite(store.designated)

default _newest_astray(_) := "unknown"

# what may be a newer copy must lie no better and no worse
_newest_astray(data_set) := answer if {
	newest := _newest(data_set)
	newer := [copy | some copy in _doubtful(data_set); not _made(copy) < _made(newest)]
	places := {_undesignated(_store(copy, "target")) | some copy in array.concat([newest], newer)}
	count(places) == 1
	some answer in places
}

# the newest copy that is certain; an empty object if there is none
default _newest(_) := {}

_newest(data_set) := _newest_of[data_set.uid]

_newest_of := {data_set.uid: copy |
	some data_set in _judged
	sure := [copy |
		some copy in _copies(data_set)
		_counts(data_set, copy) == "yes"
	]
	latest := max({[_made(copy), copy.uid] | some copy in sure})
	some copy in sure
	[_made(copy), copy.uid] == latest
}

_made(copy) := copy.created_at

_made(copy) := copy.started_at

default _store(_, _) := {}

_store(record, field) := backups.store_by_uid[record[field]]
