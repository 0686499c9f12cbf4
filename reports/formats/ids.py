"""Ids that are the same whenever the same run is written: UUIDs of version 5, from run, check and subject."""

from uuid import UUID, uuid5

_OURS = UUID("5f0c8f6e-6a0d-5d58-9a37-0f5b6a2c9d11")
"""The namespace of this program; changing it would change every id of every earlier file."""


def uid(run: str, *parts: str) -> str:
    """The id of a thing of a run; parts are kept apart, so that no two lists of parts are the same name."""
    return str(uuid5(_OURS, "\x1f".join((run, *parts))))


def control(check: str) -> str:
    """A check as the id of a control, which may not begin with a digit."""
    return f"chk-{check}"
