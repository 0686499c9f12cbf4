"""Child processes that do not outlive us, not even if we are killed."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO

# NOTE: the kernel sends the signal when the *thread* ends that started the child; so a thread that lives as long as the session starts it;
# and Python adds LC_CTYPE to an environment without a language
_EXEC = (
    "import ctypes,os,sys;"
    "ctypes.CDLL(None).prctl(1,9);"
    "os.getppid()==int(sys.argv[1]) or os._exit(1);"
    "os.execve(sys.argv[2],sys.argv[2:],{k:v for k,v in os.environ.items() if k!='LC_CTYPE'})"
)


class Nursery:
    """Starts children, on a thread that lives until it is closed."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="children")

    def start(
        self,
        command: Sequence[str],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        errors: IO[bytes] | int = subprocess.DEVNULL,
        pipes: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program in a process group of its own, so that Ctrl-C reaches us and not the child behind our back.

        Args:
            command: the program and its arguments
            folder: where it works; none: where we do
            environment: all that it sees; none: what we see
            errors: where its complaints go
            pipes: whether we talk to it by stdin and stdout
        """
        if sys.platform == "linux" and sys.executable:
            command = [sys.executable, "-I", "-S", "-c", _EXEC, str(os.getpid()), *command]
        return self._thread.submit(
            subprocess.Popen,
            command,
            cwd=folder,
            env=None if environment is None else dict(environment),
            stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
            stdout=subprocess.PIPE if pipes else subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        ).result()

    def close(self) -> None:
        """Let the thread go; children must have been stopped before."""
        self._thread.shutdown(wait=False)


def stop(child: subprocess.Popen[bytes], patience_s: float = 2) -> None:
    """Ask the child to end, and end it if it does not."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            child.terminate()
        try:
            child.wait(patience_s)
        except subprocess.TimeoutExpired:
            child.kill()
    child.wait()
