"""A process of the embedded engine, from outside."""

import queue
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engine.errors import EngineError
from engine.opa.children import Nursery
from engine.opa.worker import receive, send

_SCRIPT = Path(__file__).with_name("worker.py")


class GoneError(Exception):
    """The process has ended."""


class WorkerProcess:
    """One process with an engine in it, asked one thing at a time."""

    def __init__(self, nursery: Nursery) -> None:
        spec = find_spec("regorus")
        if spec is None or spec.origin is None:
            raise EngineError("the embedded engine is not installed", "pip install 'clausewise[embedded]'")
        # isolated: neither the current directory nor the environment says what it imports
        command = [sys.executable, "-I", "-S", str(_SCRIPT), str(Path(spec.origin).parents[1])]
        self._process = nursery.start(command, pipes=True)
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        # NOTE: a thread, because not every system can wait for a pipe with a time limit
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def exchange(self, message: tuple[Any, ...], limit_s: float) -> tuple[bool, str]:
        """Send a message and wait for what is said to it: whether it went well, and what.

        Raises:
            TimeoutError: nothing was said in time; end the process
            GoneError: it has ended
        """
        assert self._process.stdin is not None  # noqa: S101  # for mypy: started with pipes
        try:
            send(self._process.stdin, message)
            said = self._answers.get(timeout=limit_s)
        except queue.Empty as error:
            raise TimeoutError from error
        except (OSError, ValueError) as error:
            raise GoneError from error
        if said is None:
            raise GoneError
        return bool(said[0]), str(said[1])

    def end(self) -> None:
        """End it at once: it holds nothing that could be lost."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101  # for mypy: started with pipes
        answer: Any = ()
        while answer is not None:
            try:
                answer = receive(self._process.stdout)
            except (OSError, ValueError, EOFError):
                answer = None
            self._answers.put(answer)
