"""Options that several commands share."""

from datetime import date, datetime

import click


def day(_ctx: click.Context, _param: click.Parameter, value: datetime | None) -> date | None:
    """An option that is a day."""
    return value.date() if value else None
