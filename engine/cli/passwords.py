"""Passwords of archives: asked for at the terminal, or read from where they are kept; never an argument, never shown."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from engine.errors import ConfigurationError, UsageError

SHORTEST = 12
"""Characters. An archive that lies on somebody's disk can be tried as often as one likes."""


def read_passwords(
    codes: Iterable[str], prefix: str | None, file: Path | None, environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Department -> its password, from the environment, from a file, or from the person at the terminal.

    Args:
        codes: the departments that need one
        prefix: `CW` means the variables `CW_IT`, `CW_FIN` …
        file: a line a department, `IT: password`; `/dev/fd/3` is a file too
        environment: where variables are looked for

    Raises:
        ConfigurationError: one is missing, too short, or serves two departments
    """
    wanted = list(codes)
    if prefix is not None:
        found = {code: environment.get(variable(prefix, code), "") for code in wanted}
        missing = [variable(prefix, code) for code in wanted if not found[code]]
        where = "the environment"
    elif file is not None:
        kept = _file(file)
        found = {code: kept.get(code, "") for code in wanted}
        missing = [code for code in wanted if not found[code]]
        where = file.name
    else:
        found = {code: _asked(code) for code in wanted}
        missing, where = [], "the terminal"
    if missing:
        raise ConfigurationError(
            f"{where}: no password for {', '.join(missing)}", "every department needs one of its own"
        )
    _good(found, where)
    return found


def variable(prefix: str, code: str) -> str:
    """The variable of the environment that holds a department's password."""
    return f"{prefix}_" + "".join(char if char.isascii() and char.isalnum() else "_" for char in code).upper()


def _asked(code: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(
            f"no terminal to ask for the password of {code}",
            "say --password-env PREFIX or --password-file FILE",
        )
    return str(click.prompt(f"password of {code}", hide_input=True, confirmation_prompt=True, err=True))


def _file(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path.name}: cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})",
            "a line a department: IT: password",
        ) from error
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        code, colon, password = line.partition(":")
        if not colon or code.strip() in found:
            raise ConfigurationError(
                f"{path.name}, line {number}: needs one line a department", "IT: password"
            )
        found[code.strip()] = password.strip()
    return found


def _good(found: Mapping[str, str], where: str) -> None:
    """Refuses what protects nothing; says of whom, and never what it is."""
    short = sorted(code for code, password in found.items() if len(password) < SHORTEST)
    if short:
        raise ConfigurationError(
            f"{where}: the password of {', '.join(short)} has less than {SHORTEST} characters",
            f"use at least {SHORTEST}",
        )
    whose: dict[str, str] = {}
    for code, password in found.items():
        if password in whose:
            raise ConfigurationError(
                f"{where}: {whose[password]} and {code} have the same password",
                "give each its own, or one could open what the other was sent",
            )
        whose[password] = code
