"""`clausewise audit` and `inspect`."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from engine.audit import Inputs, audit
from engine.audit.superseded import read_superseded
from engine.checks.catalogue import load_catalogue
from engine.cli.chaining import chain_of
from engine.cli.checking import changes_by_packs
from engine.cli.collecting import Where, last_day_of_last_quarter, run_collect
from engine.cli.company import Company, every_pack, load_company
from engine.cli.correcting import superseded_lines
from engine.cli.engines import EngineWanted, engine_options, started
from engine.cli.kept import checked, configured, recorded
from engine.cli.options import day
from engine.cli.places import policies
from engine.cli.reporting import run_report
from engine.cli.runs import must_be_as_issued
from engine.cli.talk import console, progress, say, summary
from engine.cli.trust import trusted
from engine.findings import SEVERITIES, Run
from engine.history import read_previous
from engine.settings import resolve
from engine.snapshot.folder import fresh_folder

FAIL_ON = {"not-assessed": 10, "low": 11, "medium": 12, "high": 13, "critical": 14}
"""Exit codes by the highest open severity, for those who ask for them."""

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def run_audit(
    snapshot: Path,
    into: Path,
    *,
    company: Company | None,
    packs: Sequence[Path],
    previous: Path | None,
    first_run: bool,
    notice_on: date | None,
    wanted: EngineWanted,
    superseded: Path | None = None,
    what_would_pass: bool = False,
) -> Run:
    """Audits a snapshot into a folder and says what was found."""
    must_be_as_issued(previous)
    sealed = trusted(snapshot)
    catalogue = load_catalogue(policies(), packs)
    changes: dict[str, Any] = dict(company.settings) if company else {}
    origin = company.path.name if company and changes else "default"
    settings = resolve(catalogue.settings, changes, origin, catalogue.origins)
    for line in changes_by_packs(catalogue):
        say(line)
    if origin == "default":
        say(
            f"settings: the defaults of the policy{' and its packs' if catalogue.origins else ''}"
            + ("" if company else "; -c company.yaml takes those of a company")
        )
    inputs = Inputs(
        sealed,
        catalogue,
        settings,
        origin,
        read_previous(previous),
        notice_on,
        first_run=first_run,
        superseded=read_superseded(superseded) if superseded else None,
    )
    if inputs.before.as_of == "" and not first_run:
        say(
            "no earlier run is named: what became of earlier findings is not assessed; --first-run says that there is none"
        )
    with (
        fresh_folder(into) as work,
        started(wanted, catalogue, inputs.documents(), sealed, packs) as asked,
        progress("auditing") as tell,
    ):
        run = audit(inputs, asked, work, tell, what_would_pass=what_would_pass)
    console().print(summary(run))
    for line in superseded_lines(run):
        say(line)
    return run


def exit_code(run: Run, fail_on: str | None) -> int:
    """What a finished audit exits with: 0, unless a level was asked for."""
    if fail_on is None:
        return 0
    if fail_on == "not-assessed":
        return FAIL_ON[fail_on] if run.totals["not_assessed"] else 0
    highest = next((severity for severity in SEVERITIES if run.totals[severity]), None)
    return FAIL_ON[highest] if highest and FAIL_ON[highest] >= FAIL_ON[fail_on] else 0


_packs = click.option(
    "--policies", "packs", type=_FOLDER, multiple=True, help="Folder with further checks; repeatable."
)
_first = click.option(
    "--first-run",
    is_flag=True,
    help="There is no earlier run: nothing was found before that could be overdue.",
)
_notice = click.option(
    "--notice-on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day from which dates count [default: first working day after the snapshot's].",
)
_history = click.option(
    "--history",
    help="File or postgresql://user@host/database that the run is recorded in [default: what -c says, else none].",
)
_pass = click.option(
    "--what-would-pass",
    is_flag=True,
    help="Also find what would make findings pass, by asking the rules again with other facts; takes longer.",
)
_fail = click.option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    help="Exit 10 to 14 if something is open (or not assessed).",
)


@click.command("audit")
@click.argument("snapshot", type=_FOLDER)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the run; new or empty."
)
@click.option("-c", "--config", type=_FILE, help="company.yaml, for its settings.")
@_packs
@click.option("--previous", type=_FOLDER, help="Run of the quarter before.")
@click.option(
    "--supersedes", type=_FOLDER, help="Run of the same date that is taken back: its snapshot was corrected."
)
@_first
@_notice
@engine_options
@_history
@_pass
@_fail
@click.pass_context
def audit_command(
    ctx: click.Context,
    snapshot: Path,
    into: Path,
    config: Path | None,
    packs: tuple[Path, ...],
    previous: Path | None,
    supersedes: Path | None,
    first_run: bool,
    notice_on: date | None,
    wanted: EngineWanted,
    history: str | None,
    what_would_pass: bool,
    fail_on: str | None,
) -> None:
    """Decide every check on a snapshot and write the run.

    \b
    Example:
      clausewise audit demo/snapshot --into run --previous demo/previous/run
      clausewise audit mended --into again --previous demo/previous/run --supersedes run
    """
    company = load_company(config) if config else None
    every = every_pack(company, packs)
    kept = configured(company, history)
    checked(kept)
    run = run_audit(
        snapshot,
        into,
        company=company,
        packs=every,
        previous=previous,
        first_run=first_run,
        notice_on=notice_on,
        wanted=wanted,
        superseded=supersedes,
        what_would_pass=what_would_pass,
    )
    recorded(kept, into)
    ctx.exit(exit_code(run, fail_on))


def inspected(
    config: Path,
    into: Path,
    as_of: date | None,
    where: Where,
    previous: Path | None,
    notice_on: date | None,
    wanted: EngineWanted,
    *,
    first_run: bool,
    what_would_pass: bool = False,
) -> Run:
    """Snapshot, run and reports of a company below one folder."""
    company = load_company(config)
    if company.settings:  # a misspelt setting is told now, not when everything was collected
        resolve(load_catalogue(policies(), company.packs).settings, company.settings, company.path.name)
    before = previous / "run" if previous else None
    must_be_as_issued(before)  # now, not when everything was collected
    day_ = as_of or last_day_of_last_quarter(datetime.now(company.zone).date())
    chain = chain_of(_earlier(previous), company, (), day_, day_)
    run_collect(company, into / "snapshot", day_, where, follows=chain.follows)
    run = run_audit(
        into / "snapshot",
        into / "run",
        company=company,
        packs=company.packs,
        previous=before,
        first_run=first_run,
        notice_on=notice_on,
        wanted=wanted,
        what_would_pass=what_would_pass,
    )
    run_report(into / "run", into / "reports", company.languages, ())
    return run


def _earlier(previous: Path | None) -> tuple[Path, ...]:
    """The snapshot that an earlier inspect left; it may have been cleared away, the run is what counts."""
    if previous is None:
        return ()
    if (previous / "snapshot").is_dir():
        return (previous / "snapshot",)
    say(
        f"{previous.name}/snapshot: not there any more, so that what came, went and changed since is not known"
    )
    return ()


@click.command("inspect")
@click.option("-c", "--config", type=_FILE, required=True, help="company.yaml.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for snapshot, run and reports; new or empty.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day to inspect [default: end of the last complete quarter].",
)
@click.option("--previous", type=_FOLDER, help="What an earlier inspect wrote.")
@_first
@click.option("--replay", type=_FOLDER, help="Recorded responses instead of the network.")
@_notice
@engine_options
@_history
@_pass
@_fail
@click.pass_context
def inspect_command(
    ctx: click.Context,
    config: Path,
    into: Path,
    as_of: date | None,
    previous: Path | None,
    first_run: bool,
    replay: Path | None,
    notice_on: date | None,
    wanted: EngineWanted,
    history: str | None,
    what_would_pass: bool,
    fail_on: str | None,
) -> None:
    """Collect, audit and report in a row: the quarterly run.

    \b
    Example:
      clausewise inspect -c company.yaml --into 2026Q3 --previous 2026Q2
    """
    kept = configured(load_company(config), history)
    checked(kept)
    with fresh_folder(into) as work:
        run = inspected(
            config,
            work,
            as_of,
            Where(replay=replay),
            previous,
            notice_on,
            wanted,
            first_run=first_run,
            what_would_pass=what_would_pass,
        )
    recorded(kept, into / "run")
    say(f"the reports are drafts; next: clausewise review {into / 'run'} --into FILE, then clausewise issue")
    click.echo(str(into / "reports" / "index.html"))
    ctx.exit(exit_code(run, fail_on))
