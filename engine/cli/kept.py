"""The history that a command keeps, if any: which one it is, and runs into it.

What opens a database is imported when there is one to open: most runs are kept by nobody, and should not wait for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.talk import say

if TYPE_CHECKING:
    from engine.cli.company import Company

DEFAULT = "history.db"
"""The file that is used where nobody names one."""

Kept = tuple[str, Path | None]
"""A path or URL, and the folder that a path counts from; none: the current one."""


def configured(company: "Company | None", named: str | None) -> Kept | None:
    """The history that an option names, else company.yaml; none: no history is kept."""
    if named:
        return named, None
    if company is not None and company.history:
        return company.history, company.path.parent
    return None


def checked(kept: Kept | None) -> None:
    """Opens a history before anything long begins, so that a wrong one is told at once."""
    if kept is not None:
        from engine.history.store import located, opened  # noqa: PLC0415  # see above

        with opened(located(*kept)):
            pass


def recorded(kept: Kept | None, run: Path) -> None:
    """Takes a run that was just made into the history, if one is kept."""
    if kept is None:
        return
    from engine.history.recording import record  # noqa: PLC0415  # see above
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    url = located(*kept)
    with opened(url) as connection:
        fresh = record(connection, run)
    say(f"history: {shown(url)}: {'recorded' if fresh else 'the same run was there already'}")
