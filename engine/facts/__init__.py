"""Facts: normalised records about things, the only thing that rules ever see.

`FACT_TYPES` is the one table of them. A new fact type is one class in the module of its family and one line here;
its place in the partition, its array in every shard and its schema follow from the class.
"""

from engine.facts.accounts import Account, IdentityLink, LastActivity, LendingSignal, LoginEvent, Session
from engine.facts.backups import (
    BackupPlan,
    BackupRun,
    DataSet,
    IntegrityCheck,
    RestorePoint,
    RestoreTest,
    StorageLocation,
)
from engine.facts.devices import Device, DeviceUse, Place
from engine.facts.disposals import DeletionRecord, Hold
from engine.facts.dispositions import Disposition
from engine.facts.fact import COMPANY, Fact, Value, may_be_none, references
from engine.facts.fields import Reason, Tri
from engine.facts.groups import Group, Membership, Scope
from engine.facts.history import Notice, PriorFinding, Rectification
from engine.facts.incidents import Incident, SecurityEvent, ViolationReport
from engine.facts.inspections import Inspection
from engine.facts.people import Absence, Delegation, Department, Employment, Head, Person, Post
from engine.facts.publishing import Announcement, Approval, Decision
from engine.facts.refs import KEY
from engine.facts.registers import Attestation, PolicyVersion, RegisterEntry, Waiver
from engine.facts.samples import GroupCount, Sample, SampleItem, Share
from engine.facts.security import (
    HostScan,
    SecurityAssessment,
    ServiceEndpoint,
    TlsCheck,
    TrainingSession,
    VulnFinding,
    VulnScan,
)
from engine.facts.software import (
    Application,
    ExceptionRequest,
    Host,
    Release,
    SoftwareInstall,
    SoftwareUpdate,
)
from engine.facts.sources import REASON_OF, Collected, Completeness, Provenance, RawRecord, SourceReport
from engine.facts.staff import Assignment, Handover, HandoverItem, HrNotice, Transfer
from engine.facts.supervision import Supervision
from engine.facts.training import TrainingCourse, TrainingRecord

FACT_TYPES: dict[str, type[Fact]] = {
    model.entity: model
    for model in (
        Absence,
        Account,
        Announcement,
        Application,
        Approval,
        Assignment,
        Attestation,
        BackupPlan,
        BackupRun,
        DataSet,
        Delegation,
        DeletionRecord,
        Department,
        Device,
        Disposition,
        ExceptionRequest,
        Group,
        Handover,
        Hold,
        Host,
        HostScan,
        HrNotice,
        IdentityLink,
        Incident,
        Inspection,
        IntegrityCheck,
        LendingSignal,
        LoginEvent,
        Membership,
        Notice,
        Person,
        Place,
        PolicyVersion,
        PriorFinding,
        Rectification,
        RegisterEntry,
        Release,
        RestorePoint,
        RestoreTest,
        Sample,
        SampleItem,
        SecurityAssessment,
        SecurityEvent,
        ServiceEndpoint,
        Session,
        SoftwareInstall,
        SoftwareUpdate,
        StorageLocation,
        Supervision,
        TlsCheck,
        TrainingCourse,
        TrainingRecord,
        TrainingSession,
        Transfer,
        ViolationReport,
        VulnFinding,
        VulnScan,
        Waiver,
    )
}
"""Entity -> model, in the order of the alphabet."""

SHARDED: dict[str, type[Fact]] = {name: model for name, model in FACT_TYPES.items() if not model.company_wide}
"""Those whose arrays every shard has."""

COMPANY_WIDE: dict[str, type[Fact]] = {
    name: model for name, model in FACT_TYPES.items() if model.company_wide
}
"""Those that lie in `facts/company.json` alone."""

__all__ = [
    "COMPANY",
    "COMPANY_WIDE",
    "FACT_TYPES",
    "KEY",
    "REASON_OF",
    "SHARDED",
    "Absence",
    "Account",
    "Announcement",
    "Application",
    "Approval",
    "Assignment",
    "Attestation",
    "BackupPlan",
    "BackupRun",
    "Collected",
    "Completeness",
    "DataSet",
    "Decision",
    "Delegation",
    "DeletionRecord",
    "Department",
    "Device",
    "DeviceUse",
    "Disposition",
    "Employment",
    "ExceptionRequest",
    "Fact",
    "Group",
    "GroupCount",
    "Handover",
    "HandoverItem",
    "Head",
    "Hold",
    "Host",
    "HostScan",
    "HrNotice",
    "IdentityLink",
    "Incident",
    "Inspection",
    "IntegrityCheck",
    "LastActivity",
    "LendingSignal",
    "LoginEvent",
    "Membership",
    "Notice",
    "Person",
    "Place",
    "PolicyVersion",
    "Post",
    "PriorFinding",
    "Provenance",
    "RawRecord",
    "Reason",
    "Rectification",
    "RegisterEntry",
    "Release",
    "RestorePoint",
    "RestoreTest",
    "Sample",
    "SampleItem",
    "Scope",
    "SecurityAssessment",
    "SecurityEvent",
    "ServiceEndpoint",
    "Session",
    "Share",
    "SoftwareInstall",
    "SoftwareUpdate",
    "SourceReport",
    "StorageLocation",
    "Supervision",
    "TlsCheck",
    "TrainingCourse",
    "TrainingRecord",
    "TrainingSession",
    "Transfer",
    "Tri",
    "Value",
    "ViolationReport",
    "VulnFinding",
    "VulnScan",
    "Waiver",
    "may_be_none",
    "references",
]  # fmt: skip
