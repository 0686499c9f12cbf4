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
# description: The answer of the check in input.only, for when the report fails.
answer := _answer(data.checks[input.only])

_answer(check) := {
	"population": check.population,
	"violations": check.violations,
	"unknown": check.unknown,
}
