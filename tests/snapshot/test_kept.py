"""Records that lie in a file are the records that were held, and a snapshot of them has the same bytes."""

import re
from datetime import date
from pathlib import Path

import pytest

from collectors.identity import linked_by_directory, linked_by_login
from engine.cli.collecting import Where, about_of, collected_from
from engine.cli.company import load_company
from engine.cli.places import fixtures
from engine.facts import Account, Collected, Provenance, RawRecord
from engine.facts.delivery import gathered_provenance
from engine.facts.kept import Kept
from engine.snapshot import seal, write_snapshot

QUARTER = fixtures() / "company" / "2026Q3"
DAY = date(2026, 9, 30)


@pytest.fixture
def _everything_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.facts.kept.MOST", 0)


def _collected() -> list[Collected]:
    return collected_from(load_company(QUARTER / "company.yaml"), DAY, Where(replay=QUARTER / "recordings"))


def _written(collected: list[Collected], into: Path) -> dict[str, bytes]:
    write_snapshot(seal(collected, **about_of(load_company(QUARTER / "company.yaml"), DAY)), into)
    return {
        path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()
    }


def test_a_company_whose_records_lie_in_files_is_sealed_to_the_same_bytes(tmp_path: Path, monkeypatch):
    held = _collected()
    monkeypatch.setattr("engine.facts.kept.MOST", 0)
    kept = _collected()

    assert not any(isinstance(source.facts, Kept) for source in held)
    assert all(isinstance(source.facts, Kept) for source in kept if len(source.facts))
    assert kept == held
    assert [one.model_dump(mode="json") for one in kept] == [one.model_dump(mode="json") for one in held]
    assert _written(kept, tmp_path / "kept") == _written(held, tmp_path / "held")


def test_links_are_made_of_accounts_in_files_as_of_those_that_are_held(monkeypatch):
    held = _collected()
    monkeypatch.setattr("engine.facts.kept.MOST", 0)
    kept = _collected()
    rule = re.compile(r"@?(?P<employee_no>[^:@]+).*")
    with_accounts = [
        number
        for number, source in enumerate(held)
        if any(isinstance(fact, Account) for fact in source.facts)
    ]

    assert len(with_accounts) > 2
    for number in with_accounts:
        assert linked_by_login(kept[number], rule) == linked_by_login(held[number], rule)
        assert linked_by_directory(kept[number], "ad") == linked_by_directory(held[number], "ad")


def _row(uid: str, name: str) -> Provenance:
    at = "2026-09-30T15:59:59Z"
    return Provenance(
        uid=uid, name=name, source_id="hr", source_record_id=uid, collected_at=at, raw_sha256="0" * 64
    )


@pytest.mark.usefixtures("_everything_in_files")
def test_records_in_a_file_are_a_sequence_by_key_in_which_the_last_one_stands():
    gathered = gathered_provenance()
    # capitals before small letters, and what is beyond U+FFFF last, as in a sorted list of texts
    keys = ["b", "a", "𝄞", "號", "B", "ﬀ"]
    for key in (*keys, "a"):
        gathered.put(key, _row(key, f"name of {key}"))
    gathered.put("b", _row("b", "another name"))
    kept = gathered.in_order()

    expected = tuple(_row(key, "another name" if key == "b" else f"name of {key}") for key in sorted(keys))
    assert isinstance(kept, Kept)
    assert tuple(kept) == kept[:] == expected
    assert kept == expected
    assert (len(kept), kept[0], kept[-1]) == (6, expected[0], expected[-1])
    assert kept.find("號") == _row("號", "name of 號")
    assert kept.find("c") is None
    assert ("a" in gathered, "c" in gathered, expected[2] in kept, _row("c", "") in kept) == (
        *(True, False, True),
        False,
    )
    assert kept != expected[1:]
    assert kept != 6


def test_a_few_records_are_an_ordinary_tuple():
    gathered = gathered_provenance()
    for key in ("b", "a"):
        gathered.put(key, _row(key, key))

    assert gathered.in_order() == (_row("a", "a"), _row("b", "b"))
    assert type(gathered.in_order()) is tuple
    assert RawRecord(id="1", entity="account", body="{}") not in gathered.in_order()
