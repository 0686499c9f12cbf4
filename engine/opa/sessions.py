"""Start an engine, ask it about shards, end it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import Finalize
from pathlib import Path

from engine.errors import EngineError
from engine.opa.asking import AskingSession, Engine
from engine.opa.embedded import EmbeddedEngine
from engine.opa.guard import guard
from engine.opa.interface import Answer, EngineSpec, Session
from engine.opa.server import OpaEngine

_SESSIONS: dict[EngineSpec, Session] = {}
_LOCK = threading.Lock()


class Beginning:
    """An engine that is reading its rules, while we are still busy with other things than asking it."""

    def __init__(self, spec: EngineSpec) -> None:
        """Takes the file of documents by its name only: it need not be there yet.

        Raises:
            RulesError: the rules may not be loaded, or do not compile; nothing was evaluated
            EngineError: the engine cannot be had
        """
        rules = guard(spec.rules)
        self.spec = spec
        self._checks = rules.checks
        self._engine: Engine = (
            EmbeddedEngine(spec, rules) if spec.engine == "embedded" else OpaEngine(spec, rules)
        )

    def session(self) -> Session:
        """The engine, ready to be asked; the documents must be there by now. Whoever takes the session closes it.

        Raises:
            RulesError: the rules cannot be loaded
            EngineError: the engine does not start
        """
        try:
            self._engine.ready()
        except BaseException:
            self.close()
            raise
        return AskingSession(self._engine, self._checks, self.spec.limits)

    def close(self) -> None:
        """End it; ending it twice does no harm."""
        self._engine.close()


@contextmanager
def running(spec: EngineSpec, begun: Beginning | None = None) -> Iterator[Session]:
    """The engine, started; ended on the way out, whatever happened.

    Args:
        spec: what it needs in order to start
        begun: the same engine, on its way already

    Raises:
        RulesError: the rules may not be loaded, or do not compile; nothing was evaluated
        EngineError: the engine does not start
    """
    session = (begun or Beginning(spec)).session()
    with _LOCK:
        _SESSIONS[spec] = session
    try:
        yield session
    finally:
        with _LOCK:
            _SESSIONS.pop(spec, None)
        session.close()


def start(spec: EngineSpec) -> Session:
    """The engine, started; the caller closes it. `running` is safer."""
    return Beginning(spec).session()


def evaluate(spec: EngineSpec, shard: Path, only: tuple[str, ...] = ()) -> Answer:
    """The answers of all checks about a shard file, or of the named ones only.

    In a process where `running` is at work for the same spec, by that session; elsewhere by one that is started now and lives as long as
    the process.

    Raises:
        EngineError: the engine cannot be had, or has gone
    """
    try:
        body = shard.read_bytes()
    except OSError as error:
        raise EngineError(
            f"{shard}: {error.strerror}", "the snapshot has to be readable where shards are evaluated"
        ) from error
    return _session(spec).evaluate(body, only)


def evaluate_body(spec: EngineSpec, body: bytes, only: tuple[str, ...]) -> Answer:
    """The same for a shard that lies in no file.

    Raises:
        EngineError: the engine cannot be had, or has gone
    """
    return _session(spec).evaluate(body, only)


def _session(spec: EngineSpec) -> Session:
    with _LOCK:
        session = _SESSIONS.get(spec)
        if session is None:
            session = _SESSIONS[spec] = start(spec)
            # NOTE: unlike atexit, this also runs at the end of a forked worker
            Finalize(None, session.close, exitpriority=0)
        return session
