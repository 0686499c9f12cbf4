"""Notices with approvals, data sets with backups and tests, scans with what they found, training, and the policy itself."""

from generated_draw import NONE, UNKNOWN, Maker, local

from engine.facts import (
    Announcement,
    Approval,
    BackupPlan,
    BackupRun,
    DataSet,
    IntegrityCheck,
    PolicyVersion,
    RestorePoint,
    RestoreTest,
    StorageLocation,
    TrainingSession,
    VulnFinding,
    VulnScan,
)

_TRI = ("yes", "no", UNKNOWN)
_DAY = 86400
_SHA = "0" * 64


def make_notices(make: Maker, accounts: list[str], people: list[str]) -> None:
    """Important notices, approved before, too late, by nobody or by the wrong one."""
    for number in range(make.pick(0, 1, 2)):
        published = make.around(20, 91.9, 0)
        approval = make.add(
            Approval, f"n{number}", "notices", number=f"n{number}", kind=make.pick("important_announcement", "sensitive_publication"), subject="通知",
            requested_by=make.pick(*people), requested_at=make.at(25), released_audience=make.mostly("company", "department", NONE, UNKNOWN),
            released_departments=make.mostly((), ("FIN",)), decided_at=make.at(21),
            decisions=make.mostly(_decision(make, people), (), UNKNOWN),
            state=make.mostly("approved", "rejected", UNKNOWN), valid_until=make.mostly(NONE, make.around(20, 5)),
            text_sha256=make.mostly(NONE, _SHA, "1" * 64),
        )  # fmt: skip
        make.add(
            Announcement, str(number), "notices", number=str(number), department_code=make.mostly("FIN", "ENG", UNKNOWN),
            author=make.mostly(make.pick(*accounts), make.pick(*people), UNKNOWN), published_at=make.mostly(published, UNKNOWN),
            published_local=local(published), kind=make.mostly(make.pick("important", "sensitive", "ordinary"), UNKNOWN),
            kind_origin=make.mostly("register", "rule", UNKNOWN), audience=make.mostly("department", "company", "group", UNKNOWN), outsiders=make.mostly("no", "yes", UNKNOWN),
            audience_departments=make.mostly((), ("FIN",)), emergency="no", approval=make.mostly(approval, NONE, UNKNOWN), text_sha256=make.mostly(_SHA, UNKNOWN), has_subject=make.mostly("yes", "no", UNKNOWN),
            has_contact="yes", undated_call="no", vague_words=make.mostly(0, 3, UNKNOWN), flags_version="1", edited_at=make.mostly(NONE, make.at(19)),
        )  # fmt: skip


def _decision(make: Maker, people: list[str]) -> tuple[dict[str, str], ...]:
    decided = {
        "role": make.mostly("approver", "assessor"),
        "decision": make.mostly("approved", "rejected", "unknown"),
    }
    return ({**decided, "by": make.pick(*people), "at": make.around(21, 20)},)


def make_stores(make: Maker, people: list[str]) -> list[str]:
    """Data sets with plans, runs, restore points, checks and tests, each at the edge of its term now and then; their uids."""
    store, other = (_store(make, name) for name in ("nas", "disk"))
    found = []
    for number in range(make.pick(1, 2)):
        data_set = make.add(
            DataSet, str(number), "backups", name=f"集{number}", department_code=make.pick("FIN", NONE, "ENG"), kind="messages", location=make.mostly(other, store, UNKNOWN),
            classification=make.mostly("internal", "confidential", "confidential", "secret", UNKNOWN), important=make.mostly(*_TRI),
            customer_data=make.mostly("no", "yes", UNKNOWN), trade_secret="no", encrypted=make.mostly(*_TRI),  # noqa: S106
            retired=make.mostly("no", "yes", UNKNOWN), retention_mode=make.mostly("days", "unset", "forever", UNKNOWN), retention_days=90,
            retention_days_policy=make.mostly(90, 60, 59, NONE, UNKNOWN), on_hold=make.mostly("no", "yes", UNKNOWN),
            oldest_record_at=make.mostly(make.at(90), *make.edges(120), UNKNOWN),
        )  # fmt: skip
        plan = make.add(
            BackupPlan, str(number), "backups", name=f"計劃{number}", data_set=make.mostly(data_set, UNKNOWN), target=store, tool="restic",
            interval_s=make.mostly(_DAY, 7 * _DAY, 400 * _DAY, NONE, UNKNOWN), method="full", retention_mode="days",
            retention_days=make.mostly(30, 10, NONE, UNKNOWN), restore_points_min=make.mostly(NONE, 1, 2, UNKNOWN), responsible=make.mostly(people[0], NONE, UNKNOWN), encrypted=make.mostly(*_TRI), effective_from=make.mostly(make.at(400), make.around(1, 1.5, 30, 180, -5), UNKNOWN),
            effective_until=make.mostly(NONE, make.around(0, 10)),
        )  # fmt: skip
        found.append(data_set)
        _copies(make, number, data_set, plan, store)
        _tests(make, number, data_set, store, people)
    return found


def _store(make: Maker, name: str) -> str:
    return make.add(
        StorageLocation, name, "backups", name=name, kind="nas", designated=make.mostly(*_TRI),
        encrypted_at_rest=make.mostly(*_TRI),
    )  # fmt: skip


def _copies(make: Maker, number: int, data_set: str, plan: str, store: str) -> None:
    for step in range(make.pick(1, 2, 0)):
        started = make.around(0.5, 1.5, 10.5, 1, 46.5, -1)
        make.add(
            BackupRun, f"{number}-{step}", "backups", plan=make.mostly(plan, UNKNOWN), data_set=data_set, target=store,
            started_at=make.mostly(started, UNKNOWN), finished_at=make.mostly(started, NONE, UNKNOWN),
            result=make.mostly("success", "partial", "failed", "running", UNKNOWN), method="full",
            size_bytes=make.mostly(10, 0, UNKNOWN), added_bytes=make.mostly(1, 0), verify_result=make.mostly(UNKNOWN, "yes", "no"),
            verified_at=make.mostly(NONE, make.around(5, 30), UNKNOWN),
        )  # fmt: skip
    for step in range(make.pick(0, 1, 2)):
        make.add(
            RestorePoint, f"{number}-{step}", "backups", data_set=data_set, target=make.mostly(store, UNKNOWN), size_bytes=make.mostly(10, 0, UNKNOWN),
            created_at=make.mostly(make.around(0.5, 1.5, 40, 28.5, 30), UNKNOWN), encrypted=make.mostly(*_TRI),
            expires_at=make.mostly(NONE, *make.edges(0), UNKNOWN),
        )  # fmt: skip


def _tests(make: Maker, number: int, data_set: str, store: str, people: list[str]) -> None:
    for step in range(make.pick(1, 2, 0)):
        make.add(
            IntegrityCheck, f"{number}-{step}", "backups", target=store, data_set=make.mostly(data_set, NONE, UNKNOWN),
            checked_at=make.mostly(make.around(5, 30, 31, -1), UNKNOWN), result=make.mostly("yes", "no", UNKNOWN), depth="structure",
        )  # fmt: skip
        make.add(
            RestoreTest, f"{number}-{step}", "backups", data_set=make.mostly(data_set, UNKNOWN),
            tested_at=make.mostly(make.around(50, 180, 190, -1), UNKNOWN), result=make.mostly("success", "partial", "failed", UNKNOWN),
            by=make.mostly(make.pick(*people), NONE, UNKNOWN), evidence_ref=make.mostly("記錄1", NONE, UNKNOWN),
        )  # fmt: skip


def make_scans(make: Maker, hosts: list[str], installs: list[str]) -> None:
    """Scans of hosts, and holes around the end of their term."""
    scans = [
        make.add(
            VulnScan, str(number), "scans", number=str(number), tool="x", scope=make.mostly(tuple(hosts), (), (hosts[0],), UNKNOWN),
            started_at=make.mostly(make.around(3, 30), UNKNOWN), finished_at=make.at(1), authenticated="yes",
            result=make.mostly("success", "failed", UNKNOWN), db_built_at=make.mostly(make.around(4, 10, 37), UNKNOWN),
        )
        for number in range(make.pick(1, 2, 0))
    ]  # fmt: skip
    for number in range(make.pick(1, 2, 3)):
        target, kind = make.pick((make.pick(*hosts), "host"), (make.pick(*installs), "install"))
        make.add(
            VulnFinding, str(number), "scans", scan=make.mostly(make.pick(*scans) if scans else NONE, UNKNOWN),
            target=make.mostly(target, UNKNOWN), target_kind=make.mostly(kind, "endpoint", UNKNOWN), vuln_id="CVE-1",
            component="x", severity=make.mostly("high", "critical", "medium", "low", "none", UNKNOWN), fixed_version="2",
            first_seen_at=make.mostly(make.around(7, 30, 90, 180, 200), UNKNOWN), last_seen_at=make.at(3),
            status=make.mostly("open", "fixed", "accepted", "false_positive", UNKNOWN), acceptance=make.mostly(NONE, "requests/approval/r0", UNKNOWN),
        )  # fmt: skip


def make_company_registers(make: Maker, people: list[str]) -> None:
    """Training sessions and the versions of the policy."""
    for number in range(make.pick(1, 0, 2)):
        make.add(
            TrainingSession, str(number), "training", title="x", topic=make.mostly("communication_security", "other", UNKNOWN),
            held_at=make.mostly(make.at(30), make.around(183, -1, 300), UNKNOWN), attendees=make.mostly(5, 0, UNKNOWN),
            state=make.mostly("held", "planned", "cancelled", UNKNOWN),
        )  # fmt: skip
    reviewed = make.mostly(make.around(100, 365, 366), NONE, UNKNOWN)
    make.add(
        PolicyVersion, "1", "policy", version="2026-01", valid_from=make.mostly(make.at(700), make.around(365, 100, 0), UNKNOWN),
        valid_until=make.mostly(NONE, make.around(0, 10), UNKNOWN), reviewed_on_starts_at=reviewed,
        reviewed_on=reviewed and (reviewed if reviewed is UNKNOWN else reviewed[:10]), reviewed_by=make.mostly(people[0], NONE, UNKNOWN), sha256=_SHA,
    )  # fmt: skip
