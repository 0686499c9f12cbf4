"""Real directories for the tests; where one cannot be had, the tests say so and are skipped."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.started import NotHereError, directories
from tools.started.directories import BASE, PASSWORD, Running, certificates, person

__all__ = ["BASE", "PASSWORD", "Running", "certificates", "openldap", "person", "samba"]


@contextlib.contextmanager
def samba(folder: Path) -> Iterator[Running]:
    """A domain controller of its own."""
    with _or_skipped(), directories.samba(folder) as running:
        yield running


@contextlib.contextmanager
def openldap(folder: Path, ldif: str, limit: int | str = "unlimited") -> Iterator[Running]:
    """A directory with these entries below its root."""
    with _or_skipped(), directories.openldap(folder, ldif, limit) as running:
        yield running


@contextlib.contextmanager
def _or_skipped() -> Iterator[None]:
    try:
        yield
    except NotHereError as error:
        pytest.skip(str(error))
