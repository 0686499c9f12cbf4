# METADATA
# title: Backups
# description: Which backups are worth the name, and what belongs to which plan and data set.
# schemas:
#   - input: schema.input
package lib.backups

import future.keywords.not

import data.lib.answers
import data.lib.people
import data.lib.time as clock

# METADATA
# description: Every data set that the shard knows of, by uid.
data_set_by_uid := {row.uid: row | some row in array.concat(input.data_sets, input.context.data_sets)}

# METADATA
# description: Every store that the shard knows of, by uid.
store_by_uid := {row.uid: row | some row in array.concat(input.storage_locations, input.context.storage_locations)}

# METADATA
# scope: document
# description: Whether the data set of a plan is in use.
default in_use(_) := "unknown"

in_use(data_set) := answers.opposite(object.get(data_set, "retired", "unknown"))

# METADATA
# scope: document
# description: Whether the plan holds now, by its dates.
default in_force(_) := "unknown"

in_force(plan) := answers.all_of([_begun(plan), _lasts(plan)])

default _begun(_) := "unknown"

_begun(plan) := "yes" if plan.effective_from <= data.as_of

_begun(plan) := "no" if plan.effective_from > data.as_of

default _lasts(_) := "unknown"

_lasts(plan) := "yes" if plan.effective_until > data.as_of

_lasts(plan) := "no" if plan.effective_until <= data.as_of

_lasts(plan) := "yes" if answers.shown(plan, "effective_until") == "none"

# METADATA
# description: The plans of each data set.
plans_of := {data_set: rows |
	some data_set in {row.data_set | some row in input.backup_plans}
	rows := [row | some row in input.backup_plans; row.data_set == data_set]
}

# METADATA
# description: Plans of nobody knows which data set; some lie elsewhere for that very reason.
stray_plans := array.concat(
	[row |
		some row in input.backup_plans
		not data_set_by_uid[row.data_set]
	],
	[row |
		some row in input.context.backup_plans
		not data_set_by_uid[row.data_set]
	],
)

# METADATA
# description: The runs of each plan.
runs_of := {plan: rows |
	some plan in {row.plan | some row in input.backup_runs}
	rows := [row | some row in input.backup_runs; row.plan == plan]
}

# METADATA
# description: The runs of each data set.
runs_of_data_set := {data_set: rows |
	some data_set in {row.data_set | some row in input.backup_runs}
	rows := [row | some row in input.backup_runs; row.data_set == data_set]
}

# METADATA
# description: Runs of which it is not known what plan or what data set they belong to.
stray_runs := [row |
	some row in input.backup_runs
	not _placed(row)
]

_placed(run) if {
	run.plan
	data_set_by_uid[run.data_set]
}

# METADATA
# description: What can be read in the stores now, by data set.
points_of := {data_set: rows |
	some data_set in {row.data_set | some row in input.restore_points}
	rows := [row | some row in input.restore_points; row.data_set == data_set]
}

# METADATA
# description: What can be read in the stores now and belongs to nobody knows which data set.
stray_points := [row |
	some row in input.restore_points
	not data_set_by_uid[row.data_set]
]

# METADATA
# scope: document
# description: Whether there is a plan or a backup of which it is not known what it is for; it may be for anything.
default stray := "no"

stray := "unknown" if {
	some rows in [stray_plans, stray_runs, stray_points]
	count(rows) > 0
}

# METADATA
# scope: document
# description: Whether a run left a backup with something in it; a success of zero bytes is none.
default good_run(_) := "unknown"

good_run(run) := answers.all_of([_succeeded(run), _filled(run), happened(run, "started_at")])

default _succeeded(_) := "unknown"

_succeeded(run) := "yes" if run.result == "success"

_succeeded(run) := "no" if run.result in {"partial", "failed", "running"}

default _filled(_) := "unknown"

_filled(record) := "yes" if record.size_bytes > 0

_filled(record) := "no" if record.size_bytes == 0

_filled(record) := "yes" if {
	not record.size_bytes
	record.verify_result == "yes"
}

# METADATA
# scope: document
# description: Whether a restore point can be read, and has something in it.
default good_point(_) := "unknown"

good_point(point) := answers.all_of([_filled(point), happened(point, "created_at"), _readable(point)])

default _readable(_) := "unknown"

_readable(point) := "yes" if point.expires_at > data.as_of

_readable(point) := "no" if point.expires_at <= data.as_of

_readable(point) := "yes" if answers.shown(point, "expires_at") == "none"

# it is listed in the store, so that an end that the tool does not tell has not come
_readable(point) := "yes" if point.unknown.expires_at == "not_supported"

# METADATA
# scope: document
# description: Whether the instant in the field is not after the snapshot.
default happened(_, _) := "unknown"

happened(record, field) := "yes" if record[field] <= data.as_of

happened(record, field) := "no" if record[field] > data.as_of

# METADATA
# scope: document
# description: Whether no more than one interval of the plan with its grace lies between the instant and the snapshot.
default within_interval(_, _) := "unknown"

within_interval(plan, instant) := "yes" if clock.seconds(instant, data.as_of) <= allowed(plan)

within_interval(plan, instant) := "no" if clock.seconds(instant, data.as_of) > allowed(plan)

# METADATA
# description: Seconds that may lie between two backups of the plan, its grace included.
allowed(plan) := min([plan.interval_s, data.settings.backup_interval_max_s]) * data.settings.backup_grace_factor

# METADATA
# scope: document
# description: >-
#   Whether the newest proof is good and not older than the cutoff. A proof has its instant (at, empty if not known),
#   its result (yes, no, unknown), whether it belongs here (yes, unknown) and whether its tool never tells (untold).
default proven(_, _, _) := "unknown"

proven(proofs, cutoff, due) := "no" if {
	_failed_last(proofs)
	is_string(cutoff)
	due in {"yes", "no", "unknown"}
	not _hope_after(proofs, last(proofs, "no"))
}

proven(proofs, cutoff, _) := "yes" if {
	not _failed_last(proofs)
	last(proofs, "yes") >= cutoff
	not _threat_after(proofs, last(proofs, "yes"))
}

proven(proofs, cutoff, due) := answers.opposite(due) if {
	not _failed_last(proofs)
	last(proofs, "yes") < cutoff
	not _hope_since(proofs, cutoff)
}

# METADATA
# description: When the newest certain proof with the result was made; empty if there is none.
last(proofs, result) := max({""} | {proof.at | some proof in proofs; _certain(proof); proof.result == result})

_failed_last(proofs) if last(proofs, "no") > last(proofs, "yes")

_certain(proof) if {
	proof.belongs == "yes"
	proof.at != ""
}

_hope_after(proofs, instant) if {
	some proof in proofs
	not proof.untold
	proof.result != "no"
	not _settled(proof)
	_after(proof, instant)
}

_threat_after(proofs, instant) if {
	some proof in proofs
	not proof.untold
	proof.result != "yes"
	not _settled(proof)
	_after(proof, instant)
}

_hope_since(proofs, cutoff) if {
	some proof in proofs
	proof.result != "no"
	not _settled(proof)
	not proof.at < cutoff
}

_hope_since(proofs, _) if {
	some proof in proofs
	proof.result != "no"
	not _settled(proof)
	proof.at == ""
}

_settled(proof) if {
	_certain(proof)
	proof.result in {"yes", "no"}
}

_after(proof, instant) if proof.at > instant

_after(proof, _) if proof.at == ""

# METADATA
# scope: document
# description: Names the person responsible as the one to act, as a part of a violation; empty if nobody in service is.
default to_act(_) := {}

to_act(plan) := {"owner": plan.responsible} if {
	people.in_service(people.by_uid[plan.responsible], data.as_of) == "yes"
}
