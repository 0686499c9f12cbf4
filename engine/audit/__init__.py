"""The audit: a snapshot in, a run out."""

from engine.audit.inputs import Inputs
from engine.audit.run import audit

__all__ = ["Inputs", "audit"]
