"""The roll-forward: how what was open at the end of one run became what is open at the end of the next."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["findings", "instances"]
LEVELS: tuple[Level, ...] = ("findings", "instances")

ADDED = ("new", "recurred", "resumed", "moved_in")
TAKEN = ("moved_out", "merged", "closed", "waived", "withheld")
TERMS = ("opening", *ADDED, *TAKEN, "closing")
"""In the order in which they are printed: opening + what is added - what is taken = closing."""


class Standing(StrEnum):
    """How something that fails or failed stands at the end of a run."""

    OPEN = "open"
    UNVERIFIED = "unverified"
    """Was open, could not be looked at: still counted as open."""
    WAIVED = "waived"


class Roll(BaseModel):
    """One department's or the company's roll-forward at one level."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opening: int = Field(default=0, description="open at the end of the run before")
    new: int = Field(default=0, description="never open before, or not within four quarters")
    recurred: int = Field(default=0, description="closed within the last four quarters, and open again")
    resumed: int = Field(default=0, description="was under a waiver that has ended, and is open again")
    moved_in: int = Field(
        default=0, description="from another department: renamed, merged, or a person moved"
    )
    moved_out: int = Field(default=0, description="to another department")
    merged: int = Field(default=0, description="became part of a finding that was there already")
    closed: int = Field(default=0, description="looked at, and gone")
    waived: int = Field(default=0, description="all that is left of it is under a waiver")
    withheld: int = Field(default=0, description="an inspector decided that it is not issued")
    closing: int = Field(default=0, description="open at the end of this run")
    unverified: int = Field(default=0, description="of the closing ones: could not be looked at, carried on")

    @property
    def ties(self) -> bool:
        """Whether opening and what came and went make the closing."""
        said = self.model_dump()
        came, went = (sum(said[term] for term in terms) for terms in (ADDED, TAKEN))
        return bool(self.opening + came - went == self.closing)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(self.model_dump().values())


Key = tuple[str, str]
"""Fingerprint and department: some subjects are judged in several departments."""


class _Counts:
    """Terms by department."""

    def __init__(self) -> None:
        self.found: dict[str, Counter[str]] = {}

    def add(self, department: str, term: str) -> None:
        """One more."""
        self.found.setdefault(department, Counter())[term] += 1

    def moved(self, department: str, to: str) -> None:
        """One that another department answers for."""
        if department != to:
            self.add(department, "moved_out")
            self.add(to, "moved_in")


def rolled(
    was: Iterable[tuple[str, str, Key]],
    now: Mapping[Key, Standing],
    ended: Mapping[str, str],
    bound: Container[str] = frozenset(),
) -> dict[str, Roll]:
    """Department -> roll-forward; it ties by construction, and the sum over departments is the company's.

    Args:
        was: fingerprint and department in the run before, and under which key it goes on today
        now: everything that fails today, waived or not, and what is carried on
        ended: fingerprint -> `closed` or `waived`, for what is known to have ended in earlier runs
        bound: fingerprints of what several departments may have at a time, so that it moves with none of them
    """
    counts = _Counts()
    reached: dict[Key, None] = {}
    for _, department, today in sorted(was):
        counts.add(department, "opening")
        counts.moved(department, today[1])
        if today in reached:
            counts.add(today[1], "merged")
        reached[today] = None
    known = _gone_on(reached, now, counts, bound)
    came = {"closed": "recurred", "waived": "resumed"}
    for key, standing in now.items():
        if standing is not Standing.WAIVED:
            counts.add(key[1], "closing")
            if standing is Standing.UNVERIFIED:
                counts.add(key[1], "unverified")
            if key not in known:
                counts.add(key[1], came.get(ended.get(key[0], ""), "new"))
    return {code: Roll(**found) for code, found in sorted(counts.found.items())}


def _gone_on(
    reached: Iterable[Key], now: Mapping[Key, Standing], counts: _Counts, bound: Container[str]
) -> set[Key]:
    """What of that which was open goes on today, wherever; the rest is counted as closed or waived."""
    keys = list(reached)
    known = {key for key in keys if key in now}
    free: dict[str, list[str]] = {}
    for fingerprint, department in sorted(now.keys() - known):
        if fingerprint not in bound:
            free.setdefault(fingerprint, []).append(department)
    for fingerprint, department in keys:
        place = department
        if (fingerprint, department) not in known:
            others = free.get(fingerprint)
            if not others:
                counts.add(department, "closed")
                continue
            place = others.pop(0)
            known.add((fingerprint, place))
            counts.moved(department, place)
        if now[fingerprint, place] is Standing.WAIVED:
            counts.add(place, "waived")
    return known


def total(rolls: Iterable[Roll]) -> Roll:
    """The sum, term by term."""
    found: Counter[str] = Counter()
    for roll in rolls:
        found.update(roll.model_dump())
    return Roll(**found)
