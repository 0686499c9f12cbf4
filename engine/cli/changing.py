"""`clausewise changes`: what came, went and changed between a snapshot and the one before."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from engine.cli.talk import put, say
from engine.errors import UsageError
from engine.snapshot import Snapshot, open_snapshot
from engine.snapshot.seal import CHANGES
from reports.clean import clean

WHATS = ("first_seen", "gone", "changed", "undecided")
_COLUMNS = ("what", "entity", "department", "name", "was", "now", "reason", "uid")


def changes_of(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """What became of each record since the snapshot before.

    Raises:
        UsageError: the snapshot follows none
    """
    if "follows" not in snapshot.manifest:
        raise UsageError(
            f"{snapshot.path.name}: follows no other snapshot",
            "collect with --previous SNAPSHOT of an earlier day",
        )
    with (snapshot.path / CHANGES).open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


@click.command("changes")
@click.argument("snapshot", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--what", "whats", type=click.Choice(WHATS), multiple=True, help="Only these; repeatable.")
def changes_command(snapshot: Path, whats: tuple[str, ...]) -> None:
    """List what came, went and changed between a snapshot and the one that it follows.

    \b
    first_seen  was not there before, and its source was complete then
    gone        is no longer there, and its source is complete now
    changed     state of an account, status of a person, role of a member, version of a program
    undecided   a source was not complete, so that nobody can say

    \b
    Example:
      clausewise changes 2026Q4/snapshot --what gone
    """
    rows = [row for row in changes_of(open_snapshot(snapshot)) if not whats or row["what"] in whats]
    for row in rows:
        put("\t".join(clean([row.get(column) or "-" for column in _COLUMNS])))
    counts = Counter(row["what"] for row in rows)
    say(", ".join(f"{counts[what]} {what}" for what in WHATS if counts[what]) or "nothing changed")
