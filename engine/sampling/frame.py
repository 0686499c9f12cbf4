"""What can be drawn: the messages of a quarter by the department of whoever wrote them, from the index in a snapshot."""

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.audit.documents import period_of
from engine.calendar import from_instant
from engine.canonical import file_digest, load
from engine.errors import SnapshotError
from engine.facts import COMPANY
from engine.facts.fields import Instant
from engine.findings import Period
from engine.snapshot import Snapshot
from engine.snapshot.folder import MANIFEST

_AGAIN = "collect again with message_index: true at the chat server"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Message(_Row):
    """A message of the index, as its collector keeps it."""

    group: str = Field(min_length=1, max_length=400)
    sender: str = Field(min_length=1, max_length=400)
    at: Instant
    encrypted: bool


class _Listing(_Row):
    """What a collector says about the messages of one group."""

    from_at: Instant = Field(alias="from")
    to_at: Instant = Field(alias="to")
    complete: bool
    messages: int


@dataclass(frozen=True)
class Message:
    """A message that can be drawn."""

    uid: str
    message_id: str
    source: str
    group: str
    sender: str
    at: str


@dataclass
class Frame:
    """All messages of a department that can be drawn, and how many nobody else can read."""

    messages: list[Message] = field(default_factory=list)
    unreadable: int = 0


@dataclass(frozen=True)
class Frames:
    """The frames of a quarter."""

    period: Period
    by_department: dict[str, Frame]
    complete: Literal["yes", "no"]
    why_not: tuple[str, ...]
    """In words, what makes them incomplete."""
    left_out: int
    """Messages between two people, which are nobody else's business."""
    groups: dict[str, dict[str, Any]]
    """Uid -> fact."""
    members: dict[str, list[dict[str, Any]]]
    """Uid of a group -> memberships of outsiders, and those of whom it is not known."""


def frames_of(snapshot: Snapshot) -> Frames:
    """The frames of every department, empty ones too.

    Raises:
        SnapshotError: the snapshot holds no index of messages, it was changed or purged, or its quarter is not over
    """
    as_of = snapshot.manifest["as_of"]
    period = period_of(as_of, ZoneInfo(snapshot.manifest["timezone"]))
    if (from_instant(period.to_at) - from_instant(as_of)).total_seconds() > 1:
        raise SnapshotError(
            f"{snapshot.path.name}: taken for {as_of}, the quarter {period.label} ends at {period.to_at}",
            "draw from a snapshot of the quarter's last day: what is written later could not be drawn",
        )
    company = _Company(snapshot)
    frames = {code: Frame() for code in snapshot.codes}
    why_not: list[str] = []
    left_out = Counter[str]()
    indexed = False
    for report in snapshot.manifest["sources"]:
        if "group" not in report["delivers"]:
            continue
        listed = 0
        for id_, row in _index(snapshot.path, report["id"]):
            if isinstance(row, _Listing):
                listed += 1
                indexed = True
                if not row.complete or row.from_at > period.from_at or row.to_at < as_of:
                    why_not.append(f"{report['id']}: not all messages of {id_} are there")
            elif period.from_at <= row.at <= as_of:
                _place(frames, company, report["id"], id_, row, left_out)
        if report["completeness"] != "complete" or listed < company.groups_of(report["id"]):
            why_not.append(f"{report['id']}: not all groups were listed")
    if not indexed:
        raise SnapshotError(f"{snapshot.path.name}: holds no index of messages", _AGAIN)
    return Frames(
        period=period,
        by_department=frames,
        complete="no" if why_not else "yes",
        why_not=tuple(why_not),
        left_out=left_out.total(),
        groups=company.groups,
        members=company.outsiders,
    )


def _place(
    frames: dict[str, Frame],
    company: "_Company",
    source: str,
    id_: str,
    row: _Message,
    left_out: Counter[str],
) -> None:
    group = company.groups.get(f"{source}/group/{row.group}", {})
    if group.get("direct") == "yes":
        left_out[source] += 1
        return
    frame = frames[company.department(f"{source}/account/{row.sender}", row.at)]
    if row.encrypted:
        frame.unreadable += 1
    else:
        frame.messages.append(Message(f"{source}/message/{id_}", id_, source, row.group, row.sender, row.at))


class _Company:
    """Who wrote, and where: the accounts, people and groups of all shards."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.groups: dict[str, dict[str, Any]] = {}
        self.outsiders: dict[str, list[dict[str, Any]]] = {}
        self._homes: dict[str, tuple[str, str]] = {}
        self._since: dict[str, str] = {}
        for code in snapshot.codes:
            shard = load(snapshot.shard(code))
            for group in shard["groups"]:
                self.groups[group["uid"]] = group
            for account in shard["accounts"]:
                self._homes[account["uid"]] = (code, account.get("holder", account.get("owner", "")))
            for person in shard["people"]:
                self._since[person["uid"]] = person.get("post_since", "")
            for membership in shard["memberships"]:
                if membership["external"] != "no":
                    self.outsiders.setdefault(membership["group"], []).append(membership)

    def department(self, account: str, at: str) -> str:
        """The department of whoever stands behind an account at a time; the company, where that is not known.

        HR's file tells since when somebody is in the present post, and nothing of the post before.
        """
        code, person = self._homes.get(account, (COMPANY, ""))
        return COMPANY if at < self._since.get(person, "") else code

    def groups_of(self, source: str) -> int:
        """How many groups a source delivered."""
        return sum(uid.startswith(f"{source}/group/") for uid in self.groups)


def _index(path: Path, source: str) -> Iterator[tuple[str, _Message | _Listing]]:
    """The index among a source's raw records, by id, believed only if it is what was sealed."""
    try:
        entry = load(path / "raw" / MANIFEST)["sources"][source]
        file = path / entry["path"]
        found = file_digest(file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(
            f"{path.name}: the raw records of {source} were purged or are missing", _AGAIN
        ) from error
    if found != entry["sha256"]:
        raise SnapshotError(f"{path.name}/{entry['path']}: changed after it was sealed", _AGAIN)
    with gzip.open(file) as lines:
        for line in lines:
            record = orjson.loads(line)
            try:
                match record["entity"]:
                    case "message":
                        yield record["id"], _Message.model_validate_json(record["body"])
                    case "message_listing":
                        yield record["id"], _Listing.model_validate_json(record["body"])
            except ValidationError as error:
                raise SnapshotError(
                    f"{path.name}/{entry['path']}: {record['id']}: no record of an index", _AGAIN
                ) from error
