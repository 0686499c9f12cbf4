"""Snapshots: all facts as of one instant, sealed."""

from engine.snapshot.seal import Seal, seal
from engine.snapshot.store import Snapshot, open_snapshot, verify_folder, write_snapshot

__all__ = ["Seal", "Snapshot", "open_snapshot", "seal", "verify_folder", "write_snapshot"]
