# METADATA
# title: Questions with three answers
# description: Puts together what is answered yes, no or unknown.
package lib.answers

import future.keywords.not

# METADATA
# scope: document
# description: Whether one of the answers is yes; yes beats unknown beats no.
default any_of(_) := "unknown"

any_of(answers) := "yes" if "yes" in answers

any_of(answers) := "no" if {
	every answer in answers {
		answer == "no"
	}
}

# METADATA
# scope: document
# description: Whether all of the answers are yes; no beats unknown beats yes.
default all_of(_) := "unknown"

all_of(answers) := "no" if "no" in answers

all_of(answers) := "yes" if {
	every answer in answers {
		answer == "yes"
	}
}

# METADATA
# scope: document
# description: The opposite answer.
default opposite(_) := "unknown"

opposite("yes") := "no"

opposite("no") := "yes"

# METADATA
# scope: document
# description: A field for the evidence; "none" if it is known to be none, "unknown" if it is not known.
default shown(_, _) := "unknown"

shown(record, field) := record[field]

shown(record, field) := "none" if {
	record.uid
	not record[field]
	not record.unknown[field]
}
