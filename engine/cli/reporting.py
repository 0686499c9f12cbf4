"""`clausewise report`: a run into a folder of reports, and such a folder renewed."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from engine.canonical import canonical
from engine.cli.report_options import formats_option, languages_option
from engine.cli.talk import say
from engine.errors import SnapshotError, UsageError
from engine.snapshot.folder import (
    MANIFEST,
    digest_of,
    files_below,
    fresh_folder,
    read_manifest,
    renewed_folder,
    write_private,
)
from reports import DEFAULT, LANGUAGES, Earlier, write

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_SCHEMA = "reports/1"


def run_report(
    run: Path,
    into: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    *,
    workers: int | None = None,
    renew: bool = False,
) -> None:
    """Writes the reports of a run into a folder.

    Args:
        run: the run
        into: where to; new or empty, or reports of ours if they are to be renewed
        languages: none: the usual ones
        formats: none: the usual ones
        workers: processes; none: one for each core
        renew: whether departments that would come out the same are taken from what lies there
    """
    earlier = _earlier(into) if renew and into.is_dir() and any(into.iterdir()) else None
    with renewed_folder(into) if earlier else fresh_folder(into) as work:
        made = write(
            run,
            work,
            languages or LANGUAGES,
            formats or DEFAULT,
            workers=workers or os.cpu_count() or 1,
            earlier=earlier,
        )
        if earlier:
            _keep_touched(into, sorted(earlier.touched))
        files = files_below(work)
        write_private(work / MANIFEST, manifest(files, made.digests))
    if earlier:
        say(f"reports: {made.kept} left as they are, {len(made.digests) - made.kept} written again")


def manifest(files: Mapping[str, Mapping[str, Any]], departments: Mapping[str, str]) -> bytes:
    """What a folder of reports holds, and of each department the digest of all that its files were made from."""
    listed = {path: dict(said) for path, said in files.items()}
    said = {"schema": _SCHEMA, "files": listed, "digest": digest_of(listed), "departments": dict(departments)}
    return canonical(said) + b"\n"


def _earlier(folder: Path) -> Earlier:
    """What lies in a folder of reports.

    Raises:
        SnapshotError: it is not a folder of reports
        UsageError: it holds something else as well
    """
    said = read_manifest(folder, _SCHEMA)
    files = said["files"]
    present = files_below(folder)
    strange = sorted(present.keys() - files.keys())
    if strange:
        raise UsageError(
            f"{folder.name}/{strange[0]}: not one of the reports",
            "take it out of the folder; it would be lost",
        )
    return Earlier(
        folder=folder.absolute(),
        digests=dict(said.get("departments", {})),
        files=tuple(files),
        touched=frozenset(name for name, was in files.items() if present.get(name) != was),
    )


def _keep_touched(folder: Path, touched: Sequence[str]) -> None:
    """Lays aside what somebody changed in the folder, such as a list that was filled in where it lay."""
    aside = next(
        place
        for number in range(1, 10_000)
        if not (place := folder.with_name(f"{folder.name}.changed-{number}")).exists()
    )
    for name in touched:
        if not (folder / name).is_file():
            say(f"{folder.name}/{name}: was not there any more, written again")
            continue
        say(f"{folder.name}/{name}: was changed since; written again, yours is now {aside.name}/{name}")
        try:
            write_private(aside / name, (folder / name).read_bytes())
        except OSError as error:
            raise SnapshotError(
                f"{aside / name}: cannot be written: {error.strerror}",
                "make room, or take the file away first",
            ) from error


@click.command("report")
@click.argument("run", type=_FOLDER)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the reports; new or empty, or with --renew one of reports.",
)
@languages_option()
@formats_option
@click.option(
    "--renew",
    is_flag=True,
    help="The folder may hold reports: they are replaced, and departments that would come out the same are left as they are.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Processes at most, each with one department at a time [default: one for each core].",
)
def report_command(  # one for each option
    run: Path,
    into: Path,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    renew: bool,  # an option
    workers: int | None,
) -> None:
    """Write the reports of a run; nothing but the run is read.

    Of a run that was not issued they are drafts, and marked so on every page: `clausewise issue` makes what is handed out.

    \b
    Example:
      clausewise report demo/run --into reports --language en
      clausewise report demo/run --into reports --language en --renew
    """
    run_report(run, into, languages, formats, workers=workers, renew=renew)
    index = into / "index.html"
    click.echo(str(index if index.exists() else into))
