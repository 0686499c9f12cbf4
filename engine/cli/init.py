"""`clausewise init`: a folder to start from."""

import csv
import io
from importlib.resources import files
from pathlib import Path

import click

from collectors.registers import REGISTERS, Register
from collectors.registers.templates import csv_template, xlsx_template
from collectors.roster.options import TableName
from collectors.roster.tables import COLUMNS
from engine.cli.talk import say
from engine.snapshot.folder import fresh_folder, write_private

_SWITCHED_ON = ("groups", "applications")
"""Registers without which the least can be said: they are on from the start, the others wait behind a `#`."""

_ROSTER: dict[TableName, tuple[str, ...]] = {
    "people": (
        "例：E0001",
        "李娜",
        "active",
        "employee",
        "2024-03-01",
        "",
        "",
        "FIN",
        "會計",
        "2024-03-01",
        "E0002",
    ),
    "departments": ("例：FIN", "財務部", "HQ", "2020-01-01"),
    "heads": ("例：FIN", "E0002", "2023-07-01", "", "no", "no"),
}
"""HR's tables: an example of each, which the reader leaves out."""

_END = """
# --- Lists of your own: their columns, and then a source of type register for each; docs/own-registers.md ----------------
registers: {}
#  parking_permits:
#    title: 停車證登記表
#    key: number
#    department: holder
#    columns:
#      number: {kind: name, heading: 證號}
#      holder: {kind: person, heading: 持有人}
#      expires_on: {kind: date, heading: 到期日, empty: none}

# --- What is otherwise than the default: `settings.json` of any run lists every setting with its value. ----------------
settings: {}
#  dormant_days: 90

# --- Folders with checks of your own, beside this file ----------------------------------------------------------------
policies: []
"""


def starter() -> str:
    """The commented `company.yaml`, with a source for each register that can be read."""
    head = (files("engine.cli") / "starter.yaml").read_text(encoding="utf-8")
    return head + "".join(_source(register) for register in REGISTERS.values()) + _END


def write_starter(directory: Path) -> tuple[str, ...]:
    """Writes `company.yaml` and a template of every register; returns the paths, counted from the folder.

    Raises:
        UsageError: the folder exists and is not empty
    """
    contents = {"company.yaml": starter().encode()}
    for register in REGISTERS.values():
        contents[f"registers/{register.name}.xlsx"] = xlsx_template(register)
        contents[f"registers/{register.name}.csv"] = csv_template(register)
    for table, example in _ROSTER.items():
        contents[f"roster/{table}.csv"] = _table(table, example)
    with fresh_folder(directory) as work:
        for name, body in contents.items():
            write_private(work / name, body)
    return tuple(contents)


def _source(register: Register) -> str:
    lines = (
        f"- id: {register.name.replace('_', '-')}",
        "  type: register",
        f"  title: {register.zh}",
        f"  register: {register.name}",
        f"  file: registers/{register.name}.xlsx",
    )
    mark = "" if register.name in _SWITCHED_ON else "# "
    return "".join(f"  {mark}{line}\n" for line in lines)


def _table(name: TableName, example: tuple[str, ...]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows((("截至日期 / as of", ""), ("行數 / rows", ""), tuple(COLUMNS[name].values()), example))
    return text.getvalue().encode("utf-8-sig")


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path))
def init_command(directory: Path) -> None:
    """Write a commented company.yaml and a template of every register into DIRECTORY, which must be new or empty.

    \b
    Example:
      clausewise init audit
    """  # click's own mark
    written = write_starter(directory)
    say(f"{directory}: company.yaml and {len(written) - 1} templates of registers and of HR's roster")
    say(f"next: fill them in, then  clausewise coverage -c {directory}/company.yaml")
