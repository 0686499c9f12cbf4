"""What all programs that keep backups have in common: they say who they are, what a backup is called, and whether a store is sound."""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Protocol

from collectors.harvest import Harvest
from collectors.transport import CommandTransport, Response
from engine.errors import SourceError, UnparsableError
from engine.facts import KEY, IntegrityCheck

OTHERS = "*"
"""Stands for all backups that nothing else names."""


class Program(Protocol):
    """How a program that keeps backups is called."""

    @property
    def time_limit_s(self) -> float:
        """Seconds that one command may take."""

    def commands(self) -> dict[str, tuple[str, ...]]:
        """Those that only read."""

    def environment(self, secret: str) -> dict[str, str]:
        """What the secret gives them to know."""


def connected(options: Program, secret: str) -> CommandTransport:
    """A connection to the program that runs those of its commands that only read."""
    return CommandTransport(
        options.commands(), secrets=options.environment(secret), time_limit_s=options.time_limit_s
    )


def program_version(source: str, response: Response, program: str) -> tuple[str, tuple[int, ...]]:
    """The program's version as it says it, and its first two numbers.

    Raises:
        UnparsableError: it is another program
    """
    words = response.body.decode("utf-8", "replace").split()
    parts = words[1].removeprefix("v").split(".") if len(words) > 1 and words[0] == program else []
    numbers = tuple(int(part) for part in parts[:2] if part.isdecimal())
    if response.status or len(numbers) != 2:  # noqa: PLR2004
        raise UnparsableError(f"{source}: the program does not say that it is {program}", "correct `program`")
    return words[1].removeprefix("v"), numbers


def variables(secret: str, known: re.Pattern[str], alone: str) -> dict[str, str]:
    """What a secret gives a command to know: its lines `VARIABLE=value`, or the one variable that is meant by a bare word.

    Args:
        secret: as it was kept; empty: there is none
        known: the whole line, with groups for name and value
        alone: the variable that a secret is for which does not name any
    """
    lines = [line.strip() for line in secret.splitlines() if line.strip()]
    found = {match[1]: match[2] for line in lines if (match := known.fullmatch(line))}
    return found if len(found) == len(lines) else {alone: secret}


def list_again(harvest: Harvest, before: set[str], again: Callable[[], set[str]], what: str) -> None:
    """The proof that all backups came: the same ones are there when they are listed a second time."""
    try:
        after = again()
    except SourceError as error:
        harvest.problem(f"could not be listed a second time: {error}")
        return
    if before != after:
        harvest.problem(f"{what} came or went while they were read: collect again when no backup runs")


def by_pattern(text: str, names: Mapping[str, str]) -> set[str]:
    """All that a name means by patterns (`chat01-*`); what stands for the others is left out."""
    return {name for pattern, name in names.items() if pattern != OTHERS and fnmatchcase(text, pattern)}


def named(
    harvest: Harvest, found: set[str], names: Mapping[str, str], *, several: str, none: str
) -> tuple[str | None, str]:
    """What a backup is of, or why that is not known.

    Args:
        harvest: takes note of what is not known
        found: all that its name or its tags mean
        names: what company.yaml says that they mean
        several: in words, that they mean more than one thing
        none: in words, that they mean nothing
    """
    meant = found or ({names[OTHERS]} if OTHERS in names else set())
    if len(meant) == 1:
        return KEY + next(iter(meant)), ""
    harvest.problem(several if meant else none, "complete")
    return None, "ambiguous" if meant else "not_collected"


def reasons(**given: str) -> dict[str, str]:
    """Why fields are not known; those that are known have none."""
    return {name: reason for name, reason in given.items() if reason}


def add_check(
    harvest: Harvest,
    run: Callable[[], Response],
    soundness: Callable[[Response], str],
    *,
    command: str,
    target: str,
    read_data: bool,
) -> None:
    """Whether the store was found sound: `yes`, `no`, or `unknown` if the check itself failed."""
    try:
        response = run()
    except SourceError as error:
        harvest.problem(f"the store could not be checked: {error}")
        return
    result = soundness(response)
    if result == "unknown":
        how = f"ended with exit code {response.status}" if response.status else "could not read all of it"
        harvest.problem(f"the store could not be checked: {command} {how}")
    harvest.add(
        IntegrityCheck,
        "check",
        name=f"{command}: {target}",
        raw={"result": result, "status": response.status},
        at=response.at,
        observed_at=response.at,
        values={
            "target": KEY + target,
            "checked_at": response.at,
            "result": result,
            "depth": "data" if read_data else "structure",
            "unknown": {"result": "source_partial"} if result == "unknown" else {},
        },
    )
