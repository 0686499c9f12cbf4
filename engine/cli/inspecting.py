"""`clausewise inspect`: the quarterly run."""

from datetime import date, datetime
from pathlib import Path

import click

from engine.checks.catalogue import load_catalogue
from engine.cli.ahead import ahead
from engine.cli.audit_options import (
    FILE,
    FOLDER,
    exit_code,
    fail_option,
    first_option,
    history_option,
    notice_option,
    pass_option,
)
from engine.cli.chaining import chain_of
from engine.cli.collecting import Where, last_day_of_last_quarter, run_collect
from engine.cli.company import load_company
from engine.cli.judging import run_audit
from engine.cli.kept import checked, configured, recorded
from engine.cli.options import day
from engine.cli.places import policies
from engine.cli.reporting import run_report
from engine.cli.runs import must_be_as_issued
from engine.cli.talk import say
from engine.cli.wanted import EngineWanted, engine_options
from engine.findings import Run
from engine.settings import resolve
from engine.snapshot.folder import fresh_folder


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
    with ahead(wanted, into / "snapshot", company.packs) as begun:
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
            ahead=begun,
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
@click.option("-c", "--config", type=FILE, required=True, help="company.yaml.")
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
@click.option("--previous", type=FOLDER, help="What an earlier inspect wrote.")
@first_option
@click.option("--replay", type=FOLDER, help="Recorded responses instead of the network.")
@notice_option
@engine_options
@history_option
@pass_option
@fail_option
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
