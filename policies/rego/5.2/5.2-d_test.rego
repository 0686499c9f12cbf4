package checks["5.2-d_test"]

import future.keywords.not

import data.checks["5.2-d"] as check

test_an_account_that_fails_all_tests_is_a_violation if {
	account := object.union(_account, {
		"mfa_enrolled": "no",
		"password_changed_at": "2024-05-01T00:00:00Z",
		"password_compromised": "yes",
	})
	answer := check with input as _shard([account])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as _tests

	answer.population == 1
	answer.violations == {{"subject": _account.uid, "evidence": {
		"faults": ["compromised", "password_age", "second_factor"],
		"mfa_enforced": "yes",
		"mfa_enrolled": "no",
		"password_changed_at": "2024-05-01T00:00:00Z",
		"privileged": "no",
	}}}
	answer.unknown == set()
}

test_one_fault_is_enough[name] if {
	some name, case in {
		"no second factor": [{"mfa_enrolled": "no"}, ["second_factor"]],
		"guest without one": [{"mfa_enrolled": "no", "kind": "guest"}, ["second_factor"]],
		"password one second too old": [{"password_changed_at": "2025-09-30T15:59:58Z"}, ["password_age"]],
		"a program's old password": [{"password_changed_at": "2024-05-01T00:00:00Z", "kind": "service"}, ["password_age"]],
		"known to others": [{"password_compromised": "yes"}, ["compromised"]],
		"known to others, the rest is not known": [
			{"password_compromised": "yes", "mfa_enrolled": "unknown", "unknown": {"mfa_enrolled": "stale"}},
			["compromised"],
		],
		"without a password, and no second factor": [
			{"mfa_enrolled": "no", "password_changed_at": null, "password_compromised": "unknown"}, ["second_factor"],
		],
		"locked": [{"mfa_enrolled": "no", "state": "locked"}, ["second_factor"]],
	}
	answer := check with input as _shard([_changed(case[0])])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as _tests

	{violation.evidence.faults | some violation in answer.violations} == {case[1]}
	answer.unknown == set()
}

test_these_are_none[name] if {
	some name, document in innocent
	answer := check with input as document.input
		with data.cutoff.password_max_days as document.data.cutoff.password_max_days
		with data.settings.credential_tests as document.data.settings.credential_tests

	# of that one the check does not ask its question
	answer.population == count({name} - {"signs in at the provider"})
	answer.violations | answer.unknown == set()
}

test_without_a_password_there_is_none_to_keep[compromised] if {
	some compromised in ["no", "unknown"]
	account := object.union(object.remove(_account, ["password_changed_at"]), {"password_compromised": compromised})
	answer := check with input as _shard([account])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as _tests

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_these_are_outside[name] if {
	some name, change in {
		"closed": {"state": "deactivated"},
		"invited": {"state": "invited"},
		"signs in by the directory": {"auth_source": "directory", "authenticates_with": _provider.uid},
		"signs in with another account": {"auth_source": "sso", "authenticates_with": _provider.uid},
	}
	answer := check with input as _shard([object.union_n([_account, {"mfa_enrolled": "no"}, change])])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as _tests

	answer.population == 0
	answer.violations | answer.unknown == set()
}

test_a_test_may_be_taken_out if {
	answer := check with input as _shard([object.union(_account, {"mfa_enrolled": "no"})])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as ["password_age"]

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"second factor": {"mfa_enrolled": "unknown"},
		"password known to others": {"password_compromised": "unknown"},
		"kind": {"kind": "unknown", "mfa_enrolled": "no"},
		"state": {"state": "unknown", "mfa_enrolled": "no"},
		"sign-in": {"auth_source": "unknown", "mfa_enrolled": "no"},
	}
	reasons := {field: "stale" | some field, value in case; value == "unknown"}
	account := object.union_n([_account, case, {"unknown": reasons}])
	answer := check with input as _shard([account])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as _tests

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": "stale"}}
}

test_these_leave_it_open[name] if {
	some name, case in {
		"age of the password": [{"unknown": {"password_changed_at": "stale"}}, ["password_changed_at"], "stale"],
		"account at the provider not known": [
			{"auth_source": "sso", "mfa_enrolled": "no", "unknown": {"authenticates_with": "stale"}}, [], "stale",
		],
		"account at the provider not collected": [
			{"auth_source": "directory", "mfa_enrolled": "no", "authenticates_with": "idp/account/none"},
			[],
			"not_collected",
		],
	}
	account := object.remove(object.union(_account, case[0]), case[1])
	answer := check with input as _shard([account])
		with data.cutoff.password_max_days as _cutoff
		with data.settings.credential_tests as _tests

	answer.violations == set()
	answer.unknown == {{"subject": _account.uid, "reason": case[2]}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {name: document |
	some name, change in {
		"a program that also names an account at the provider": {
			"password_changed_at": "2024-05-01T00:00:00Z",
			"kind": "service",
			"authenticates_with": "idp/account/chen",
		},
		"no second factor": {"mfa_enrolled": "no"},
		"password too old": {"password_changed_at": "2024-05-01T00:00:00Z"},
		"password known to others": {"password_compromised": "yes"},
		"a program's old password": {"password_changed_at": "2024-05-01T00:00:00Z", "kind": "service"},
	}
	document := {
		"input": _shard([object.union(_account, change)]),
		"data": {"cutoff": {"password_max_days": _cutoff}, "settings": {"credential_tests": _tests}},
	}
}

# who is looked at and has done nothing wrong
innocent := {name: {"input": _shard([object.union(_account, change)]), "data": {
	"cutoff": {"password_max_days": _cutoff},
	"settings": {"credential_tests": _tests},
}} |
	some name, change in {
		"well kept": {},
		"password as old as it may be": {"password_changed_at": _cutoff},
		"a program without a second factor": {"mfa_enrolled": "no", "kind": "bot"},
		"a service without a second factor": {"mfa_enrolled": "no", "kind": "service"},
		"several people's without a second factor": {"mfa_enrolled": "no", "kind": "shared"},
		"a room without a second factor": {"mfa_enrolled": "no", "kind": "room_device"},
		"signs in at the provider": {
			"mfa_enrolled": "no",
			"auth_source": "sso",
			"authenticates_with": "idp/account/chen",
		},
	}
}

_cutoff := "2025-09-30T15:59:59Z"

_tests := ["second_factor", "password_age", "compromised"]

_account := {
	"uid": "im/account/chen",
	"kind": "human",
	"state": "active",
	"auth_source": "local",
	"mfa_enrolled": "yes",
	"mfa_enforced": "yes",
	"password_changed_at": "2026-05-01T00:00:00Z",
	"password_compromised": "no",
	"privileged": "no",
	"unknown": {},
}

# null takes away
_changed(fields) := object.filter(object.union(_account, fields), {field |
	some field, value in object.union(_account, fields)
	not is_null(value)
})

_provider := object.union(_account, {"uid": "idp/account/chen"})

_shard(accounts) := {"accounts": accounts, "context": {"accounts": [_provider]}}
