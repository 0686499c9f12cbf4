# METADATA
# title: Time between events
# description: Distances in whole seconds; instants themselves are compared as texts.
package lib.time

import future.keywords.not

_second := 1000000000

# METADATA
# description: How many seconds the later instant is after the earlier one; negative if it is before.
seconds(earlier, later) := (time.parse_rfc3339_ns(later) - time.parse_rfc3339_ns(earlier)) / _second
