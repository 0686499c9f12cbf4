"""From settled relations to the files of a snapshot: pure, and the same bytes for the same records."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from pydantic import ValidationError

from engine.canonical import canonical, canonical_lines, canonical_pieces, canonical_record
from engine.errors import FactError
from engine.facts import KEY, Collected, Fact, Provenance
from engine.facts.declared import Declared, nested
from engine.facts.kept import Kept
from engine.relations import Company, Workspace, relate
from engine.relations.keys import reference_values
from engine.relations.organisation import Organisation
from engine.relations.past import FOLLOWED, Change, Past, rows_of
from engine.relations.workspace import Record
from engine.snapshot.unwritten import Unwritten

SCHEMA = "facts/1"
CHANGES = "history/changes.jsonl"
"""What came, went and changed since the snapshot before; only a snapshot that follows one has it."""


@dataclass(frozen=True)
class Seal:
    """What a snapshot consists of, before it is written."""

    files: Unwritten
    """Path -> bytes of everything under facts/ and provenance/, and calendar.json."""
    sources: dict[str, Collected]
    """Source -> what it delivered, before relations were settled, and its canonical raw records."""
    facts_about: dict[str, Any] = field(default_factory=dict)
    """What the manifest says besides the files."""


def seal(
    collected: Iterable[Collected],
    *,
    about: dict[str, Any],
    calendar: dict[str, Any],
    roles: dict[str, str],
    registers: Iterable[Declared] = (),
    past: Past | None = None,
) -> Seal:
    """Settles relations, partitions by department and validates every fact.

    Args:
        collected: what the sources delivered
        about: organisation, time zone, period, policy … as the manifest is to say; needs `as_of`
        calendar: the working days, as used
        roles: department codes of IT and HR
        registers: those that the company declares itself
        past: the snapshot before, in whose chain this one stands

    Raises:
        FactError: a record is no fact after all, or was lost on the way
    """
    sources = sorted(collected, key=lambda source: source.report.id)
    declared = sorted(registers, key=lambda one: one.name)
    space = Workspace.of(sources, declared)
    models = {model.plural: model for model in space.types.values()}
    received = sum(len(records) for records in space.records.values())
    company = relate(space, about["as_of"], past)
    partition = company.partition
    shards = partition.shards()
    files = Unwritten()
    counts: dict[str, dict[str, int]] = {}
    for code, shard in shards.items():
        for plural, records in shard.items():
            _validate(models[plural], records)
        context = partition.context(code, shard)
        document = {"department": code, **nested(shard), "context": nested(context)}
        files.put(f"facts/departments/{code}.json", canonical_pieces(document))
        counts[code] = {plural: len(records) for plural, records in shard.items()}
    wide = partition.company()
    for plural, records in wide.items():
        _validate(models[plural], records)
    organisation = company.organisation
    root = organisation.root()
    files.put("facts/company.json", canonical_pieces(nested(wide)))
    files.put("calendar.json", (canonical(calendar),))
    _put_provenance(files, sources, company)
    kept = sum(len(records) for records in space.records.values())
    placed = sum(sum(shard.values()) for shard in counts.values()) + sum(
        len(records) for records in wide.values()
    )
    if kept != placed:
        raise FactError(
            f"snapshot: {kept} facts in, {placed} placed", "this is a fault of clausewise; please report it"
        )
    manifest = {
        **about,
        "roles": {role: organisation.successor(code) for role, code in roles.items()},
        "root": root,
        "sources": [_report(source, organisation) for source in sources],
        "fact_types": {entity: space.state(entity) for entity in space.types},
        "counts": {**counts, "company": {plural: len(records) for plural, records in wide.items()}},
        "facts": {"received": received, "placed": placed},
        "in_service": {code: _in_service(shard["people"], about["as_of"]) for code, shard in shards.items()},
        "data_errors": [error.model_dump() for error in space.data_errors(partition.home)],
    }
    if past is not None:
        rows = rows_of(company.changes, past, partition.home, _names(sources, company))
        files.put(CHANGES, (canonical_lines(rows),))
        manifest["follows"] = {
            "snapshot": past.digest,
            "as_of": past.as_of,
            "counts": _counted(company.changes),
        }
    if declared:
        manifest["registers"] = [one.model_dump(exclude_none=True) for one in declared]
    return Seal(files, {source.report.id: source for source in sources}, manifest)


def _report(source: Collected, organisation: Organisation) -> Record:
    """What the source says of itself; the departments that it covers by the codes of today, whatever company.yaml calls them."""
    said: Record = source.report.model_dump(exclude_none=True)
    if "departments" in said:
        said["departments"] = tuple(organisation.renamed(code) for code in said["departments"])
    return said


def _names(sources: list[Collected], company: Company) -> dict[str, str]:
    """Uid -> how people call it, of every fact that is here."""
    renamed = company.space.renamed
    found: dict[str, str] = {}
    for source in sources:
        for row in source.provenance:
            found.setdefault(renamed.get(row.uid, row.uid), row.name)
    for uid, entry in company.space.derived.items():
        found.setdefault(uid, found.get(entry, uid))
    return found


def _counted(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Entity -> what became of records -> how many."""
    counts: dict[str, Counter[str]] = {entity: Counter() for entity in FOLLOWED}
    for change in changes:
        counts[change.entity][change.what] += 1
    return {
        entity: {what: found[what] for what in ("first_seen", "gone", "changed", "undecided")}
        for entity, found in counts.items()
    }


def _in_service(people: list[Record], as_of: str) -> int:
    """How many people work here as of the instant, by dates where HR gives them: for the head of a page, no rule reads it."""
    return sum(
        person.get("hire_day_starts_at", "") <= as_of and _works_until(person, as_of) >= as_of
        for person in people
    )


def _works_until(person: Record, as_of: str) -> str:
    """The last instant of the person's work; without a date HR's word for the person decides."""
    return str(person.get("last_day_ends_at", "" if person["status"] == "left" else as_of))


def _validate(model: type[Fact], records: list[Record]) -> None:
    for record in records:
        try:
            model.model_validate(record)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise FactError(
                f"{record['uid']}: {where}: {first['msg']}",
                "this is a fault of the source's collector; please report it",
            ) from error
        for value in reference_values(model, record):
            if value.startswith(KEY):
                raise FactError(
                    f"{record['uid']}: {value} is still a natural key",
                    "this is a fault of clausewise; please report it",
                )


def _put_provenance(files: Unwritten, sources: list[Collected], company: Company) -> None:
    """For each department where its facts came from, one row a fact; of what several sources delivered the first one's."""
    partition = company.partition
    files.put_lines(
        [f"provenance/{code}.jsonl" for code in partition.codes()],
        (
            (
                f"provenance/{partition.home(uid)}.jsonl",
                canonical_record({**row.model_dump(exclude_none=True), "uid": uid}),
            )
            for uid, row in _came_from(sources, company.space)
        ),
    )


_Came = tuple[str, int, str, Provenance]
"""Uid of a fact, number of the source, uid as delivered, row: rows in this order have the one that counts first."""


def _came_from(sources: list[Collected], space: Workspace) -> Iterator[tuple[str, Provenance]]:
    """Each fact with its row, by uid; rows of a large source pass through and are never all there."""
    entries = set(space.derived.values())
    of_entries = (
        {uid: row for uid, row in _first(_delivered(sources, space)) if uid in entries} if entries else {}
    )
    derived: list[_Came] = sorted(
        (
            (uid, len(sources), entry, of_entries[entry])
            for uid, entry in space.derived.items()
            if entry in of_entries
        ),
        key=_order,
    )
    return _first(merge(_delivered(sources, space), derived, key=_order))


def _delivered(sources: list[Collected], space: Workspace) -> Iterator[_Came]:
    parts: list[Iterable[_Came]] = []
    renamed = space.renamed
    for number, source in enumerate(sources):
        rows = source.provenance
        parts.append(
            _as_delivered(rows if isinstance(rows, Kept) else sorted(rows, key=_uid), number, renamed)
        )
        if renamed:
            # what was renamed stands elsewhere in the order
            moved = ((renamed[row.uid], number, row.uid, row) for row in rows if row.uid in renamed)
            parts.append(sorted(moved, key=_order))
    return merge(*parts, key=_order)


def _as_delivered(rows: Iterable[Provenance], number: int, renamed: dict[str, str]) -> Iterator[_Came]:
    return ((row.uid, number, row.uid, row) for row in rows if row.uid not in renamed)


def _uid(row: Provenance) -> str:
    return row.uid


def _order(came: _Came) -> tuple[str, int, str]:
    return came[:3]


def _first(ordered: Iterable[_Came]) -> Iterator[tuple[str, Provenance]]:
    for uid, rows in groupby(ordered, key=itemgetter(0)):
        yield uid, next(rows)[3]
