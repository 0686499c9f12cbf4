"""Earlier runs: the one before, and the store of all of them."""

from engine.history.previous import RUN, read_previous

__all__ = ["RUN", "read_previous"]
