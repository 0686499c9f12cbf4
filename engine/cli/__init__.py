"""The command `clausewise`: the only place with a clock, an environment and a screen, and the only one that knows all the others."""

from engine.cli.main import cli

__all__ = ["cli"]
