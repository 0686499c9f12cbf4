"""Commands whose modules are imported when they are asked for: all of them together take more than a second."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of commands, some of which are named by their place only."""

    def __init__(self, *arguments: Any, places: Mapping[str, str], **options: Any) -> None:
        """Takes what a group takes, and where commands are.

        Args:
            arguments: of `click.Group`
            places: name of a command -> `module:function`, the module below this package
            options: of `click.Group`
        """
        super().__init__(*arguments, **options)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted({*super().list_commands(ctx), *self._places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; nothing if there is none."""
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._places[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"engine.cli.{module}"), name)
        return found
