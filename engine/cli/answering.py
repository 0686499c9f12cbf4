"""`clausewise actions`: what departments answered comes back as a register."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from collectors.registers import REGISTERS
from collectors.registers.templates import filled_csv
from engine.calendar import to_instant
from engine.cli.options import day
from engine.cli.runs import trusted_run
from engine.cli.talk import say
from engine.errors import SnapshotError
from engine.snapshot.folder import fresh_folder, write_private
from reports import OFFERED
from reports.actions import ANSWERS, DONE
from reports.answers import Returned, answered, rectified, returned
from reports.formats.tables import Row, encoded
from reports.model import build
from reports.run_folder import read
from reports.words import Words

REGISTER = "rectifications"

LOGGED = {
    "status.in_progress": "signed",
    DONE: "done",
    "status.extension": "extension_asked",
    "status.exception": "exception_asked",
    "status.disputed": "disputed",
}
"""What an answered status is in the log; that a list was received nobody has said."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("actions")
def actions_group() -> None:
    """Action lists: what departments answered."""


@actions_group.command("import")
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE…")
@click.option("--run", "run", type=_FOLDER, required=True, help="Run that the lists were made from.")
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the register; new or empty."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day that the answers describe [default: today].",
)
@click.option("--author", default="", help="Who keeps the register; else company.yaml must state `author`.")
@click.option(
    "--history", help="History whose log takes what was answered, beside the register [default: none]."
)
def import_command(
    files: tuple[Path, ...], run: Path, into: Path, as_of: date | None, author: str, history: str | None
) -> None:
    """Read returned action lists and write what they say as a register.

    Lists in which anything else than an answer was changed are refused, and every such place is named.

    \b
    Example:
      clausewise actions import returned/IT.en.xlsx --run demo/run --into answers --author "IT, Li Xia"
    """
    trusted_run(run)
    found = read(run)
    model = build(found)
    words = {language: Words(language, found.catalogue, model.run.year) for language in OFFERED}
    until = (as_of or datetime.now(ZoneInfo(model.run.timezone)).date()).isoformat()
    back = returned([(path.name, path.read_bytes()) for path in files], model, words, until)
    if back.problems:
        for problem in back.problems:
            say(problem)
        raise SnapshotError(
            f"the lists are not as they were sent out, or cannot be understood, in {len(back.problems)} places; "
            "nothing was imported",
            "have them corrected, or copy the answers into fresh lists",
        )
    rows = [(item.finding, item.done_on, item.done_by) for item in rectified(back)]
    register = filled_csv(
        REGISTERS[REGISTER], ("finding", "done_on", "done_by"), rows, as_of=until, author=author
    )
    with fresh_folder(into) as work:
        write_private(work / f"{REGISTER}.csv", register)
        write_private(work / "answers.csv", encoded(_table(back, words)))
        if history:
            _log(history, back, until)
    say(f"{len(answered(back.answers))} of {len(back.answers)} rows answered, {len(rows)} findings")
    say(f"next: declare it in company.yaml as a source of type register, register {REGISTER}")
    click.echo(str(into / f"{REGISTER}.csv"))


def _log(history: str, back: Returned, until: str) -> None:
    from engine.history.answers import logged  # noqa: PLC0415  # who keeps no history needs no database
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    url = located(history)
    said = [
        {
            "kind": LOGGED[answer.status],
            "finding": answer.row.finding.number,
            "by": answer.done_by or f"department {answer.department}",
            "on_day": answer.done_on or until,
            "reason": answer.remark,
            "evidence": answer.evidence,
        }
        for answer in answered(back.answers)
        if answer.status in LOGGED
    ]
    with opened(url) as connection:
        added, refused = logged(connection, said, to_instant(datetime.now(UTC)))
    for line in refused:
        say(f"not logged: {line}")
    say(f"{shown(url)}: {added} entries added to the log")


def _table(back: Returned, words: dict[str, Words]) -> Iterator[Row]:
    """Every answer as it was given, for the inspector: wishes and objections are no facts of the register."""

    def both(key: str) -> str:
        return " / ".join(dict.fromkeys(one.t(key) for one in words.values()))

    keys = ("card.number", "column.instance", "column.code", "check", "column.subject", *ANSWERS)
    yield tuple(both(key) for key in keys)
    for answer in answered(back.answers):
        yield (
            answer.row.cells[0], answer.row.cells[1], answer.department, answer.row.finding.check,
            answer.row.subject, both(answer.status), answer.done_on, answer.done_by, answer.remark,
            answer.evidence,
        )  # fmt: skip
