package checks["6.1.1-c_test"]

import future.keywords.not

import data.checks["6.1.1-c"] as check

test_a_name_that_is_taken_is_a_violation if {
	answer := check with input as _shard({"same_name_count": 1}) with data.settings as _settings

	answer.population == 1
	answer.violations == {{
		"subject": _group.uid,
		"owner": "hr/person/han",
		"evidence": {"faults": ["duplicate"], "name": "銷售部協調"},
	}}
	answer.unknown == set()
}

test_these_names_are_violations[name] if {
	some name, faults in {
		"": ["too_short"],
		"銷售": ["too_short"],
		"12345": ["default_word"],
		"測試群12": [],
		"測試 2（新）": [],
		"Test-2026!": ["default_word"],
		"New  Group": ["default_word"],
		"新建群組 ③": ["default_word"],
		"銷售部華東區華北區華南區西南區西北區東北區客戶服務與售後支援協調群組二零二六年第三季度": ["too_long"],
	}
	answer := check with input as _shard({"name": name}) with data.settings as _settings

	{violation.evidence.faults | some violation in answer.violations} == {faults | count(faults) > 0}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name in ["測試中心", "銷售部", "abc", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"]
	answer := check with input as _shard({"name": name}) with data.settings as _settings

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_a_pattern_may_be_set[name] if {
	some name, faults in {"銷售-華東": [], "華東區": ["pattern"], "": ["pattern", "too_short"]}
	answer := check with input as _shard({"name": name})
		with data.settings as _settings
		with data.settings.group_name_pattern as "^.+-.+$"

	{violation.evidence.faults | some violation in answer.violations} == {faults | count(faults) > 0}
	answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, change in {
		"archived": {"archived": "yes", "name": ""},
		"one-to-one": {"direct": "yes", "name": ""},
	}
	answer := check with input as _shard(change) with data.settings as _settings

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[field] if {
	some field in ["name", "same_name_count"]
	group := object.union(object.remove(_group, [field]), {"unknown": {field: "stale"}})
	answer := check with input as object.union(_shard({}), {"groups": [group]}) with data.settings as _settings

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "stale"}}
}

test_a_pattern_that_is_none_decides_nothing if {
	answer := check with input as _shard({})
		with data.settings as _settings
		with data.settings.group_name_pattern as "("

	answer.violations == set()
	answer.unknown == {{"subject": _group.uid, "reason": "not_collected"}}
}

test_a_doubt_about_the_group_is_unknown[field] if {
	some field in ["archived", "direct"]
	change := {"name": "", field: "unknown", "unknown": {field: "stale"}}
	answer := check with input as _shard(change) with data.settings as _settings

	answer.unknown == {{"subject": _group.uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: {"input": _shard(change), "data": {"settings": _settings}} |
	some name, change in {
		"no name": {"name": ""},
		"an empty word": {"name": "test 2"},
		"taken": {"same_name_count": 2},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard({"name": name}), "data": {"settings": _settings}} |
	some name in ["測試中心", "abc", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"]
}

_settings := {
	"group_name_min": 3,
	"group_name_max": 40,
	"group_name_default_words": ["test", "測試", "新建群組", "new group"],
	"group_name_pattern": "",
}

_group := {
	"uid": "im/group/sales",
	"source_system": "im",
	"native_id": "sales",
	"name": "銷售部協調",
	"same_name_count": 0,
	"owners": ["im/account/han"],
	"archived": "no",
	"direct": "no",
	"unknown": {},
}

_account := {"uid": "im/account/han", "kind": "human", "state": "active", "holder": "hr/person/han", "unknown": {}}

_person := {"uid": "hr/person/han", "status": "active", "employment_type": "employee", "employments": [], "unknown": {}}

_shard(change) := object.union(_around, {"groups": [object.union(_group, change)]})

_around := {
	"accounts": [_account],
	"people": [_person],
	"context": {"groups": [], "accounts": [], "people": []},
}
