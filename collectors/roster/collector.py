"""The collector of HR's roster: people, departments and their heads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar

import yaml

from collectors.clocks import civil_date, instant
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.registers.moments import written
from collectors.registers.sheets import Sheet
from collectors.roster.departments import add_departments
from collectors.roster.fields import FIELDS
from collectors.roster.options import TABLES, RosterOptions, TableName
from collectors.roster.people import add_people
from collectors.roster.strip import strip
from collectors.roster.tables import sheet_of, table
from collectors.transport import FileTransport, Request, Response, Transport
from engine.errors import UnparsableError
from engine.facts import Collected


@dataclass(frozen=True)
class _Stated:
    """What a table states about itself, or its side file about it."""

    as_of: date
    rows: int


class RosterCollector:
    """Reads HR's roster from files."""

    type: ClassVar[str] = "roster"
    title: ClassVar[str] = "HR roster"
    delivers: ClassVar[tuple[str, ...]] = ("department", "person")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = RosterOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The files in HR's folder; there is no secret."""
        del secret
        return FileTransport(folder / _options(source).folder)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The file with the columns that become facts, and no other."""
        return strip(_options(source), request, response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everybody on the file.

        Raises:
            SourceError: a file is missing
            UnparsableError: a file is wrong; all wrong cells are named
        """
        options = _options(source)
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        files = _Files(transport, harvest)
        side = _side(files, options)
        tables, at = {}, ""
        days: list[date] = []
        for name in TABLES:
            file, _ = options.place(name)
            response = files.read(file)
            found = sheet_of(name, file, response.body, options)
            days.append(_checked(name, found, side).as_of)
            tables[name] = table(name, found, options, moment.zone)
            at = max(at, response.at)
        harvest.as_of = instant(datetime.combine(min(days), time(23, 59, 59), moment.zone))
        people = add_people(harvest, tables["people"], at)
        add_departments(harvest, tables["departments"], tables["heads"], people, at, moment.as_of)
        wrong = [text for one in tables.values() for text in dict.fromkeys(one.wrong)]
        if wrong:
            raise UnparsableError("\n".join(wrong), "correct these cells and export the file again")
        age = abs((civil_date(moment.as_of, moment.zone) - min(days)).days)
        if age > options.max_age_days:
            text = f"the roster is as of {min(days)}, which is {age} days away; at most {options.max_age_days} are allowed"
            harvest.problem(text, "stale")
        if not people:
            harvest.problem("the roster names nobody")
        return harvest.collected()


class _Files:
    """The source's files, each read once."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._transport = transport
        self._harvest = harvest
        self._read: dict[str, Response] = {}

    def read(self, file: str) -> Response:
        """The file."""
        if file not in self._read:
            self._read[file] = self._harvest.saw(self._transport.fetch(Request("file", file)))
        return self._read[file]


def _side(files: _Files, options: RosterOptions) -> Mapping[str, Any]:
    if options.side_file is None:
        return {}
    wrong = UnparsableError(
        f"{options.side_file}: found something else, needs as_of and totals",
        "write as_of: 2026-09-30 and totals: {people: 186, departments: 9, heads: 11}",
    )
    try:
        stated = yaml.safe_load(files.read(options.side_file).body)
    except yaml.YAMLError as error:
        raise wrong from error
    if not isinstance(stated, dict) or not isinstance(stated.get("totals", {}), dict):
        raise wrong
    return stated


def _checked(name: TableName, found: Sheet, side: Mapping[str, Any]) -> _Stated:
    """What is stated about a table, held against the table."""
    help_ = "write `as of` and `rows` above the headings, or in the side file"
    day = written(found.stated.get("as_of") or str(side.get("as_of", "")))
    if day is None or isinstance(day, datetime):
        raise UnparsableError(f"{found.place}: found no day that it is as of", help_)
    total = found.stated.get("rows") or str(side.get("totals", {}).get(name, ""))
    if not total.isdecimal():
        raise UnparsableError(f"{found.place}: found no control total", help_)
    if int(total) != len(found.rows):
        message = f"{found.place}: found {len(found.rows)} rows, the control total is {total}"
        raise UnparsableError(message, "export the file again; the total is that of the system it comes from")
    return _Stated(day, int(total))


def _options(source: Source) -> RosterOptions:
    return RosterOptions.model_validate(source.options.model_dump())
