"""`clausewise demo`: the main job on the fixture company, two quarters."""

from datetime import date
from pathlib import Path

import click

from engine.cli.collecting import Where
from engine.cli.inspecting import inspected
from engine.cli.places import fixtures
from engine.cli.talk import put, say
from engine.cli.wanted import EngineWanted, engine_options
from engine.findings import SEVERITIES, Run
from engine.snapshot.folder import fresh_folder

QUARTERS = (("previous", "2026Q2", date(2026, 6, 30)), ("", "2026Q3", date(2026, 9, 30)))
"""Folder, name and last day of the quarters of the fixture company, the earlier one first."""


@click.command("demo")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder for everything; new or empty.",
)
@engine_options
def demo_command(into: Path, wanted: EngineWanted) -> None:
    """Collect from recordings, audit and report: the main job on a company that does not exist.

    \b
    Example:
      clausewise demo --into demo
    """
    company = fixtures() / "company"
    with fresh_folder(into) as work:
        previous: Path | None = None
        for folder, quarter, as_of in QUARTERS:
            say(f"{quarter}:")
            target = work / folder if folder else work
            run = inspected(
                company / quarter / "company.yaml",
                target,
                as_of,
                Where(replay=company / quarter / "recordings"),
                previous,
                None,
                wanted,
                first_run=previous is None,
                what_would_pass=not folder,
            )
            previous = target
    for line in ten_lines(run, into):
        put(line)


def ten_lines(run: Run, into: Path) -> list[str]:
    """Where to look, and what was found."""
    totals = run.totals
    judged = sum(totals[outcome] for outcome in ("pass", "fail", "waived", "not_applicable", "not_assessed"))
    return [
        f"{run.organisation}, {run.period.label}, {len(run.departments) - 1} departments, {sum(row.people for row in run.departments)} people",
        "open findings      " + ", ".join(f"{totals[severity]} {severity}" for severity in SEVERITIES),
        f"since last quarter {totals['new']} new, {totals['persisting']} persisting, {totals['closed']} closed, {totals['unverified']} not verified",
        f"subjects concerned {totals['instances']}",
        f"checks decided     {judged - totals['not_assessed']} of {judged} (checks x departments), {totals['not_assessed']} not assessed",
        f"decided by         {run.engine.name} {run.engine.version}",
        f"start here         {into / 'reports' / 'index.html'}",
        f"the company        {into / 'reports' / 'overview.en.html'}",
        f"one department     {into / 'reports' / 'departments' / 'IT.en.html'}",
        f"these are drafts   until clausewise review {into / 'run'} and clausewise issue make what is handed out",
        f"check the bytes    clausewise verify {into / 'reports'}",
    ]
