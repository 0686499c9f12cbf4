"""How an audit asks an engine: shards in, answers out, in any order and by any executor."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from engine.audit.mending import Found, Question, would_pass
from engine.canonical import load
from engine.findings import EngineUsed
from engine.opa import Answer, EngineSpec, evaluate, evaluate_body
from engine.snapshot.store import check_arrays


class Asked(Protocol):
    """What decides."""

    @property
    def used(self) -> EngineUsed:
        """Which engine it is."""

    def answers(
        self, shards: Sequence[tuple[str, Path]], checks: Sequence[str], *, only: Sequence[str] = ()
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """For each shard its code, and for each check its answer, or in words why there is none. In any order.

        Args:
            shards: code and file of each
            checks: whose answers are wanted
            only: if given, nothing else is evaluated, and the shards are made for these checks
        """

    def supposed(self, questions: Sequence[Question]) -> list[Found]:
        """For each question what would make its subject pass, in their order."""


@dataclass(frozen=True)
class EngineAsked:
    """A started engine, asked through an executor: threads here, or the workers of a cluster."""

    spec: EngineSpec
    executor: Executor
    used: EngineUsed
    counts: dict[str, dict[str, int]]
    """Shard -> array -> records that the manifest counts there."""

    def answers(
        self, shards: Sequence[tuple[str, Path]], checks: Sequence[str], *, only: Sequence[str] = ()
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """For each shard its code and what the checks answered; few shards wait at a time, so that memory stays flat.

        Raises:
            EngineError: the engine has gone and could not be had again
            SnapshotError: a shard lacks an array or a record that the manifest counts
        """
        todo = iter(shards)
        running: dict[Future[Answer], str] = {}
        try:
            while True:
                for code, path in todo:
                    counts = {} if only else self.counts[code]
                    running[self.executor.submit(ask, self.spec, code, path, counts, tuple(only))] = code
                    if len(running) > 2 * self.spec.workers:
                        break
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), _words(future.result(), checks)
        finally:
            for future in running:
                future.cancel()

    def supposed(self, questions: Sequence[Question]) -> list[Found]:
        """For each question what would make its subject pass, in their order.

        Raises:
            EngineError: the engine has gone and could not be had again
        """
        return [
            future.result() for future in [self.executor.submit(suppose, self.spec, one) for one in questions]
        ]


def suppose(spec: EngineSpec, question: Question) -> Found:
    """What would make one subject pass. Can be sent to another process."""
    return would_pass(
        question, lambda body: evaluate_body(spec, body, (question.check,)).checks.get(question.check)
    )


def ask(
    spec: EngineSpec, code: str, path: Path, counts: dict[str, int], only: tuple[str, ...] = ()
) -> Answer:
    """One shard: counted if a manifest counts it, then evaluated. Can be sent to another process."""
    if counts:
        check_arrays(code, load(path), counts)
    return evaluate(spec, path, only)


def _words(answer: Answer, checks: Sequence[str]) -> dict[str, Any]:
    said = {check: answer.faults[check].message for check in checks if check in answer.faults}
    return {check: answer.checks.get(check, "the rule gave no answer") for check in checks} | said
