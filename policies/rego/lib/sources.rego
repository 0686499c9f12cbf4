# METADATA
# title: Sources
# description: How complete what the company collected of a fact type is, for the department of the shard.
# schemas:
#   - input: schema.input
#   - data.sources: schema.sources
package lib.sources

import future.keywords.not

# METADATA
# description: How complete the facts of the type are.
state(type) := object.get(_deviations, type, data.sources.types[type]).state

# METADATA
# description: Why the facts of the type cannot be believed to be complete; undefined if they are.
reason(type) := _reasons[state(type)]

_deviations := object.get(data.sources.departments, input.department, {})

_reasons := {
	"failed": "source_failed",
	"not_configured": "not_collected",
	"partial": "source_partial",
	"stale": "stale",
}
