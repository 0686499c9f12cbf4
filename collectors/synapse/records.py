"""What Synapse answers, as records of its own shape: checked once, here."""

import json
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from collectors.transport import Response

_YEAR_10000 = 253_402_300_800_000
"""In milliseconds: the first moment that has no date."""


class Record(BaseModel):
    """A record of the server; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ExternalId(Record):
    """An account's id at an identity provider."""

    auth_provider: str
    external_id: str


class UserRow(Record):
    """An account in the list: times in milliseconds, `creation_ts` too."""

    name: str
    user_type: str | None
    is_guest: bool
    admin: bool
    deactivated: bool
    displayname: str | None
    creation_ts: int
    erased: bool = False
    last_seen_ts: int | None = None
    locked: bool


class UserDetail(Record):
    """An account by itself: `creation_ts` is in seconds here and therefore not read."""

    name: str
    external_ids: tuple[ExternalId, ...]
    suspended: bool = False
    appservice_id: str | None = None
    last_seen_ts: int | None = None


class Device(Record):
    """A signed-in client."""

    device_id: str
    last_seen_ts: int | None


class Devices(Record):
    """All devices of an account."""

    devices: tuple[Device, ...]
    total: int


class UserPage(Record):
    """A page of accounts."""

    users: tuple[UserRow, ...]
    total: int
    next_token: str | None = None

    @property
    def following(self) -> str:
        """Where the next page starts; empty on the last one."""
        return self.next_token or ""


class RoomRow(Record):
    """A room in the list."""

    room_id: str


class RoomPage(Record):
    """A page of rooms."""

    rooms: tuple[RoomRow, ...]
    total_rooms: int
    next_batch: str | int | None = None

    @property
    def following(self) -> str:
        """Where the next page starts; empty on the last one."""
        return "" if self.next_batch is None else str(self.next_batch)


class Room(Record):
    """A room by itself."""

    room_id: str
    name: str | None
    topic: str | None = None
    joined_members: int
    version: str | None
    creator: str | None
    encryption: str | None
    federatable: bool
    public: bool
    join_rules: str | None
    guest_access: str | None
    room_type: str | None = None
    forgotten: bool = False
    tombstoned: bool = False


class Members(Record):
    """Who is in a room."""

    members: tuple[str, ...]
    total: int


class Event(Record):
    """A state event; times in milliseconds."""

    type: str
    state_key: str = ""
    sender: str
    origin_server_ts: int
    replaces_state: str | None = None
    content: dict[str, Any] = Field(default_factory=dict)


class State(Record):
    """The state of a room."""

    state: tuple[Event, ...]


class OneEvent(Record):
    """One event, asked for by its id."""

    event: Event


class Message(Record):
    """A message, without its text."""

    type: str
    origin_server_ts: int


class Messages(Record):
    """The newest message, or none."""

    chunk: tuple[Message, ...]


class Indexed(Record):
    """A message of the index. Whoever writes on another server chooses these himself, so that they are bounded."""

    type: Literal["m.room.message", "m.room.encrypted"]
    event_id: str = Field(min_length=1, max_length=255)
    sender: str = Field(pattern=r"^@[^:]+:.+$", max_length=255)
    origin_server_ts: int = Field(ge=0, lt=_YEAR_10000)


class MessagePage(Record):
    """A page of messages; each of them is looked at by itself."""

    chunk: tuple[dict[str, Any], ...]
    end: str | None = None


class Version(Record):
    """The version of the server."""

    server_version: str


AnyRecord = TypeVar("AnyRecord", bound=Record)


def error_code(response: Response) -> str:
    """The server's own word for an error; empty if it says none."""
    try:
        answer = json.loads(response.body)
    except ValueError:
        return ""
    return str(answer.get("errcode", "")) if isinstance(answer, dict) else ""
