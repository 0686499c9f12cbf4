"""Mutation testing of the rules: which small mistakes would no test notice?

python tools/mutation/mutate.py [--opa PROGRAM] [--rules FOLDER] [5.3-a …]

Breaks each rule file in one small way after the other and runs that check's own tests, and the law over its violating inputs. What
survives is printed with its line. A mutant that does not compile does not count.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from mutants import Mutant, mutants  # it lies beside this file

from engine.checks.law import tried
from engine.errors import AuditError
from engine.opa import Rules, RuleSet, load_rules
from engine.opa.trial import trying

ROOT = Path(__file__).parents[2]
_KILLED = 2
"""Exit code of `opa test` when a test fails; 1 means that nothing was tested, since the rules do not compile."""

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


class Bench:
    """A folder with the rules, the tests of one check, and the law over its violating inputs."""

    def __init__(self, opa: Path, rules: Path, check: str, folder: Path) -> None:
        self._opa = opa
        self._folder = folder
        self._check = check
        loaded = load_rules(Rules(rules, ROOT / "policies" / "capabilities.json"))
        test = next(rules.glob(f"*/{check}_test.rego"))
        loaded.needed(check, test.read_text("utf-8")).write(folder)
        self.rule = next(folder.glob(f"*/*/{check}.rego"))
        shutil.copyfile(test, self.rule.with_name(test.name))
        self._lay_law(loaded, test)

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
        (self._folder / "law_test.rego").write_text(text, "utf-8")
        (self._folder / "law.json").write_text(json.dumps({"law_cases": cases}), "utf-8")

    def outcome(self) -> int:
        """Exit code of the tests."""
        command = [str(self._opa), "test", "--timeout", "20s", str(self._folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    def survives(self, mutant: Mutant) -> bool | None:
        """Whether no test notices the mutant; nothing if it does not compile."""
        original = self.rule.read_text("utf-8")
        self.rule.write_text(mutant.text, "utf-8")
        try:
            code = self.outcome()
        finally:
            self.rule.write_text(original, "utf-8")
        return None if code not in {0, _KILLED} else code == 0


def _case(document: dict[str, Any], violating: set[str], answers: int) -> dict[str, Any]:
    """A test input, who must be named, and in how many of violations and unknown one looks."""
    return {**document, "violating": sorted(violating), "answers": answers}


def tested(opa: Path, rules: Path, check: str) -> tuple[int, list[Mutant]]:
    """How many mutants of a check compile, and which of them survive.

    Raises:
        AuditError: its tests do not pass as they are, or it has no violating inputs
    """
    with tempfile.TemporaryDirectory(prefix="clausewise-") as folder:
        bench = Bench(opa, rules, check, Path(folder))
        if bench.outcome() != 0:
            raise AuditError(
                f"{check}: its tests do not pass as they are", f"run: opa test, and mend {check}"
            )
        said = [(mutant, bench.survives(mutant)) for mutant in mutants(opa, bench.rule)]
    counted = [(mutant, survives) for mutant, survives in said if survives is not None]
    return len(counted), [mutant for mutant, survives in counted if survives]


def main() -> int:
    """Print survivors by line, and the share that is killed; the exit code says whether it is at least 90 %."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checks", nargs="*", help="ids of checks; all of them if none is named")
    parser.add_argument("--opa", type=Path, default=ROOT / ".cache" / "bin" / "opa")
    parser.add_argument("--rules", type=Path, default=ROOT / "policies" / "rego")
    parser.add_argument("--least", type=float, default=90, help="percent that have to be killed")
    options = parser.parse_args()
    known = sorted(path.stem for path in options.rules.glob("*/*-*.yaml"))
    total = alive = 0
    for check in options.checks or known:
        try:
            count, survivors = tested(options.opa, options.rules, check)
        except (AuditError, StopIteration) as error:
            print(f"{check}: not tested: {error}", flush=True)
            continue
        total, alive = total + count, alive + len(survivors)
        print(
            f"{check}: {count - len(survivors)} of {count} killed, {_percent(count, survivors)}", flush=True
        )
        for mutant in survivors:
            print(f"  {check}.rego:{mutant.row}: {mutant.what}", flush=True)
    share = 100 * (total - alive) / total if total else 0
    print(f"all: {total - alive} of {total} killed, {share:.1f} %")
    return 0 if share >= options.least else 1


def _percent(count: int, survivors: list[Mutant]) -> str:
    return f"{100 * (count - len(survivors)) / count:.1f} %" if count else "no mutants"


if __name__ == "__main__":
    sys.exit(main())
