"""Snapshots: all facts as of one instant, sealed."""

from engine.snapshot.corrected import corrected
from engine.snapshot.past import must_follow, past_of
from engine.snapshot.seal import Seal, seal
from engine.snapshot.store import Snapshot, open_snapshot, verify_folder, write_snapshot

__all__ = [
    "Seal",
    "Snapshot",
    "corrected",
    "must_follow",
    "open_snapshot",
    "past_of",
    "seal",
    "verify_folder",
    "write_snapshot",
]
