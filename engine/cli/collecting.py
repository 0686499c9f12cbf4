"""`clausewise collect`: the only step with a network."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from collectors import Moment, Source, live
from collectors.transport import Recorded, ReplayTransport, Transport
from engine.calendar import WorkCalendar, to_instant
from engine.checks.reading import read_yaml
from engine.cli.chaining import chain_line, chain_of
from engine.cli.company import Company, load_company
from engine.cli.correcting import about_again, correction_lines, registers_again
from engine.cli.declared import SourceEntry
from engine.cli.gathering import Job, Leash, side_by_side
from engine.cli.options import day
from engine.cli.recording import Reading, recordings
from engine.cli.talk import put, say, tell_errors, waiting
from engine.cli.trust import note
from engine.errors import AuditError, SourceError, UnparsableError, UsageError
from engine.facts import Collected, SourceReport
from engine.snapshot import Snapshot, corrected, past_of, seal, write_snapshot

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEEDED_BY_ALL = "department"
"""What a snapshot cannot do without. A roster that does not answer is a failed source like any other; one that was handed
in and is wrong is sent back: whoever exports it can mend it, and a snapshot without departments reports on nobody."""


@dataclass(frozen=True)
class Where:
    """Where raw responses come from and whether they are written down."""

    record: Path | None = None
    replay: Path | None = None


def last_day_of_last_quarter(today: date) -> date:
    """The day that a snapshot is taken for if nobody says another: the end of the last complete quarter."""
    tomorrow = today + timedelta(days=1)
    return date(tomorrow.year, (tomorrow.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def instant_of(company: Company, as_of_day: date) -> str:
    """23:59:59 of the day, in the company's zone."""
    return to_instant(datetime.combine(as_of_day, time(23, 59, 59), company.zone))


def about_of(company: Company, as_of_day: date) -> dict[str, Any]:
    """What a snapshot of the company says besides its facts."""
    about = {
        "organisation": company.organisation,
        "timezone": company.timezone,
        "as_of": instant_of(company, as_of_day),
        "policy_version": company.policy.version,
    }
    if company.contact:
        about["contact"] = company.contact
    return {
        "about": about,
        "calendar": WorkCalendar.of(read_yaml(company.calendar)).source(),
        "roles": company.roles,
        "registers": company.registers,
    }


def collected_from(
    company: Company, as_of_day: date, where: Where, only: Sequence[str] = ()
) -> list[Collected]:
    """What all sources deliver, side by side; a source that fails is there, as failed, and has no recording.

    Raises:
        UsageError: no source of a name, or the recording would be written into a folder that holds something
    """
    known = {entry.id for entry in company.sources}
    if strange := sorted(set(only) - known):
        raise UsageError(
            f"--only {strange[0]}: no source of that name", f"there are {', '.join(sorted(known))}"
        )
    moment = Moment(instant_of(company, as_of_day), company.zone)
    entries = [entry for entry in company.sources if not only or entry.id in only]
    with recordings(where.record) as kept, waiting("collecting") as tell:
        reading = Reading(kept, where.replay)
        return side_by_side([_job(company, entry, moment, reading) for entry in entries], tell)


def run_collect(
    company: Company,
    into: Path,
    as_of_day: date,
    where: Where,
    only: Sequence[str] = (),
    before: Snapshot | None = None,
    follows: Snapshot | None = None,
) -> Snapshot:
    """Collects all sources and seals a snapshot.

    Args:
        company: whose
        into: the folder
        as_of_day: the day that it is for
        where: where raw responses come from
        only: sources that are asked; none: all
        before: the snapshot of the same day that is corrected: its sources, but for those that are asked again
        follows: the snapshot before in the chain
    """
    for remark in company.remarks():
        say(remark)
    collected = collected_from(company, as_of_day, where, only)
    past = past_of(follows) if follows else None
    _tell_gaps(collected)
    if before is None:
        sealed = seal(collected, **about_of(company, as_of_day), past=past)
    else:
        registers = registers_again(before, company, collected)
        collected, about = corrected(before, collected)
        for line in correction_lines(about):
            say(line)
        sealed = seal(collected, **about_again(before, about, registers), past=past)
    snapshot = write_snapshot(sealed, into)
    note(snapshot)
    if past is not None:
        say(chain_line(snapshot.manifest["follows"]))
    placed = snapshot.manifest["facts"]["placed"]
    say(f"{company.organisation} as of {as_of_day}: {placed} facts from {len(collected)} sources")
    return snapshot


def _tell_gaps(collected: Sequence[Collected]) -> None:
    for source in collected:
        if source.report.completeness != "complete":
            say(f"{source.report.id}: {source.report.completeness}: {'; '.join(source.report.problems)}")


def _job(company: Company, entry: SourceEntry, moment: Moment, where: Reading) -> Job:
    started = _now()
    late = (
        f"did not end within {entry.limit_s:g} s; limit_s of this source in {company.path.name} gives it more"
    )
    return Job(
        entry.id,
        entry.limit_s,
        lambda leash: _one(company, entry, moment, where, leash),
        lambda: where.dropped(failed(entry, late, started)),
    )


def _one(company: Company, entry: SourceEntry, moment: Moment, where: Reading, leash: Leash) -> Collected:
    started = _now()
    try:
        with _transport(company, entry, where) as transport:
            return entry.linked(entry.collector.collect(_source(entry), leash.hold(transport), moment))
    except SourceError as error:
        if isinstance(error, UnparsableError) and NEEDED_BY_ALL in entry.delivers:
            raise UnparsableError(f"{entry.id}: {error}", error.help) from error
        return failed(entry, str(error), started)
    except AuditError:
        raise
    except Exception as error:  # noqa: BLE001  # a fault of one collector must not take the others with it
        return failed(
            entry, f"a fault of the collector {entry.type}: {type(error).__name__}: {error}", started
        )


def _source(entry: SourceEntry) -> Source:
    return Source(entry.id, entry.title, entry.options, entry.departments)


@contextmanager
def _transport(company: Company, entry: SourceEntry, where: Reading) -> Iterator[Transport]:
    if where.replay:
        yield ReplayTransport(where.replay / entry.id)
        return
    with live(entry.collector, _source(entry), entry.secret_value(), company.path.parent) as opened:
        if where.kept is None:
            yield opened
            return
        with where.kept.of(entry.id) as folder:
            yield Recorded(opened, folder)


def failed(entry: SourceEntry, problem: str, at: str) -> Collected:
    """What a source that could not be read delivers: nothing, and why."""
    report = SourceReport(
        id=entry.id,
        type=entry.report_type,
        title=entry.title,
        delivers=entry.delivers,
        departments=entry.departments,
        completeness="failed",
        problems=(problem,),
        collected_from=at,
        collected_to=at,
        collector=entry.collector.type,
        expected={},
        received={},
        limits={},
        unmapped=(),
    )
    return Collected(report=report, facts=(), provenance=(), raw=())


def _now() -> str:
    return to_instant(datetime.now(UTC))


@click.command("collect")
@click.option(
    "-c",
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="company.yaml.",
)
@click.option("--into", type=click.Path(path_type=Path), help="Folder for the snapshot; new or empty.")
@click.option(
    "--check",
    "try_only",
    is_flag=True,
    help="Write nothing: tell what each source delivers and what it will not.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day that the snapshot is for [default: end of the last complete quarter].",
)
@click.option("--only", multiple=True, help="Collect this source alone; repeatable.")
@click.option(
    "--previous",
    type=_FOLDER,
    multiple=True,
    help="The snapshot before, of an earlier day: what came, went and changed since is kept. With --only: a snapshot of "
    "the same day in which these sources were wrong, and, if it follows one, that one too.",
)
@click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write raw responses here as well; new or empty. A source that failed has none.",
)
@click.option("--replay", type=_FOLDER, help="Read recorded responses from here instead of the network.")
@click.pass_context
def collect_command(
    ctx: click.Context,
    config: Path,
    into: Path | None,
    try_only: bool,
    as_of: date | None,
    only: tuple[str, ...],
    previous: tuple[Path, ...],
    record: Path | None,
    replay: Path | None,
) -> None:
    """Collect all sources into a snapshot.

    \b
    Example:
      clausewise collect -c company.yaml --into snapshot --as-of 2026-09-30
      clausewise collect -c company.yaml --into next --as-of 2026-12-31 --previous snapshot
      clausewise collect -c company.yaml --into mended --only reg-groups --previous snapshot
    """
    company = load_company(config)
    otherwise = last_day_of_last_quarter(datetime.now(company.zone).date())
    chain = chain_of(previous, company, only, as_of, otherwise)
    where = Where(record, replay)
    if try_only:
        ctx.exit(tried(collected_from(company, chain.day, where, only)))
    if into is None:
        raise UsageError(
            "--into: found none, needs a folder for the snapshot", "or --check, which writes nothing"
        )
    snapshot = run_collect(company, into, chain.day, where, only, chain.corrected, chain.follows)
    tell_errors(len(snapshot.manifest["data_errors"]), f"{into}/manifest.json")


def tried(collected: Sequence[Collected]) -> int:
    """Tells of each source what it delivers, what is wrong and what it will never say; 1 if one is not complete."""
    for source in collected:
        report = source.report
        counts = ", ".join(f"{count} {entity}" for entity, count in sorted(report.received.items()))
        put(f"{report.id}: {report.completeness}: {counts or 'nothing'}")
        for line in (line for problem in report.problems for line in problem.splitlines()):
            put(f"  {line}")
        for field, reason in sorted(report.limits.items()):
            put(f"  will not say {field}: {reason}")
    return int(any(source.report.completeness != "complete" for source in collected))
