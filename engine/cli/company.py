"""`company.yaml`: who the company is, which sources it has, and what it does otherwise than the defaults.

Everything wrong in it is named at once, with file, line, key, what was found and what is right. Secrets are never in
it: a source says in which variable of the environment or in which file its secret is to be found, and it is read when
the source is connected.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from collectors import COLLECTORS, Collector
from collectors.registers import REGISTERS
from collectors.registers.declared import registers_of
from engine.cli.declared import Closed, SourceEntry, Word, read_sources
from engine.cli.lists import read_registers
from engine.cli.located import Problem, located, near, told
from engine.cli.places import policies
from engine.errors import ConfigurationError
from engine.facts.declared import Declared
from engine.snapshot.purge import Retention

Contact = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
"""A line: a name, an address, an extension."""


class Policy(Closed):
    """The policy that is audited."""

    id: Word = Field(
        default="communication-policy", description="short name of the policy; part of every fingerprint"
    )
    version: Word = Field(description="version that is audited, as the register of policy versions calls it")


class Roles(Closed):
    """Departments that have a part in every audit."""

    it: Word = Field(description="code of the IT department")
    hr: Word = Field(description="code of the HR department")


class CalendarChoice(Closed):
    """Where the working days come from."""

    country: Word | None = Field(default=None, description="a calendar that is shipped: CN")
    file: Word | None = Field(
        default=None, description="the company's own: JSON with first, last, holidays, make_up_days"
    )

    @model_validator(mode="before")
    @classmethod
    def _may_be_short(cls, given: Any) -> Any:
        return {"country": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _is_one(self) -> "CalendarChoice":
        if (self.country is None) == (self.file is None):
            raise ValueError("needs either country or file")
        if self.country is not None and self.country not in _countries():
            raise ValueError(
                f"found country {self.country!r}, {near(self.country, _countries())}; or state file"
            )
        return self


class RetentionChoice(Closed):
    """For how many days after their date snapshots are kept; a part that is not stated is kept for ever."""

    raw_days: int | None = Field(
        default=None, ge=1, description="raw records, and what each source delivered"
    )
    snapshot_days: int | None = Field(default=None, ge=1, description="facts and all the rest")

    @model_validator(mode="after")
    def _raw_goes_first(self) -> "RetentionChoice":
        if self.raw_days is None and self.snapshot_days is None:
            raise ValueError("needs raw_days, snapshot_days or both")
        if self.raw_days and self.snapshot_days and self.raw_days > self.snapshot_days:
            raise ValueError(
                f"found raw_days {self.raw_days}, needs no more than snapshot_days, {self.snapshot_days}"
            )
        return self


class _Document(Closed):
    """The whole file, but for the options of the sources."""

    organisation: Word = Field(description="name of the company, as reports show it")
    contact: Contact | None = Field(
        default=None, description="whom departments tell what they dispute, as reports show it: the inspector"
    )
    timezone: Word = Field(
        default="Asia/Shanghai", description="the zone in which the company counts its days"
    )
    calendar: CalendarChoice = Field(
        default_factory=lambda: CalendarChoice(country="CN"), description="working days"
    )
    policy: Policy
    languages: tuple[Literal["zh-Hant", "en", "zh-Hans"], ...] = Field(
        default=("zh-Hant", "en"), min_length=1, description="languages of the reports"
    )
    roles: Roles
    sources: tuple[dict[str, Any], ...] = Field(
        min_length=1, description="systems and registers that facts come from"
    )
    registers: dict[str, Any] = Field(
        default_factory=dict, description="lists of the company's own, each with its columns"
    )
    settings: dict[str, Any] = Field(
        default_factory=dict, description="settings that are otherwise than the default"
    )
    policies: tuple[Word, ...] = Field(default=(), description="folders with checks of the company's own")
    history: Word | None = Field(
        default=None,
        description="file that keeps the runs of all quarters, or postgresql://user@host/database",
    )
    retention: RetentionChoice | None = Field(
        default=None, description="how long snapshots are kept; none: for ever"
    )

    @field_validator("timezone")
    @classmethod
    def _exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError) as error:
            raise ValueError(f"found {name!r}, needs the name of a time zone like Asia/Shanghai") from error
        return name


class Company(Closed):
    """A company as its file describes it, read and found right."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    path: Path = Field(description="the file")
    organisation: str
    contact: str = Field(default="", description="whom departments tell what they dispute; empty: not stated")
    timezone: str
    calendar: Path = Field(description="the file with the working days: shipped, or the company's own")
    policy: Policy
    languages: tuple[str, ...]
    roles: dict[str, str] = Field(description="it, hr -> code of the department")
    sources: tuple[SourceEntry, ...]
    registers: tuple[Declared, ...] = Field(
        default=(), description="registers that the company declares itself"
    )
    settings: dict[str, Any]
    packs: tuple[Path, ...] = Field(description="folders with checks of the company's own")
    retention: Retention | None = Field(
        default=None, description="how long snapshots are kept; none: for ever"
    )
    history: str = Field(default="", description="where the history is kept; empty: nowhere")

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the company counts its days."""
        return ZoneInfo(self.timezone)

    def remarks(self) -> tuple[str, ...]:
        """What is not wrong and not good either, to be said before a source is connected."""
        return tuple(remark for entry in self.sources if (remark := entry.remark()))


def every_pack(company: Company | None, named: Iterable[Path]) -> tuple[Path, ...]:
    """Folders of further checks: the company's, and those named beside it; each once."""
    found = {path.resolve(): path for path in (*(company.packs if company else ()), *named)}
    return tuple(found.values())


def load_company(path: Path, collectors: Mapping[str, Collector] = COLLECTORS) -> Company:
    """The company that a file describes.

    Raises:
        ConfigurationError: everything that is wrong in it, a line each
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ConfigurationError(
            f"{path.name}: cannot be read ({why})", "write one to start from: clausewise init DIR"
        ) from error
    place = located(path, text)
    if not isinstance(place.data, dict):
        raise ConfigurationError(
            f"{path.name}, line 1: found no keys", "write one to start from: clausewise init DIR"
        )
    problems: list[Problem] = []
    document: _Document | None = None
    try:
        document = _Document.model_validate(place.data)
    except ValidationError as error:
        problems += place.problems(error, _Document)
    listed = place.data.get("sources")
    own = place.data.get("registers")
    own = own if isinstance(own, dict) else {}
    registers = read_registers(place, own, problems)
    # one that is declared wrongly is complained of once, not at its source as well
    known = dict.fromkeys(map(str, own), REGISTERS["groups"]) | registers_of(registers)
    sources = read_sources(place, listed if isinstance(listed, list) else [], collectors, problems, known)
    calendar = _calendar(document.calendar, path) if document is not None else path
    if not calendar.is_file():
        problems.append(
            place.problem(("calendar",), f"found no file {calendar.name}, needs one with the working days")
        )
    if problems or document is None:
        raise ConfigurationError(
            told(problems), "correct these lines; a commented example: clausewise init DIR"
        )
    return Company(
        path=path,
        organisation=document.organisation,
        contact=document.contact or "",
        timezone=document.timezone,
        calendar=calendar,
        policy=document.policy,
        languages=document.languages,
        roles=document.roles.model_dump(),
        sources=sources,
        registers=tuple(registers.values()),
        settings=document.settings,
        packs=tuple(path.parent / folder for folder in document.policies),
        retention=Retention(**document.retention.model_dump()) if document.retention else None,
        history=document.history or "",
    )


def _calendar(choice: CalendarChoice, path: Path) -> Path:
    if choice.country is not None:
        return policies() / "calendar" / f"{choice.country}.json"
    return path.parent / str(choice.file)


def _countries() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (policies() / "calendar").glob("*.json")))
