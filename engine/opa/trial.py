"""Ask single questions of rules, tests included: for those who write rules, not for audits."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import orjson

from engine.errors import EngineError, RulesError
from engine.opa.client import located
from engine.opa.embedded import EmbeddedTrial

_LIMIT_S = 120


class Ask(Protocol):
    """One question of rules."""

    def __call__(self, files: Mapping[str, str], path: str, value: Any) -> Any:
        """The value of a rule for an input; `None` if it is undefined.

        Args:
            files: name -> text of everything that is loaded
            path: the rule, as in `data.audit.report`
            value: the input

        Raises:
            RulesError: the rules do not compile or fail; the message has file and row
            EngineError: the engine does not run
        """


@contextmanager
def trying(program: Path | None) -> Iterator[Ask]:
    """Lets one ask OPA, or without a program the embedded engine."""
    if program is not None:
        yield lambda files, path, value: _ask_opa(program, files, path, value)
        return
    trial = EmbeddedTrial()
    try:
        yield lambda files, path, value: trial.ask(files, path, orjson.dumps(value), _LIMIT_S)
    finally:
        trial.close()


def _ask_opa(program: Path, files: Mapping[str, str], path: str, value: Any) -> Any:
    with tempfile.TemporaryDirectory(prefix="clausewise-") as folder:
        for name, text in files.items():
            file = Path(folder, "clausewise", name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        command = [
            str(program.resolve()),
            "eval",
            "--format",
            "json",
            "--stdin-input",
            "--data",
            "clausewise",
            path,
        ]
        try:
            done = subprocess.run(  # noqa: S603  # the program that the user chose, with our arguments
                command,
                cwd=folder,
                env={},
                input=orjson.dumps(value),
                capture_output=True,
                timeout=_LIMIT_S,
                check=False,
            )
            said = orjson.loads(done.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"{program}: {error}", "run: clausewise engine show") from error
    if said.get("errors"):
        raise RulesError(located(said["errors"]), "mend the rule")
    results = said.get("result", ())
    return results[0]["expressions"][0]["value"] if results else None
