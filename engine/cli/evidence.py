"""`clausewise verify`: is a folder, the log of a history or one of decisions still what it was when it was written?"""

from pathlib import Path

import click

from engine.errors import UsageError
from engine.issuing.decisions import entries, wrong_in
from engine.snapshot import verify_folder


@click.command("verify")
@click.argument("path")
@click.pass_context
def verify_command(ctx: click.Context, path: str) -> None:
    """Check every file of a snapshot, run or report pack against its manifest, or the log of a history or of decisions.

    Names every file or entry that was changed, is missing or is extra, and exits 1; purged raw records alone are no
    fault. Of a log it says the digest of the last entry: kept elsewhere, it shows whether entries at the end are gone.

    \b
    Example:
      clausewise verify demo/snapshot
    """
    where = Path(path)
    if where.is_file() and _begins(where) == b"{":  # an entry a line; a database begins otherwise
        _decisions(ctx, where)
        return
    if "://" in path or where.is_file():
        _log(ctx, path)
        return
    if not where.is_dir():
        raise UsageError(
            f"{path}: found neither a folder nor a file",
            "name a snapshot, a run, reports, a history or decisions",
        )
    said = verify_folder(where)
    for line in said:
        click.echo(line)
    if all(line.startswith("raw/") and ("purged" in line) for line in said):
        click.echo(f"{path}: as it was written" + (", raw records aside" if said else ""))
    else:
        ctx.exit(1)


def _decisions(ctx: click.Context, path: Path) -> None:
    said = wrong_in(path)
    for line in said:
        click.echo(f"{path.name}: {line}")
    if said:
        ctx.exit(1)
    log = entries(path)
    last = f", the last with SHA-256 {log[-1].digest}" if log else ""
    click.echo(f"{path.name}: log of decisions as it was written, {len(log)} entries{last}")


def _log(ctx: click.Context, path: str) -> None:
    from engine.history import log as history  # noqa: PLC0415  # folders need no database
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    url = located(path)
    with opened(url) as connection:
        said = history.wrong_in(connection)
        log = [] if said else history.entries(connection)
    for line in said:
        click.echo(f"{shown(url)}: {line}")
    if said:
        ctx.exit(1)
    last = f", the last with SHA-256 {log[-1].digest}" if log else ""
    click.echo(f"{shown(url)}: log as it was written, {len(log)} entries{last}")


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1)
