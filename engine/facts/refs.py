"""References from one fact to another: the `uid` of a fact of the entity named.

While registers are being read a reference may also be a natural key, `key:E0017`; `engine.relations` turns it into
the uid of the fact that it names, or leaves the field out with the reason. No sealed snapshot holds one.
"""

from typing import Annotated

from pydantic import StringConstraints

from engine.facts.fields import RefTo

KEY = "key:"
"""Marks a reference that is still a natural key: an employee number, a login, a name."""

Uid = Annotated[str, StringConstraints(min_length=1, max_length=400)]

AccountOrPersonRef = Annotated[Uid, RefTo(("account", "person"))]
AccountRef = Annotated[Uid, RefTo(("account",))]
ApplicationRef = Annotated[Uid, RefTo(("application",))]
ApprovalRef = Annotated[Uid, RefTo(("approval",))]
BackupPlanRef = Annotated[Uid, RefTo(("backup_plan",))]
CaseRef = Annotated[Uid, RefTo(("incident", "violation_report"))]
DataSetRef = Annotated[Uid, RefTo(("data_set",))]
GroupRef = Annotated[Uid, RefTo(("group",))]
HostRef = Annotated[Uid, RefTo(("host",))]
IncidentEventRef = Annotated[Uid, RefTo(("login_event", "security_event"))]
IncidentRef = Annotated[Uid, RefTo(("incident",))]
LoginEventRef = Annotated[Uid, RefTo(("login_event",))]
MembershipRef = Annotated[Uid, RefTo(("membership",))]
PersonRef = Annotated[Uid, RefTo(("person",))]
RegisterEntryRef = Annotated[Uid, RefTo(("register_entry",))]
ReleaseRef = Annotated[Uid, RefTo(("release",))]
SampleRef = Annotated[Uid, RefTo(("sample",))]
ServiceEndpointRef = Annotated[Uid, RefTo(("service_endpoint",))]
SoftwareInstallRef = Annotated[Uid, RefTo(("software_install",))]
StorageLocationRef = Annotated[Uid, RefTo(("storage_location",))]
SubjectRef = Annotated[Uid, RefTo(("account", "group", "host"))]
TargetRef = Annotated[Uid, RefTo(("host", "software_install", "service_endpoint"))]
TrainingCourseRef = Annotated[Uid, RefTo(("training_course",))]
TransferRef = Annotated[Uid, RefTo(("transfer",))]
VulnScanRef = Annotated[Uid, RefTo(("vuln_scan",))]
