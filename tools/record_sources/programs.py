"""Runs the real programs."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.started import NotHereError

_SEARCHED = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


class MissingError(NotHereError):
    """A program that a recording is made with is not on this machine."""

    def __init__(self, program: str, package: str) -> None:
        super().__init__(f"{program} is not installed: apt-get install {package}")


def found(program: str, package: str) -> str:
    """Where the program is."""
    place = shutil.which(program, path=_SEARCHED)
    if place is None:
        raise MissingError(program, package)
    return place


def run(*words: object, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """What the program prints; one that fails ends the recording, with what it said last."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        message = f"{words[0]} ended with exit code {done.returncode}: {(done.stdout + done.stderr).decode()[-2000:]}"
        raise RuntimeError(message)
    return done.stdout.decode()


def canary() -> str:
    """A secret for one recording, marked so that a test can see that it is in no file that is kept."""
    return f"canary-{secrets.token_urlsafe(12)}"
