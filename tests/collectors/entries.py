"""Writes to a directory of the tests what its collector is to find; without the library the tests say so and are skipped."""

import pytest

bonsai = pytest.importorskip("bonsai", reason="the extra ldap is not installed: its headers are missing here")

from tools.started.entries import add, change, client, quoted  # noqa: E402  # they need the library

__all__ = ["add", "bonsai", "change", "client", "quoted"]
