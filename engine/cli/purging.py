"""`clausewise purge`: snapshots past their retention go; digests and counts stay."""

from datetime import date, datetime
from pathlib import Path

import click

from engine.cli.company import load_company
from engine.cli.options import day
from engine.cli.talk import put, say
from engine.errors import ConfigurationError
from engine.snapshot.purge import Plan, plan, purge

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("purge")
@click.argument("snapshots", type=_FOLDER, nargs=-1, required=True, metavar="SNAPSHOT…")
@click.option("-c", "--config", type=_FILE, required=True, help="company.yaml, for its `retention`.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day on which to judge whether a retention is over [default: today, in the company's zone].",
)
@click.option(
    "--confirm", is_flag=True, help="Delete; without it nothing is deleted, and what would be is said."
)
def purge_command(snapshots: tuple[Path, ...], config: Path, as_of: date | None, confirm: bool) -> None:
    """Delete raw records, or whole snapshots, whose retention is over; digests and counts are left.

    Runs and reports are no snapshots and are never touched.

    \b
    Example:
      clausewise purge 2025Q3/snapshot 2025Q4/snapshot -c company.yaml
      clausewise purge 2025Q3/snapshot -c company.yaml --confirm
    """
    company = load_company(config)
    if company.retention is None:
        raise ConfigurationError(
            f"{config.name}: retention: found nothing, so that snapshots are kept for ever",
            "state it, such as: retention: {raw_days: 400, snapshot_days: 1100}",
        )
    today = as_of or datetime.now(company.zone).date()
    plans = [
        plan(path, company.retention, today) for path in snapshots
    ]  # all of them, before the first is touched
    for one in plans:
        put(_told(one, done=confirm))
        if confirm:
            purge(one, today)
    if not confirm and any(one.files for one in plans):
        say("nothing was deleted; --confirm deletes it")


def _told(one: Plan, *, done: bool) -> str:
    where = f"{one.path}: as of {one.as_of}: "
    kept = f"kept until {one.until}" if one.until else "kept for ever"
    if one.what == "nothing":
        return where + kept
    if not one.files:
        return where + "purged before, nothing is left to delete"
    what = "facts, provenance and raw records" if one.what == "all" else f"raw records (facts are {kept})"
    return where + f"{'purging' if done else 'would purge'} {what}: {len(one.files)} files, {one.size} bytes"
