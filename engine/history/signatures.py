"""What issuing asks the history: who signed for which finding, and what was issued already."""

from sqlalchemy import Connection, func, select

from engine.history.log import entries
from engine.history.tables import runs
from engine.issued import Signed


def signatures(connection: Connection, until: str) -> dict[str, Signed]:
    """Number of a finding -> its first signature; later days than `until` are left out."""
    found: dict[str, Signed] = {}
    for one in entries(connection):
        entry = one.entry
        if entry.kind == "signed" and entry.on_day <= until:
            found.setdefault(
                entry.finding, Signed(fingerprint=entry.fingerprint, by=entry.by, on_day=entry.on_day)
            )
    return found


def newest_version(connection: Connection, as_of: str) -> int:
    """The highest version that was issued of a date; 0: none."""
    query = select(func.max(runs.c.version)).where(runs.c.as_of == as_of)
    return connection.execute(query).scalar() or 0
