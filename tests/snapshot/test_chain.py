"""Two snapshots in a row: what came, went and changed, and what nobody can say because a source was not whole."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import pytest
from reported import reported

from engine.canonical import canonical_lines, load
from engine.errors import UsageError
from engine.facts import (
    Account,
    Collected,
    Completeness,
    Department,
    Fact,
    Group,
    Membership,
    Provenance,
    VulnFinding,
)
from engine.snapshot import Snapshot, must_follow, past_of, seal, verify_folder, write_snapshot

BEFORE, NOW = "2026-06-30T15:59:59Z", "2026-09-30T15:59:59Z"
CALENDAR = {"first": "2026-01-01", "last": "2026-12-31", "holidays": [], "make_up_days": []}


def account(name: str, state: str = "active", **fields: Any) -> Account:
    return Account.make(uid=f"im/account/{name}", source_system="im", login=name, state=state, **fields)


def group() -> Group:
    return Group.make(uid="im/group/g", source_system="im", native_id="g", name="g")


def member(name: str) -> Membership:
    return Membership.make(
        uid=f"im/membership/{name}", group="im/group/g", account=f"im/account/{name}", role="member"
    )


def delivered(facts: Iterable[Fact], completeness: Completeness, as_of: str) -> Collected:
    kept = tuple(facts)
    rows = tuple(
        Provenance(
            uid=fact.uid, name=fact.uid.rpartition("/")[2], source_id="im", source_record_id=fact.uid,
            collected_at=as_of, raw_sha256="0" * 64,
        )
        for fact in kept
    )  # fmt: skip
    report = reported(
        "im", ("account", "group", "membership", "vuln_finding"), as_of, completeness=completeness
    )
    return Collected(report=report, facts=kept, provenance=rows, raw=())


def snapshot(
    folder: Path,
    *facts: Fact,
    completeness: Completeness = "complete",
    as_of: str = NOW,
    after: Snapshot | None = None,
) -> Snapshot:
    hr = Collected(
        report=reported("hr", ("person", "department"), as_of),
        facts=(Department.make(uid="hr/department/FIN", code="FIN", name="F", renamed_from=(), deputies=()),),
        provenance=(),
        raw=(),
    )
    sealed = seal(
        [hr, delivered(facts, completeness, as_of)],
        about={"organisation": "Test", "timezone": "Asia/Shanghai", "as_of": as_of},
        calendar=CALENDAR,
        roles={"it": "IT", "hr": "HR"},
        past=past_of(after) if after else None,
    )
    return write_snapshot(sealed, folder)


def records(one: Snapshot, plural: str) -> dict[str, dict[str, Any]]:
    shards = [load(one.shard(code))[plural] for code in one.codes]
    return {row["uid"].rpartition("/")[2]: row for rows in shards for row in rows}


def changes(one: Snapshot) -> set[tuple[str, ...]]:
    lines = (one.path / "history" / "changes.jsonl").read_bytes().splitlines()
    return {
        (row["uid"], row["what"], row.get("was", ""), row.get("now", ""), row.get("reason", ""))
        for row in map(orjson.loads, lines)
    }


def pair(
    tmp_path: Path,
    before: Iterable[Fact],
    now: Iterable[Fact],
    was: Completeness = "complete",
    is_: Completeness = "complete",
) -> Snapshot:
    first = snapshot(tmp_path / "before", *before, completeness=was, as_of=BEFORE)
    return snapshot(tmp_path / "now", *now, completeness=is_, after=first)


def test_what_came_went_and_changed_is_kept_by_name(tmp_path: Path):
    later = pair(
        tmp_path,
        [account("stays"), account("leaves"), account("closes"), group(), member("stays")],
        [account("stays"), account("comes"), account("closes", "deactivated"), group(), member("comes")],
    )

    assert changes(later) == {
        ("im/account/comes", "first_seen", "", "", ""),
        ("im/account/leaves", "gone", "", "", ""),
        ("im/account/closes", "changed", "active", "deactivated", ""),
        ("im/membership/comes", "first_seen", "", "", ""),
        ("im/membership/stays", "gone", "", "", ""),
    }
    assert later.manifest["follows"]["counts"]["account"] == {
        "first_seen": 1,
        "gone": 1,
        "changed": 1,
        "undecided": 0,
    }


@pytest.mark.parametrize("completeness", ["failed", "partial", "stale"])
def test_nothing_is_gone_because_a_source_is_not_whole_today(tmp_path: Path, completeness: Completeness):
    later = pair(tmp_path, [account("a"), account("b")], [account("a")], is_=completeness)

    reason = {"failed": "source_failed", "partial": "source_partial", "stale": "stale"}[completeness]
    assert changes(later) == {("im/account/b", "undecided", "", "", reason)}


@pytest.mark.parametrize("completeness", ["failed", "partial", "stale"])
def test_nothing_is_new_because_a_source_was_not_whole_before(tmp_path: Path, completeness: Completeness):
    later = pair(tmp_path, [account("a")], [account("a"), account("b", "deactivated")], was=completeness)

    reason = {"failed": "source_failed", "partial": "source_partial", "stale": "stale"}[completeness]
    assert changes(later) == {("im/account/b", "undecided", "", "", reason)}
    found = records(later, "accounts")
    assert found["a"]["first_seen_at"] == BEFORE
    assert "first_seen_at" not in found["b"]
    assert found["b"]["unknown"]["first_seen_at"] == reason
    assert found["b"]["unknown"]["deactivated_after"] == reason
    assert found["b"]["deactivated_by"] == NOW


def test_a_source_that_is_not_asked_any_more_makes_nothing_gone(tmp_path: Path):
    first = snapshot(tmp_path / "before", account("a"), as_of=BEFORE)
    past = past_of(first)
    sealed = seal(
        [Collected(report=reported("hr", ("person",), NOW), facts=(), provenance=(), raw=())],
        about={"organisation": "Test", "timezone": "Asia/Shanghai", "as_of": NOW},
        calendar=CALENDAR,
        roles={"it": "IT", "hr": "HR"},
        past=past,
    )

    assert sealed.files["history/changes.jsonl"] == canonical_lines(
        [
            {
                "uid": "im/account/a",
                "entity": "account",
                "what": "undecided",
                "department": "_company",
                "name": "a",
                "reason": "not_collected",
            }
        ]
    )


def test_since_when_something_is_known_goes_down_the_chain(tmp_path: Path):
    first = snapshot(tmp_path / "1", account("a"), group(), member("a"), as_of="2026-03-31T15:59:59Z")
    second = snapshot(
        tmp_path / "2", account("a"), account("b"), group(), member("a"), as_of=BEFORE, after=first
    )
    third = snapshot(
        tmp_path / "3", account("a"), account("b"), account("c"), group(), member("a"), after=second
    )

    assert records(first, "accounts")["a"]["unknown"]["first_seen_at"] == "not_collected"
    assert {name: row["first_seen_at"] for name, row in records(third, "accounts").items()} == {
        "a": "2026-03-31T15:59:59Z",
        "b": BEFORE,
        "c": NOW,
    }
    assert records(third, "memberships")["a"]["first_seen_at"] == "2026-03-31T15:59:59Z"


def test_between_which_instants_an_account_was_closed(tmp_path: Path):
    stated = "2026-08-01T00:00:00Z"
    names = ("closed", "closes", "opens", "new", "stated", "dark")
    later = pair(
        tmp_path,
        [
            account("closed", "deactivated"),
            account("closes"),
            account("opens", "deleted"),
            account("dark", "unknown"),
        ],
        [
            account("closed", "deactivated"),
            account("closes", "deactivated"),
            account("opens"),
            account("new", "deactivated"),
            account("stated", "deactivated", deactivated_at=stated),
            account("dark", "deactivated"),
        ],
    )

    found = records(later, "accounts")
    assert {
        name: (found[name].get("deactivated_after"), found[name].get("deactivated_by")) for name in names
    } == {
        "closed": (None, BEFORE),
        "closes": (BEFORE, NOW),
        "opens": (None, None),
        "new": (BEFORE, NOW),
        "stated": (stated, stated),
        "dark": (None, NOW),
    }
    assert {name for name in names if "deactivated_after" in found[name]["unknown"]} == {"closed", "dark"}


def test_a_new_scan_does_not_set_back_the_clock_of_a_flaw_unless_it_was_fixed(tmp_path: Path):
    def flaw(uid: str, vuln: str, status: str = "open", **fields: Any) -> VulnFinding:
        return VulnFinding.make(
            uid=f"im/vuln_finding/{uid}", vuln_id=vuln, component="c", status=status, **fields
        )

    stated = "2026-09-01T00:00:00Z"
    later = pair(
        tmp_path,
        [
            flaw("1", "CVE-1"),
            flaw("2", "CVE-2", "fixed"),
            flaw("3", "CVE-3", first_seen_at="2026-05-01T00:00:00Z"),
        ],
        [
            flaw("9", "CVE-1", first_seen_at=stated),
            flaw("8", "CVE-2", first_seen_at=stated),
            flaw("7", "CVE-3"),
            flaw("6", "CVE-4"),
        ],
    )

    assert {row["vuln_id"]: row["first_seen_at"] for row in records(later, "vuln_findings").values()} == {
        "CVE-1": BEFORE,
        "CVE-2": stated,
        "CVE-3": "2026-05-01T00:00:00Z",
        "CVE-4": NOW,
    }


def test_a_snapshot_names_the_one_that_it_follows(tmp_path: Path):
    first = snapshot(tmp_path / "before", account("a"), as_of=BEFORE)
    other = snapshot(tmp_path / "other", account("b"), as_of=BEFORE)
    later = snapshot(tmp_path / "now", account("a"), after=first)

    assert later.manifest["follows"]["snapshot"] == first.manifest["digest"]
    assert later.manifest["follows"]["as_of"] == BEFORE
    must_follow(later.manifest, first)
    with pytest.raises(UsageError, match="needs " + first.manifest["digest"][:12]):
        must_follow(later.manifest, other)
    with pytest.raises(UsageError, match="follows none"):
        must_follow(first.manifest, other)


def test_a_changed_history_is_noticed(tmp_path: Path):
    later = pair(tmp_path, [account("a"), account("b")], [account("a")])
    file = later.path / "history" / "changes.jsonl"

    assert verify_folder(later.path) == []
    file.write_bytes(file.read_bytes().replace(b"gone", b"come"))

    assert [line.partition(",")[0] for line in verify_folder(later.path)] == [
        "history/changes.jsonl: changed"
    ]
