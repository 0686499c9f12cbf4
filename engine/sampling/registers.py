"""The labels of a draw as the two registers that a company lists among its sources."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import from_instant

_SAMPLE = (
    "number", "department_code", "period", "frame_size", "frame_complete", "frame_unreadable", "frame_digest", "seed",
    "drawn", "drawn_at", "reply_limit_used",
)  # fmt: skip

_DRAWN = ("number", "sample", "message_id", "group", "sender", "sent_at", "in_working_hours")

_LABELLED = (
    "visible_to_outsider", "unlawful", "harmful", "off_work", "abusive", "off_topic", "customer_data",
    "identity_number", "bank_card", "secret_or_key", "confidentiality_mark", "request", "addressee", "reply",
    "reviewers", "disputed",
)  # fmt: skip


def registers(document: dict[str, Any], rows: Sequence[dict[str, Any]], author: str) -> dict[str, bytes]:
    """File name -> register in CSV.

    Args:
        document: the draw
        rows: the labels of each of its messages, in their order
        author: who labelled
    """
    zone = ZoneInfo(document["timezone"])
    day = from_instant(document["as_of"]).astimezone(zone)
    samples = ([str(sample[name]) for name in _SAMPLE] for sample in document["samples"])
    items = (
        [
            *(str(item[name]) for name in _DRAWN),
            str(item["outsiders"]),
            item["reply_due_at"],
            *(_cell(row[name]) for name in _LABELLED),
        ]
        for item, row in zip(document["items"], rows, strict=True)
    )
    return {
        "samples.csv": _register(day, author, _SAMPLE, samples),
        "sample_items.csv": _register(day, author, (*_DRAWN, "outsiders", "reply_due_at", *_LABELLED), items),
    }


def _register(day: datetime, author: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    written = list(rows)
    writer.writerow(("as of", day.date().isoformat()))
    writer.writerow(("author", author))
    writer.writerow(("rows", str(len(written))))
    writer.writerow(headings)
    writer.writerows(written)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
