"""`clausewise report`."""

from collections.abc import Sequence
from pathlib import Path

import click

from engine.canonical import canonical
from engine.cli.report_options import formats_option, languages_option
from engine.snapshot.folder import MANIFEST, digest_of, files_below, fresh_folder, write_private
from reports import DEFAULT, LANGUAGES, write

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def run_report(run: Path, into: Path, languages: Sequence[str], formats: Sequence[str]) -> None:
    """Writes the reports of a run into a folder."""
    with fresh_folder(into) as work:
        write(run, work, languages or LANGUAGES, formats or DEFAULT)
        files = files_below(work)
        write_private(
            work / MANIFEST,
            canonical({"schema": "reports/1", "files": files, "digest": digest_of(files)}) + b"\n",
        )


@click.command("report")
@click.argument("run", type=FOLDER)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the reports; new or empty."
)
@languages_option()
@formats_option
def report_command(run: Path, into: Path, languages: tuple[str, ...], formats: tuple[str, ...]) -> None:
    """Write the reports of a run; nothing but the run is read.

    Of a run that was not issued they are drafts, and marked so on every page: `clausewise issue` makes what is handed out.

    \b
    Example:
      clausewise report demo/run --into reports --language en
    """
    run_report(run, into, languages, formats)
    index = into / "index.html"
    click.echo(str(index if index.exists() else into))
