"""`clausewise verify`: is a folder, the log of a history or one of decisions still what it was when it was written?"""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from engine.canonical import load
from engine.cli.talk import put
from engine.errors import SnapshotError, UsageError
from engine.issuing.decisions import entries
from engine.issuing.decisions import wrong_in as wrong_in_decisions
from engine.snapshot import verify_folder
from engine.snapshot.folder import MANIFEST
from engine.snapshot.tombstone import read_whole, whole_wrong
from reports.auditor.verify import SCHEMA, NoPackError, log_line, manifest_of, opened, wrong_in

_SHOWN = 12
"""Letters of a digest that `finding log` prints."""


@click.command("verify")
@click.argument("path")
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The snapshot that this one follows: is it the one that was named, and what it was?",
)
@click.option(
    "--digest",
    default="",
    help="Of a log: digest of an entry, noted earlier, that must still be there; of an auditor's pack: the digest that you were told.",
)
@click.pass_context
def verify_command(ctx: click.Context, path: str, previous: Path | None, digest: str) -> None:
    """Check every file of a snapshot, run, report pack or auditor's pack against its manifest, or a log (history, decisions).

    Names every file or entry that was changed, is missing or is extra, and exits 1; purged raw records alone are no
    fault. Of a log it says the digest of the last entry. That entries at its very end are gone can be seen only by a
    digest that was noted elsewhere: name it with --digest.

    \b
    Example:
      clausewise verify demo/snapshot
      clausewise verify 2026Q4/snapshot --previous 2026Q3/snapshot
      clausewise verify pack.zip
      clausewise verify history.db --digest 3f5a9c01be77
    """
    where = Path(path)
    if _is_auditor_pack(where):
        _pack(ctx, where, digest)
        return
    if where.is_file() and _begins(where) == b"{":  # an entry a line; a database begins otherwise
        _decisions(ctx, where, digest)
        return
    if "://" in path or where.is_file():
        _log(ctx, path, digest)
        return
    if digest:
        raise UsageError("--digest: is for a log or an auditor's pack", "leave it out")
    if not where.is_dir():
        raise UsageError(
            f"{path}: found neither a folder nor a file",
            "name a snapshot, a run, reports, a history or decisions",
        )
    purged = read_whole(where)
    if purged is not None:
        _purged(ctx, where, purged)
        return
    said = verify_folder(where)
    if previous is not None:
        said += [f"{previous.name}: {line}" for line in _chain_wrong(where, previous)]
    for line in said:
        put(line)
    if all(line.startswith("raw/") and ("purged" in line) for line in said):
        put(f"{path}: as it was written" + (", raw records aside" if said else ""))
    else:
        ctx.exit(1)


def _chain_wrong(where: Path, previous: Path) -> list[str]:
    """What is wrong with the snapshot before: it was changed, or it is another one."""
    purged = read_whole(previous)
    if purged is not None:
        said, found = whole_wrong(previous, purged), purged["snapshot"]
    else:
        said = [line for line in verify_folder(previous) if not line.startswith("raw/")]
        found = load(previous / MANIFEST)["digest"]
    named = load(where / MANIFEST).get("follows", {}).get("snapshot", "none")
    if named != found:
        said.append(f"has the digest {found[:12]}, {where.name} follows {named[:12]}")
    return said


def _purged(ctx: click.Context, where: Path, found: dict[str, Any]) -> None:
    wrong = whole_wrong(where, found)
    for line in wrong:
        put(line)
    if wrong:
        ctx.exit(1)
    put(
        f"{where}: purged on {found['purged_on']}: facts, provenance and raw records are gone; "
        f"digests and counts of the snapshot {found['snapshot'][:12]}… stand as they were written"
    )


def _is_auditor_pack(where: Path) -> bool:
    if where.is_file():
        return zipfile.is_zipfile(where)
    try:
        return bool(load(where / MANIFEST).get("schema") == SCHEMA)
    except (OSError, ValueError, AttributeError):
        return False


def _pack(ctx: click.Context, where: Path, wanted: str) -> None:
    """What the script that lies in every pack would say of it."""
    try:
        files = opened(where)
        said = wrong_in(files)
        digest = manifest_of(files)["digest"]
        log = "" if said else log_line(files)
    except NoPackError as error:
        raise SnapshotError(f"{where.name}: {error}", "name a pack that clausewise wrote") from error
    if wanted and wanted != digest:
        said.append(f"the digest of this pack is {digest}, it should be {wanted}: it is another pack")
    for line in said:
        put(line)
    if said:
        ctx.exit(1)
    put(f"{where}: as it was written, and adds up; digest {digest}")
    if log:
        put(log)


def _decisions(ctx: click.Context, path: Path, wanted: str) -> None:
    said = wrong_in_decisions(path)
    log = [] if said else entries(path)
    said += [] if said else _gone([one.digest for one in log], wanted)
    for line in said:
        put(f"{path.name}: {line}")
    if said:
        ctx.exit(1)
    last = f", the last with SHA-256 {log[-1].digest}" if log else ""
    put(f"{path.name}: log of decisions as it was written, {len(log)} entries{last}")


def _log(ctx: click.Context, path: str, wanted: str) -> None:
    from engine.history import log as history  # noqa: PLC0415  # folders need no database
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    url = located(path)
    with opened(url) as connection:
        said = history.wrong_in(connection)
        log = [] if said else history.entries(connection)
    said += [] if said else _gone([one.digest for one in log], wanted)
    for line in said:
        put(f"{shown(url)}: {line}")
    if said:
        ctx.exit(1)
    last = f", the last with SHA-256 {log[-1].digest}" if log else ""
    put(f"{shown(url)}: log as it was written, {len(log)} entries{last}")


def _gone(digests: Sequence[str], wanted: str) -> list[str]:
    """Whether the entry of a digest that was noted earlier is no longer there; its first letters, as the log prints them, will do."""
    if not wanted or any(digest.startswith(wanted.lower()) for digest in digests if len(wanted) >= _SHOWN):
        return []
    if len(wanted) < _SHOWN:
        raise UsageError(
            f"--digest: found {len(wanted)} letters, needs {_SHOWN} or more",
            "name it as clausewise finding log or verify printed it",
        )
    return [
        f"no entry has the digest {wanted}: of the {len(digests)} entries none is that one, so entries at the end are gone, or it is another log"
    ]


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1)
