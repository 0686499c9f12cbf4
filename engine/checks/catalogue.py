"""The catalogue: every check that there is, read from the rules' folders; gaps, doubles and misfits are refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from engine.canonical import canonical, digest
from engine.checks.description import LANGUAGES, CheckId, ClauseId, Description
from engine.errors import CatalogueError
from engine.findings import Method, Severity
from engine.settings import Setting

_PACKAGE = re.compile(r'^package\s+checks\["([^"]+)"\]\s*$', re.MULTILINE)
_Model = TypeVar("_Model", bound=BaseModel)
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Clause(BaseModel):
    """A numbered paragraph of the policy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ClauseId
    title: dict[str, str]
    duty: bool = True


class Chapter(BaseModel):
    """A chapter of the policy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: dict[str, str]


class Planned(BaseModel):
    """A check that the policy asks for and that nobody has written yet: listed, never assessed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: CheckId
    method: Method
    severity: Severity
    title: dict[str, str]


class Policy(BaseModel):
    """The policy that is audited: its id, version, chapters and clauses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    title: dict[str, str]
    chapters: tuple[Chapter, ...]
    clauses: tuple[Clause, ...]
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All checks, with the folders that their rules lie in."""

    policy: Policy
    checks: dict[str, Description]
    general: dict[str, Setting]
    words: dict[str, dict[str, str]]
    rule_folders: tuple[Path, ...]
    files: dict[str, str] = field(default_factory=dict)
    """Path within its folder -> SHA-256 of every rule and description."""

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """Every setting that a check or the audit declares, by name."""
        declared = dict(self.general)
        for check in self.checks.values():
            declared.update(check.settings)
        return dict(sorted(declared.items()))

    @property
    def rules_digest(self) -> str:
        """One digest of all rules and descriptions."""
        return digest(canonical(self.files))

    def rule_digest(self, check: str) -> str:
        """SHA-256 of the rule of a check; empty if there is none."""
        name = f"/{clause_of(check)}/{check}.rego"
        return next((sha256 for path, sha256 in self.files.items() if path.endswith(name)), "")

    def document(self) -> dict[str, Any]:
        """The catalogue as a run keeps it: checks, texts and clauses as run."""
        ids = sorted([*self.checks, *(planned.id for planned in self.policy.planned)], key=order)
        planned = {check.id: check for check in self.policy.planned}
        checks = [
            {
                **self.checks[id_].model_dump(mode="json"),
                "rule": self.rule_digest(id_),
                "implemented": True,
            }
            if id_ in self.checks
            else {
                "id": id_,
                "clause": clause_of(id_),
                "method": planned[id_].method,
                "severity": planned[id_].severity,
                "texts": {language: {"title": title} for language, title in planned[id_].title.items()},
                "implemented": False,
            }
            for id_ in ids
        ]
        return {
            "policy": {"id": self.policy.id, "version": self.policy.version, "title": self.policy.title},
            "chapters": [chapter.model_dump() for chapter in self.policy.chapters],
            "clauses": [
                {
                    **clause.model_dump(),
                    "chapter": clause.id.split(".")[0],
                    "checks": [id_ for id_ in ids if clause_of(id_) == clause.id],
                }
                for clause in self.policy.clauses
            ],
            "checks": checks,
            "values": self.words,
        }


def clause_of(check: str) -> str:
    """The clause that a check belongs to.

    >>> clause_of("6.1.2-c")
    '6.1.2'
    """
    return check.rpartition("-")[0]


def order(check: str) -> tuple[tuple[int, ...], str]:
    """Sorts checks as the policy does: 5.3-a before 10.1-a."""
    clause, _, letter = check.rpartition("-")
    return tuple(int(part) for part in clause.split(".")), letter


def load_catalogue(policies: Path, packs: Iterable[Path] = ()) -> Catalogue:
    """Reads the policy, its checks and those of packs beside it.

    Args:
        policies: the project's folder of that name
        packs: folders with further checks, laid out like `policies/rego`

    Raises:
        CatalogueError: a file is missing, does not fit its check, or two declare the same thing differently
    """
    policy = _model(policies / "clauses.yaml", Policy)
    general = {
        name: _setting(policies / "settings.yaml", name, body)
        for name, body in read_yaml(policies / "settings.yaml").items()
    }
    folders = (policies / "rego", *packs)
    checks: dict[str, Description] = {}
    origin: dict[str, Path] = {}
    files: dict[str, str] = {}
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            raise CatalogueError(
                f"{folder}: no such folder", "name a folder that holds clauses and their checks"
            )
        for path in sorted(folder.rglob("*.yaml")):
            check = _check(path)
            if check.id in checks:
                raise CatalogueError(
                    f"{path}: check {check.id} is already described in {origin[check.id]}",
                    "give it an id of its own",
                )
            checks[check.id] = check
            origin[check.id] = path
        _every_rule_is_described(folder, checks)
        files.update(
            {
                f"{number}/{path.relative_to(folder).as_posix()}": digest(path.read_bytes())
                for path in _shipped(folder)
            }
        )
    _fits(policy, checks, general, origin)
    words = _words(policies / "texts" / "values.yaml")
    ordered = {id_: checks[id_] for id_ in sorted(checks, key=order)}
    return Catalogue(policy, ordered, general, words, folders, files)


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that holds a map.

    Raises:
        CatalogueError: it cannot be read, or holds something else
    """
    try:
        body = yaml.load(path.read_bytes(), Loader=_YAML)  # noqa: S506  # it is the safe loader, in C where there is one
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path}: {' '.join(str(error).split())}", "mend the file") from error
    if not isinstance(body, dict):
        raise CatalogueError(
            f"{path}: found {type(body).__name__}, needs a map of names and values", "mend the file"
        )
    return body


def _words(path: Path) -> dict[str, dict[str, str]]:
    """Value -> language -> how a reader calls it."""
    words: dict[Any, Any] = dict(read_yaml(path))
    for value, texts in words.items():
        if not isinstance(value, str) or not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
            raise CatalogueError(
                f"{path}: {value!r}: found {texts!r:.80}", f"needs a text in {' and '.join(LANGUAGES)}"
            )
    return words


def _shipped(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in {".rego", ".yaml"} and not path.name.endswith("_test.rego")
    )


def _model(path: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise CatalogueError(f"{path}: {where}: {first['msg']}", f"found {first['input']!r:.120}") from error


def _setting(path: Path, name: str, body: Any) -> Setting:
    try:
        return Setting.model_validate(body)
    except ValidationError as error:
        raise CatalogueError(f"{path}: {name}: {error.errors()[0]['msg']}", "mend the file") from error


def _check(path: Path) -> Description:
    check = _model(path, Description)
    rule = path.with_suffix(".rego")
    if path.stem != check.id or path.parent.name != check.clause:
        raise CatalogueError(f"{path}: describes {check.id}", f"name it {check.clause}/{check.id}.yaml")
    if not rule.is_file():
        raise CatalogueError(
            f"{path}: {rule.name} is missing beside it", "a check is a description, a rule and its tests"
        )
    packages = _PACKAGE.findall(rule.read_text(encoding="utf-8"))
    if packages != [check.id]:
        raise CatalogueError(
            f"{rule}: found package {', '.join(packages) or 'of another name'}",
            f'needs: package checks["{check.id}"]',
        )
    return check


def _every_rule_is_described(folder: Path, checks: dict[str, Description]) -> None:
    for path in sorted(folder.rglob("*.rego")):
        if path.name.endswith("_test.rego"):
            continue
        for package in _PACKAGE.findall(path.read_text(encoding="utf-8")):
            if package not in checks or path.stem != package:
                raise CatalogueError(
                    f"{path}: rule of check {package} without its description",
                    f"write {package}.yaml beside it",
                )


def _fits(
    policy: Policy, checks: dict[str, Description], general: dict[str, Setting], origin: dict[str, Path]
) -> None:
    clauses = {clause.id for clause in policy.clauses}
    for check in checks.values():
        if check.clause not in clauses:
            raise CatalogueError(
                f"{origin[check.id]}: clause {check.clause} is not in the policy",
                "see clauses.yaml for those there are",
            )
    for planned in policy.planned:
        if planned.id in checks:
            raise CatalogueError(
                f"clauses.yaml: {planned.id} is planned, and described in {origin[planned.id]}",
                "take it out of planned",
            )
        if clause_of(planned.id) not in clauses:
            raise CatalogueError(f"clauses.yaml: {planned.id} belongs to no clause", "add the clause")
    declared = {name: (setting, "settings.yaml") for name, setting in general.items()}
    for check in checks.values():
        for name, setting in check.settings.items():
            first, where = declared.setdefault(name, (setting, check.id))
            if first != setting:
                raise CatalogueError(
                    f"{origin[check.id]}: setting {name} is declared differently in {where}",
                    "declare it alike in both",
                )
