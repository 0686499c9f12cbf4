# METADATA
# title: Audit report
# description: What the engine asks; composes the checks under data.checks.
# schemas:
#   - input: schema.asked
package audit

import future.keywords.not

# METADATA
# description: The answers of all checks, by check id.
# entrypoint: true
report := {id: _answer(check) | some id, check in data.checks}

# METADATA
# scope: document
# description: >-
#   The answer of the check in input.only, for when the report fails; over the registers in input.supposed, if they are
#   there: the audit asks what would make a check pass.
answer := _answer(data.checks[input.only]) if not input.supposed

answer := value if {
	# regal ignore:with-outside-test-context
	value := _answer(data.checks[input.only]) with data.company as input.supposed
}

_answer(check) := {
	"population": check.population,
	"violations": check.violations,
	"unknown": check.unknown,
}
