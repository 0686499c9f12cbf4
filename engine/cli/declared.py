"""The sources of `company.yaml`: each with its collector, its options, and where its secret is to be found."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from collectors import Collector
from collectors.identity import EMPLOYEE_NO, LOGIN, linked_by_directory, linked_by_login, login_pattern
from collectors.registers import Register, RegisterOptions, report_type
from engine.cli.located import Located, Problem, near
from engine.errors import ConfigurationError
from engine.facts import Collected

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]


class Closed(BaseModel):
    """A part of the file: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Secret(Closed):
    """Where a secret is to be found; it is never here itself."""

    env: Word | None = Field(default=None, description="name of a variable of the environment")
    file: Word | None = Field(default=None, description="a file that holds it, counted from company.yaml")

    @model_validator(mode="before")
    @classmethod
    def _is_a_place(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            raise ValueError(  # noqa: TRY004  # pydantic takes no TypeError
                "found a value, needs {env: NAME} or {file: path}: a secret never stands here itself"
            )
        return given

    @model_validator(mode="after")
    def _is_one_place(self) -> "Secret":
        if (self.env is None) == (self.file is None):
            raise ValueError("needs either env or file")
        return self


class SourceHead(Closed):
    """What every source has; what else it may have depends on its type."""

    id: SourceId = Field(description="short name of the source; part of every uid, so never change it")
    type: Word = Field(description="kind of source")
    title: Word | None = Field(default=None, description="how people call it")
    departments: tuple[Word, ...] | None = Field(
        default=None, min_length=1, description="codes of the departments that it covers; none: all"
    )
    secret: Secret | None = Field(default=None, description="where its secret is to be found")
    limit_s: float = Field(
        default=7200, gt=0, description="seconds that collecting it may take in all; then it has failed"
    )
    directory_of: Word | None = Field(
        default=None,
        description="source whose own ids of accounts are the external ids here: a directory with its objectGUID",
    )
    login_of: Word | None = Field(
        default=None,
        description="source in which the same person has the login that the rule's group `login` finds: a directory",
    )
    login_rule: Word | None = Field(
        default=None,
        description="regular expression for whole login names, with a group employee_no: whose account it is; "
        "with login_of a group login",
    )

    @field_validator("login_rule")
    @classmethod
    def _names_somebody(cls, rule: str | None, info: ValidationInfo) -> str | None:
        if rule is not None:
            login_pattern(rule, LOGIN if info.data.get("login_of") else EMPLOYEE_NO)
        return rule

    @model_validator(mode="after")
    def _has_a_rule(self) -> "SourceHead":
        if self.login_of is not None and self.login_rule is None:
            raise ValueError("login_of: needs a login_rule with a group (?P<login>…)")
        return self


class SourceEntry:
    """A source of `company.yaml`; its secret is read when it is asked for, and never shown."""

    def __init__(
        self, head: SourceHead, collector: Collector, options: BaseModel, place: Located, line: int
    ) -> None:
        """What the file says of it, what reads it, and where it stands in the file."""
        self.id = head.id
        self.type = head.type
        self.title = head.title or head.id
        self.departments = head.departments
        self.limit_s = head.limit_s
        self.login_of = head.login_of or ""
        self.directory_of = head.directory_of or ""
        self._login = (
            None
            if head.login_rule is None
            else login_pattern(head.login_rule, LOGIN if self.login_of else EMPLOYEE_NO)
        )
        self.options = options
        self.collector = collector
        self._secret = head.secret
        self._where = f"{place.name}, line {line}, sources.{head.id}.secret"
        self._folder = place.folder

    def __repr__(self) -> str:
        return f"SourceEntry({self.id!r}, {self.type!r})"

    @property
    def report_type(self) -> str:
        """Its type in reports, even if it fails: a register says which one, so that its completeness can be looked up."""
        return (
            report_type(self.options.register_name)
            if isinstance(self.options, RegisterOptions)
            else self.type
        )

    @property
    def delivers(self) -> tuple[str, ...]:
        """The entities that it is asked for: of a register only its own; links too where a rule makes them."""
        if isinstance(self.options, RegisterOptions):
            return (self.options.kind.entity,)
        made = {"identity_link"} if self._login else set()
        return tuple(sorted({*self.collector.delivers, *made}))

    def linked(self, collected: Collected) -> Collected:
        """What it delivered, with links through the directory's ids, and those that its rule for login names makes."""
        if self.directory_of:
            collected = linked_by_directory(collected, self.directory_of)
        return collected if self._login is None else linked_by_login(collected, self._login, self.login_of)

    def secret_value(self, environment: Mapping[str, str] = os.environ) -> str:
        """The secret itself; empty if the source has none.

        Raises:
            ConfigurationError: the variable is not set, or the file cannot be read
        """
        if self._secret is None:
            return ""
        if self._secret.env is not None:
            value = environment.get(self._secret.env, "")
            if not value:
                raise ConfigurationError(
                    f"{self._where}.env: the variable {self._secret.env} is not set, needs the secret of {self.id}",
                    f"set it for this command: {self._secret.env}=… clausewise …",
                )
            return value
        path = self._secret_path()
        try:
            value = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"{self._where}.file: {self._secret.file} cannot be read ({getattr(error, 'strerror', None) or 'no text'})",
                "put the secret into that file, readable by this user alone",
            ) from error
        if not value:
            raise ConfigurationError(
                f"{self._where}.file: {self._secret.file} is empty, needs the secret of {self.id}"
            )
        return value

    def remark(self) -> str:
        """What is not wrong and not good either: a file with a secret that others can read; else empty."""
        if self._secret is None or self._secret.file is None or os.name != "posix":
            return ""
        path = self._secret_path()
        if path.is_file() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            return f"{self._where}.file: others can read {self._secret.file}; chmod 600 keeps it to this user"
        return ""

    def _secret_path(self) -> Path:
        assert self._secret is not None  # noqa: S101  # the callers have seen to it
        return self._folder / Path(str(self._secret.file)).expanduser()


def read_sources(
    place: Located,
    listed: list[Any],
    collectors: Mapping[str, Collector],
    problems: list[Problem],
    registers: Mapping[str, Register] | None = None,
) -> tuple[SourceEntry, ...]:
    """The sources that are right; what is wrong with the others is added to the problems.

    Args:
        place: the file
        listed: what stands under `sources`
        collectors: kind of source -> what reads it
        problems: what was found wrong so far
        registers: those that the company declares itself
    """
    found: dict[str, SourceEntry] = {}
    for index, given in enumerate(listed):
        at = ("sources", index)
        if not isinstance(given, dict):
            continue  # the document itself says so
        declared = _source(place, given, index, collectors, problems, registers or {})
        if declared is None:
            continue
        if declared.id in found:
            problems.append(
                place.problem((*at, "id"), f"found {declared.id!r} again, every source has its own")
            )
        found[declared.id] = declared
    ids = {str(given.get("id")) for given in listed if isinstance(given, dict)}
    for index, given in enumerate(listed):
        for key in ("directory_of", "login_of"):
            other = given.get(key) if isinstance(given, dict) else None
            if isinstance(other, str) and (other not in ids or other == given.get("id")):
                problems.append(
                    place.problem(
                        ("sources", index, key), f"found {other!r}, {near(other, tuple(sorted(ids)))}"
                    )
                )
    return tuple(found.values())


def _source(
    place: Located,
    given: dict[str, Any],
    index: int,
    collectors: Mapping[str, Collector],
    problems: list[Problem],
    registers: Mapping[str, Register],
) -> SourceEntry | None:
    at = ("sources", index)
    before = len(problems)
    heads = set(SourceHead.model_fields)
    head: SourceHead | None = None
    try:
        head = SourceHead.model_validate({key: value for key, value in given.items() if key in heads})
    except ValidationError as error:
        problems += place.problems(error, SourceHead, at)
    kind = given.get("type")
    collector = collectors.get(kind) if isinstance(kind, str) else None
    if collector is None:
        if isinstance(kind, str):
            problems.append(
                place.problem((*at, "type"), f"found {kind!r}, {near(kind, tuple(sorted(collectors)))}")
            )
        return None
    options: BaseModel | None = None
    try:
        options = collector.options.model_validate(
            {key: value for key, value in given.items() if key not in heads}, context=registers
        )
    except ValidationError as error:
        problems += place.problems(error, collector.options, at, tuple(SourceHead.model_fields))
    if head is None or options is None or len(problems) > before:
        return None
    line = place.lines.get((*at, "secret"), place.lines.get(at, 1))
    return SourceEntry(head, collector, options, place, line)
