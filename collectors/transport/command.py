"""Commands that only read, run in an environment that is the same everywhere."""

import os
import subprocess
from collections.abc import Mapping

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

    def fetch(self, request: Request) -> Response:
        """What the command printed, with its exit code as status.

        Raises:
            SourceError: no such command or program, or it did not end in time
        """
        argv = self._commands.get(request.key)
        if argv is None:
            raise SourceError(
                f"{request.key}: no command of this source", f"one of {', '.join(self._commands)}"
            )
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            done = subprocess.run(  # noqa: S603  # the table of commands is the collector's own
                argv,
                env={**kept, "TZ": "UTC", "LC_ALL": "C.UTF-8", **self._secrets},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._time_limit_s,
                check=False,
            )
        except FileNotFoundError as error:
            raise SourceError(
                f"{argv[0]}: no such program on this machine", "install it, or give its path"
            ) from error
        except OSError as error:
            raise SourceError(
                f"{argv[0]}: cannot be started ({error.strerror})", "let this user run it"
            ) from error
        except subprocess.TimeoutExpired as error:
            message = f"{argv[0]} {request.key}: did not end within {self._time_limit_s:g} s"
            raise SourceError(message, "see whether its store answers, or raise time_limit_s") from error
        words = done.stderr.decode("utf-8", "replace").strip()[-_LAST_WORDS:]
        return Response(
            body=done.stdout, at=now(), status=done.returncode, headers={"stderr": words} if words else {}
        )

    def close(self) -> None:
        """Nothing is running."""
