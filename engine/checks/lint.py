"""`clausewise checks lint`: forms of Rego that compile, pass their tests, and are wrong all the same.

On top of what OPA's own compiler finds. The forms stand in modules of their own: `lint_forms` what a file shows by itself, `lint_words`
what only the fact models tell, `lint_facts` what a check reads and its description does not declare, `lint_described` where the two do
not fit, `lint_absence` what a rule says where nothing is known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.checks.catalogue import Catalogue
from engine.checks.lint_absence import absent, undated
from engine.checks.lint_described import misfitting
from engine.checks.lint_facts import undeclared
from engine.checks.lint_forms import answering, careless
from engine.checks.lint_words import keys, misworded
from engine.checks.schemas import schemas
from engine.checks.trees import File
from engine.checks.vocabulary import SHARD_ARRAYS, vocabulary
from engine.facts.declared import REGISTERS, Declared
from engine.opa import RuleSet
from engine.opa.lints import parsed, slow_in

_AT_ONCE = 4

_PURPOSE = re.compile(r"# on purpose: \S")
"""An author who knows better says so above the row, with the reason."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to write differently."""

    path: Path
    row: int
    found: str
    instead: str

    def __str__(self) -> str:
        """As it is printed, so that an editor finds the place."""
        return f"{self.path}:{self.row}: {self.found}; {self.instead}"


def lint(
    program: Path,
    rules: RuleSet,
    catalogue: Catalogue,
    tests: Iterable[Path] = (),
    registers: Sequence[Declared] = (),
) -> list[Problem]:
    """Everything that should be written differently, sorted by file and row; empty if nothing.

    Args:
        program: OPA, which parses
        rules: the project's rules and those of packs, tests not among them
        catalogue: the descriptions of the checks
        tests: test files, of which only the import is asked
        registers: those that the company declares

    Raises:
        EngineError: a file does not parse
    """
    paths = [file.path for file in rules.files]
    files = _parsed(program, paths)
    words = vocabulary(schemas(catalogue.settings, registers))
    every = tuple(files.values())
    answers, made = answering(every), keys(every)
    problems = set(_slow(files))
    for file in every:
        found = (
            *careless(file, answers),
            *misworded(file, words, made, answers, catalogue.settings),
            *undeclared(file, every, catalogue.checks),
            *misfitting(file, catalogue.checks),
            *absent(file),
            *undated(file, catalogue.checks),
        )
        problems |= {Problem(file.path, fault.row, fault.found, fault.instead) for fault in found}
    for path in tests:
        if "import future.keywords.not" not in path.read_text("utf-8"):
            problems.add(Problem(path, 1, *_LACKS_NOT))
    return sorted(problem for problem in problems if not _on_purpose(problem))


_LACKS_NOT = (
    "does not import future.keywords.not, so that `not` fails on what is undefined",
    "write: import future.keywords.not",
)


def _on_purpose(problem: Problem) -> bool:
    """Whether the row, or the one above it, says why it is so."""
    rows = problem.path.read_text("utf-8").splitlines()[max(problem.row - 2, 0) : problem.row]
    return any(_PURPOSE.search(row) for row in rows)


def _parsed(program: Path, paths: list[Path]) -> Mapping[Path, File]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        trees = pool.map(lambda path: parsed(program, path), paths)
        return {path: File(path, tree) for path, tree in zip(paths, trees, strict=True)}


def _slow(files: Mapping[Path, File]) -> Iterator[Problem]:
    for line in slow_in({path: file.tree for path, file in files.items()}, SHARD_ARRAYS | {REGISTERS}):
        place, _, what = line.partition(": ")
        path, _, row = place.rpartition(":")
        found, _, instead = what.partition(": ")
        yield Problem(Path(path), int(row), found, instead)
