"""What all programs that keep backups have in common: they say who they are, what a backup is called, and whether a store is sound."""

from collections.abc import Mapping

from collectors.harvest import Harvest
from collectors.transport import Response
from engine.errors import UnparsableError
from engine.facts import KEY, IntegrityCheck

OTHERS = "*"
"""Stands for all backups that nothing else names."""


def program_version(source: str, response: Response, program: str) -> tuple[str, tuple[int, ...]]:
    """The program's version as it says it, and its first two numbers.

    Raises:
        UnparsableError: it is another program
    """
    words = response.body.decode("utf-8", "replace").split()
    parts = words[1].split(".") if len(words) > 1 and words[0] == program else []
    numbers = tuple(int(part) for part in parts[:2] if part.isdecimal())
    if response.status or len(numbers) != 2:  # noqa: PLR2004
        raise UnparsableError(f"{source}: the program does not say that it is {program}", "correct `program`")
    return words[1], numbers


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
    harvest: Harvest, response: Response, result: str, *, program: str, target: str, read_data: bool
) -> None:
    """Whether the store was found sound: `yes`, `no`, or `unknown` if the check itself failed."""
    if result == "unknown":
        harvest.problem(
            f"the store could not be checked: {program} check ended with exit code {response.status}"
        )
    harvest.add(
        IntegrityCheck,
        "check",
        name=f"{program} check: {target}",
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
