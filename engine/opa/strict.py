"""Rules are compiled against capabilities and schemas before an engine loads them: `opa run` itself checks neither."""

import hashlib
import subprocess
from contextlib import suppress
from pathlib import Path

import orjson

from engine.errors import EngineError, RulesError
from engine.opa.client import located
from engine.opa.embedded import embedded_version
from engine.opa.guard import RuleSet
from engine.opa.interface import EngineSpec
from engine.opa.syntax import refuse_functions

_LIMIT_S = 120


def refuse_unchecked(spec: EngineSpec, rules: RuleSet, folder: Path) -> None:
    """Check the rules; with OPA, or by the embedded engine's syntax trees where only a server elsewhere is at hand.

    Raises:
        RulesError: a rule does not compile, or uses what it may not use; every file and row is named
    """
    if spec.program is not None:
        stamp = _stamp(spec, rules)
        if stamp is not None and stamp.is_file():
            return
        opa_check(spec.program, rules, folder / "checked", spec.rules.capabilities, spec.rules.schemas)
        if stamp is not None:
            with suppress(OSError):  # where nothing can be kept they are checked each time
                stamp.parent.mkdir(parents=True, exist_ok=True)
                stamp.touch()
    elif embedded_version():
        refuse_functions(rules, spec.rules.capabilities)
    else:
        raise EngineError(
            "OPA: no program is named to check the rules with", "run: clausewise engine install"
        )


def opa_check(program: Path, rules: RuleSet, folder: Path, capabilities: Path, schemas: Path | None) -> None:
    """Run `opa check --strict` over the rules, laid out in a folder of their own.

    Raises:
        RulesError: OPA objects
        EngineError: OPA does not run
    """
    rules.write(folder / "clausewise")
    command = [
        *(str(program.resolve()), "check", "--strict", "--format", "json"),
        *("--capabilities", str(capabilities.resolve())),
        *(("--schema", str(schemas.resolve())) if schemas is not None else ()),
        "clausewise",
    ]
    try:
        done = subprocess.run(  # noqa: S603  # the program that the user chose, with our arguments
            command, cwd=folder, env={}, capture_output=True, timeout=_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(
            f"{program}: cannot check the rules: {error}", "run: clausewise engine install"
        ) from error
    if done.returncode == 0:
        return
    try:
        said = located(orjson.loads(done.stdout or done.stderr)["errors"])
    except (ValueError, KeyError, TypeError):
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
    raise RulesError(
        f"no audit was performed: {said}",
        "mend the rule; rules may use what policies/capabilities.json lists: no network, environment, clock or randomness",
    )


def _stamp(spec: EngineSpec, rules: RuleSet) -> Path | None:
    """The file that is there once this very program has found nothing wrong with these very rules, capabilities and schemas."""
    if spec.compiled is None or spec.program is None:
        return None
    program = spec.program.resolve()
    schemas = sorted(spec.rules.schemas.rglob("*.json")) if spec.rules.schemas is not None else []
    found = hashlib.sha256()
    try:
        about = program.stat()
        parts = [
            str(program).encode(),
            f"{about.st_size} {about.st_mtime_ns}".encode(),
            *(part.encode() for file in rules.files for part in (file.name, file.text)),
            spec.rules.capabilities.read_bytes(),
            *(part for path in schemas for part in (path.name.encode(), path.read_bytes())),
        ]
    except OSError:
        return None
    for part in parts:
        found.update(len(part).to_bytes(8) + part)
    return spec.compiled / found.hexdigest()
