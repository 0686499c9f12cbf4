# METADATA
# title: What is the same for every shard
# description: >-
#   Tables of the company's registers. The engine asks for them before the first shard, and lays them beside the
#   registers as `data.company.prepared`, where the libraries that define them find them. Over other registers they are
#   not there, and each library works out its own.
package lib.prepared

import future.keywords.not

import data.lib.approvals
import data.lib.departments
import data.lib.exceptions
import data.lib.organisation

# METADATA
# description: The tables, by the library that defines each.
company := {
	"approvals": {
		"by_subject": approvals.by_subject,
		"by_uid": approvals.by_uid,
		"without_subject": approvals.without_subject,
	},
	"departments": {
		"by_code": departments.by_code,
		"without_code": departments.without_code,
	},
	"exceptions": {
		"by_application": exceptions.by_application,
		"by_uid": exceptions.by_uid,
		"doubts": exceptions.doubts,
		"speaking": exceptions.speaking,
		"unsettled": exceptions.unsettled,
	},
	"organisation": {
		"by_code": organisation.by_code,
		"parents": organisation.parents,
		"successors": organisation.successors,
	},
}
