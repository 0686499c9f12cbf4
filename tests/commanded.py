"""The commands of a group, which are imported when they are asked for."""

import click


def subcommands(group: click.Group) -> dict[str, click.Command]:
    """Name -> command, of every command of the group."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    assert None not in found.values()
    return found
