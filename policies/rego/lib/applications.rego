# METADATA
# title: Applications and where they are installed
# description: What is a work communication tool, whether the company chose it, and on which devices it is.
# schemas:
#   - input: schema.input
#   - data.company: schema.company
#   - data.cutoff: schema.cutoff
package lib.applications

import future.keywords.not

import data.lib.answers
import data.lib.organisation
import data.lib.people
import data.lib.unknowns

# METADATA
# description: Every product that a register or the catalogue knows, by uid.
by_uid := {application.uid: application | some application in data.company.applications}

# METADATA
# description: Every device that the shard knows of, by uid.
hosts := {host.uid: host | some host in array.concat(input.hosts, input.context.hosts)}

# METADATA
# scope: document
# description: The product of an install; an empty object if it is not known.
default of(_) := {}

of(install) := by_uid[install.application]

# METADATA
# scope: document
# description: The device of an install; an empty object if it is not known.
default device(_) := {}

device(install) := hosts[install.host]

# METADATA
# scope: document
# description: Whether the product is for work communication other than mail.
default communicates(_) := "unknown"

communicates(application) := "yes" if application.category in {"chat", "collaboration", "meeting"}

communicates(application) := "no" if application.category in {"mail", "other"}

_people_here := {person.uid | some person in input.people}

# METADATA
# scope: document
# description: Whether the product is judged in this shard, by its department or its owner; nobody's is the company's.
is_here(application) if organisation.is_here(application.department_code)

is_here(application) if {
	not application.department_code
	application.owner in _people_here
}

is_here(application) if {
	not application.department_code
	input.department == "_company"
	not people.by_uid[application.owner].department_code
}

# METADATA
# scope: document
# description: Whether what is installed is a product for work communication.
default is_tool(_) := "unknown"

is_tool(install) := communicates(by_uid[install.application])

is_tool(install) := "no" if answers.shown(install, "application") == "none"

# METADATA
# scope: document
# description: Whether the company chose the product for everybody; what no register knows nobody chose.
default selected(_) := "unknown"

selected(application) := "yes" if application.selected == "yes"

selected(application) := "no" if {
	not application.selected == "yes"
	"no" in {object.get(application, "selected", ""), object.get(application, "registered", "")}
}

# METADATA
# scope: document
# description: Whether the device of the install was heard of lately; what a silent one has is unknown, never "no".
default seen(_) := "unknown"

seen(install) := "yes" if device(install).last_seen_at >= data.cutoff.host_seen_days

# METADATA
# scope: document
# description: The codes of the departments of the device's user, second posts too; null if they are not known.
default departments(_) := null

departments(install) := {user.department_code} | {post.department_code | some post in user.posts} if {
	user := people.by_uid[device(install).owner]
}

departments(install) := {device(install).department_code} if answers.shown(device(install), "owner") == "none"

departments(install) := {input.department} if {
	answers.shown(device(install), "owner") == "none"
	answers.shown(device(install), "department_code") == "none"
}

# METADATA
# scope: document
# description: Why something about the install is not known; the fields of other records are looked at after its own.
reason(install, _, _) := "stale" if _silent(install)

reason(install, others, fields) := reasons[0] if {
	not _silent(install)
	found := array.concat(
		_own_reasons(install),
		unknowns.every_reason(others, fields),
	)
	reasons := array.concat(found, ["not_collected"])
}

# several checks ask the same of an install
_own_reasons(install) := unknowns.every_reason(
	[install, of(install), device(install)],
	["application", "category", "selected", "registered", "last_seen_at", "owner"],
)

_silent(install) if device(install).last_seen_at < data.cutoff.host_seen_days
