"""Mutation testing of the rules: which small mistakes would no test notice?

python tools/mutation/mutate.py [--opa PROGRAM] [--rules FOLDER] [--keep docs/evidence.md] [5.3-a …]

Breaks each rule file in one small way after the other and runs that check's own tests, and the law over its violating inputs. What
survives is printed with its line. A mutant that does not compile does not count, nor does one that changes no answer and stands in
survivors.yaml with the reason.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Container
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kept import Measured, judged, keep  # they lie beside this file
from mutants import Mutant, mutants

from engine.checks.law import tried
from engine.errors import AuditError
from engine.opa import Rules, RuleSet, load_rules
from engine.opa.trial import trying

ROOT = Path(__file__).parents[2]
_LIMIT_S = 60
"""A mutant that takes longer has run away, and somebody would notice."""

_QUICK = {"GOGC": "off", "GOMEMLIMIT": "1GiB"}
"""A process that lives for a fifth of a second need not collect garbage: a third of its time."""

_LAW = """package law_test

"""

_LAW_OF = """test_the_law_holds_{number} if {{
	every case in data.law_cases[{number}] {{
		judged := {path} {given}
		said := [judged.violations, judged.unknown]
		every subject in case.violating {{
			some answers in array.slice(said, 0, case.answers)
			some row in answers
			row.subject == subject
		}}
	}}
}}
"""


_NOT_RULES = ("rego_compile_error", "rego_parse_error", "rego_type_error", "rego_unsafe_var_error")
"""What OPA says of rules that do not compile; they cannot be evaluated, so no test judges them."""


class Bench:
    """A folder with the rules, the tests of one check, and the law over its violating inputs.

    `opa test` writes a trace of every test; `opa eval` gives the same answers in a fifth of the time, so it judges the mutants. Most of
    them fall to the tests; only what survives these is held to the law, which takes longest.
    """

    def __init__(self, opa: Path, rules: Path, check: str, folder: Path) -> None:
        self._opa = opa
        self._folder = folder
        self._check = check
        self._law = folder / "law"
        self._law.mkdir()
        loaded = load_rules(Rules(rules, ROOT / "policies" / "capabilities.json"))
        test = next(rules.glob(f"*/{check}_test.rego"))
        loaded.needed(check, test.read_text("utf-8")).write(folder / "rules")
        written = next((folder / "rules").glob(f"**/{check}.rego"))
        shutil.copyfile(test, written.with_name(test.name))
        (folder / "rule").mkdir()
        self.rule = written.rename(folder / "rule" / written.name)
        self._lay_law(loaded, test)
        self._right = [self._said(self.rule, package) for package in (f"{check}_test", "law_test")]

    def _lay_law(self, loaded: RuleSet, test: Path) -> None:
        text, cases = _LAW, []
        with trying(self._opa) as ask:
            for number, (original, *variants) in enumerate(tried(ask, loaded, test)):
                violating = original.subjects("violations")
                cases.append([_case(original.variant.document, violating, 1)])
                cases[-1] += [
                    _case(one.variant.document, violating - {one.variant.moved}, 2) for one in variants
                ]
                names = sorted(original.variant.document.get("data", {}))
                given = [
                    "with input as case.input",
                    *(f"with data.{name} as case.data.{name}" for name in names),
                ]
                text += _LAW_OF.format(
                    number=number, path=f"data.checks[{json.dumps(self._check)}]", given=" ".join(given)
                )
        (self._law / "law_test.rego").write_text(text, "utf-8")
        (self._law / "law.json").write_text(json.dumps({"law_cases": cases}), "utf-8")

    def passes(self) -> bool:
        """Whether all tests pass as the rules are."""
        # NOTE: one argument each: in a folder within another, law.json would lie below data.law
        folders = [str(self._folder / name) for name in ("rules", "rule", "law")]
        command = [str(self._opa), "test", "--timeout", f"{_LIMIT_S}s", *folders]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def survives(self, mutant: Mutant) -> bool | None:
        """Whether no test notices the mutant; nothing if it does not compile."""
        with tempfile.TemporaryDirectory(prefix="clausewise-") as folder:
            rule = Path(folder, self.rule.name)
            rule.write_text(mutant.text, "utf-8")
            for package, right in zip((f"{self._check}_test", "law_test"), self._right, strict=True):
                said = self._said(rule, package)
                if said is None:
                    return None
                if said != right:
                    return False
        return True

    def _said(self, rule: Path, package: str) -> Any:
        """What each test of a package says; nothing if the rules do not compile, and an empty list if they have no answer."""
        of_law = package == "law_test"
        path = f"data.{package}" if of_law else f'data.checks["{package}"]'
        query = f'{{name: said | some name, said in {path}; startswith(name, "test_")}}'
        folders = [self._folder / "rules", rule, *([self._law] if of_law else [])]
        command = [str(self._opa), "eval", "--format", "json", "--timeout", f"{_LIMIT_S}s"]
        for folder in folders:
            command += ["--data", str(folder)]
        done = subprocess.run([*command, query], capture_output=True, check=False, env=os.environ | _QUICK)
        answer = json.loads(done.stdout)
        if any(error.get("code", "") in _NOT_RULES for error in answer.get("errors", ())):
            return None
        return [row["expressions"][0]["value"] for row in answer.get("result", ())]


def _case(document: dict[str, Any], violating: set[str], answers: int) -> dict[str, Any]:
    """A test input, who must be named, and in how many of violations and unknown one looks."""
    return {**document, "violating": sorted(violating), "answers": answers}


def tested(opa: Path, rules: Path, check: str, jobs: int, rows: Container[int]) -> tuple[int, list[Mutant]]:
    """How many mutants of a check compile, and which of them survive; of all its rows, or of those named.

    Raises:
        AuditError: its tests do not pass as they are, or it has no violating inputs
    """
    with tempfile.TemporaryDirectory(prefix="clausewise-") as folder:
        bench = Bench(opa, rules, check, Path(folder))
        if not bench.passes():
            raise AuditError(
                f"{check}: its tests do not pass as they are", f"run: opa test, and mend {check}"
            )
        tries = [mutant for mutant in mutants(opa, bench.rule) if not rows or mutant.row in rows]
        with ThreadPoolExecutor(jobs) as pool:
            said = list(zip(tries, pool.map(bench.survives, tries), strict=True))
    counted = [(mutant, survives) for mutant, survives in said if survives is not None]
    return len(counted), [mutant for mutant, survives in counted if survives]


def main() -> int:
    """Print survivors by line, and the share that is killed; the exit code says whether it is at least 90 %."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checks", nargs="*", help="ids of checks; all of them if none is named")
    parser.add_argument("--opa", type=Path, default=ROOT / ".cache" / "bin" / "opa")
    parser.add_argument("--rules", type=Path, default=ROOT / "policies" / "rego")
    parser.add_argument("--least", type=float, default=90, help="percent that have to be killed")
    parser.add_argument("--jobs", type=int, default=2, help="how many mutants are tried at the same time")
    parser.add_argument("--keep", type=Path, help="write the figures into this table: docs/evidence.md")
    parser.add_argument(
        "--rows", type=int, nargs="+", default=(), help="only these lines of the rule: does a new test kill?"
    )
    options = parser.parse_args()
    if options.rows and options.keep:
        parser.error("--keep needs the figures of the whole rule: leave --rows out")
    known = sorted(path.stem for path in options.rules.glob("*/*-*.yaml"))
    measured = []
    for check in options.checks or known:
        try:
            count, survivors = tested(options.opa, options.rules, check, options.jobs, options.rows)
        except (AuditError, StopIteration) as error:
            print(f"{check}: not tested: {error}", flush=True)
            continue
        measured.append(judged(options.rules, check, count, survivors, options.rows))
        _tell(measured[-1])
        if options.keep:
            keep(options.keep, options.rules, measured)
    total = sum(one.counted for one in measured)
    killed = sum(one.killed for one in measured)
    share = 100 * killed / total if total else 0
    print(f"all: {killed} of {total} killed, {share:.1f} %")
    return 0 if share >= options.least else 1


def _tell(one: Measured) -> None:
    share = f"{one.share:.1f} %" if one.counted else "no mutants"
    print(f"{one.check}: {one.killed} of {one.counted} killed, {share}", flush=True)
    for mutant, why in one.survivors:
        print(f"  {one.check}.rego:{mutant.row}: {mutant.what}{why and ': left: '}{why}", flush=True)
    for mutant, why in one.equivalent:
        print(f"  {one.check}.rego:{mutant.row}: {mutant.what}: changes no answer: {why}", flush=True)
    for entry in one.stale:
        print(f"  survivors.yaml: no such survivor any more, delete it: {entry}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
