"""Registers as a source: one file that the company keeps by hand or exports, as of a date, signed by an author."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.registers.entries import Entry, entries
from collectors.registers.kinds import REGISTERS, Register
from collectors.registers.moments import instant, written
from collectors.registers.sheets import Sheet, sheet
from collectors.registers.strip import stripped
from collectors.transport import FileTransport, Request, Response, Transport
from engine.errors import UnparsableError
from engine.facts import Collected

_ENTITIES = tuple(sorted({register.entity for register in REGISTERS.values()}))


class RegisterOptions(BaseModel):
    """What stands under a source of type `register` in `company.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    register_name: str = Field(alias="register", description="which register: groups, approvals, …")
    file: str = Field(min_length=1, description="the file, counted from company.yaml: .csv, .xlsx or .yaml")
    sheet: str | None = Field(default=None, description="XLSX: the sheet; none: the only one")
    encoding: Literal["utf-8", "utf-8-sig", "gb18030", "gbk"] | None = Field(
        default=None, description="CSV: how it is encoded; none: UTF-8, else GB18030"
    )
    as_of: date | None = Field(
        default=None, description="the day that the register describes; none: the file states it"
    )
    author: str | None = Field(
        default=None, min_length=1, description="who keeps it; none: the file states it"
    )
    max_age_days: int = Field(default=31, ge=0, le=400, description="a register older than this is stale")

    _kind: Register = PrivateAttr()

    @field_validator("register_name")
    @classmethod
    def _is_known(cls, name: str, info: ValidationInfo) -> str:
        known = _known(info.context)
        if name not in known:
            meant = "".join(f"did you mean {near}? " for near in get_close_matches(name, known, 1))
            raise ValueError(
                f"found {name!r}, {meant}needs one of {', '.join(known)}, or one that is declared under registers"
            )
        return name

    def model_post_init(self, context: Any) -> None:
        """Find the register itself; the context names those that the company declares."""
        self._kind = _known(context)[self.register_name]

    @property
    def kind(self) -> Register:
        """The register's entry in the table, or the company's own."""
        return self._kind


class RegisterCollector:
    """Reads one register."""

    type: ClassVar[str] = "register"
    title: ClassVar[str] = "Register"
    delivers: ClassVar[tuple[str, ...]] = _ENTITIES
    fields: ClassVar[Fields] = {}
    options: ClassVar[Options] = RegisterOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:  # noqa: ARG002  # of the Protocol
        """The files beside `company.yaml`."""
        return FileTransport(folder)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The file without what stands in columns and sheets that are none of the register's."""
        options = source.options
        assert isinstance(options, RegisterOptions)  # noqa: S101  # the table of collectors pairs them
        body = stripped(options.kind, request.key, response.body, options.sheet, options.encoding)
        return replace(response, body=body)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """The rows as facts.

        Raises:
            SourceError: the file cannot be read, does not say as of when and by whom, or has wrong cells
        """
        options = source.options
        assert isinstance(options, RegisterOptions)  # noqa: S101  # the table of collectors pairs them
        register = options.kind
        harvest = Harvest(source, kind=report_type(register.name), delivers=(register.entity,))
        response = harvest.saw(transport.fetch(Request("file", options.file)))
        found = sheet(options.file, response.body, options.sheet, options.encoding)
        day = _as_of(options, found)
        _author(options, found)
        harvest.as_of = instant(datetime.combine(day, time(23, 59, 59)), moment.zone)
        for entry in entries(register, found, moment.zone):
            _add(harvest, register, found, entry, response.at)
        total = found.stated.get("rows", "")
        if total and total != str(len(found.rows)):
            harvest.problem(f"{found.place}: found {len(found.rows)} rows, it states {total}")
        if abs(_when(harvest.as_of) - _when(moment.as_of)) > timedelta(days=options.max_age_days):
            harvest.problem(
                f"{found.place}: found a register as of {day}, needs one within {options.max_age_days} days",
                "stale",
            )
        return harvest.collected()


def _known(context: dict[str, Register] | None) -> dict[str, Register]:
    return {**REGISTERS, **(context or {})}


def report_type(name: str) -> str:
    """The `type` in the report of a register, by which its completeness is looked up: `register:groups`."""
    return f"register:{name}"


def _add(harvest: Harvest, register: Register, found: Sheet, entry: Entry, at: str) -> None:
    name = entry.fields.get("name") or entry.fields.get("title") or entry.record_id.replace("|", " ").strip()
    dated = {"lists_as_of": harvest.as_of} if "lists_as_of" in register.model.model_fields else {}
    try:
        harvest.add(
            register.model,
            entry.record_id,
            name=str(name),
            raw=entry.raw,
            at=at,
            values={**entry.fields, **dated, "unknown": entry.unknown},
        )
    except ValidationError as error:
        lines = [
            f"{found.place}, row {entry.row}, column {'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors()
        ]
        raise UnparsableError("\n".join(lines), "correct these cells") from error


def _as_of(options: RegisterOptions, found: Sheet) -> date:
    stated = found.stated.get("as_of", "")
    day = written(stated) if stated else None
    if stated and (day is None or isinstance(day, datetime)):
        raise UnparsableError(f"{found.place}: as_of: found {stated!r}, needs a date like 2026-09-30")
    if options.as_of is None and day is None:
        raise UnparsableError(
            f"{found.place}: found no as_of, needs the day that the register describes",
            "state as_of in the file or in company.yaml",
        )
    if options.as_of is not None and day is not None and options.as_of != day:
        raise UnparsableError(
            f"{found.place}: as_of: found {day}, company.yaml says {options.as_of}", "correct one of them"
        )
    return day or options.as_of  # type: ignore[return-value]  # one of them is there


def _author(options: RegisterOptions, found: Sheet) -> str:
    author = options.author or found.stated.get("author", "")
    if not author:
        raise UnparsableError(
            f"{found.place}: found no author, needs the name of who keeps the register",
            "state author in the file or in company.yaml",
        )
    return author


def _when(moment: str) -> datetime:
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
