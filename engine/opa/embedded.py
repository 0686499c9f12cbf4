"""The embedded engine, regorus: no process to find, nothing to download.

It knows no time limit and cannot be stopped, so it works in processes of its own, which can. Each of them holds the rules and the
documents; the session's threads hand them one question at a time, and end the one that does not answer.
"""

import queue
import threading
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson

from engine.errors import EngineError, RulesError
from engine.opa.asking import UnansweredError
from engine.opa.children import Nursery
from engine.opa.guard import RuleSet
from engine.opa.interface import EngineInfo, EngineSpec
from engine.opa.process import GoneError, WorkerProcess
from engine.opa.resolve import resolved
from engine.opa.syntax import refuse_functions

_DISTRIBUTION = "gordon-to-regorus"


def embedded_version() -> str:
    """Version of the embedded engine; empty if it is not installed."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return ""


class EmbeddedEngine:
    """regorus, in as many processes as shards are evaluated at the same time."""

    def __init__(self, spec: EngineSpec, rules: RuleSet) -> None:
        self.info = EngineInfo("embedded", _needed(), _DISTRIBUTION)
        refuse_functions(rules, spec.rules.capabilities)
        self._limits = spec.limits
        # NOTE: a package that is loaded before those below it takes `population := count(_judged)` from them, silently
        ordered = sorted(rules.files, key=lambda file: len(file.package), reverse=True)
        self._files = {
            file.check or file.name: (file.name, resolved(file.name, file.text)) for file in ordered
        }
        self._spec = spec
        self._documents = ""
        self._nursery = Nursery()
        self._lock = threading.Lock()
        self._dropped: frozenset[str] = frozenset()
        self._tables = True
        """Whether tables are worked out once for all shards: no answer rests on them."""
        self._loaded: dict[WorkerProcess, frozenset[str]] = {}
        """Each living process, and what was dropped when it loaded the rules."""
        self._closed = False
        self._idle: queue.SimpleQueue[WorkerProcess | None] = queue.SimpleQueue()

    def ready(self) -> None:
        """Start the first process, which tells whether the rules can be loaded; the others start when they are needed."""
        self._documents = self._spec.documents.read_text("utf-8")
        self._idle.put(self._ready(None))
        for _ in range(self._spec.workers - 1):
            self._idle.put(None)

    def report(self, shard: bytes) -> Mapping[str, Any]:
        """Check -> answer, for all that have one."""
        answer = self._ask("", shard, self._limits.shard_of(len(shard)))
        return answer if isinstance(answer, dict) else {}

    def answer(self, check: str, shard: bytes) -> Any:
        """The answer of one check."""
        return self._ask(check, shard, self._limits.check_of(len(shard)))

    def drop(self, check: str) -> None:
        """Leave the check out: each process loads the rules anew before its next question."""
        with self._lock:
            self._dropped |= {check}

    def close(self, *, hurry: bool = False) -> None:  # noqa: ARG002  # they end at once in any case
        """End all processes."""
        with self._lock:
            self._closed = True
            for process in self._loaded:
                process.end()
            self._loaded.clear()
        self._nursery.close()

    def _ask(self, check: str, shard: bytes, limit_s: float) -> Any:
        process = self._idle.get()
        try:
            process = self._ready(process)
            well, said = process.exchange(("ask", check, shard), limit_s)
        except TimeoutError as error:
            self._end(process)
            process = None
            raise UnansweredError("time_out", f"no answer within {limit_s:g} s") from error
        except GoneError as error:
            self._end(process)
            process = None
            self._refuse_closed()
            raise UnansweredError("rule_error", "the embedded engine broke down over it") from error
        except BaseException:
            self._end(process)
            process = None
            raise
        finally:
            self._idle.put(process)
        if not well:
            raise UnansweredError("rule_error", said)
        return orjson.loads(said) if said else None

    def _ready(self, process: WorkerProcess | None) -> WorkerProcess:
        """A process that has loaded the rules that are asked for now."""
        dropped = self._dropped
        if process is not None and self._loaded.get(process) == dropped:
            return process
        with self._lock:
            self._refuse_closed()
            if process is None:
                process = WorkerProcess(self._nursery)
            self._loaded[process] = dropped
        kept = tuple(file for key, file in self._files.items() if key not in dropped)
        try:
            well, said = process.exchange(("load", kept, self._documents), self._limits.ready_s)
        except (TimeoutError, GoneError) as error:
            self._end(process)
            raise EngineError("the embedded engine does not start", "try --engine opa") from error
        if not well:
            self._end(process)
            raise RulesError(f"no audit was performed: {said}", "mend the rule or the documents")
        return process if self._has_prepared(process) else self._ready(None)

    def _has_prepared(self, process: WorkerProcess) -> bool:
        """Lays the tables beside the documents; a process that does not come to an end with them is ended, and the next does without."""
        if not self._tables:
            return True
        try:
            process.exchange(("prepare",), self._limits.ready_s)
        except (TimeoutError, GoneError):
            self._end(process)
            self._tables = False
            return False
        return True

    def _end(self, process: WorkerProcess | None) -> None:
        if process is not None:
            with self._lock:
                self._loaded.pop(process, None)
            process.end()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise EngineError("the embedded engine: the audit has ended", "run it again")


class EmbeddedTrial:
    """Single questions of changing rules, in a process of its own."""

    def __init__(self) -> None:
        _needed()
        self._nursery = Nursery()
        self._process = WorkerProcess(self._nursery)

    def ask(self, files: Mapping[str, str], path: str, body: bytes, limit_s: float) -> Any:
        """The value of one rule for one input; `None` if it is undefined.

        Raises:
            RulesError: the rules do not load or fail
            EngineError: the engine does not answer
        """
        try:
            load = ("load", tuple((name, resolved(name, text)) for name, text in files.items()), "")
            well, said = self._process.exchange(load, limit_s)
            if well:
                well, said = self._process.exchange(("ask", path, body), limit_s)
        except (TimeoutError, GoneError) as error:
            raise EngineError("the embedded engine does not answer", "try OPA") from error
        if not well:
            raise RulesError(said, "mend the rule")
        return orjson.loads(said) if said else None

    def close(self) -> None:
        """End the process."""
        self._process.end()
        self._nursery.close()


def _needed() -> str:
    found = embedded_version()
    if not found:
        raise EngineError("the embedded engine is not installed", "pip install 'clausewise[embedded]'")
    return found
