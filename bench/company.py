"""A generated company of any size, sealed like a collected one: the same size gives the same bytes.

Departments of two hundred people; about one record in fifty is at fault, so that findings cost what they cost.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.calendar import WorkCalendar
from engine.canonical import canonical, canonical_lines, canonical_record, digest, load
from engine.cli.places import policies
from engine.facts import (
    COMPANY,
    COMPANY_WIDE,
    FACT_TYPES,
    SHARDED,
    Account,
    Announcement,
    Application,
    Approval,
    BackupPlan,
    BackupRun,
    DataSet,
    Department,
    ExceptionRequest,
    Group,
    Host,
    IdentityLink,
    IntegrityCheck,
    Membership,
    Person,
    PolicyVersion,
    RestorePoint,
    RestoreTest,
    Session,
    SoftwareInstall,
    StorageLocation,
    TrainingSession,
    VulnFinding,
    VulnScan,
)
from engine.facts.fact import Fact
from engine.snapshot.folder import files_below, with_digest, write_private
from engine.snapshot.seal import SCHEMA

PEOPLE = 200
"""People of a department."""
AS_OF = "2026-09-30T15:59:59Z"
OLD, RECENT = "2024-03-01T01:00:00Z", "2026-09-28T01:00:00Z"
SHA = "0" * 64

Rows = dict[str, list[Fact]]


def write_company(people: int, into: Path, *, shards: int = 0) -> int:
    """Writes a snapshot of so many people in so many departments, or in departments of the usual size; how many bytes of facts that makes."""
    shards = shards or max(1, people // PEOPLE)
    codes = [f"D{number:03d}" for number in range(shards)]
    wide: Rows = {entity: [] for entity in COMPANY_WIDE}
    counts: dict[str, dict[str, int]] = {}
    size = 0
    for code in codes:
        size += _write_shard(into, code, department(code, wide, people // shards or 1), counts)
    size += _write_shard(into, COMPANY, everybodys(wide), counts)
    records = {COMPANY_WIDE[entity].plural: _records(rows) for entity, rows in wide.items()}
    write_private(into / "facts" / "company.json", canonical_record(records))
    counts["company"] = {plural: len(rows) for plural, rows in records.items()}
    calendar = WorkCalendar.of(load(policies() / "calendar" / "CN.json")).source()
    write_private(into / "calendar.json", canonical(calendar))
    _write_manifest(into, counts, people // shards)
    return size


def _records(rows: list[Fact]) -> list[dict[str, Any]]:
    return [row.record() for row in sorted(rows, key=lambda row: row.uid)]


def _write_shard(into: Path, code: str, rows: Rows, counts: dict[str, dict[str, int]]) -> int:
    arrays = {model.plural: _records(rows.get(entity, [])) for entity, model in SHARDED.items()}
    context = {model.plural: [] for model in SHARDED.values()}
    body = canonical_record({"department": code, **arrays, "context": context})
    write_private(into / "facts" / "departments" / f"{code}.json", body)
    provenance = [
        {
            "uid": row["uid"],
            "name": row["uid"],
            "source_id": "bench",
            "source_record_id": row["uid"],
            "collected_at": AS_OF,
            "raw_sha256": SHA,
        }
        for array in arrays.values()
        for row in array
    ]
    write_private(
        into / "provenance" / f"{code}.jsonl", canonical_lines(sorted(provenance, key=lambda row: row["uid"]))
    )
    counts[code] = {plural: len(array) for plural, array in arrays.items()}
    return len(body)


def _write_manifest(into: Path, counts: dict[str, dict[str, int]], people: int) -> None:
    raw = canonical({"sources": {}})
    write_private(into / "raw" / "manifest.json", raw)
    files = files_below(into, "facts", "provenance")
    files["calendar.json"] = files_below(into)["calendar.json"]
    report = {
        "id": "bench",
        "type": "bench",
        "title": "bench",
        "delivers": list(FACT_TYPES),
        "completeness": "complete",
        "problems": [],
        "collected_from": AS_OF,
        "collected_to": AS_OF,
        "collector": "bench/1",
        "expected": {},
        "received": {},
        "limits": {},
        "unmapped": [],
    }
    manifest = {
        "schema": SCHEMA,
        "organisation": "Bench",
        "timezone": "Asia/Shanghai",
        "as_of": AS_OF,
        "policy_version": "2026-01",
        "roles": {"it": "D000", "hr": "D000"},
        "root": "D000",
        "sources": [report],
        "fact_types": dict.fromkeys(FACT_TYPES, "complete"),
        "counts": counts,
        "facts": {"received": 0, "placed": 0},
        "in_service": dict.fromkeys(counts.keys() - {"company"}, people),
        "data_errors": [],
        "files": dict(sorted(files.items())),
        "raw": {"manifest": "raw/manifest.json", "sha256": digest(raw)},
    }
    write_private(into / "manifest.json", canonical(with_digest(manifest)))


def everybodys(wide: Rows) -> Rows:
    """What belongs to no department."""
    for product, selected in (("element", "yes"), ("jitsi-meet", "yes"), ("wechat", "no"), ("qq", "no")):
        wide["application"].append(
            Application.make(
                uid=f"b/application/{product}", product=product, name=product, category="chat", origin="register", registered="yes",
                collected="yes", source_systems=("bench",), selected=selected, standard="yes" if product == "element" else "no",
                hosted="self", evaluated_at=RECENT, deployed_at=OLD, exception_approvals=(),
            )
        )  # fmt: skip
    wide["policy_version"].append(
        PolicyVersion.make(
            uid="b/policy_version/1",
            version="2026-01",
            valid_from=OLD,
            reviewed_on="2026-06-01",
            reviewed_on_starts_at="2026-05-31T16:00:00Z",
            sha256=SHA,
        )
    )
    store = StorageLocation.make(
        uid="b/storage_location/nas", name="nas", kind="nas", designated="yes", encrypted_at_rest="yes"
    )
    session = TrainingSession.make(
        uid="b/training_session/1",
        held_at="2026-07-01T01:00:00Z",
        topic="communication_security",
        title="x",
        attendees=100,
        state="held",
    )
    return {"storage_location": [store], "training_session": [session]}


def department(code: str, wide: Rows, people: int) -> Rows:
    """One department; what is company-wide of it goes into `wide`."""
    rows: Rows = {entity: [] for entity in SHARDED}
    for number in range(people):
        for fact in member(code, number):
            rows[fact.entity].append(fact)
    for number in range(people // 10):
        for fact in group(code, number, people):
            rows[fact.entity].append(fact)
    for fact in (*notices(code, wide), *stores(code), *holes(code)):
        rows[fact.entity].append(fact)
    wide["department"].append(
        Department.make(
            uid=f"b/department/{code}", code=code, name=code, parent=None if code == "D000" else "D000", renamed_from=(), deputies=(),
            heads=({"person": f"b/person/{code}-0", "acting": "no"},), head=(f"b/person/{code}-0",),
        )
    )  # fmt: skip
    return rows


def member(code: str, number: int) -> Iterator[Fact]:
    """A person with account, device and programs."""
    key = f"{code}-{number}"
    left = number % 25 == 7
    yield Person.make(
        uid=f"b/person/{key}", employee_no=key, name=f"員工{key}", status="left" if left else "active", employment_type="employee",
        hire_date="2020-01-06", hire_day_starts_at="2020-01-05T16:00:00Z", hire_day_ends_at="2020-01-06T16:00:00Z",
        last_working_day="2026-08-14" if left else None, last_day_ends_at="2026-08-14T16:00:00Z" if left else None,
        employments=(), posts=(), department_code=code, position="專員", post_since="2020-01-05T16:00:00Z",
        manager=f"b/person/{code}-0" if number else None,
    )  # fmt: skip
    closed = left and number % 50 != 7
    yield Account.make(
        uid=f"b/account/{key}", source_system="bench", login=f"@{key}:corp.test", display_name=f"員工{key}", kind="human",
        state="deactivated" if closed else "active", holder=f"b/person/{key}", department_code=code, position="專員", created_at=OLD,
        last_activity={"state": "at", "at": OLD if number % 60 == 3 else RECENT, "precision_s": 120, "kind": "api"}, privileged="no",
        is_collector="no", auth_source="local", mfa_enrolled="no" if number % 40 == 5 else "yes", mfa_enforced="yes",
        password_changed_at="2026-05-01T01:00:00Z", password_compromised="no", first_seen_at=OLD, distinct_devices_30d=1,
    )  # fmt: skip
    yield IdentityLink.make(
        uid=f"b/identity_link/{key}",
        account=f"b/account/{key}",
        person=f"b/person/{key}",
        method="external_id",
        strength="exact",
        conflict="no",
    )
    yield Session.make(
        uid=f"b/session/{key}",
        account=f"b/account/{key}",
        kind="session",
        last_used_at=RECENT,
        revoked="yes" if closed else "no",
    )
    yield Host.make(
        uid=f"b/host/{key}", name=f"pc-{key}", os="linux", owner=f"b/person/{key}", serves=("b/application/element",) if number == 0 else (),
        hosted="self", retired="no", last_seen_at=RECENT, managed="yes", disk_encrypted="yes", firewall_active="yes",
        firewall_rules_present="yes", intrusion_detection_active="yes",
    )  # fmt: skip
    for product in ("element", *(("wechat",) if number % 30 == 4 else ())):
        yield SoftwareInstall.make(
            uid=f"b/software_install/{key}-{product}", host=f"b/host/{key}", name=product, version="1.2.3", ecosystem="deb", publisher="x",
            application=f"b/application/{product}", installed_at=OLD, installed_at_kind="install", first_seen_at=OLD, version_since=OLD,
            update_state="current",
        )  # fmt: skip


def group(code: str, number: int, people: int) -> Iterator[Fact]:
    """A group with a dozen members, now and then an outsider without a sponsor."""
    uid = f"b/group/{code}-{number}"
    yield Group.make(
        uid=uid, source_system="bench", native_id=f"!{code}-{number}", kind="room", name=f"{code} 第{number}組", same_name_count=0,
        purpose="日常工作", purpose_origin="register", scope_text=code, scope={"departments": (code,), "projects": ()}, scope_as_of=OLD,
        label="confidential" if number % 9 == 2 else "internal", owners=(f"b/account/{code}-{number}",), owner_origin="register",
        department_code=code, creator=f"b/account/{code}-{number}", created_at=OLD,
        last_message_at={"state": "at", "at": RECENT, "kind": "message"}, messages_kept="yes", archived="no", direct="no",
        visibility="private", join_rule="invite", external_members_allowed="no", e2e_encrypted="no", retention_mode="days",
        retention_days=1095, member_count=12,
    )  # fmt: skip
    for step in range(12):
        external = step == 11 and number % 10 == 3
        yield Membership.make(
            uid=f"b/membership/{code}-{number}/{step}", group=uid, account=f"b/account/{code}-{(number + step * 17) % people}", role="member",
            via="direct", joined_at=OLD, first_seen_at=OLD, added_by=f"b/account/{code}-{number}", external="yes" if external else "no",
        )  # fmt: skip


def notices(code: str, wide: Rows) -> Iterator[Fact]:
    """Announcements with their approvals, and a request for a tool."""
    for number in range(6):
        key = f"{code}-{number}"
        approval = Approval.make(
            uid=f"b/approval/{key}", number=key, kind="important_announcement", subject=key, requested_by=f"b/person/{code}-5",
            requested_at="2026-08-03T01:00:00Z", state="approved", decided_at="2026-08-03T02:00:00Z", released_departments=(),
            decisions=({"by": f"b/person/{code}-0", "role": "approver", "decision": "approved", "at": "2026-08-03T02:00:00Z"},),
        )  # fmt: skip
        wide["approval"].append(approval)
        yield Announcement.make(
            uid=f"b/announcement/{key}", number=key, department_code=code, author=f"b/account/{code}-5", kind="important",
            kind_origin="register", audience="department", audience_departments=(), emergency="no", text_sha256=SHA, has_subject="yes",
            has_contact="yes", undated_call="no", vague_words=0, flags_version="1",
            approval=None if number == 5 else approval.uid, published_at="2026-08-03T03:00:00Z", published_local="2026-08-03T11:00:00",
        )  # fmt: skip
    wide["exception_request"].append(
        ExceptionRequest.make(
            uid=f"b/exception_request/{code}", number=code, department_code=code, also_for=(), application="b/application/qq", reason="x",
            software="qq", functions="x", requester=f"b/person/{code}-5", requested_at=OLD, state="pending",
        )
    )  # fmt: skip


def stores(code: str) -> Iterator[Fact]:
    """A data set with its plan, a quarter of daily runs, and tests."""
    data_set, plan, target = f"b/data_set/{code}", f"b/backup_plan/{code}", "b/storage_location/nas"
    yield DataSet.make(
        uid=data_set, name=code, department_code=code, kind="messages", location=target, classification="internal", important="yes",
        customer_data="no", trade_secret="no", encrypted="yes", retired="no", retention_mode="days", retention_days=1095,
        retention_days_policy=1095, oldest_record_at=OLD, on_hold="no",
    )  # fmt: skip
    yield BackupPlan.make(
        uid=plan, name=code, data_set=data_set, target=target, tool="restic", interval_s=86400, method="incremental", retention_mode="days",
        retention_days=90, responsible=f"b/person/{code}-0", encrypted="yes", effective_from=OLD,
    )  # fmt: skip
    for day in range(1, 31):
        at = f"2026-09-{day:02d}T01:00:00Z"
        yield BackupRun.make(
            uid=f"b/backup_run/{code}-{day}", plan=plan, data_set=data_set, target=target, started_at=at, finished_at=at, result="success",
            method="incremental", size_bytes=10**9, added_bytes=10**6, verify_result="yes", verified_at=at,
        )  # fmt: skip
        yield RestorePoint.make(
            uid=f"b/restore_point/{code}-{day}",
            data_set=data_set,
            target=target,
            created_at=at,
            size_bytes=10**9,
            encrypted="yes",
        )
    yield IntegrityCheck.make(
        uid=f"b/integrity_check/{code}",
        target=target,
        data_set=data_set,
        checked_at=RECENT,
        result="yes",
        depth="data",
    )
    yield RestoreTest.make(
        uid=f"b/restore_test/{code}",
        data_set=data_set,
        tested_at="2026-07-01T01:00:00Z",
        result="success",
        by=f"b/person/{code}-0",
        evidence_ref="x",
    )


def holes(code: str) -> Iterator[Fact]:
    """A scan of the department's server, and what it found."""
    target = f"b/host/{code}-0"
    yield VulnScan.make(
        uid=f"b/vuln_scan/{code}", number=code, tool="x", scope=(target,), started_at=RECENT, finished_at=RECENT, result="success",
        db_built_at=RECENT, authenticated="yes",
    )  # fmt: skip
    for number in range(4):
        yield VulnFinding.make(
            uid=f"b/vuln_finding/{code}-{number}", scan=f"b/vuln_scan/{code}", target=target, target_kind="host", vuln_id=f"CVE-2026-{number:04d}",
            component="x", severity="high", first_seen_at=OLD if number == 0 else RECENT, last_seen_at=RECENT, status="open",
        )  # fmt: skip
