# METADATA
# title: Why something is not known
package lib.unknowns

import future.keywords.not

# METADATA
# scope: document
# description: The first reason that the records give for one of the fields.
default reason(_, _) := "not_collected"

reason(records, fields) := reasons[0] if {
	reasons := every_reason(records, fields)
	count(reasons) > 0
}

# METADATA
# description: All reasons that the records give for the fields, in their order; most records have none at all.
every_reason(records, fields) := [why |
	some record in records
	count(record.unknown) > 0
	some field in fields
	why := record.unknown[field]
]

# METADATA
# scope: document
# description: The same where not every record is asked for the same fields; each is a pair of records and their fields.
default first(_) := "not_collected"

first(asked) := reasons[0] if {
	reasons := [why |
		some [records, fields] in asked
		some record in records
		some field in fields
		why := record.unknown[field]
	]
	count(reasons) > 0
}

# METADATA
# description: The reason why the field of the record is not known; undefined if it is known, or known to be none.
why(record, field) := record.unknown[field]
