"""On which days each check holds: its own period, less the days on which another one stands in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from engine.checks.description import Description
from engine.errors import CatalogueError

Days = tuple[date, date]
"""First and last day."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """When a check holds, and which others stand in its place."""

    periods: tuple[Days, ...]
    """The days on which it decides, earliest first; none: never."""
    by_day: bool
    """It judges each fact by the day of the fact, so it decides in every quarter that it touches."""
    replaced_by: tuple[str, ...] = ()
    """Checks that hold instead of it, each on its own days."""

    @property
    def limited(self) -> bool:
        """Whether there are days on which it does not hold."""
        return self.periods != ((date.min, date.max),)

    def decides(self, first: date, last: date) -> bool:
        """Whether it decides in a quarter of which the last of these days is `as_of`."""
        since = first if self.by_day else last
        return any(start <= last and end >= since for start, end in self.periods)


def standings(checks: Mapping[str, Description]) -> dict[str, Standing]:
    """Check -> when it holds.

    Raises:
        CatalogueError: a check replaces one that is not there or of another clause, or two stand in one place on one day
    """
    instead: dict[str, list[str]] = {}
    for check in checks.values():
        if check.replaces:
            _refuse_misfit(check, checks)
            instead.setdefault(check.replaces, []).append(check.id)
    for replaced, others in instead.items():
        for one, other in combinations(others, 2):
            if _overlap(checks[one], checks[other]):
                raise CatalogueError(
                    f"{one} and {other} both replace {replaced}, on the same days",
                    "end the one before the other begins: in_force: {from: …, until: …}",
                )
    return {
        id_: Standing(
            _without([_declared(check)], [_declared(checks[one]) for one in _all_instead(id_, instead)]),
            check.in_force.by == "day",
            tuple(instead.get(id_, ())),
        )
        for id_, check in checks.items()
    }


def _refuse_misfit(check: Description, checks: Mapping[str, Description]) -> None:
    if check.replaces not in checks:
        raise CatalogueError(
            f"{check.id} replaces {check.replaces}, and there is no such check", "see: clausewise checks list"
        )
    if checks[check.replaces].clause != check.clause:
        raise CatalogueError(
            f"{check.id} replaces {check.replaces}, which stands for another clause",
            f"give it an id of clause {checks[check.replaces].clause}",
        )
    seen = [check.id]
    while follows := checks[seen[-1]].replaces:
        if follows in seen:
            raise CatalogueError(f"{' and '.join(seen)} replace each other", "take one `replaces` out")
        if follows not in checks:
            return
        seen.append(follows)


def _all_instead(id_: str, instead: Mapping[str, list[str]]) -> list[str]:
    """What stands in the place of a check, and in the place of that."""
    found = list(instead.get(id_, ()))
    for one in found:
        found += instead.get(one, ())
    return found


def _declared(check: Description) -> Days:
    return check.in_force.since or date.min, check.in_force.until or date.max


def _overlap(one: Description, other: Description) -> bool:
    (start, end), (begin, stop) = _declared(one), _declared(other)
    return start <= stop and begin <= end


def _without(periods: list[Days], taken: list[Days]) -> tuple[Days, ...]:
    for begin, stop in taken:
        left = []
        for start, end in periods:
            if stop < start or end < begin:
                left.append((start, end))
                continue
            if start < begin:
                left.append((start, begin - _DAY))
            if stop < end:
                left.append((stop + _DAY, end))
        periods = left
    return tuple(sorted(periods))
