"""What returned action lists say, into the log: one entry a finding and kind, however many instances said it."""

from collections.abc import Iterable

from pydantic import ValidationError
from sqlalchemy import Connection

from engine.errors import HistoryError
from engine.history.log import Entry, append, fingerprint_of

_JOINED = ("reason", "evidence")


def logged(connection: Connection, said: Iterable[dict[str, str]], recorded_at: str) -> tuple[int, list[str]]:
    """Adds what was answered; how many entries that made, and why others were not taken.

    Answers that lack what an entry needs, such as a reason, are told and not made up.

    Args:
        connection: to the history
        said: kind, finding, by, on_day, reason and evidence of each answered row
        recorded_at: instant of the import
    """
    grouped: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in said:
        grouped.setdefault((row["finding"], row["kind"], row["by"]), []).append(row)
    added, refused = 0, []
    for (finding, kind, by), rows in sorted(grouped.items()):
        texts = {name: "; ".join(dict.fromkeys(row[name] for row in rows if row[name])) for name in _JOINED}
        try:
            entry = Entry.model_validate(
                {
                    "kind": kind,
                    "finding": finding,
                    "fingerprint": fingerprint_of(connection, finding),
                    "by": by,
                    "on_day": max(row["on_day"] for row in rows),
                    "recorded_at": recorded_at,
                    **texts,
                }
            )
            added += len(append(connection, [entry]))
        except ValidationError:
            refused.append(f"{finding}: {kind}: a text is too long")
        except HistoryError as error:
            refused.append(str(error))
    return added, refused
