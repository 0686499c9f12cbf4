"""Drawing: which messages, by a seed that anybody can repeat the draw with; pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import WorkCalendar, day_end, from_instant
from engine.canonical import canonical, digest
from engine.errors import ConfigurationError
from engine.sampling.frame import Frames, Message

SCHEMA = "sample/1"


@dataclass(frozen=True)
class Terms:
    """By what a sample is drawn, and what is told of each message."""

    seed: str
    size: int
    """Messages a department."""
    hours: tuple[str, str]
    """Start and end of the working hours, HH:MM by the company's clock."""
    reply_days: int
    """Working days for an answer."""


def ranked(seed: str, department: str, uids: Iterable[str]) -> list[str]:
    """The uids in the order in which they are drawn: that of the SHA-256 of seed, department and uid.

    Every order is as likely as any other, it does not depend on the order of the index, and it can be repeated without
    this program. One more message moves no other: a sample can be made larger without being drawn anew.
    """
    return sorted(
        set(uids), key=lambda uid: (hashlib.sha256(f"{seed}\n{department}\n{uid}".encode()).digest(), uid)
    )


def frame_digest(uids: Iterable[str]) -> str:
    """A digest of everything that could have been drawn."""
    return digest("\n".join(sorted(uids)).encode())


def drawn(frames: Frames, about: dict[str, Any], calendar: WorkCalendar, terms: Terms) -> dict[str, Any]:
    """The draw as a document: one sample a department, and its messages in the order in which they were drawn.

    Args:
        frames: what can be drawn
        about: `digest`, `as_of` and `timezone` of the snapshot
        calendar: its working days
        terms: seed, size, hours and term for an answer
    """
    zone = ZoneInfo(about["timezone"])
    samples, items = [], []
    for code, frame in sorted(frames.by_department.items()):
        by_uid = {message.uid: message for message in frame.messages}
        number = f"{frames.period.label}-{code}"
        chosen = ranked(terms.seed, code, by_uid)[: terms.size]
        samples.append(
            {
                "number": number,
                "department_code": code,
                "period": frames.period.label,
                "frame_size": len(by_uid),
                "frame_complete": frames.complete,
                "frame_unreadable": frame.unreadable,
                "frame_digest": frame_digest(by_uid),
                "seed": terms.seed,
                "drawn": len(chosen),
                "drawn_at": about["as_of"],
                "reply_limit_used": terms.reply_days,
            }
        )
        width = max(2, len(str(len(chosen))))
        items += [
            {"number": f"{number}-{place:0{width}}", "sample": number}
            | _item(by_uid[uid], frames, calendar, terms, zone)
            for place, uid in enumerate(chosen, start=1)
        ]
    return {
        "schema": SCHEMA,
        "snapshot": about["digest"],
        "as_of": about["as_of"],
        "timezone": about["timezone"],
        "period": frames.period.label,
        "sample_size": terms.size,
        "why_incomplete": list(frames.why_not),
        "left_out_direct": frames.left_out,
        "samples": samples,
        "items": items,
    }


def digest_of_draw(document: dict[str, Any]) -> str:
    """The digest by which a workbook is known to belong to a draw."""
    return digest(canonical(document))


def _item(
    message: Message, frames: Frames, calendar: WorkCalendar, terms: Terms, zone: ZoneInfo
) -> dict[str, Any]:
    local = from_instant(message.at).astimezone(zone)
    uid = f"{message.source}/group/{message.group}"
    group = frames.groups.get(uid, {})
    outsiders = frames.members.get(uid, [])
    return {
        "message_id": message.message_id,
        "group": f"{message.source}:{message.group}",
        "group_name": group.get("name") or message.group,
        "sender": f"{message.source}:{message.sender}",
        "sent_at": message.at,
        "sent_local": local.strftime("%Y-%m-%d %H:%M:%S"),
        "in_working_hours": _in_hours(local, calendar, terms.hours),
        "visible_to_outsider": visible(message.at, group, outsiders),
        "outsiders": sum(membership["external"] == "yes" for membership in outsiders),
        # where nobody wrote down what a group is for, nothing is outside of it: 6.1.1-a says so instead
        "off_topic": "no" if group.get("purpose") == "" else "",
        **_due(local, calendar, terms.reply_days, zone),
    }


def _in_hours(local: datetime, calendar: WorkCalendar, hours: tuple[str, str]) -> str:
    day = local.date()
    if not calendar.first <= day <= calendar.last:
        return "unknown"
    return "yes" if day in calendar.working and hours[0] <= local.strftime("%H:%M") < hours[1] else "no"


def _due(local: datetime, calendar: WorkCalendar, days: int, zone: ZoneInfo) -> dict[str, str]:
    """24:00 of the last working day of the term; empty where the calendar does not reach so far."""
    try:
        last = calendar.after(local.date(), days)
    except ConfigurationError:
        return {"reply_due_at": "", "reply_due_local": ""}
    return {"reply_due_at": day_end(last, zone), "reply_due_local": f"{last.isoformat()} 24:00"}


def visible(at: str, group: dict[str, Any], outsiders: list[dict[str, Any]]) -> str:
    """Whether an outsider could read what was written in a group at a time, as far as a snapshot can tell.

    Who has left since is in no list of members, and who came later may read what was written before: where outsiders
    may be in the group at all, only one who was there already settles it. A reviewer can look.
    """
    if any(
        membership["external"] == "yes" and membership.get("joined_at", "9") <= at for membership in outsiders
    ):
        return "yes"
    return "no" if group.get("external_members_allowed") == "no" and not outsiders else "unknown"
