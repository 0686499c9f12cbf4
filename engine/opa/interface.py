"""What a policy engine takes and what it gives back: values that can be sent to another process.

An audit sees a few functions and nothing of the engine behind them:

    spec = EngineSpec(engine="opa", program=…, rules=Rules(…), documents=path, workers=2)
    with running(spec) as session:                       # checks the rules, starts the engine, ends it whatever happens
        session.info                                     # name and version, for run.json
        with ThreadPoolExecutor(spec.workers) as pool:   # or any other concurrent.futures.Executor
            answers = pool.map(partial(evaluate, spec), shards)

A check that failed on three shards has failed on all, whatever it said of the others: the engine asks it no more then,
and the audit believes none of its answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

Kind = Literal["rule_error", "time_out", "undefined"]
"""Why a check gave no answer: its rules failed, took too long, or said nothing."""


@dataclass(frozen=True)
class Rules:
    """Where the rules are, and what they are checked against before anything is loaded."""

    project: Path
    """The project's own rules: `policies/rego`."""
    capabilities: Path
    """What rules may use: `policies/capabilities.json`."""
    schemas: Path | None = None
    """Folder of JSON Schemas; OPA alone checks them. With packs, of schemas that know the packs' settings."""
    packs: tuple[Path, ...] = ()
    """Folders of further checks."""


_USUAL_SHARD = 4 * 2**20
"""Bytes of a shard that the limits of time are meant for: a department of some two thousand people. What is larger is given time in proportion."""


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds, and how often a check may fail."""

    ready_s: float = 60
    """Until the engine has started and read rules and documents."""
    shard_s: float = 120
    """One shard, all checks at once."""
    check_s: float = 20
    """One shard, one check, after all at once failed."""
    strikes: int = 3
    """Shards on which a check may fail before it is not asked again, and has failed everywhere."""

    def shard_of(self, size: int) -> float:
        """Seconds for a shard of so many bytes, all checks at once."""
        return self.shard_s * max(1, size / _USUAL_SHARD)

    def check_of(self, size: int) -> float:
        """Seconds for one check about a shard of so many bytes."""
        return self.check_s * max(1, size / _USUAL_SHARD)


@dataclass(frozen=True)
class EngineSpec:
    """Everything that an engine needs in order to start: a value that can be pickled."""

    engine: Literal["opa", "embedded"]
    rules: Rules
    documents: Path
    """A JSON file with what rules see under `data`: as_of, settings, company …"""
    program: Path | None = None
    """The OPA program; needed for engine opa, for a server elsewhere to check the rules with."""
    url: str = ""
    """An OPA server that somebody else runs; it is given the rules and documents, and rid of them at the end."""
    token: str = field(default="", repr=False)
    """Bearer token of that server."""
    workers: int = 1
    """How many shards are evaluated at the same time."""
    largest_shard: int = 0
    """Bytes of the largest shard, for how much memory OPA may take before it tidies up; 0: not known."""
    limits: Limits = Limits()
    compiled: Path | None = None
    """Folder that remembers which rules have been checked; without one they are checked each time."""
    loopback: bool = False
    """Talk to OPA over a loopback port with a token, as where there are no unix sockets."""


@dataclass(frozen=True)
class EngineInfo:
    """Which engine answered."""

    name: str
    version: str
    where: str = ""
    """Path, address or package, for people; differs from machine to machine, so it is in no run."""


@dataclass(frozen=True)
class Fault:
    """Why one check gave no answer about one shard."""

    kind: Kind
    message: str
    """What the engine says, with file and row of the rule where it tells; the same for every number of workers."""


@dataclass(frozen=True)
class Answer:
    """What the rules say about one shard: each check is in exactly one of the two."""

    checks: Mapping[str, Any]
    """Check -> {"population": …, "violations": […], "unknown": […]} as the rule gave it; not yet believed."""
    faults: Mapping[str, Fault]
    """Check -> why it gave none: not assessed, because of rule_error."""


class Session(Protocol):
    """A started engine."""

    @property
    def info(self) -> EngineInfo:
        """Which engine it is."""

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of all checks that the rules hold, packs included: to be compared with the catalogue."""

    def evaluate(self, shard: bytes, only: tuple[str, ...] = ()) -> Answer:
        """The answers of all checks about the shard, or of the named ones only; may be called by several threads at once.

        Raises:
            EngineError: the engine has gone and could not be had again
        """

    def close(self, *, hurry: bool = False) -> None:
        """End it, and everything it started.

        Args:
            hurry: somebody waits at the terminal: what takes longer than a moment is left undone
        """


NOT_ASKED = "not asked again after it had failed on several shards"
"""Message of a fault whose true cause stands with the earlier shards."""
