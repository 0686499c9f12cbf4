"""What was measured: survivors that change no answer, with their reasons, and the table of all figures."""

import hashlib
import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mutants import Mutant

_SURVIVORS = Path(__file__).with_name("survivors.yaml")

_HEAD = """# Evidence that the rules are right

Mutation testing breaks each rule in small ways and runs that check's tests, and the law that what is not known never makes a violation
go away. Written by `tools/mutation/mutate.py --keep docs/evidence.md`; `make mutate CHECK=5.3-a` prints the survivors. A mutant that changes
no answer stands in `tools/mutation/survivors.yaml` with its reason, and counts neither way. The last column tells which rule, tests and
library were measured, by the first digits of their SHA-256; a row whose files have changed since says `changed`.

Apart from this, `make test` itself asks the smallest of these mistakes for every check: each comparison off by one, and each with the same
answer on both sides, has to fail a test of its own (`tests/rules/test_proofs.py`, `clausewise checks test`). Where each odd case is tried stands in [edge-cases.md](edge-cases.md).

| Check | Mutants | Killed | Change no answer | Killed % | Measured |
|---|---:|---:|---:|---:|---|
"""

_LIBRARY = re.compile(rb"\bdata\.lib\.(\w+)")

_ROW = re.compile(r"\| (?P<check>\d\S*) \|.*\| (?P<digest>[0-9a-f]{8})(?P<changed>, changed)? \|$")


@dataclass(frozen=True)
class Measured:
    """The figures of one check."""

    check: str
    counted: int
    """Mutants that compile and change an answer."""
    survivors: list[tuple[Mutant, str]]
    """Changes an answer and no test notices, and why that is left; an empty reason says that nobody has looked."""
    equivalent: list[tuple[Mutant, str]]
    """Survivors that change no answer, and why."""
    stale: list[str]
    """Listed as changing no answer, but there is no such survivor."""
    digest: str
    """Which rule and tests were measured."""

    @property
    def killed(self) -> int:
        """How many a test notices."""
        return self.counted - len(self.survivors)

    @property
    def share(self) -> float:
        """Killed, in percent; all of none."""
        return 100 * self.killed / self.counted if self.counted else 100.0


def judged(
    rules: Path, check: str, count: int, survivors: list[Mutant], rows: Container[int] = ()
) -> Measured:
    """Tell survivors that change no answer from those that a test should notice.

    With `rows`, only mutants of these lines were tried, so nothing is said of reasons that explain others.
    """
    lines = next(rules.glob(f"*/{check}.rego")).read_text("utf-8").splitlines()
    listed = {(entry["line"], entry["what"]): entry for entry in _listed().get(check, ())}
    keys = [(lines[mutant.row - 1].strip(), mutant.what) for mutant in survivors]
    found = [(mutant, listed.get(key, {})) for mutant, key in zip(survivors, keys, strict=True)]
    equivalent = [(mutant, entry["why"]) for mutant, entry in found if entry and not _counts(entry)]
    return Measured(
        check=check,
        counted=count - len(equivalent),
        survivors=[(mutant, entry.get("why", "")) for mutant, entry in found if not entry or _counts(entry)],
        equivalent=equivalent,
        stale=[f"{check}: {line}: {what}" for line, what in listed if not rows and (line, what) not in keys],
        digest=_digest(rules, check),
    )


def _listed() -> dict[str, list[dict[str, Any]]]:
    listed: dict[str, list[dict[str, Any]]] = yaml.safe_load(_SURVIVORS.read_text("utf-8")) or {}
    return listed


def _counts(entry: dict[str, Any]) -> bool:
    """Whether a listed survivor changes an answer, so that it counts against the share that is killed."""
    return bool(entry.get("changes_answer", False))


def keep(table: Path, rules: Path, measured: list[Measured]) -> None:
    """Put the figures into the table, beside those of other checks."""
    rows: dict[str, str] = {}
    if table.exists():
        for line in table.read_text("utf-8").splitlines():
            if found := _ROW.match(line):
                changed = found["digest"] != _digest(rules, found["check"])
                body = line.removesuffix(" |").removesuffix(", changed")
                rows[found["check"]] = f"{body}, changed |" if changed else f"{body} |"
    for one in measured:
        rows[one.check] = (
            f"| {one.check} | {one.counted + len(one.equivalent)} | {one.killed} | {len(one.equivalent)} "
            f"| {one.share:.1f} | {one.digest} |"
        )
    body = "".join(f"{rows[check]}\n" for check in sorted(rows, key=_order))
    table.write_text(_HEAD + body + _reasons(rows), "utf-8")


_WHY = """
## What no test notices, and why

A survivor that changes an answer counts against the share that is killed; the others cannot be noticed, for every answer stays as it was.

"""


def _reasons(rows: dict[str, str]) -> str:
    """Each survivor with its reason, and how many have none."""
    text, listed = _WHY, _listed()
    for check in sorted(listed, key=_order):
        text += f"### {check}\n\n"
        for entry in listed[check]:
            also = "; this one changes an answer" if _counts(entry) else ""
            text += f"* `{entry['line']}`: {entry['what']}{also}: {entry['why']}\n"
        text += "\n"
    without = {check: _survivors(row) - len(listed.get(check, ())) for check, row in rows.items()}
    owed = ", ".join(
        f"{check} ({without[check]})" for check in sorted(rows, key=_order) if without[check] > 0
    )
    return text + (
        f"Survivors without a reason so far: {owed}.\n" if owed else "Every survivor has its reason.\n"
    )


def _survivors(row: str) -> int:
    """How many mutants of a row of the table were not killed, those that change no answer among them."""
    _, _, mutants, killed, *_ = row.split("|")
    return int(mutants) - int(killed)


def _digest(rules: Path, check: str) -> str:
    """Of a check's rule and tests, and of all of the library that they read; of nothing if the check is gone."""
    own = [*rules.glob(f"*/{check}.rego"), *rules.glob(f"*/{check}_test.rego")]
    found = {file: file.read_bytes() for file in own}
    todo = list(found.values())
    while todo:
        for name in _LIBRARY.findall(todo.pop()):
            file = rules / "lib" / f"{name.decode()}.rego"
            if file not in found and file.exists():
                found[file] = file.read_bytes()
                todo.append(found[file])
    return hashlib.sha256(b"".join(found[file] for file in sorted(found))).hexdigest()[:8]


def _order(check: str) -> tuple[list[int], str]:
    clause, _, letter = check.partition("-")
    return [int(part) for part in clause.split(".")], letter
