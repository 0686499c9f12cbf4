"""`clausewise finding`: what is done about a finding, by whom and when, into the log of the history."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.engine import URL

from collectors.registers import REGISTERS
from collectors.registers.templates import filled_csv
from engine.calendar import to_instant
from engine.cli.history import existing, history_options
from engine.cli.options import day
from engine.cli.talk import put, say
from engine.history.log import Entry, Sealed, append, entries, fingerprint_of
from engine.history.store import opened, shown
from engine.snapshot.folder import fresh_folder, write_private

REGISTER = "rectifications"


@click.group("finding")
def finding_group() -> None:
    """Findings: what is done about them, by whom and when."""


def _who(command: Callable[..., Any]) -> Callable[..., Any]:
    by = click.option("--by", required=True, help="Who did it: staff number.")
    on = click.option(
        "--on",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=day,
        help="Day on which it was done [default: today].",
    )
    return click.argument("number")(by(on(history_options(command))))


def _noted(url: URL, kind: str, number: str, by: str, on: date | None, **said: str) -> None:
    existing(url)
    now = datetime.now(UTC)
    with opened(url) as connection:
        entry = Entry.model_validate(
            {
                "kind": kind,
                "finding": number,
                "fingerprint": fingerprint_of(connection, number),
                "by": by,
                "on_day": (on or now.astimezone().date()).isoformat(),
                "recorded_at": to_instant(now),
                **said,
            }
        )
        added = append(connection, [entry])
    say(f"{shown(url)}: {told(added[0]) if added else 'said before, nothing added'}")


@finding_group.command("sign")
@_who
def sign_command(number: str, by: str, on: date | None, url: URL) -> None:
    """The department has signed for the finding.

    \b
    Example:
      clausewise finding sign 2026Q3-IT-003 --by E0001
    """
    _noted(url, "signed", number, by, on)


@finding_group.command("reassign")
@click.option("--to", required=True, help="Who is to act from now on: staff number.")
@click.option("--reason", default="", help="Why.")
@_who
def reassign_command(number: str, by: str, on: date | None, url: URL, to: str, reason: str) -> None:
    """Somebody else is to act.

    \b
    Example:
      clausewise finding reassign 2026Q3-IT-003 --by E0001 --to E0002
    """
    _noted(url, "reassigned", number, by, on, to=to, reason=reason)


@finding_group.command("extend")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), callback=day, required=True, help="The day asked for."
)
@click.option("--reason", required=True, help="Why.")
@_who
def extend_command(number: str, by: str, on: date | None, url: URL, until: date, reason: str) -> None:
    """An extension is asked for, once; its approval is an entry of the register of rectifications.

    \b
    Example:
      clausewise finding extend 2026Q3-IT-003 --by E0001 --until 2026-12-15 --reason "spare parts"
    """
    _noted(url, "extension_asked", number, by, on, until=until.isoformat(), reason=reason)


@finding_group.command("except")
@click.option("--reason", required=True, help="Why.")
@_who
def except_command(number: str, by: str, on: date | None, url: URL, reason: str) -> None:
    """An exception is asked for; granted it is by the register of waivers.

    \b
    Example:
      clausewise finding except 2026Q3-IT-003 --by E0001 --reason "replaced next quarter"
    """
    _noted(url, "exception_asked", number, by, on, reason=reason)


@finding_group.command("dispute")
@click.option("--evidence", required=True, help="Where it is to be found.")
@click.option("--reason", default="", help="What is said to be wrong.")
@_who
def dispute_command(number: str, by: str, on: date | None, url: URL, evidence: str, reason: str) -> None:
    """The finding is said to be wrong, with evidence.

    \b
    Example:
      clausewise finding dispute 2026Q3-IT-003 --by E0001 --evidence "ticket 4711"
    """
    _noted(url, "disputed", number, by, on, evidence=evidence, reason=reason)


@finding_group.command("done")
@click.option("--evidence", default="", help="Where it is to be found.")
@_who
def done_command(number: str, by: str, on: date | None, url: URL, evidence: str) -> None:
    """Its cause is said to be gone; closed it is when somebody else has looked, or the next run.

    \b
    Example:
      clausewise finding done 2026Q3-IT-003 --by E0002 --on 2026-10-20
    """
    _noted(url, "done", number, by, on, evidence=evidence)


@finding_group.command("recheck")
@click.option("--result", type=click.Choice(["gone", "still-there"]), required=True, help="What was seen.")
@click.option("--evidence", default="", help="Where it is to be found.")
@_who
def recheck_command(number: str, by: str, on: date | None, url: URL, result: str, evidence: str) -> None:
    """Somebody who did not mend it has looked again.

    \b
    Example:
      clausewise finding recheck 2026Q3-IT-003 --by E0007 --result gone
    """
    _noted(url, "rechecked", number, by, on, result=result.replace("-", "_"), evidence=evidence)


@finding_group.command("close")
@_who
def close_command(number: str, by: str, on: date | None, url: URL) -> None:
    """The finding is struck off: somebody else looked again and found it gone, or a run did.

    \b
    Example:
      clausewise finding close 2026Q3-IT-003 --by E0009
    """
    _noted(url, "closed", number, by, on)


@finding_group.command("log")
@click.argument("number", default="")
@history_options
def log_command(number: str, url: URL) -> None:
    """Print the log, of one finding or of all.

    \b
    Example:
      clausewise finding log 2026Q3-IT-003
    """
    existing(url)
    with opened(url) as connection:
        for one in entries(connection, number):
            put(told(one))


@finding_group.command("register")
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the register; new or empty."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day that the register describes; later entries are left out [default: today].",
)
@click.option("--author", required=True, help="Who keeps the register.")
@history_options
def register_command(into: Path, as_of: date | None, author: str, url: URL) -> None:
    """Write what the log says was mended and re-checked as a register, which is a source of the next run.

    \b
    Example:
      clausewise finding register --into answers --author "IT, Li Xia"
    """
    existing(url)
    until = (as_of or datetime.now(UTC).astimezone().date()).isoformat()
    with opened(url) as connection:
        rows = list(_rectified(entries(connection), until))
    columns = ("finding", "done_on", "done_by", "verified_on", "verified_by")
    with fresh_folder(into) as work:
        write_private(
            work / f"{REGISTER}.csv",
            filled_csv(REGISTERS[REGISTER], columns, rows, as_of=until, author=author),
        )
    say(f"{len(rows)} findings; declare it in company.yaml as a source of type register, register {REGISTER}")
    put(str(into / f"{REGISTER}.csv"))


def _rectified(log: list[Sealed], until: str) -> Iterator[tuple[str, ...]]:
    """Each finding with the last word on it: one that was found again is not done."""
    found: dict[str, list[str]] = {}
    for one in log:
        entry = one.entry
        if entry.on_day > until:
            continue
        row = found.setdefault(entry.finding, ["", "", "", ""])
        if entry.kind == "done":
            row[:] = [entry.on_day, entry.by, "", ""]
        elif entry.kind == "rechecked":
            row[2:] = [entry.on_day, entry.by]
            if entry.result == "still_there":
                row[:2] = ["", ""]
    for number, row in sorted(found.items()):
        if any(row):
            yield (number, *row)


def told(one: Sealed) -> str:
    """An entry in a line: place, day, finding, what, who, and what else was said."""
    entry = one.entry
    parts = [str(one.serial), entry.on_day, entry.finding, entry.kind, f"by {entry.by}"]
    parts += [
        f"{name} {' '.join(text.split())!r}"
        for name in ("to", "until", "result", "reason", "evidence")
        if (text := getattr(entry, name))
    ]
    return "  ".join((*parts, one.digest[:12]))
