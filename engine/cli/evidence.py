"""`clausewise verify`: is a folder, or the log of a history, still what it was when it was written?"""

from pathlib import Path

import click

from engine.canonical import load
from engine.errors import UsageError
from engine.snapshot import verify_folder
from engine.snapshot.folder import MANIFEST


@click.command("verify")
@click.argument("path")
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The snapshot that this one follows: is it the one that was named, and what it was?",
)
@click.pass_context
def verify_command(ctx: click.Context, path: str, previous: Path | None) -> None:
    """Check every file of a snapshot, run or report pack against its manifest, or the log of a history.

    Names every file or entry that was changed, is missing or is extra, and exits 1; purged raw records alone are no
    fault. Of a history it says the digest of the last entry: kept elsewhere, it shows whether entries at the end are gone.

    \b
    Example:
      clausewise verify demo/snapshot
      clausewise verify 2026Q4/snapshot --previous 2026Q3/snapshot
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
    if previous is not None:
        said += [f"{previous.name}: {line}" for line in _chain_wrong(where, previous)]
    for line in said:
        click.echo(line)
    if all(line.startswith("raw/") and ("purged" in line) for line in said):
        click.echo(f"{path}: as it was written" + (", raw records aside" if said else ""))
    else:
        ctx.exit(1)


def _chain_wrong(where: Path, previous: Path) -> list[str]:
    """What is wrong with the snapshot before: it was changed, or it is another one."""
    said = [line for line in verify_folder(previous) if not line.startswith("raw/")]
    named = load(where / MANIFEST).get("follows", {}).get("snapshot", "none")
    found = load(previous / MANIFEST)["digest"]
    if named != found:
        said.append(f"has the digest {found[:12]}, {where.name} follows {named[:12]}")
    return said


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
