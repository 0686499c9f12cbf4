"""A corrected snapshot: the same date and the same company, with one source asked again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.calendar import from_instant
from engine.errors import UsageError
from engine.facts import Collected
from engine.facts.declared import Declared
from engine.findings import Run
from engine.snapshot import Snapshot

if TYPE_CHECKING:
    from engine.cli.company import Company


def day_of(before: Snapshot, company: "Company", only: Sequence[str], as_of: date | None) -> date:
    """The day of the snapshot that is corrected, which is that of the new one too.

    Raises:
        UsageError: nothing is named to be replaced, or another day, organisation or zone is meant
    """
    if not only:
        raise UsageError(
            "--previous: found no --only, needs the source that was wrong",
            "--only ID names it; all other sources are taken over",
        )
    for name in ("organisation", "timezone"):
        if before.manifest[name] != getattr(company, name):
            raise UsageError(
                f"--previous: {name} {before.manifest[name]!r}, {company.path.name} says {getattr(company, name)!r}",
                "name a snapshot of this company",
            )
    day = from_instant(before.manifest["as_of"]).astimezone(company.zone).date()
    if as_of not in (None, day):
        raise UsageError(
            f"--as-of {as_of}: the snapshot that is corrected is as of {day}",
            "leave out --as-of: a corrected snapshot keeps the date",
        )
    return day


def registers_again(
    before: Snapshot, company: "Company", collected: Iterable[Collected]
) -> tuple[Declared, ...]:
    """The company's own registers in the new snapshot: as declared now; none whose rows are taken over under other columns.

    Raises:
        UsageError: a register that is taken over was declared otherwise
    """
    fresh = {source.report.id for source in collected}
    was, now = ({one.name: one for one in given} for given in (before.declared, company.registers))
    for name in sorted(name for name in was if was[name] != now.get(name)):
        kept = sorted(
            report["id"]
            for report in before.manifest["sources"]
            if report["type"] == f"register:{name}" and report["id"] not in fresh
        )
        if kept:
            raise UsageError(
                f"registers.{name}: is declared otherwise than in the snapshot that {kept[0]} is taken over from",
                f"collect it again as well: --only {kept[0]}",
            )
    return tuple((was | now)[name] for name in sorted(was | now))


def about_again(
    before: Snapshot, corrects: dict[str, Any], registers: Iterable[Declared] = ()
) -> dict[str, Any]:
    """What the new snapshot says besides its facts: what the one before said, and what was corrected."""
    kept = ("organisation", "timezone", "as_of", "policy_version", "contact")
    return {
        "about": {name: before.manifest[name] for name in kept if name in before.manifest}
        | {"corrects": corrects},
        "calendar": before.calendar(),
        "roles": before.manifest["roles"],
        "registers": registers,
    }


def correction_lines(corrects: dict[str, Any]) -> Iterator[str]:
    """What was corrected, for the terminal."""
    yield (
        f"corrects snapshot {corrects['snapshot'][:12]}: {len(corrects['sources'])} collected again, "
        f"{len(corrects['taken_over'])} taken over"
    )
    for source in corrects["sources"]:
        state = source["is"] if source["was"] == source["is"] else f"{source['was']}, now {source['is']}"
        yield (
            f"  {source['id']}: {state}; {source['added']} facts added, {source['gone']} gone, "
            f"{source['changed']} changed"
        )


def superseded_lines(run: Run) -> Iterator[str]:
    """Whose place a run takes and what changed, for the terminal; nothing of a run that takes nobody's."""
    said = run.supersedes
    if said is None:
        return
    named = ", ".join(source.id for source in said.sources)
    if not said.run:
        yield (
            f"corrects snapshot {said.snapshot[:12]} ({named}); --supersedes RUN names the run of that snapshot, "
            "and tells what changed"
        )
        return
    yield (
        f"supersedes run {said.run} ({named} corrected): {len(said.results)} results otherwise, "
        f"{said.findings_added} findings more, {said.findings_gone} no longer"
    )
    for name in said.differs:
        yield f"  otherwise than in that run, besides the corrected source: {name}"
    for row in said.results:
        yield (
            f"  {row.department} {row.check}: {row.was or 'none'} ({row.violations_were}) -> "
            f"{row.is_now or 'none'} ({row.violations_are})"
        )
