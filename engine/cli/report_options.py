"""Options of the commands that write reports."""

from collections.abc import Callable
from typing import Any

import click

from reports import DEFAULT, EXTRA, FORMATS, LANGUAGES, OFFERED


def languages_option(first: str = "") -> Callable[[Any], Any]:
    """Which languages reports are written in.

    Args:
        first: what decides before the default does
    """
    return click.option(
        "--language",
        "languages",
        type=click.Choice(OFFERED),
        multiple=True,
        help=f"Repeatable [default: {first}{' and '.join(LANGUAGES)}].",
    )


formats_option = click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS + EXTRA),
    multiple=True,
    help=f"Repeatable; model.json is always there [default: {', '.join(DEFAULT)}].",
)
