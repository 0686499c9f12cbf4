"""Earlier runs: the one before, and the store of all of them."""

from engine.history.previous import read_previous

__all__ = ["read_previous"]
