"""`clausewise identity`: which accounts nobody is known to hold, and which people and accounts are linked more than once."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import click

from engine.canonical import load
from engine.cli.talk import put, say
from engine.cli.trust import trusted
from engine.errors import UsageError
from engine.snapshot import Snapshot
from engine.snapshot.folder import write_private
from reports.clean import clean

_NOBODYS = frozenset({"service", "bot", "room_device", "shared"})
"""Kinds of accounts that have an owner, and no holder."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet takes for a formula."""


@dataclass(frozen=True, order=True)
class Row:
    """One thing about identity that somebody should look at."""

    problem: str
    source: str
    account: str
    state: str
    department: str
    people: str
    """Employee numbers, or uids where there is none."""
    links: str
    """Method and strength of each link."""
    reason: str
    """Why the holder is not known; empty: it is known that there is none."""


def identity_rows(snapshot: Snapshot) -> list[Row]:
    """Accounts without a holder, accounts that several people claim, and people with several accounts in one system."""
    found: list[Row] = []
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for code in snapshot.codes:
        shard = load(snapshot.shard(code))
        numbers = {
            person["uid"]: person.get("employee_no", person["uid"])
            for person in (*shard["people"], *shard["context"]["people"])
        }
        links: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for link in shard["identity_links"]:
            links[link["account"]].append(link)
        for account in shard["accounts"]:
            if account["kind"] in _NOBODYS:
                continue
            row = _row(account, code, links[account["uid"]], numbers)
            if row.problem:
                found.append(row)
            else:
                held[account["source_system"], account["holder"]].append(row)
    for rows in held.values():
        if len(rows) > 1:
            found += [Row("person_has_several", *astuple(row)[1:]) for row in rows]
    return sorted(found)


def _row(account: dict[str, Any], code: str, links: Iterable[dict[str, Any]], numbers: dict[str, str]) -> Row:
    known = sorted(links, key=lambda link: link["uid"])
    reason = account["unknown"].get("holder", "")
    people = {link["person"] for link in known if "person" in link}
    if "holder" in account:
        people.add(account["holder"])
        problem = ""
    elif any(link["conflict"] == "yes" for link in known):
        problem = "several_people"
    elif known and all(link["strength"] == "weak" for link in known):
        problem = "weak_link"
    else:
        problem = "holder_not_known" if reason else "unlinked"
    return Row(
        problem=problem,
        source=account["source_system"],
        account=account["login"],
        state=account["state"],
        department=code,
        people=" ".join(sorted(numbers.get(uid, uid) for uid in people)),
        links=" ".join(sorted({f"{link['method']}:{link['strength']}" for link in known})),
        reason=reason,
    )


@click.command("identity")
@click.argument("snapshot", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), help="A new CSV file with the same rows."
)
def identity_command(snapshot: Path, into: Path | None) -> None:
    """List accounts without a sure holder, and people and accounts that are linked more than once.

    \b
    unlinked            no link at all: known to belong to nobody on file
    holder_not_known    the link names somebody who is not on file, or a source was not complete
    weak_link           only a weak link: it is never used to name a holder
    several_people      links name several people: none of them is taken
    person_has_several  one person holds several accounts in one system

    \b
    Example:
      clausewise identity demo/snapshot --into identity.csv
    """
    if into is not None and into.exists():
        raise UsageError(f"{into.name}: exists", "name a new file; nothing is ever written over")
    rows = [Row(*clean(list(astuple(row)))) for row in identity_rows(trusted(snapshot))]
    for row in rows:
        put("\t".join(part or "-" for part in astuple(row)))
    if into is not None:
        write_private(into, _table(rows))
    counts = Counter(row.problem for row in rows)
    say(", ".join(f"{count} {problem}" for problem, count in sorted(counts.items())) or "nothing to look at")


def _table(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(field.name for field in fields(Row))
    writer.writerows(list(_safe(astuple(row))) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cells: Iterable[str]) -> Iterator[str]:
    """Cells that no spreadsheet runs."""
    return (f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
