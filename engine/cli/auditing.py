"""`clausewise audit`: what it takes, and OPA sent on its way; the rest is imported while that starts."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.ahead import ahead
from engine.cli.audit_options import (
    FILE,
    FOLDER,
    exit_code,
    fail_option,
    first_option,
    history_option,
    notice_option,
    packs_option,
    pass_option,
)
from engine.cli.wanted import EngineWanted, engine_options

if TYPE_CHECKING:
    from engine.cli.company import Company


@click.command("audit")
@click.argument("snapshot", type=FOLDER)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the run; new or empty."
)
@click.option("-c", "--config", type=FILE, help="company.yaml, for its settings.")
@packs_option
@click.option("--previous", type=FOLDER, help="Run of the quarter before.")
@click.option(
    "--supersedes", type=FOLDER, help="Run of the same date that is taken back: its snapshot was corrected."
)
@first_option
@notice_option
@engine_options
@history_option
@pass_option
@fail_option
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
    company, every = _configured(config, packs)
    with ahead(wanted, snapshot, every) as begun:
        from engine.cli.judging import run_audit  # noqa: PLC0415  # OPA reads its rules meanwhile
        from engine.cli.kept import checked, configured, recorded  # noqa: PLC0415

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
            ahead=begun,
        )
    recorded(kept, into)
    ctx.exit(exit_code(run, fail_on))


def _configured(config: Path | None, packs: tuple[Path, ...]) -> tuple["Company | None", tuple[Path, ...]]:
    """The company, and every folder of further checks: its own and those that are named beside it."""
    if config is None:
        return None, tuple({path.resolve(): path for path in packs}.values())
    from engine.cli.company import every_pack, load_company  # noqa: PLC0415  # brings all collectors with it

    company = load_company(config)
    return company, every_pack(company, packs)
