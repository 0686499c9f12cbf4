"""What does not matter changes nothing; what nobody can read is refused."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from laws_company import Company, Run

from engine.canonical import canonical_record, load
from engine.errors import SnapshotError
from engine.facts import COMPANY, COMPANY_WIDE, FACT_TYPES, SHARDED, Collected, Department, Person
from engine.relations.keys import reference_values
from engine.snapshot import open_snapshot, write_snapshot
from engine.snapshot.folder import files_below, with_digest
from engine.snapshot.store import check_arrays

Audit = Callable[[Iterable[Collected]], Run]


def test_facts_in_another_order_seal_to_the_same_bytes(company: Company):
    shuffled = []
    for number, one in enumerate(company.collected):
        facts = list(one.facts)
        random.Random(number).shuffle(facts)
        shuffled.append(one.model_copy(update={"facts": tuple(facts)}))
    random.Random(0).shuffle(shuffled)

    assert company.seal(shuffled).files == company.seal(company.collected).files


def with_more(company: Company, *facts: object) -> list[Collected]:
    """The sources, with more facts from the roster."""
    return [
        one.model_copy(update={"facts": (*one.facts, *facts)}) if one.report.id == "hr" else one
        for one in company.collected
    ]


def test_one_more_department_changes_no_other(company: Company, base: Run, run_of: Audit):
    extra = Department.make(
        uid="hr/department/NEW",
        code="NEW",
        name="新設部",
        parent="GD",
        heads=(),
        head=(),
        renamed_from=(),
        deputies=(),
    )
    person = Person.make(
        uid="hr/person/88888",
        employee_no="88888",
        name="新人",
        status="active",
        employments=(),
        posts=(),
        department_code="NEW",
    )
    found = run_of(with_more(company, extra, person))

    assert {key: row for key, row in found.results.items() if key[1] not in {"NEW", COMPANY}} == {
        key: row for key, row in base.results.items() if key[1] != COMPANY
    }


def test_a_department_of_another_name_has_the_same_results(company: Company, base: Run, run_of: Audit):
    renamed = [
        one.model_copy(
            update={
                "facts": tuple(
                    fact.model_copy(update={"name": f"{fact.name}（新名）"})
                    if isinstance(fact, Department)
                    else fact
                    for fact in one.facts
                )
            }
        )
        for one in company.collected
    ]

    assert run_of(renamed).results == base.results


def test_an_array_taken_out_of_a_shard_is_refused_even_with_digests_made_anew(
    company: Company, tmp_path: Path
):
    written = write_snapshot(company.seal(company.collected), tmp_path / "snapshot")
    shard = load(written.shard("FIN"))
    del shard["accounts"]
    written.shard("FIN").write_bytes(canonical_record(shard))
    manifest = load(written.path / "manifest.json")
    files = files_below(written.path, "facts", "provenance") | {
        "calendar.json": manifest["files"]["calendar.json"]
    }
    manifest = with_digest({**manifest, "files": dict(sorted(files.items()))})
    (written.path / "manifest.json").write_bytes(canonical_record(manifest))

    snapshot = open_snapshot(written.path)
    with pytest.raises(SnapshotError, match="the array 'accounts' is missing"):
        check_arrays("FIN", load(snapshot.shard("FIN")), snapshot.manifest["counts"]["FIN"])


def test_a_flipped_byte_is_refused_before_anything_is_asked(company: Company, tmp_path: Path):
    written = write_snapshot(company.seal(company.collected), tmp_path / "snapshot")
    path = written.shard("FIN")
    body = bytearray(path.read_bytes())
    body[100] ^= 1
    path.write_bytes(bytes(body))

    with pytest.raises(SnapshotError, match=r"facts/departments/FIN.json: changed"):
        open_snapshot(written.path)


def test_every_reference_in_a_shard_resolves(company: Company, tmp_path: Path):

    written = write_snapshot(company.seal(company.collected), tmp_path / "snapshot")
    wide = written.company()
    known_wide = {row["uid"] for model in COMPANY_WIDE.values() for row in wide[model.plural]}
    broken = []
    for code in written.codes:
        shard = load(written.shard(code))
        everything = {
            entity: [*shard[model.plural], *shard["context"][model.plural]]
            for entity, model in SHARDED.items()
        }
        known = known_wide | {row["uid"] for rows in everything.values() for row in rows}
        broken += [
            (code, row["uid"], uid)
            for entity, rows in everything.items()
            for row in rows
            for uid in reference_values(FACT_TYPES[entity], row)
            if uid not in known
        ]
    assert FACT_TYPES.keys() == SHARDED.keys() | COMPANY_WIDE.keys()
    assert broken == []


def test_facts_in_are_facts_out(company: Company, tmp_path: Path):
    written = write_snapshot(company.seal(company.collected), tmp_path / "snapshot")

    received = {fact.uid for one in company.collected for fact in one.facts}
    placed = [
        row["uid"] for code in written.codes for rows in _own(load(written.shard(code))) for row in rows
    ] + [row["uid"] for rows in written.company().values() for row in rows]
    assert len(placed) == len(set(placed)) == written.manifest["facts"]["placed"]
    dropped = received - set(placed)
    assert {error["kind"] for error in written.manifest["data_errors"]} >= (
        {"broken_reference"} if dropped else set()
    )


def _own(shard: dict[str, object]) -> list[list[dict[str, str]]]:
    return [rows for rows in shard.values() if isinstance(rows, list)]
