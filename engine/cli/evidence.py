"""`clausewise verify`: is a folder still what it was when it was written?"""

from pathlib import Path

import click

from engine.snapshot import verify_folder


@click.command("verify")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def verify_command(ctx: click.Context, path: Path) -> None:
    """Check every file of a snapshot, run or report pack against its manifest.

    Names every file that was changed, is missing or is extra, and exits 1; purged raw records alone are no fault.

    \b
    Example:
      clausewise verify demo/snapshot
    """
    said = verify_folder(path)
    for line in said:
        click.echo(line)
    if all(line.startswith("raw/") and ("purged" in line) for line in said):
        click.echo(f"{path}: as it was written" + (", raw records aside" if said else ""))
    else:
        ctx.exit(1)
