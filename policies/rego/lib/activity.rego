# METADATA
# title: When an account was last used
# description: The states of last_activity, asked with three answers.
# schemas:
#   - input: schema.input
package lib.activity

import future.keywords.not

import data.lib.time as clock

# METADATA
# scope: document
# description: Whether what the source saw was use; an attempt to sign in may have failed.
default use(_) := "unknown"

use(account) := "yes" if account.last_activity.kind in {"login", "api", "message", "presence"}

# METADATA
# description: >-
#   By how many seconds the last use was surely before the instant, the blur of the source taken off;
#   negative if it may have been after it.
margin(account, instant) := clock.seconds(account.last_activity.at, instant) - _precision(account)

_precision(account) := object.get(account.last_activity, "precision_s", 0)

# METADATA
# scope: document
# description: Whether the account was surely not used since the instant; whether it was ever used is not asked here.
default unused_since(_, _) := "unknown"

unused_since(account, instant) := "yes" if {
	account.last_activity.state == "at"
	margin(account, instant) > 0
}

# an attempt that is late proves no use
unused_since(account, instant) := "no" if {
	account.last_activity.state == "at"
	account.last_activity.at >= instant
	use(account) == "yes"
}

unused_since(account, instant) := "yes" if {
	account.last_activity.state == "not_since"
	account.last_activity.bound <= instant
}
