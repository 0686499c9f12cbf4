"""The log of findings as an auditor's pack holds it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.cli.talk import say
from engine.errors import HistoryError
from reports.auditor import Pseudonyms
from reports.clean import clean
from reports.run_folder import RunFolder

_PEOPLE_OF_LOG = ("by", "to")


def log_of(
    where: str, base: Path | None, found: RunFolder, masks: Pseudonyms | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """What was done about the findings of the run, as the log of the history says; and the digests of the whole log.

    Raises:
        HistoryError: the log is not as it was written
    """
    from engine.cli.history import existing  # noqa: PLC0415  # who keeps no history needs no database
    from engine.history.log import entries, wrong_in  # noqa: PLC0415
    from engine.history.store import located, opened, shown  # noqa: PLC0415

    url = located(where, base)
    existing(url)
    numbers = {finding.number for finding in found.findings}
    with opened(url) as connection:
        wrong = wrong_in(connection)
        if wrong:
            raise HistoryError(
                f"{shown(url)}: {wrong[0]}", "clausewise verify names all of it; go back to a copy that fits"
            )
        whole = entries(connection)
    if whole:
        say(
            f"log of findings: {len(whole)} entries, the last with SHA-256 {whole[-1].digest}; note it elsewhere, "
            f"clausewise verify {shown(url)} --digest tells whether it is still there"
        )
    sealed = masks.digest if masks else str
    rows = [
        {
            "serial": one.serial,
            **(entry_under(clean(entry), masks) if masks else entry),
            "previous": sealed(one.previous),
            "digest": sealed(one.digest),
        }
        for one in whole
        if one.entry.finding in numbers and (entry := one.entry.model_dump(mode="json"))
    ]
    return rows, [sealed(one.digest) for one in whole]


def entry_under(row: Mapping[str, Any], masks: Pseudonyms) -> dict[str, Any]:
    """An entry of a log under pseudonyms: who stands in it is a staff number, whether on file or not."""
    return {
        name: masks.name(value)
        if name in _PEOPLE_OF_LOG and value
        else masks.anything(value)
        if isinstance(value, str)
        else value
        for name, value in row.items()
    }
