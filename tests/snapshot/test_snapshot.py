"""A snapshot is what it says, or it is refused."""

import json
from pathlib import Path

import pytest
from reported import reported

from engine.canonical import canonical, load
from engine.errors import SnapshotError, UsageError
from engine.facts import SHARDED, Collected, Department, Person, Provenance, RawRecord
from engine.snapshot import Seal, open_snapshot, seal, verify_folder, write_snapshot
from engine.snapshot.folder import fresh_folder, with_digest
from engine.snapshot.store import check_arrays

AS_OF = "2026-09-30T15:59:59Z"
CALENDAR = {"first": "2026-01-01", "last": "2026-12-31", "holidays": [], "make_up_days": []}


def roster(*numbers: str) -> Collected:
    people = tuple(
        Person.make(
            uid=f"hr/person/{n}", employee_no=n, name=n, employments=(), posts=(), department_code="FIN"
        )
        for n in numbers
    )
    department = Department.make(
        uid="hr/department/FIN", code="FIN", name="Finance", renamed_from=(), deputies=()
    )
    provenance = tuple(
        Provenance(
            uid=p.uid,
            name=p.name,
            source_id="hr",
            source_record_id=p.employee_no,
            collected_at=AS_OF,
            raw_sha256="0" * 64,
        )
        for p in people
    )
    report = reported("hr", ("person", "department"), AS_OF, type="roster", title="HR")
    raw = tuple(RawRecord(id=n, entity="person", body="{}") for n in numbers)
    return Collected(report=report, facts=(*people, department), provenance=provenance, raw=raw)


def sealed(*numbers: str) -> Seal:
    about = {"organisation": "Test", "timezone": "Asia/Shanghai", "as_of": AS_OF}
    return seal([roster(*numbers)], about=about, calendar=CALENDAR, roles={"it": "IT", "hr": "HR"})


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    write_snapshot(sealed("E1", "E2"), tmp_path / "snapshot")
    return tmp_path / "snapshot"


def test_every_array_is_in_every_shard(snapshot: Path):
    plurals = {model.plural for model in SHARDED.values()}

    for file in (snapshot / "facts" / "departments").iterdir():
        body = json.loads(file.read_bytes())
        assert body.keys() - {"department", "context"} == plurals
        assert body["context"].keys() == plurals


def test_facts_in_another_order_give_the_same_bytes():
    assert sealed("E1", "E2").files == sealed("E2", "E1").files


def test_only_its_owner_can_read_it(snapshot: Path):
    modes = {path.stat().st_mode & 0o777 for path in snapshot.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in (snapshot, *snapshot.rglob("*")) if path.is_dir()}

    assert (modes, folders) == ({0o600}, {0o700})


def test_an_untouched_snapshot_verifies(snapshot: Path):
    assert verify_folder(snapshot) == []
    assert open_snapshot(snapshot).codes == ["FIN", "_company"]


@pytest.mark.parametrize(
    "name", ["facts/departments/FIN.json", "facts/company.json", "provenance/FIN.jsonl", "calendar.json"]
)
def test_one_flipped_byte_is_named_and_refused(snapshot: Path, name: str):
    path = snapshot / name
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(bytes(body))

    assert any(line.startswith(f"{name}: changed") for line in verify_folder(snapshot))
    with pytest.raises(SnapshotError, match=name):
        open_snapshot(snapshot)


def test_a_missing_and_an_extra_file_are_named(snapshot: Path):
    (snapshot / "facts" / "departments" / "FIN.json").unlink()
    (snapshot / "facts" / "departments" / "HR.json").write_text("{}")

    assert verify_folder(snapshot) == [
        "facts/departments/FIN.json: missing",
        "facts/departments/HR.json: extra, the manifest does not know it",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": "2026-06-30T15:59:59Z"},
        {"sources": []},
        {"policy_version": "2027-01"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_manifest_that_says_something_else_is_refused(snapshot: Path, change: dict):
    path = snapshot / "manifest.json"
    path.write_bytes(canonical({**load(path), **change}))

    assert verify_folder(snapshot) == ["manifest.json: its digest does not fit what it says"]
    with pytest.raises(SnapshotError, match="its digest does not fit what it says"):
        open_snapshot(snapshot)


def test_a_snapshot_of_a_newer_version_is_refused_by_name(snapshot: Path):
    path = snapshot / "manifest.json"
    manifest = load(path)
    manifest["counts"]["FIN"]["tomorrows"] = 0
    path.write_bytes(canonical(with_digest(manifest)))

    with pytest.raises(SnapshotError, match="the array 'tomorrows' is not known here"):
        open_snapshot(snapshot)


def test_raw_records_may_be_purged(snapshot: Path):
    (snapshot / "raw" / "hr.jsonl.gz").unlink()

    assert verify_folder(snapshot) == [
        "raw/hr.jsonl.gz: purged or missing; the facts of hr stand as they are"
    ]
    assert open_snapshot(snapshot).codes == ["FIN", "_company"]


def test_a_missing_array_is_refused():
    with pytest.raises(SnapshotError, match="'accounts' is missing"):
        check_arrays("FIN", {"people": []}, {"people": 0, "accounts": 0})


def test_another_number_of_records_is_refused():
    with pytest.raises(SnapshotError, match="0 accounts, the manifest says 2"):
        check_arrays("FIN", {"accounts": []}, {"accounts": 2})


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")

    with pytest.raises(UsageError, match="not empty"), fresh_folder(tmp_path / "there"):
        pass


def test_two_runs_into_one_folder_at_once_the_second_is_refused(tmp_path: Path):
    with (
        fresh_folder(tmp_path / "run"),
        pytest.raises(UsageError, match="another run"),
        fresh_folder(tmp_path / "run"),
    ):
        pass


def test_a_run_that_fails_leaves_nothing(tmp_path: Path):
    def fail() -> None:
        with fresh_folder(tmp_path / "run") as work:
            (work / "half").write_text("half")
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        fail()
    assert list(tmp_path.iterdir()) == []
