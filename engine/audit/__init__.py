"""The audit: a snapshot in, a run out."""

from engine.audit.run import Inputs, audit

__all__ = ["Inputs", "audit"]
