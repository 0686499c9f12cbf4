"""Options of the commands that audit, and what they exit with."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.options import day

if TYPE_CHECKING:
    from engine.findings import Run

FAIL_ON = {"not-assessed": 10, "low": 11, "medium": 12, "high": 13, "critical": 14}
"""Exit codes by the highest open severity, for those who ask for them."""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def exit_code(run: "Run", fail_on: str | None) -> int:
    """What a finished audit exits with: 0, unless a level was asked for."""
    from engine.findings import SEVERITIES  # noqa: PLC0415  # takes longer than all options together

    if fail_on is None:
        return 0
    if fail_on == "not-assessed":
        return FAIL_ON[fail_on] if run.totals["not_assessed"] else 0
    highest = next((severity for severity in SEVERITIES if run.totals[severity]), None)
    return FAIL_ON[highest] if highest and FAIL_ON[highest] >= FAIL_ON[fail_on] else 0


packs_option = click.option(
    "--policies", "packs", type=FOLDER, multiple=True, help="Folder with further checks; repeatable."
)
first_option = click.option(
    "--first-run",
    is_flag=True,
    help="There is no earlier run: nothing was found before that could be overdue.",
)
notice_option = click.option(
    "--notice-on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day from which dates count [default: first working day after the snapshot's].",
)
history_option = click.option(
    "--history",
    help="File or postgresql://user@host/database that the run is recorded in [default: what -c says, else none].",
)
pass_option = click.option(
    "--what-would-pass",
    is_flag=True,
    help="Also find what would make findings pass, by asking the rules again with other facts; takes longer.",
)
fail_option = click.option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    help="Exit 10 to 14 if something is open (or not assessed).",
)
