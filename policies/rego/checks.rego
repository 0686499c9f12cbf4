# METADATA
# title: Checks
# description: One package a check; each answers population, violations and unknown.
# scope: subpackages
# schemas:
#   - input: schema.input
#   - data.company: schema.company
#   - data.settings: schema.settings
#   - data.cutoff: schema.cutoff
#   - data.horizon: schema.horizon
#   - data.history: schema.history
#   - data.period: schema.period
#   - data.calendar: schema.calendar
#   - data.policy: schema.policy
#   - data.in_force: schema.in_force
#   - data.roles: schema.roles
#   - data.sources: schema.sources
package checks
