"""What a pack changes besides adding checks: `pack.yaml` in its folder adds clauses, and changes defaults and texts, each with a reason.

Everything that it changes is kept by name, so that a run and its reports can say it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from engine.checks.description import DERIVED, LANGUAGES, CheckId, Closed, Description, Words
from engine.checks.policy import Chapter, Clause, Policy, numbers
from engine.checks.reading import fitted, read_model
from engine.errors import CatalogueError
from engine.settings import Setting

PACK_FILE = "pack.yaml"

Reason = dict[str, Words]


class _Reasoned(Closed):
    reason: Reason = Field(description="language -> why")

    @model_validator(mode="after")
    def _in_both_languages(self) -> "_Reasoned":
        if set(self.reason) != set(LANGUAGES):
            raise ValueError(
                f"reason: found {', '.join(self.reason) or 'none'}, needs {' and '.join(LANGUAGES)}"
            )
        return self


class NewDefault(_Reasoned):
    """Another default of a setting."""

    default: Any


class NewTexts(_Reasoned):
    """Other texts of a check: those that are named; all others stay."""

    texts: dict[str, dict[str, Any]] = Field(min_length=1, description="language -> text -> its new words")


class PackFile(Closed):
    """All of `pack.yaml`."""

    chapters: tuple[Chapter, ...] = ()
    clauses: tuple[Clause, ...] = ()
    settings: dict[str, NewDefault] = Field(default_factory=dict)
    checks: dict[CheckId, NewTexts] = Field(default_factory=dict)
    values: dict[str, dict[str, Words]] = Field(
        default_factory=dict, description="word of a closed list -> language -> how people say it"
    )


@dataclass(frozen=True)
class Pack:
    """A pack as it was read."""

    name: str
    folder: Path
    file: PackFile
    checks: tuple[str, ...] = ()
    """Ids of the checks that it describes."""

    @property
    def path(self) -> Path:
        """Its file, whether it has one or not."""
        return self.folder / PACK_FILE


@dataclass
class Changes:
    """What all packs change."""

    settings: dict[str, Any] = field(default_factory=dict)
    """Setting -> its new default."""
    origins: dict[str, str] = field(default_factory=dict)
    """Setting -> `pack NAME`."""


def read_pack(folder: Path) -> Pack:
    """A pack, as far as its own file tells.

    Raises:
        CatalogueError: the file does not fit
    """
    path = folder / PACK_FILE
    return Pack(folder.resolve().name, folder, read_model(path, PackFile) if path.is_file() else PackFile())


def widened(policy: Policy, packs: Iterable[Pack]) -> Policy:
    """The policy with the chapters and clauses of packs.

    Raises:
        CatalogueError: a clause or chapter is there already, or a clause has no chapter
    """
    chapters = {chapter.id: chapter for chapter in policy.chapters}
    clauses = {clause.id: clause for clause in policy.clauses}
    for pack in packs:
        for chapter in pack.file.chapters:
            if chapter.id in chapters or not chapter.id.isdigit():
                raise CatalogueError(
                    f"{pack.path}: chapter {chapter.id} is there already, or is no number",
                    "give it the next number",
                )
            _titled(pack, f"chapter {chapter.id}", chapter.title)
            chapters[chapter.id] = chapter
        for clause in pack.file.clauses:
            if clause.id in clauses:
                raise CatalogueError(
                    f"{pack.path}: clause {clause.id} is there already: {clauses[clause.id].title['en']}",
                    "a pack adds clauses, it cannot change one: give it a number of its own",
                )
            if clause.id.split(".")[0] not in chapters:
                raise CatalogueError(
                    f"{pack.path}: clause {clause.id} is in no chapter", "add the chapter under `chapters`"
                )
            _titled(pack, f"clause {clause.id}", clause.title)
            clauses[clause.id] = clause
    return policy.model_copy(
        update={
            "chapters": tuple(sorted(chapters.values(), key=lambda one: int(one.id))),
            "clauses": tuple(sorted(clauses.values(), key=lambda one: numbers(one.id))),
        }
    )


def with_words(words: Mapping[str, dict[str, str]], packs: Iterable[Pack]) -> dict[str, dict[str, str]]:
    """The words of closed lists, with those of packs.

    Raises:
        CatalogueError: a word is there already, or lacks a language
    """
    found = dict(words)
    for pack in packs:
        for value, texts in pack.file.values.items():
            if value in found:
                raise CatalogueError(
                    f"{pack.path}: values.{value}: is there already: {found[value]['en']}",
                    "a pack adds words, it cannot change one",
                )
            _titled(pack, f"values.{value}", texts)
            found[value] = texts
    return found


def _titled(pack: Pack, what: str, title: Mapping[str, str]) -> None:
    if not set(LANGUAGES) <= set(title):
        raise CatalogueError(
            f"{pack.path}: {what}: a text is missing", f"needs one in {' and '.join(LANGUAGES)}"
        )


def changed(
    checks: Mapping[str, Description], general: Mapping[str, Setting], packs: Iterable[Pack]
) -> tuple[dict[str, Description], dict[str, Setting], Changes]:
    """Checks and settings as the packs change them.

    Raises:
        CatalogueError: a change concerns what is not there, is not allowed, or two packs change the same thing
    """
    packs = tuple(packs)
    changes = Changes()
    declared = dict(general)
    for check in checks.values():
        declared.update(check.settings)
    for pack in packs:
        for name, change in pack.file.settings.items():
            if name not in declared:
                raise CatalogueError(
                    f"{pack.path}: settings.{name}: no check declares it", "see: clausewise checks show ID"
                )
            if name in changes.origins:
                raise CatalogueError(
                    f"{pack.path}: settings.{name}: {changes.origins[name]} changes it too",
                    "let one pack decide",
                )
            if problem := declared[name].problem(change.default):
                raise CatalogueError(f"{pack.path}: settings.{name}: {problem}", "mend the file")
            changes.settings[name] = change.default
            changes.origins[name] = f"pack {pack.name}"
    other = {name: _with_default(setting, name, changes) for name, setting in general.items()}
    return _texts(checks, packs, changes), other, changes


def _with_default(setting: Setting, name: str, changes: Changes) -> Setting:
    if name not in changes.settings:
        return setting
    return setting.model_copy(update={"default": changes.settings[name]})


def _texts(
    checks: Mapping[str, Description], packs: Iterable[Pack], changes: Changes
) -> dict[str, Description]:
    found = {
        id_: check.model_copy(
            update={
                "settings": {
                    name: _with_default(setting, name, changes) for name, setting in check.settings.items()
                }
            }
        )
        for id_, check in checks.items()
    }
    by: dict[str, str] = {}
    for pack in packs:
        for id_, change in pack.file.checks.items():
            if id_ not in found:
                raise CatalogueError(
                    f"{pack.path}: checks.{id_}: no such check", "see: clausewise checks list"
                )
            if id_ in by:
                raise CatalogueError(
                    f"{pack.path}: checks.{id_}: pack {by[id_]} changes its texts too", "let one pack decide"
                )
            by[id_] = pack.name
            body = found[id_].model_dump(mode="json", by_alias=True)
            if LANGUAGES[0] in change.texts:
                body["texts"].pop(DERIVED, None)  # it says what the source said before
            for language, texts in change.texts.items():
                body["texts"][language] = {**body["texts"].get(language, {}), **texts}
            found[id_] = fitted(pack.path, Description, body, f"checks.{id_}")
    return found


def told(packs: Iterable[Pack], checks: Mapping[str, Description]) -> list[dict[str, Any]]:
    """What each pack adds, changes and replaces, as a run keeps it."""
    return [
        {
            "name": pack.name,
            "checks": list(pack.checks),
            "clauses": [clause.id for clause in pack.file.clauses],
            "replaces": [
                {"check": checks[id_].replaces, "by": id_, "reason": checks[id_].reason}
                for id_ in pack.checks
                if checks[id_].replaces
            ],
            "settings": [
                {"name": name, "value": change.default, "reason": change.reason}
                for name, change in sorted(pack.file.settings.items())
            ],
            "texts": [
                {"check": id_, "texts": _named(change.texts), "reason": change.reason}
                for id_, change in sorted(pack.file.checks.items())
            ],
        }
        for pack in packs
    ]


def _named(texts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return sorted({f"{language}.{key}" for language, changed in texts.items() for key in changed})
