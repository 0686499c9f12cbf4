"""`clausewise verify`: is a folder, or the log of a history, still what it was when it was written?"""

from pathlib import Path

import click

from engine.errors import UsageError
from engine.snapshot import verify_folder


@click.command("verify")
@click.argument("path")
@click.pass_context
def verify_command(ctx: click.Context, path: str) -> None:
    """Check every file of a snapshot, run or report pack against its manifest, or the log of a history.

    Names every file or entry that was changed, is missing or is extra, and exits 1; purged raw records alone are no
    fault. Of a history it says the digest of the last entry: kept elsewhere, it shows whether entries at the end are gone.

    \b
    Example:
      clausewise verify demo/snapshot
    """
    where = Path(path)
    if "://" in path or where.is_file():
        _log(ctx, path)
        return
    if not where.is_dir():
        raise UsageError(
            f"{path}: found neither a folder nor a file", "name a snapshot, a run, reports or a history"
        )
    said = verify_folder(where)
    for line in said:
        click.echo(line)
    if all(line.startswith("raw/") and ("purged" in line) for line in said):
        click.echo(f"{path}: as it was written" + (", raw records aside" if said else ""))
    else:
        ctx.exit(1)


def _log(ctx: click.Context, path: str) -> None:
    from engine.history.log import entries, wrong_in  # noqa: PLC0415  # folders need no database
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    url = located(path)
    with opened(url) as connection:
        said = wrong_in(connection)
        log = [] if said else entries(connection)
    for line in said:
        click.echo(f"{shown(url)}: {line}")
    if said:
        ctx.exit(1)
    last = f", the last with SHA-256 {log[-1].digest}" if log else ""
    click.echo(f"{shown(url)}: log as it was written, {len(log)} entries{last}")
