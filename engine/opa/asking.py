"""Ask about a shard: all checks at once; if that fails, one by one, so that one broken rule costs one check and never another's answer."""

import threading
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from engine.opa.interface import NOT_ASKED, Answer, EngineInfo, Fault, Kind, Limits


class UnansweredError(Exception):
    """A query had no answer, though the engine is well: the rules failed or took too long."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(kind, message)


class Engine(Protocol):
    """What an engine can do; each call may come from several threads at once."""

    @property
    def info(self) -> EngineInfo:
        """Which engine it is; known when it is ready."""

    def ready(self) -> None:
        """Wait until it can be asked: by now the documents are there.

        Raises:
            RulesError: the rules cannot be loaded
            EngineError: it does not start
        """

    def report(self, shard: bytes) -> Mapping[str, Any]:
        """Check -> answer, of all checks that have one.

        Raises:
            UnansweredError: there is no answer, because of at least one check
            EngineError: the engine has gone for good
        """

    def answer(self, check: str, shard: bytes) -> Any:
        """The answer of one check; `None` if it is undefined. Raises as `report` does."""

    def drop(self, check: str) -> None:
        """Leave the check out of all that is asked from now on."""

    def close(self, *, hurry: bool = False) -> None:
        """End it, and everything it started; in a hurry only what takes no longer than a moment."""


UNDEFINED = Fault(
    "undefined", "answers no population, violations and unknown: at least one of them is undefined"
)


class AskingSession:
    """A session over either engine; counts on how many shards a check has failed."""

    def __init__(self, engine: Engine, checks: tuple[str, ...], limits: Limits) -> None:
        self.checks = checks
        self._engine = engine
        self._limits = limits
        self._lock = threading.Lock()
        self._strikes = dict.fromkeys(checks, 0)

    @property
    def info(self) -> EngineInfo:
        """Which engine it is."""
        return self._engine.info

    def evaluate(self, shard: bytes, only: tuple[str, ...] = ()) -> Answer:
        """The answers of all checks about the shard, or of the named ones only."""
        wanted = [check for check in self.checks if not only or check in only]
        asked = [check for check in wanted if not self._is_dropped(check)]
        faults = {check: Fault("rule_error", NOT_ASKED) for check in wanted if check not in asked}
        if not asked:
            return Answer({}, faults)
        given, failed = self._one_by_one(asked, shard) if only else self._together(asked, shard)
        self._count(failed)
        return Answer({check: given[check] for check in asked if check in given}, {**faults, **failed})

    def close(self, *, hurry: bool = False) -> None:
        """End the engine; in a hurry without what takes longer than a moment."""
        self._engine.close(hurry=hurry)

    def _together(self, asked: Iterable[str], shard: bytes) -> tuple[dict[str, Any], dict[str, Fault]]:
        try:
            given = dict(self._engine.report(shard))
        except UnansweredError:
            return self._one_by_one(asked, shard)
        return given, {check: UNDEFINED for check in asked if check not in given}

    def _one_by_one(self, asked: Iterable[str], shard: bytes) -> tuple[dict[str, Any], dict[str, Fault]]:
        given: dict[str, Any] = {}
        failed: dict[str, Fault] = {}
        for check in asked:
            if self._is_dropped(check):
                failed[check] = Fault("rule_error", NOT_ASKED)
                continue
            try:
                value = self._engine.answer(check, shard)
            except UnansweredError as error:
                failed[check] = error.fault
            else:
                if value is None:
                    failed[check] = UNDEFINED
                else:
                    given[check] = value
        return given, failed

    def _is_dropped(self, check: str) -> bool:
        return self._strikes[check] >= self._limits.strikes

    def _count(self, failed: Iterable[str]) -> None:
        with self._lock:
            for check in failed:
                self._strikes[check] += 1
                if self._strikes[check] == self._limits.strikes:
                    self._engine.drop(check)
