"""`clausewise history`: the runs of all quarters, and how they follow from each other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.engine import URL

from engine.canonical import canonical
from engine.cli.company import load_company
from engine.cli.kept import DEFAULT, configured
from engine.cli.talk import put, say
from engine.errors import HistoryError
from engine.history.recording import record
from engine.history.store import exists, located, opened, shown
from engine.history.timeline import Quarter, document, timeline
from engine.rolls import ADDED, LEVELS, TAKEN, Roll

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def history_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which history is meant; the command gets it as `url`."""

    def meant(ctx: click.Context, _param: click.Parameter, named: str | None) -> URL:
        config = ctx.params.pop("config", None)
        company = load_company(config) if config else None
        where = configured(company, named)
        return located(where[0], where[1]) if where else located(DEFAULT)

    where = click.option(
        "--history",
        "url",
        callback=meant,
        help=f"File, or postgresql://user@host/database [default: what -c says, else {DEFAULT}].",
    )
    config = click.option("-c", "--config", type=_FILE, is_eager=True, help="company.yaml that names it.")
    return config(where(command))


@click.group("history")
def history_group() -> None:
    """The history: runs of all quarters, roll-forward and trend."""


@history_group.command("import")
@click.argument("folders", type=_FOLDER, nargs=-1, required=True, metavar="RUN…")
@history_options
def import_command(folders: tuple[Path, ...], url: URL) -> None:
    """Take runs into the history from their folders, in any order; a run that is there already is left as it is.

    \b
    Example:
      clausewise history import demo/previous/run demo/run --history history.db
    """
    with opened(url) as connection:
        taken = sum(record(connection, folder) for folder in folders)
    say(f"{shown(url)}: {taken} of {len(folders)} runs taken in, {len(folders) - taken} were there already")


@history_group.command("show")
@click.option("--department", default="", help="Code of the department [default: the company].")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
@history_options
def show_command(department: str, url: URL, *, as_json: bool) -> None:
    """Print the roll-forward of every quarter, and what breaks the trend.

    \b
    Example:
      clausewise history show --history history.db --department IT
    """
    existing(url)
    with opened(url) as connection:
        quarters = timeline(connection)
    if as_json:
        click.echo(canonical(document(quarters)).decode())
        return
    if department and not any(department in quarter.open for quarter in quarters):
        codes = sorted({code for quarter in quarters for code in quarter.open if code})
        raise HistoryError(
            f"--department: found {department!r}, of which the history has no finding",
            f"name one of {', '.join(codes) or 'none: the history is empty'}",
        )
    for level in LEVELS:
        put(level)
        for quarter in quarters:
            if (department, level) in quarter.rolls:
                put(f"  {quarter.run['period']}  {equation(quarter.rolls[department, level])}")
    for line in _remarks(quarters, department):
        put(line)


def existing(url: URL) -> None:
    """Refuses a history that nobody has begun: to show it would make an empty one.

    Raises:
        HistoryError: there is none
    """
    if not exists(url):
        raise HistoryError(
            f"{shown(url)}: no history here", "begin one: clausewise history import RUN, or audit --history"
        )


def equation(roll: Roll) -> str:
    """The roll-forward in a line, without the terms that are nothing."""
    said = roll.model_dump()
    parts = [f"{said[term]} {term.replace('_', ' ')}" for term in (*ADDED, *TAKEN)]
    signs = ["+"] * len(ADDED) + ["-"] * len(TAKEN)
    middle = "".join(
        f" {sign} {part}" for sign, part in zip(signs, parts, strict=True) if not part.startswith("0 ")
    )
    unverified = f", {roll.unverified} of them not verified" if roll.unverified else ""
    return f"{roll.opening} opening{middle} = {roll.closing} closing{unverified}"


def _remarks(quarters: list[Quarter], department: str) -> list[str]:
    said = []
    for quarter in quarters:
        period = quarter.run["period"]
        if quarter.gap:
            said.append(f"{period}: does not follow: {quarter.gap}")
        if quarter.fresh.get(department):
            said.append(f"{period}: {quarter.fresh[department]} findings of new checks stay out of the trend")
        if quarter.breaks:
            changed = ", ".join(f"{check} ({', '.join(what)})" for check, what in quarter.breaks.items())
            said.append(f"{period}: breaks the trend: {changed}")
    return said
