package checks["3.3-a_test"]

import future.keywords.not

import data.checks["3.3-a"] as check

test_an_outsider_without_sponsor_in_a_confidential_group_is_a_violation[name] if {
	some name, case in {
		"nobody": [{}, "confidential", "none"],
		"in a secret group": [{}, "secret", "none"],
		"sponsor left yesterday": [{"sponsor": "hr/person/gone"}, "confidential", "left"],
		"sponsor starts tomorrow": [{"sponsor": "hr/person/soon"}, "confidential", "left"],
		"sponsor is an outsider": [{"sponsor": "hr/person/outside"}, "confidential", "external"],
		"in through another group": [{"via": "nested"}, "confidential", "none"],
	}
	membership := object.union(_guest, case[0])
	answer := check with input as _shard({"label": case[1]}, [membership, _member])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.population == 1
	answer.unknown == set()
	answer.violations == {{"subject": _group.uid, "evidence": {
		"label": case[1],
		"outsiders": [_guest.uid],
		"sponsors": [case[2]],
	}}}
}

test_several_outsiders_are_one_violation if {
	second := object.union(_guest, {"uid": "im/membership/g/second", "sponsor": "hr/person/gone"})
	third := object.union(_guest, {"uid": "im/membership/g/third", "sponsor": "hr/person/chen"})
	answer := check with input as _shard({}, [second, _guest, third])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.violations == {{"subject": _group.uid, "evidence": {
		"label": "confidential",
		"outsiders": [_guest.uid, second.uid],
		"sponsors": ["left", "none"],
	}}}
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.as_of as document.data.as_of
		with data.settings.confidential_labels as document.data.settings.confidential_labels

	answer.population == count({name} - _outside)
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"label, and an outsider without sponsor": [{"label": "unknown", "unknown": {"label": "stale"}}, [_guest]],
		"label, and one who may be an outsider": [{"label": "unknown", "unknown": {"label": "stale"}}, [_maybe]],
		"external": [{}, [_maybe]],
		"sponsor": [{}, [object.union(_guest, {"unknown": {"sponsor": "stale"}})]],
		"sponsor's service": [{}, [object.union(_guest, {"sponsor": "hr/person/unclear"})]],
		"sponsor's employment": [{}, [object.union(_guest, {"sponsor": "hr/person/strange"})]],
		"sponsor's first day": [{}, [object.union(_guest, {"sponsor": "hr/person/new"})]],
		"sponsor's status": [{}, [object.union(_guest, {"sponsor": "hr/person/nothing"})]],
		"external, beside one of whom it is known": [{}, [_employee, _maybe]],
		"external, on a list that is cut short": [{"member_count": 2}, [_maybe]],
		"how many there are": [{"unknown": {"member_count": "stale"}}, [_member]],
		"how many there are, with none to be seen": [{"unknown": {"member_count": "stale"}}, []],
		"label, and a list that is cut short": [
			{"label": "unknown", "member_count": 2, "unknown": {"label": "stale"}},
			[_member],
		],
		"archived": [{"archived": "unknown", "unknown": {"archived": "stale"}}, [_guest]],
		"archived, and a list that is cut short": [
			{"archived": "unknown", "member_count": 2, "unknown": {"archived": "stale"}},
			[_member],
		],
	}
	answer := check with input as _shard(case[0], case[1])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "stale"}}
}

test_a_list_that_is_cut_short_proves_nothing if {
	answer := check with input as _shard({"member_count": 2}, [_member])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "source_partial"}}
}

test_who_is_in_twice_stands_for_nobody_else if {
	again := object.union(_member, {"uid": "im/membership/g/again", "via": "nested"})
	answer := check with input as _shard({"member_count": 2}, [_member, again])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "source_partial"}}
}

test_an_outsider_decides_whatever_else_is_not_known if {
	answer := check with input as _shard({"member_count": 3}, [_maybe, _guest])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	count(answer.violations) == 1
	answer.unknown == set()
}

test_a_list_that_is_whole_hides_nobody if {
	answer := check with input as _shard({"member_count": 1}, [_guest])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	count(answer.violations) == 1
	answer.unknown == set()
}

test_only_who_is_not_sponsored_is_counted if {
	sponsored := object.union(_guest, {"uid": "im/membership/g/second", "sponsor": "hr/person/chen"})
	elsewhere := object.union(_guest, {"uid": "im/membership/other/guest", "group": "im/group/other"})
	answer := check with input as _shard({}, [_guest, sponsored, elsewhere])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.population == 1
	answer.violations == check.violations with input as _shard({}, [_guest])
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels
}

# what the law of missing facts is tried on: each input gives a violation
violating := {
	"nobody answers for the guest": {"input": _shard({}, [_guest]), "data": _data},
	"nobody answers for the guest, and all are listed": {"input": _shard({"member_count": 1}, [_guest]), "data": _data},
	"who answered for the guest has left": {
		"input": _shard({}, [object.union(_guest, {"sponsor": "hr/person/gone"})]),
		"data": _data,
	},
	"an outsider answers for the guest": {
		"input": _shard({}, [object.union(_guest, {"sponsor": "hr/person/outside"})]),
		"data": _data,
	},
	"the guest answers for himself": {
		"input": _held(_shard({}, [object.union(_guest, {"sponsor": "hr/person/chen"})]), {"holder": "hr/person/chen"}),
		"data": _data,
	},
}

test_who_may_answer_for_himself_is_unknown if {
	document := _shard({}, [object.union(_guest, {"sponsor": "hr/person/chen"})])
	answer := check with input as _held(document, {"unknown": {"holder": "ambiguous"}})
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "ambiguous"}}
}

test_somebody_elses_account_is_sponsored if {
	document := _shard({}, [object.union(_guest, {"sponsor": "hr/person/chen"})])
	answer := check with input as _held(document, {"holder": "hr/person/outside"})
		with data.as_of as _as_of
		with data.settings.confidential_labels as _labels

	answer.violations | answer.unknown == set()
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard(case[0], case[1]), "data": {
	"as_of": _as_of,
	"settings": {"confidential_labels": _labels},
}} |
	some name, case in {
		"internal": [{"label": "internal"}, [_guest]],
		"public": [{"label": "public"}, [_guest]],
		"archived": [{"archived": "yes"}, [_guest]],
		"no outsider": [{}, [_member]],
		"nobody at all": [{}, []],
		"not labelled and no outsider": [{"label": "unknown", "unknown": {"label": "stale"}}, [_member]],
		"sponsored": [{}, [object.union(_guest, {"sponsor": "hr/person/chen"})]],
		"an end that is over is another check's": [{}, [object.union(_guest, {
			"sponsor": "hr/person/chen",
			"sponsored_until_ends_at": "2026-08-31T16:00:00Z",
		})]],
		"sponsor's last day is today": [{}, [object.union(_guest, {"sponsor": "hr/person/last_day"})]],
		"sponsored by an intern": [{}, [object.union(_guest, {"sponsor": "hr/person/intern"})]],
		"in another group": [{}, [object.union(_guest, {"group": "im/group/other"})]],
		"of a platform that states no number": [{"unknown": {"member_count": "not_collected"}}, [_member]],
		"of an edition that states no number": [{"unknown": {"member_count": "not_licensed"}}, [_member]],
		"as many as the platform counts": [{"member_count": 1}, [_member]],
		"as many as the platform counts, one in twice": [
			{"member_count": 1},
			[_member, object.union(_member, {"uid": "im/membership/g/again", "via": "nested"})],
		],
	}
}

# of these the check does not ask its question
_outside := {"archived", "internal", "public"}

_data := {"as_of": _as_of, "settings": {"confidential_labels": _labels}}

_as_of := "2026-09-30T15:59:59Z"

_labels := ["confidential", "secret"]

_group := {
	"uid": "im/group/deal",
	"label": "confidential",
	"archived": "no",
	"unknown": {"member_count": "not_supported"},
}

_member := {
	"uid": "im/membership/g/member",
	"group": "im/group/deal",
	"account": "im/account/member",
	"external": "no",
	"unknown": {},
}

_guest := object.union(_member, {"uid": "im/membership/g/guest", "external": "yes"})

_maybe := object.union(
	_member,
	{"uid": "im/membership/g/maybe", "external": "unknown", "unknown": {"external": "stale"}},
)

_employee := object.union(_member, {"uid": "im/membership/g/chen", "unknown": {"sponsor": "redacted"}})

_person(uid, fields) := object.filter(person, [field | some field, value in person; not is_null(value)]) if {
	person := object.union(
		{
			"uid": uid,
			"status": "active",
			"employment_type": "employee",
			"hire_day_starts_at": "2020-01-01T16:00:00Z",
			"employments": [],
			"unknown": {},
		},
		fields,
	)
}

_people := [
	_person("hr/person/chen", {}),
	_person("hr/person/intern", {"employment_type": "intern"}),
	_person("hr/person/outside", {"employment_type": "external"}),
	_person("hr/person/soon", {"hire_day_starts_at": "2026-09-30T16:00:00Z"}),
	_person("hr/person/gone", {"status": "left", "last_day_ends_at": "2026-09-29T16:00:00Z"}),
	_person("hr/person/last_day", {"last_day_ends_at": "2026-09-30T16:00:00Z"}),
	_person("hr/person/unclear", {"status": "left", "unknown": {"last_day_ends_at": "stale"}}),
	_person("hr/person/new", {"hire_day_starts_at": null, "unknown": {"hire_day_starts_at": "stale"}}),
	_person("hr/person/nothing", {"hire_day_starts_at": null, "status": "unknown", "unknown": {"status": "stale"}}),
	_person("hr/person/strange", {"employment_type": "unknown", "unknown": {"employment_type": "stale"}}),
]

_shard(group, memberships) := {
	# who states a number does not say why there is none
	"groups": [json.remove(object.union(_group, group), [path | path := "unknown/member_count"; group.member_count])],
	"memberships": memberships,
	"people": _people,
	"accounts": [{"uid": "im/account/member", "unknown": {}}],
	"context": {"accounts": [], "people": [], "groups": []},
}

_held(document, account) := object.union(
	document,
	{"accounts": [object.union({"uid": "im/account/member", "unknown": {}}, account)]},
)
