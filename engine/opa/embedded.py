"""The embedded engine, regorus: no process to find, nothing to download.

It knows no time limit and cannot be stopped, so it works in processes of its own, which can. Each of them holds the rules and the
documents; the session's threads hand them one question at a time, and end the one that does not answer.
"""

import multiprocessing
import queue
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import orjson

from engine.errors import EngineError, RulesError
from engine.opa.asking import UnansweredError
from engine.opa.guard import RuleSet
from engine.opa.interface import EngineInfo, EngineSpec
from engine.opa.syntax import refuse_functions
from engine.opa.worker import Load, Said, work

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
        found = embedded_version()
        if not found:
            raise EngineError("the embedded engine is not installed", "pip install 'clausewise[embedded]'")
        refuse_functions(rules, spec.rules.capabilities)
        self.info = EngineInfo("embedded", found, _DISTRIBUTION)
        self._limits = spec.limits
        self._files = {file.check or file.name: (file.name, file.text) for file in rules.files}
        self._documents = spec.documents.read_text("utf-8")
        self._lock = threading.Lock()
        self._dropped: frozenset[str] = frozenset()
        self._all: set[_Process] = set()
        self._closed = False
        self._idle: queue.SimpleQueue[_Process | None] = queue.SimpleQueue()
        try:
            # the first one tells whether the rules can be loaded; the others start when they are needed
            self._idle.put(self._started())
            for _ in range(spec.workers - 1):
                self._idle.put(None)
        except BaseException:
            self.close()
            raise

    def report(self, shard: bytes) -> Mapping[str, Any]:
        """Check -> answer, for all that have one."""
        answer = self._ask("", shard, self._limits.shard_s)
        return answer if isinstance(answer, dict) else {}

    def answer(self, check: str, shard: bytes) -> Any:
        """The answer of one check."""
        return self._ask(check, shard, self._limits.check_s)

    def drop(self, check: str) -> None:
        """Leave the check out: each process loads the rules anew before its next question."""
        with self._lock:
            self._dropped |= {check}

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._closed = True
            for process in self._all:
                process.end()
            self._all.clear()

    def _ask(self, check: str, shard: bytes, limit_s: float) -> Any:
        process = self._idle.get()
        try:
            if process is None or process.dropped != self._dropped:
                self._end(process)
                process = None  # whatever happens now: the place is free
                process = self._started()
            said = process.ask(check, shard, limit_s)
        except BaseException as error:
            self._end(process)
            process = None
            if isinstance(error, TimeoutError):
                raise UnansweredError("time_out", f"no answer within {limit_s:g} s") from error
            if isinstance(error, EOFError | OSError):
                if self._closed:
                    raise EngineError("the embedded engine: the audit has ended", "run it again") from error
                raise UnansweredError("rule_error", "the embedded engine broke down over it") from error
            raise
        finally:
            self._idle.put(process)
        if not said.well:
            raise UnansweredError("rule_error", said.text)
        return orjson.loads(said.text) if said.text else None

    def _started(self) -> "_Process":
        with self._lock:
            if self._closed:
                raise EngineError("the embedded engine: the audit has ended", "run it again")
            dropped = self._dropped
            process = _Process(dropped)
            self._all.add(process)
        kept = tuple(file for key, file in self._files.items() if key not in dropped)
        try:
            said = process.load(Load(kept, self._documents), self._limits.ready_s)
        except (TimeoutError, EOFError, OSError) as error:
            self._end(process)
            raise EngineError("the embedded engine does not start", "try --engine opa") from error
        if not said.well:
            self._end(process)
            raise RulesError(f"no audit was performed: {said.text}", "mend the rule or the documents")
        return process

    def _end(self, process: "_Process | None") -> None:
        if process is not None:
            with self._lock:
                self._all.discard(process)
            process.end()


class _Process:
    """One process with an engine in it."""

    def __init__(self, dropped: frozenset[str]) -> None:
        self.dropped = dropped
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def load(self, load: Load, limit_s: float) -> Said:
        """Give it rules and documents."""
        return self._exchange(load, limit_s)

    def ask(self, check: str, shard: bytes, limit_s: float) -> Said:
        """Ask it about a shard: one check, or all."""
        return self._exchange((check, shard), limit_s)

    def end(self) -> None:
        """End it at once: it holds nothing that could be lost."""
        with suppress(OSError):
            self._pipe.close()
        self._process.kill()
        self._process.join()

    def _exchange(self, message: object, limit_s: float) -> Said:
        self._pipe.send(message)
        if not self._pipe.poll(limit_s):
            raise TimeoutError
        said: Said = self._pipe.recv()
        return said


class EmbeddedTrial:
    """Single questions of changing rules, in a process of its own."""

    def __init__(self) -> None:
        if not embedded_version():
            raise EngineError("the embedded engine is not installed", "pip install 'clausewise[embedded]'")
        self._process = _Process(frozenset())

    def ask(self, files: Mapping[str, str], path: str, body: bytes, limit_s: float) -> Any:
        """The value of one rule for one input; `None` if it is undefined.

        Raises:
            RulesError: the rules do not load or fail
            EngineError: the engine does not answer
        """
        try:
            said = self._process.load(Load(tuple(files.items()), ""), limit_s)
            if said.well:
                said = self._process.ask(path, body, limit_s)
        except (TimeoutError, EOFError, OSError) as error:
            raise EngineError("the embedded engine does not answer", "try OPA") from error
        if not said.well:
            raise RulesError(said.text, "mend the rule")
        return orjson.loads(said.text) if said.text else None

    def close(self) -> None:
        """End the process."""
        self._process.end()
