"""Which rules may be loaded: their packages and names, before an engine has seen them.

A rule that is misspelt, or lies in the wrong package, would vanish without an error, and its check would pass by saying nothing. And a pack
may add checks, but not change one of the project's. So what a file declares is compared with where it lies, by text alone: the
first statement of a Rego file is its package, and anything that does not look like one of the accepted forms is refused.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from engine.errors import RulesError
from engine.opa.interface import Rules

_PACKAGE = re.compile(
    r'package ((?:[A-Za-z_][A-Za-z0-9_]*)(?:\.[A-Za-z_][A-Za-z0-9_]*|\["[A-Za-z0-9_.-]+"\])*)\s*(?:#.*)?'
)
_PART = re.compile(r'\["([^"]+)"\]|([A-Za-z_][A-Za-z0-9_]*)')
_ANSWERS = ("population", "violations", "unknown")
_CHECKS_TOP = ("checks",)
_TEST = "_test.rego"
_ASIDE = re.compile(r'^[ \t]*#.*$|(?<=[^\[])"[^"\n]*"', re.MULTILINE)
"""Comments, and strings that are no part of a path."""
_WHOLE = re.compile(r'\bdata\b(?!\.\w)|\bdata\.(?:lib|checks)\b(?!\.\w|\["\w)')
"""All of a tree is read at once, or a part of it that only the engine knows."""


@dataclass(frozen=True)
class RuleFile:
    """One file of rules, as it will be loaded."""

    name: str
    """For people and for the engine: folder and path in it, `rego/5.3/5.3-a.rego`."""
    path: Path
    package: tuple[str, ...]
    text: str
    pack: str
    """Name of the pack; empty: the project's own."""

    @property
    def check(self) -> str:
        """Id of the check that the file answers; empty if it is no check's."""
        return self.package[1] if len(self.package) > 1 and self.package[0] == "checks" else ""


@dataclass(frozen=True)
class RuleSet:
    """All rules that are loaded: tests and descriptions are not among them."""

    files: tuple[RuleFile, ...]

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of the checks, sorted."""
        return tuple(sorted(file.check for file in self.files if file.check))

    def needed(self, check: str, tests: str = "") -> "RuleSet":
        """The rule of the check, and every file that it or its tests read, however far: the fewer there are, the sooner an engine is ready."""
        places = {_written(file.package): file for file in self.files}
        found: dict[str, RuleFile] = {}
        texts = [tests, *(file.text for file in self.files if file.check == check)]
        while texts:
            text = _ASIDE.sub("", texts.pop())
            if _WHOLE.search(text):
                return self
            read = [file for place, file in places.items() if place in text and file.name not in found]
            found.update({file.name: file for file in read})
            texts += [file.text for file in read]
        return RuleSet(tuple(file for file in self.files if file.name in found or file.check == check))

    def write(self, folder: Path) -> None:
        """Lays the files out below the folder, each at its name: what was checked is what is loaded."""
        for file in self.files:
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.text.encode())


def _written(package: tuple[str, ...]) -> str:
    """How rules refer to a package."""
    return "data" + "".join(f".{part}" if part.isidentifier() else f'["{part}"]' for part in package)


def load_rules(rules: Rules) -> RuleSet:
    """Read the rules of the project and of the packs.

    Raises:
        RulesError: a file declares what it may not, or a check lacks one of its three answers
    """
    project = _read(rules.project, "")
    packs = [_read(pack, pack.resolve().name) for pack in rules.packs]
    names = [rules.project.resolve().name, *(pack.resolve().name for pack in rules.packs)]
    for pack, name in zip(rules.packs, names[1:], strict=True):
        if names.count(name) > 1:
            raise RulesError(
                f"{pack}: another folder of rules is called {name} as well", "rename the pack's folder"
            )
    declared = {file.package: file.name for file in project}
    for group in (project, *packs):
        _refuse_second(group)
    for group in packs:
        for file in group:
            _refuse_foreign(file, declared)
        declared.update({file.package: file.name for file in group})
    files = tuple(file for group in (project, *packs) for file in group)
    for file in files:
        _refuse_unfinished(file)
    if not any(file.check for file in files):
        raise RulesError(f"{rules.project}: holds no check", "name a folder with clauses and their checks")
    return RuleSet(files)


def guard(rules: Rules) -> RuleSet:
    """Like `load_rules`, and the capabilities file is one.

    Raises:
        RulesError: as in `load_rules`, or there are no capabilities
    """
    allowed_functions(rules.capabilities)
    return load_rules(rules)


def allowed_functions(capabilities: Path) -> frozenset[str]:
    """Names of the built-in functions that rules may call.

    Raises:
        RulesError: the file is missing or damaged
    """
    try:
        document = json.loads(capabilities.read_bytes())
        return frozenset(builtin["name"] for builtin in document["builtins"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RulesError(
            f"{capabilities}: no list of what rules may use: {error}", "restore the file"
        ) from error


def _read(folder: Path, pack: str) -> tuple[RuleFile, ...]:
    if not folder.is_dir():
        raise RulesError(
            f"{folder}: no such folder of rules", "name a folder that holds clauses and their checks"
        )
    top = folder.resolve().name
    files = []
    for path in sorted(folder.rglob("*.rego")):
        if path.name.endswith(_TEST):
            continue
        name = f"{top}/{path.relative_to(folder).as_posix()}"
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError(f"{name}: {error}", "rules are UTF-8 text") from error
        files.append(RuleFile(name, path, _package(name, text), text, pack))
    return tuple(files)


def _package(name: str, text: str) -> tuple[str, ...]:
    # NOTE: a carriage return ends a comment for one reader and not for the other: no chance for two opinions on what the package is
    if "\r" in text.replace("\r\n", "\n") or "\0" in text:
        raise RulesError(f"{name}: holds control characters", "write it as plain text")
    for row, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        statement = line.strip(" \t")
        if not statement or statement.startswith("#"):
            continue
        found = _PACKAGE.fullmatch(statement)
        if found is None:
            raise RulesError(
                f"{name}:{row}: found {statement[:60]!r} where the package should be",
                'needs a line such as: package checks["5.3-a"]',
            )
        return tuple(quoted or plain for quoted, plain in _PART.findall(found[1]))
    raise RulesError(f"{name}: is empty", "remove the file, or write the rule")


def _refuse_second(group: tuple[RuleFile, ...]) -> None:
    """Two files of one check would be one rule to an engine, and nobody who reads the one would know of the other."""
    first: dict[str, str] = {}
    for file in group:
        if file.check and file.check in first:
            raise RulesError(
                f"{file.name}: a second definition of check {file.check}, which {first[file.check]} defines",
                "a check has one rule file",
            )
        first[file.check] = file.name


def _refuse_foreign(file: RuleFile, declared: dict[tuple[str, ...], str]) -> None:
    own = ("checks", file.path.name.removesuffix(".rego"))
    library = ("lib", file.pack)
    if file.package in declared:
        raise RulesError(
            f"{file.name}: declares package {_shown(file.package)}, which {declared[file.package]} declares",
            "a pack adds rules, it cannot change one: give the check an id of its own, and say in its description "
            "which check it replaces and why; give a helper a package under " + _shown(library),
        )
    if file.package == own:
        return
    if file.package[:2] == library and not any(
        package[:2] == library for package in declared if not _is_packs(declared[package], file)
    ):
        return
    raise RulesError(
        f"{file.name}: declares package {_shown(file.package)}",
        f"a file of a pack declares {_shown(own)}, or a package under {_shown(library)}",
    )


def _is_packs(name: str, file: RuleFile) -> bool:
    return name.startswith(f"{file.pack}/")


def _refuse_unfinished(file: RuleFile) -> None:
    if file.package[0] == "checks" and file.package != _CHECKS_TOP:
        if file.package != ("checks", file.path.name.removesuffix(".rego")):
            raise RulesError(
                f"{file.name}: declares package {_shown(file.package)}",
                f"its name asks for: package {_shown(('checks', file.path.name.removesuffix('.rego')))}",
            )
        for answer in _ANSWERS:
            if not re.search(rf"^(?:default )?{answer}\b", file.text, re.MULTILINE):
                raise RulesError(
                    f"{file.name}: has no rule {answer}",
                    "a check answers population, violations and unknown; `unknown := set()` where nothing can be unknown",
                )


def _shown(package: tuple[str, ...]) -> str:
    """A package as it is written.

    >>> _shown(("checks", "5.3-a"))
    'checks["5.3-a"]'
    """
    return package[0] + "".join(f".{part}" if part.isidentifier() else f'["{part}"]' for part in package[1:])
