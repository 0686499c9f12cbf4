# METADATA
# title: Papers about an install
# description: Whatever decides whether an exception covers an install, to be asked why that is not known.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
package lib.papers

import future.keywords.not

import data.lib.applications
import data.lib.exceptions
import data.lib.organisation
import data.lib.people

# METADATA
# description: Requests and approvals for the product, its device and user, and the departments that ask or use.
of_install(install) := array.concat(
	array.concat(exceptions.papers_about(install), _user(install)),
	[organisation.by_code[code] | some code in (_using(install) | _asking(install))],
)

_user(install) := array.concat(
	[applications.device(install)],
	[person | person := people.by_uid[applications.device(install).owner]],
)

_using(install) := {code |
	codes := applications.departments(install)
	is_set(codes)
	some own in codes
	some code in organisation.line(own)
}

_asking(install) := {code |
	some request in exceptions.about(install)
	some code in organisation.became(request.department_code)
}
