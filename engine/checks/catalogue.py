"""The catalogue: every check that there is, read from the rules' folders; gaps, doubles and misfits are refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.canonical import canonical, digest
from engine.checks.description import LANGUAGES, Description
from engine.checks.packs import PACK_FILE, Pack, changed, read_pack, told, widened, with_words
from engine.checks.policy import Policy, clause_of, order
from engine.checks.reading import fitted, read_model, read_yaml
from engine.checks.related import related
from engine.checks.simplified import read_simplified
from engine.checks.standing import Standing, standings
from engine.errors import CatalogueError
from engine.settings import Setting

_PACKAGE = re.compile(r'^package\s+checks\["([^"]+)"\]\s*$', re.MULTILINE)


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
    packs: tuple[Pack, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    """Setting -> the pack that changed its default."""
    crosswalk: dict[str, Any] = field(default_factory=dict)
    """`policies/crosswalk.yaml`: which controls of other frameworks clauses and checks are related to."""

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

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Check -> on which days it holds."""
        return standings(self.checks)

    def document(self) -> dict[str, Any]:
        """The catalogue as a run keeps it: checks, texts and clauses as run."""
        ids = sorted([*self.checks, *(planned.id for planned in self.policy.planned)], key=order)
        planned = {check.id: check for check in self.policy.planned}
        checks = [
            {
                **self.checks[id_].model_dump(mode="json", by_alias=True),
                "rule": self.rule_digest(id_),
                "implemented": True,
                "replaced_by": list(self.standings[id_].replaced_by),
                "related": related(self.crosswalk, id_),
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
            "packs": told(self.packs, self.checks),
        }


def load_catalogue(policies: Path, packs: Iterable[Path] = ()) -> Catalogue:
    """Reads the policy, its checks and those of packs beside it.

    Args:
        policies: the project's folder of that name
        packs: folders with further checks, laid out like `policies/rego`

    Raises:
        CatalogueError: a file is missing, does not fit its check, or two declare the same thing differently
    """
    project = policies / "rego"
    policy = read_model(policies / "clauses.yaml", Policy)
    general = {
        name: fitted(policies / "settings.yaml", Setting, body, name)
        for name, body in read_yaml(policies / "settings.yaml").items()
    }
    folders = (project, *packs)
    read: list[Pack] = []
    checks: dict[str, Description] = {}
    origin: dict[str, Path] = {}
    files: dict[str, str] = {}
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            raise CatalogueError(
                f"{folder}: no such folder", "name a folder that holds clauses and their checks"
            )
        here = []
        for path in sorted(folder.rglob("*.yaml")):
            if folder != project and path == folder / PACK_FILE:
                continue
            check = _check(path)
            if check.id in checks:
                raise CatalogueError(
                    f"{path}: check {check.id} is already described in {origin[check.id]}",
                    f"give it an id of its own; to stand in its place it says: replaces: {check.id}",
                )
            checks[check.id] = check
            origin[check.id] = path
            here.append(check.id)
        if folder != project:
            read.append(replace(read_pack(folder), checks=tuple(sorted(here, key=order))))
        _every_rule_is_described(folder, origin)
        files.update(
            {
                f"{number}/{path.relative_to(folder).as_posix()}": digest(path.read_bytes())
                for path in _shipped(folder)
            }
        )
    policy = widened(policy, read)
    _fits(policy, checks, general, origin)
    own = frozenset(id_ for id_, path in origin.items() if path.is_relative_to(project))
    derived = read_simplified(policies / "texts" / "zh-Hans.json")
    checks = {id_: derived.check(check) if id_ in own else check for id_, check in checks.items()}
    general = {name: derived.setting(name, setting) for name, setting in general.items()}
    checks, general, changes = changed(checks, general, read)
    policy = derived.policy(policy)
    words = derived.words(with_words(_words(policies / "texts" / "values.yaml"), read))
    crosswalk = dict(read_yaml(policies / "crosswalk.yaml"))
    ordered = {id_: checks[id_] for id_ in sorted(checks, key=order)}
    catalogue = Catalogue(
        policy, ordered, general, words, folders, files, tuple(read), changes.origins, crosswalk
    )
    _ = catalogue.standings  # refuses what replaces the wrong thing
    return catalogue


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


def _check(path: Path) -> Description:
    check = read_model(path, Description)
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


def _every_rule_is_described(folder: Path, origin: dict[str, Path]) -> None:
    for path in sorted(folder.rglob("*.rego")):
        if path.name.endswith("_test.rego"):
            continue
        for package in _PACKAGE.findall(path.read_text(encoding="utf-8")):
            if package not in origin:
                raise CatalogueError(
                    f"{path}: rule of check {package} without its description",
                    f"write {package}.yaml beside it",
                )
            if path != origin[package].with_suffix(".rego"):
                raise CatalogueError(
                    f"{path}: a second definition of check {package}, which {origin[package]} describes",
                    "a check has one rule, beside its description",
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
                "take it out of planned; a pack chooses another letter",
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
