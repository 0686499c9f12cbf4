# METADATA
# title: Accounts
# schemas:
#   - input: schema.input
package lib.accounts

import future.keywords.not

# METADATA
# description: Every account that the shard knows of, by uid.
by_uid := {account.uid: account | some account in array.concat(input.accounts, input.context.accounts)}

# METADATA
# scope: document
# description: Whether nobody can use the account any more.
default closed(_) := "unknown"

closed(account) := "yes" if account.state in {"deactivated", "deleted"}

closed(account) := "no" if account.state in {"active", "invited", "locked", "suspended"}

# METADATA
# scope: document
# description: Whether a program uses the account, not a person.
default robot(_) := "unknown"

robot(account) := "yes" if account.kind in {"service", "bot", "room_device"}

robot(account) := "no" if account.kind in {"human", "shared", "guest"}

# METADATA
# scope: document
# description: Whether one person uses the account, not a program and not several people.
default personal(_) := "unknown"

personal(account) := "yes" if account.kind == "human"

personal(account) := "no" if account.kind in {"service", "bot", "room_device", "shared", "guest"}
