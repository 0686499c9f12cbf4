"""Facts many times over."""

from typing import Any


def scaled(document: dict[str, Any], uids: frozenset[str], times: int) -> dict[str, Any]:
    """The document with every record of every array so many times; the copies refer to one another as the originals do.

    Args:
        document: a shard, or what all departments need: arrays by name, and in a shard `context` with more of them
        uids: of the records that are copied; whatever else is named stays the same
        times: the original included
    """
    return {
        name: scaled(value, uids, times)
        if name == "context"
        else [row for number in range(times) for row in _copies(value, uids, number)]
        if isinstance(value, list)
        else value
        for name, value in document.items()
    }


def _copies(rows: list[Any], uids: frozenset[str], number: int) -> list[Any]:
    """The rows as they are in the copy of that number; in the first, all of them as they were."""
    if not number:
        return rows
    copies = [(row, _renamed(row, uids, number)) for row in rows]
    return [copy for row, copy in copies if copy != row and _own(row) in uids]


def _own(row: Any) -> str:
    """What a row is about: the record itself, or, in what is told of the past, the case."""
    return str(row.get("uid", row.get("case", "")) if isinstance(row, dict) else row)


def _renamed(value: Any, uids: frozenset[str], number: int) -> Any:
    if isinstance(value, str):
        return f"{value}~{number}" if value in uids else value
    if isinstance(value, list):
        return [_renamed(one, uids, number) for one in value]
    if isinstance(value, dict):
        return {name: _renamed(one, uids, number) for name, one in value.items()}
    return value
