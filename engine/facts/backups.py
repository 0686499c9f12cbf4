"""Data sets, where they lie, and how they are backed up."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import (
    Bytes,
    Count,
    Days,
    Id,
    Instant,
    Seconds,
    Text,
    Tri,
    known,
    needed,
    optional,
    tri,
)
from engine.facts.refs import (
    ApplicationRef,
    BackupPlanRef,
    DataSetRef,
    HostRef,
    PersonRef,
    StorageLocationRef,
)

RetentionMode = Literal["days", "forever", "unset", "unknown"]


class DataSet(Fact):
    """Records of one kind that belong together: messages, files, configuration, logs."""

    entity: ClassVar[str] = "data_set"
    plural: ClassVar[str] = "data_sets"
    home: ClassVar[tuple[str, ...]] = ("department_code",)
    natural_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Id = needed("name in the register")
    department_code: Id | None = optional("department that it belongs to; none: the company")
    kind: Literal["messages", "media", "config", "audit_log", "other", "unknown"] = tri("what it holds")
    application: ApplicationRef | None = optional("the application that it comes from")
    location: StorageLocationRef | None = known("where it lies")
    classification: Literal["public", "internal", "confidential", "secret", "unknown"] = tri(
        "how confidential it is"
    )
    important: Tri = tri("whether it is important data")
    customer_data: Tri = tri("whether it holds customers' data")
    trade_secret: Tri = tri("whether it holds trade secrets")
    encrypted: Tri = tri("whether it is stored encrypted")
    retired: Tri = tri("whether it is out of use")
    retention_mode: RetentionMode = tri("how long the platform keeps records")
    retention_days: Days | None = optional("days that the platform keeps records, in mode days")
    retention_days_policy: Days | None = optional(
        "days that the policy of the data set asks for; none: no term"
    )
    oldest_record_at: Instant | None = known("its oldest record")
    on_hold: Tri = tri("whether it must not be deleted for now")


class StorageLocation(Fact):
    """A place where data or backups lie."""

    entity: ClassVar[str] = "storage_location"
    plural: ClassVar[str] = "storage_locations"
    home: ClassVar[tuple[str, ...]] = ()
    natural_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Id = needed("name in the register")
    kind: Literal["local", "nas", "object_store", "tape", "cloud", "unknown"] = tri("what it is")
    designated: Tri = tri("whether the company designated it for important data")
    encrypted_at_rest: Tri = tri("whether it encrypts by itself")
    host: HostRef | None = optional("the host, if it is local to one")


class BackupPlan(Fact):
    """What shall be backed up where, how often, how, and for how long."""

    entity: ClassVar[str] = "backup_plan"
    plural: ClassVar[str] = "backup_plans"
    home: ClassVar[tuple[str, ...]] = ("@data_set",)
    natural_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Id = needed("name in the register")
    data_set: DataSetRef | None = known("what is backed up")
    target: StorageLocationRef | None = known("where to")
    tool: Text | None = known("with what")
    tag: Text | None = optional("how the tool marks its backups; none: one plan a repository")
    interval_s: Seconds | None = optional("time between two backups; none: no frequency was set")
    method: Literal["full", "incremental", "differential", "snapshot", "continuous", "none", "unknown"] = tri(
        "how; none: not set"
    )
    retention_mode: RetentionMode = tri("how long backups are kept")
    retention_days: Days | None = optional("days that backups are kept; none: not set")
    restore_points_min: Count | None = optional("restore points that must exist; none: not set")
    responsible: PersonRef | None = optional("who answers for it; none: nobody was named")
    encrypted: Tri = tri("whether backups are encrypted")
    effective_from: Instant | None = known("since when it holds")
    effective_until: Instant | None = optional("until when; none: no end")


class BackupRun(Fact):
    """One backup that was made or tried."""

    entity: ClassVar[str] = "backup_run"
    plural: ClassVar[str] = "backup_runs"
    home: ClassVar[tuple[str, ...]] = ("@plan", "@data_set")

    plan: BackupPlanRef | None = known("its plan")
    data_set: DataSetRef | None = known("what was backed up")
    target: StorageLocationRef | None = known("where to")
    started_at: Instant | None = known("start")
    finished_at: Instant | None = optional("end; none: it did not end")
    result: Literal["success", "partial", "failed", "running", "unknown"] = tri("how it ended")
    method: Literal["full", "incremental", "differential", "snapshot", "continuous", "unknown"] = tri(
        "how it was made"
    )
    size_bytes: Bytes | None = known("what a restore would give back, in bytes")
    added_bytes: Bytes | None = known("what was added to the store, in bytes")
    verified_at: Instant | None = optional("when it was verified; none: never")
    verify_result: Tri = tri("whether it was found intact")


class RestorePoint(Fact):
    """A backup that can be read in the store now."""

    entity: ClassVar[str] = "restore_point"
    plural: ClassVar[str] = "restore_points"
    home: ClassVar[tuple[str, ...]] = ("@data_set",)

    data_set: DataSetRef | None = known("what it holds")
    target: StorageLocationRef | None = known("where it lies")
    created_at: Instant | None = known("the state that one gets back")
    expires_at: Instant | None = optional("when it will be deleted; none: no date")
    size_bytes: Bytes | None = known("what a restore would give back, in bytes")
    encrypted: Tri = tri("whether it is encrypted")


class RestoreTest(Fact):
    """Somebody tried to restore."""

    entity: ClassVar[str] = "restore_test"
    plural: ClassVar[str] = "restore_tests"
    home: ClassVar[tuple[str, ...]] = ("@data_set",)

    data_set: DataSetRef | None = known("what was restored")
    tested_at: Instant | None = known("when")
    result: Literal["success", "partial", "failed", "unknown"] = tri("how it ended")
    by: PersonRef | None = optional("who tried; none: nobody is named")
    evidence_ref: Text | None = optional("where the record lies; none: there is none")


class IntegrityCheck(Fact):
    """A store, or one data set in it, was checked for damage."""

    entity: ClassVar[str] = "integrity_check"
    plural: ClassVar[str] = "integrity_checks"
    home: ClassVar[tuple[str, ...]] = ("@data_set",)
    bears_on: ClassVar[tuple[str, ...]] = ("target",)

    target: StorageLocationRef | None = known("the store")
    data_set: DataSetRef | None = optional("the data set; none: the whole store")
    checked_at: Instant | None = known("when")
    result: Tri = tri("whether it was found intact")
    depth: Literal["structure", "data", "unknown"] = tri("how deep it looked")
