"""Commands that only read, run in an environment that is the same everywhere."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress

from collectors.transport.exchange import Request, Response, now
from engine.errors import SourceError

_KEPT = ("PATH", "HOME", "SYSTEMROOT")
"""What a program needs to find its parts (a remote store is reached through another program)."""

_LAST_WORDS = 4000
"""Characters of stderr that are kept: the end of it says why a command failed."""


class CommandTransport:
    """Runs one of a fixed table of commands; the table is all that it can run."""

    def __init__(
        self,
        commands: Mapping[str, tuple[str, ...]],
        *,
        secrets: Mapping[str, str] | None = None,
        time_limit_s: float = 600,
    ) -> None:
        """Commands by key; `secrets` goes into the environment of the child and nowhere else."""
        self._commands = dict(commands)
        self._secrets = dict(secrets or {})
        self._time_limit_s = time_limit_s
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False
        self._lock = threading.Lock()

    def fetch(self, request: Request) -> Response:
        """What the command printed, with its exit code as status.

        Raises:
            SourceError: no such command or program, it did not end in time, or nobody waits for it any more
        """
        argv = self._commands.get(request.key)
        if argv is None:
            raise SourceError(
                f"{request.key}: no command of this source", f"one of {', '.join(self._commands)}"
            )
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            child = subprocess.Popen(  # noqa: S603  # the table of commands is the collector's own
                argv,
                env={**kept, "TZ": "UTC", "LC_ALL": "C.UTF-8", **self._secrets},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so that its own children can be ended with it
            )
        except FileNotFoundError as error:
            raise SourceError(
                f"{argv[0]}: no such program on this machine", "install it, or give its path"
            ) from error
        except OSError as error:
            raise SourceError(
                f"{argv[0]}: cannot be started ({error.strerror})", "let this user run it"
            ) from error
        with child:
            with self._lock:
                # a close while the program was being started saw nothing to end
                late = self._closed
                self._running.add(child)
            try:
                if late:
                    raise SourceError(f"{argv[0]} {request.key}: started when the time was over")
                out, last = child.communicate(timeout=self._time_limit_s)
            except subprocess.TimeoutExpired as error:
                message = f"{argv[0]} {request.key}: did not end within {self._time_limit_s:g} s"
                raise SourceError(message, "see whether its store answers, or raise time_limit_s") from error
            finally:
                _end(child)
                with self._lock:
                    self._running.discard(child)
        words = last.decode("utf-8", "replace").strip()[-_LAST_WORDS:]
        return Response(
            body=out, at=now(), status=child.returncode, headers={"stderr": words} if words else {}
        )

    def close(self) -> None:
        """End what is still running, and what is being started."""
        with self._lock:
            self._closed = True
            running = tuple(self._running)
        for child in running:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends a command that is running, with what it started itself."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
