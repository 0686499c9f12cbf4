"""Sources side by side: each has its time, and one that fails or hangs holds up nobody."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from collectors.transport import Request, Response, Transport
from engine.errors import SourceError
from engine.facts import Collected

AT_ONCE = 8
"""Sources that are collected side by side."""

_LETTING_GO_S = 5.0
"""How long a transport may take to close before it is left to itself."""


class Leash:
    """Holds what a source is read through, so that it can be taken away from a source that does not come back."""

    def __init__(self) -> None:
        self._transport: Transport | None = None
        self._over = threading.Event()

    def hold(self, transport: Transport) -> Transport:
        """The transport, which answers nothing more once the time is over."""
        self._transport = transport
        return _Held(transport, self._over)

    def end(self) -> None:
        """Lets nothing more through, closes connections and ends commands that are running."""
        self._over.set()
        if self._transport is not None:
            closing = threading.Thread(target=_close, args=(self._transport,), daemon=True)
            closing.start()
            closing.join(_LETTING_GO_S)


@dataclass(frozen=True)
class _Held:
    transport: Transport
    over: threading.Event

    def fetch(self, request: Request) -> Response:
        """The response, while there is time."""
        if self.over.is_set():
            raise SourceError(f"{request.key}: asked for when the time was over")
        return self.transport.fetch(request)

    def close(self) -> None:
        """Close the transport behind it."""
        self.transport.close()


def _close(transport: Transport) -> None:
    with suppress(Exception):  # nobody waits for its answer any more
        transport.close()


@dataclass(frozen=True)
class Job:
    """One source to be collected."""

    id: str
    limit_s: float
    """Seconds that it may take in all."""
    collect: Callable[[Leash], Collected]
    late: Callable[[], Collected]
    """What it comes to if it takes longer."""


@dataclass
class _Running:
    job: Job
    leash: Leash = field(default_factory=Leash)
    began: float = field(default_factory=time.monotonic)

    @property
    def left_s(self) -> float:
        return self.began + self.job.limit_s - time.monotonic()


def side_by_side(jobs: Sequence[Job], tell: Callable[[int, int, Sequence[str]], None]) -> list[Collected]:
    """What every job came to, in their order.

    A thread that hangs cannot be stopped in Python: it is left behind with its transport closed, and ends with the
    process at the latest. The first error that a job raises ends the others.

    Args:
        jobs: the sources
        tell: told how many of how many are done, and which are being waited for
    """
    waiting, running, done = deque(jobs), dict[str, _Running](), dict[str, Collected]()
    ended: SimpleQueue[tuple[str, Collected | BaseException]] = SimpleQueue()
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                began = _Running(waiting.popleft())
                running[began.job.id] = began
                threading.Thread(target=_work, args=(began, ended), daemon=True).start()
            tell(len(done), len(jobs), tuple(running))
            with suppress(Empty):
                name, outcome = ended.get(timeout=max(0.0, min(one.left_s for one in running.values())))
                if name not in running:
                    continue  # of a source that was given up
                if isinstance(outcome, BaseException):
                    raise outcome
                done[name] = outcome
                del running[name]
            for late in [one for one in running.values() if one.left_s <= 0]:
                late.leash.end()
                done[late.job.id] = late.job.late()
                del running[late.job.id]
        tell(len(done), len(jobs), ())
    finally:
        for one in running.values():
            one.leash.end()
    return [done[job.id] for job in jobs]


def _work(began: _Running, ended: SimpleQueue[tuple[str, Collected | BaseException]]) -> None:
    try:
        ended.put((began.job.id, began.job.collect(began.leash)))
    except BaseException as error:  # noqa: BLE001  # the thread that waits raises it
        ended.put((began.job.id, error))
