"""Walks through a Synapse server: every list to its end, every record by itself, and what was missing on the way."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from collectors.harvest import Harvest
from collectors.synapse import requests
from collectors.synapse.answers import Answers
from collectors.synapse.records import (
    Device,
    Devices,
    Event,
    Indexed,
    Members,
    MessagePage,
    Messages,
    OneEvent,
    Room,
    RoomPage,
    State,
    UserDetail,
    UserPage,
    UserRow,
    Version,
)
from engine.errors import SourceError

_STEPS_BACK = 20
"""Changes of somebody's name in a room that are followed back to the joining."""


@dataclass(frozen=True)
class User:
    """An account with all that the server says about it; `detail` and `devices` are none if they could not be had."""

    row: UserRow
    at: str
    detail: UserDetail | None
    devices: tuple[Device, ...] | None


@dataclass(frozen=True)
class Joining:
    """How a member got in: the event that made them one, and the invitation before it."""

    event: Event
    invitation: Event | None = None
    is_settled: bool = True
    """False: the server could not say what came before the event."""


@dataclass(frozen=True)
class Chat:
    """A room with all that the server says about it; `members`, `state` and `messages` are none if not to be had."""

    room: Room
    at: str
    members: tuple[str, ...] | None
    state: tuple[Event, ...] | None
    joinings: dict[str, Joining] = field(default_factory=dict)
    messages: Messages | None = None

    def event(self, kind: str) -> Event | None:
        """The state event of a type that a room has only one of."""
        return next((event for event in self.state or () if event.type == kind and not event.state_key), None)


def _indexed(event: dict[str, Any]) -> Indexed | None:
    try:
        return Indexed.model_validate(event)
    except ValidationError:
        return None


class Walk:
    """One walk. What goes wrong with a single record is a problem of the harvest, and the walk goes on."""

    def __init__(self, answers: Answers, harvest: Harvest) -> None:
        self._answers = answers
        self._harvest = harvest

    def version(self) -> str:
        """The server's version: the first question, so that a wrong token or address ends the walk at once."""
        version, _ = self._answers.must(Version, requests.version())
        return version.server_version.split(" ")[0]

    def users(self) -> tuple[User, ...]:
        """Every account with its devices, by name; the stated total is noted."""
        rows: dict[str, tuple[UserRow, str]] = {}
        for page, at in self._answers.pages(requests.users, UserPage):
            self._harvest.expect("account", page.total)
            for row in page.users:
                rows.setdefault(row.name, (row, at))
        return tuple(self._user(*rows[name]) for name in sorted(rows))

    def chats(self) -> tuple[Chat, ...]:
        """Every room with its members and how they came in, by id; the stated total is noted."""
        rooms: dict[str, str] = {}
        try:
            for page, at in self._answers.pages(requests.rooms, RoomPage):
                self._harvest.expect("group", page.total_rooms)
                for row in page.rooms:
                    rooms.setdefault(row.room_id, at)
        except SourceError as error:
            # accounts without rooms are still worth having
            self._harvest.problem(str(error))
        chats = (self._chat(room_id, rooms[room_id]) for room_id in sorted(rooms))
        return tuple(chat for chat in chats if chat is not None)

    def messages(self, room_id: str, since_ms: int, pages: int) -> tuple[dict[str, Indexed], bool]:
        """The messages of a room by id, back to a moment, and whether these are all of them.

        The writer's server states when a message was written, so that one page may hold times out of order: the walk
        ends where a whole page is older than the moment.
        """
        found: dict[str, Indexed] = {}
        start, seen, unreadable = "", set[str](), 0
        for _ in range(pages):
            page = self._answers.maybe(MessagePage, requests.messages(room_id, start))
            if page is None:
                return found, False
            read = [message for message in map(_indexed, page.chunk) if message is not None]
            unreadable += len(page.chunk) - len(read)
            found.update((message.event_id, message) for message in read)
            over = bool(read) and all(message.origin_server_ts < since_ms for message in read)
            if page.end in seen:
                self._harvest.problem(f"room {room_id}: its list of messages leads back to where it was")
                return found, False
            if over or page.end is None:
                if unreadable:
                    self._harvest.problem(
                        f"room {room_id}: {unreadable} messages state no id, writer or time"
                    )
                return found, not unreadable
            start = page.end
            seen.add(start)
        self._harvest.problem(
            f"room {room_id}: more messages than {pages} pages hold, see message_index_pages"
        )
        return found, False

    def again(self, users: tuple[User, ...], chats: tuple[Chat, ...]) -> None:
        """List both again and say who came or went: pages by number lose or double records meanwhile."""
        accounts = {
            row.name for page, _ in self._answers.pages(requests.users, UserPage) for row in page.users
        }
        rooms = {
            row.room_id for page, _ in self._answers.pages(requests.rooms, RoomPage) for row in page.rooms
        }
        self._compare("account", {user.row.name for user in users}, accounts)
        self._compare("room", {chat.room.room_id for chat in chats}, rooms)

    def _compare(self, what: str, before: set[str], after: set[str]) -> None:
        for name in sorted(after - before):
            self._harvest.problem(f"{what} {name}: came while the server was being read")
        for name in sorted(before - after):
            self._harvest.problem(f"{what} {name}: went while the server was being read")

    def _user(self, row: UserRow, at: str) -> User:
        detail = self._answers.maybe(UserDetail, requests.user(row.name))
        if row.deactivated:
            return User(row, at, detail, ())
        found = self._answers.maybe(Devices, requests.devices(row.name))
        if found is not None and len(found.devices) != found.total:
            self._harvest.problem(
                f"account {row.name}: {found.total} devices are stated, {len(found.devices)} came"
            )
        return User(row, at, detail, found.devices if found else None)

    def _chat(self, room_id: str, at: str) -> Chat | None:
        room = self._answers.maybe(Room, requests.room(room_id))
        if room is None:
            return None
        members = self._answers.maybe(Members, requests.members(room_id))
        if members is not None and len(members.members) != members.total:
            stated = f"{members.total} members are stated, {len(members.members)} came"
            self._harvest.problem(f"room {room_id}: {stated}")
        state = self._answers.maybe(State, requests.state(room_id))
        joinings = {
            event.state_key: self._joining(event)
            for event in (state.state if state else ())
            if event.type == "m.room.member" and event.content.get("membership") == "join"
        }
        return Chat(
            room=room,
            at=at,
            members=tuple(sorted(members.members)) if members else None,
            state=state.state if state else None,
            joinings=joinings,
            messages=self._answers.maybe(Messages, requests.last_message(room_id)),
        )

    def _joining(self, event: Event) -> Joining:
        """Go back from the present event of membership: a change of name writes one more of them."""
        for _ in range(_STEPS_BACK):
            if event.replaces_state is None:
                return Joining(event)
            try:
                before = self._answers.must(OneEvent, requests.event(event.replaces_state))[0].event
            except SourceError:
                # an older server cannot be asked for one event
                return Joining(event, is_settled=False)
            match before.content.get("membership"):
                case "join":
                    event = before
                case "invite":
                    return Joining(event, invitation=before)
                case _:
                    return Joining(event)
        return Joining(event, is_settled=False)
