"""`clausewise issue`: from a reviewed draft to the reports that departments are given."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from engine.calendar import to_instant
from engine.cli.company import load_company
from engine.cli.kept import Kept, checked, configured, recorded
from engine.cli.options import day
from engine.cli.report_options import formats_option, languages_option
from engine.cli.reporting import run_report
from engine.cli.reviewing import decisions_option, issued_run
from engine.cli.talk import say
from engine.errors import IssueError
from engine.findings import Run
from engine.issued import Signed
from engine.issuing.decisions import Entry, append, beside, entries
from engine.issuing.issue import issue
from engine.issuing.order import Order
from engine.issuing.runs import RunRead, read_run
from engine.snapshot.folder import fresh_folder

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("issue")
@click.argument("run", type=_FOLDER)
@click.option(
    "--notice-on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    required=True,
    help="Day on which departments are told: dates count from it.",
)
@click.option("--by", required=True, help="Who issues: staff number.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day on which it is issued [default: today].",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the run as issued and its reports; new or empty.",
)
@click.option("--supersedes", type=_FOLDER, help="What was issued before and is corrected: the next version.")
@click.option("--first-issue", is_flag=True, help="What this run corrects was never issued.")
@click.option(
    "--with-unreviewed", is_flag=True, help="Issue findings too that nobody reviewed; reports say how many."
)
@click.option("-c", "--config", type=_FILE, help="company.yaml, for its languages and history.")
@click.option(
    "--history",
    help="File or postgresql://user@host/database: who signed for what, and the run is recorded in it [default: what -c says, else none].",
)
@decisions_option
@languages_option("what -c says, else ")
@formats_option
def issue_command(
    run: Path,
    notice_on: date,
    by: str,
    on: date | None,
    into: Path,
    supersedes: Path | None,
    first_issue: bool,
    with_unreviewed: bool,
    config: Path | None,
    history: str | None,
    decisions: Path | None,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
) -> None:
    """Issue a reviewed draft: dates are frozen, what was withheld is left out, reports bear no mark of a draft.

    The folder holds `run`, which is the run as issued and what the next quarter names as --previous, and `reports`. A run is
    issued once; what was wrong in it is issued corrected, as the next version, which says what changed and for whom.

    \b
    Example:
      clausewise issue demo/run --notice-on 2026-10-09 --by E0007 --into issued
      clausewise issue mended/run --notice-on 2026-10-20 --by E0007 --supersedes issued --into issued-2
    """
    company = load_company(config) if config else None
    kept = configured(company, history)
    checked(kept)
    draft, log = read_run(run), decisions or beside(run)
    issued_on = on or datetime.now(UTC).astimezone().date()
    order = Order(
        draft=draft,
        log=entries(log),
        notice_on=notice_on,
        by=by,
        on_day=issued_on,
        before=issued_run(supersedes),
        first_issue=first_issue,
        with_unreviewed=with_unreviewed,
        signed=_signed(kept, draft, issued_on),
        finding_log=_finding_log(kept),
    )
    _newest(kept, order)
    append(log, [])  # a log that cannot be written is told before anything is
    with fresh_folder(into) as work:
        (work / "run").mkdir(mode=0o700)
        made = issue(order, work / "run")
        digest = read_run(work / "run").digest
        run_report(
            work / "run", work / "reports", languages or (company.languages if company else ()), formats
        )
    append(log, [_entry(order, digest)])
    recorded(kept, into / "run")
    for line in told(made):
        say(line)
    say(f"next: hand out {into / 'reports' / 'departments'}; the next quarter's --previous is {into}")
    click.echo(str(into / "reports" / ("index.html" if not formats or "html" in formats else "")))


def told(run: Run) -> Iterator[str]:
    """What was issued, for the terminal."""
    said = run.issued
    if said is None:
        return
    counts = said.decisions
    yield (
        f"issued as version {said.version}, notice on {said.notice_on}: {sum(counts.values()) - counts['withheld']} findings, "
        f"{counts['withheld']} withheld, {counts['unreviewed']} that nobody reviewed"
    )
    if said.taken_over:
        yield f"  {said.taken_over} decisions taken over from an earlier version, about findings that are the same"
    for change in said.changes:
        counted = f"{change.violations_were} -> {change.violations_are}"
        why = ", ".join(change.what) or change.reason
        yield f"  {change.department} {change.finding} {change.check}: {change.kind} ({counted}){': ' if why else ''}{why}"


def _entry(order: Order, digest: str) -> Entry:
    return Entry(
        kind="issued",
        run=order.draft.digest,
        by=order.by,
        on_day=order.on_day.isoformat(),
        recorded_at=to_instant(datetime.now(UTC)),
        version=order.version,
        notice_on=order.notice_on.isoformat(),
        issued=digest,
    )


def _signed(kept: Kept | None, draft: RunRead, until: date) -> tuple[Signed, ...]:
    """Who signed for the open findings, by their numbers, if a history is kept."""
    if kept is None:
        return ()
    from engine.history.signatures import signatures  # noqa: PLC0415  # who keeps no history needs no database
    from engine.history.store import located, opened  # noqa: PLC0415

    with opened(located(*kept)) as connection:
        found = signatures(connection, until.isoformat())
    return tuple(
        found[one.number].model_copy(update={"fingerprint": one.fingerprint})
        for one in draft.open
        if one.number in found
    )


def _finding_log(kept: Kept | None) -> str:
    """Where the log of findings ends; empty where no history is kept."""
    if kept is None:
        return ""
    from engine.history.log import last_digest  # noqa: PLC0415  # as above
    from engine.history.store import located, opened  # noqa: PLC0415

    with opened(located(*kept)) as connection:
        return last_digest(connection)


def _newest(kept: Kept | None, order: Order) -> None:
    """Refuses a version that the history has already.

    Raises:
        IssueError: something was issued that is not named
    """
    if kept is None:
        return
    from engine.history.signatures import newest_version  # noqa: PLC0415  # as above
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    with opened(located(*kept)) as connection:
        newest = newest_version(connection, order.draft.run.as_of)
    if newest >= order.version:
        raise IssueError(
            f"{shown(located(*kept))}: version {newest} of {order.draft.run.period.label} was issued already",
            f"a correction is issued by naming version {newest}: --supersedes ISSUED/run",
        )
