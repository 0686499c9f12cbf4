"""Walks through an ejabberd server: accounts, their last use, who is signed in, rooms and who is in them."""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from collectors.harvest import Harvest
from collectors.transport import Request, Response, Transport
from collectors.webapi import SCALAR, Answers, Manners, Rows, Shape, compare, kept
from engine.errors import AccessError, SourceError, UnparsableError

_API = "/api/"
_COMMANDS = (
    "registered_vhosts", "stats_host", "registered_users", "get_last", "connected_users_info", "muc_online_rooms",
    "get_room_options", "get_room_affiliations", "get_room_occupants",
)  # fmt: skip
GETS = tuple(_API + command for command in _COMMANDS)

NEVER_IN: Final = "Registered but didn't login"
_GONE: Final = "NOT FOUND"
_STATUSES = frozenset({NEVER_IN, "ONLINE", _GONE})
"""What the server itself says of the last use; anything else is a text that a user wrote or a fault of a connection."""

_MANNERS = Manners(
    title="ejabberd", renewal="see that collector_user and its password are right, and the account is there"
)

_OPTIONS = ("title", "description", "public", "members_only", "password_protected", "persistent")

_SHAPES: dict[str, Shape] = {
    "registered_vhosts": [SCALAR],
    "stats_host": {"stat": SCALAR},
    "registered_users": [SCALAR],
    "get_last": {"timestamp": SCALAR, "status": SCALAR},
    "connected_users_info": [dict.fromkeys(("jid", "uptime", "resource"), SCALAR)],
    "muc_online_rooms": [SCALAR],
    "get_room_options": dict.fromkeys(_OPTIONS, SCALAR),
    "get_room_affiliations": [dict.fromkeys(("username", "domain", "affiliation"), SCALAR)],
    "get_room_occupants": [dict.fromkeys(("jid", "role"), SCALAR)],
}


def strip(request: Request, response: Response) -> Response:
    """The answer without addresses, passwords of rooms, reasons, nicknames and what users write about themselves."""
    command = request.key.removeprefix(_API)
    body = kept(response.body, _SHAPES[command])
    if command == "get_last" and body:
        answer = json.loads(body)
        if isinstance(answer, dict) and "status" in answer and answer["status"] not in _STATUSES:
            body = json.dumps(answer | {"status": ""}, sort_keys=True, separators=(",", ":")).encode()
    return replace(response, body=body, headers={})


@dataclass(frozen=True)
class Room:
    """A room: its options, who has a place in it, and who is in it now."""

    options: dict[str, Any]
    affiliations: Rows | None
    occupants: Rows | None
    at: str


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest, host: str) -> None:
        self._answers = Answers(transport, harvest, _MANNERS)
        self._harvest = harvest
        self._host = host

    def hosts(self) -> set[str]:
        """The virtual hosts of the server.

        Raises:
            UnparsableError: the host is none of them
        """
        hosts = self._texts("registered_vhosts")
        if self._host not in hosts:
            raise UnparsableError(
                f"host: {self._host} is none of the server's: {', '.join(sorted(hosts))}",
                "say under host: which one is meant",
            )
        return hosts

    def users(self) -> dict[str, str]:
        """Every login name of the host, each with when it was listed; the stated total is noted."""
        request = _asked("stats_host", host=self._host, name="registeredusers")
        stats, _ = self._answers.must(request, _needs("stats_host"))
        total = stats.get("stat") if isinstance(stats, dict) else None
        if not isinstance(total, int) or isinstance(total, bool):
            raise UnparsableError(f"{request.key}: stat: found no number", "see which version the server is")
        names, at = self._list("registered_users", host=self._host)
        self._harvest.expect("account", total)
        return dict.fromkeys(names, at)

    def last(self, user: str) -> dict[str, Any] | str:
        """What the server says of the last use of an account, or why it is not known."""
        request = _asked("get_last", host=self._host, user=user)
        try:
            answer, at = self._answers.must(request, _needs("get_last"))
        except AccessError:
            return "not_permitted"
        except SourceError as error:
            self._harvest.problem(f"account {user}: {error}")
            return "source_partial"
        if not isinstance(answer, dict):
            return "unparsable"
        if answer.get("status") == _GONE:
            self._harvest.problem(f"account {user}: went while the service was being read")
            return "source_partial"
        return answer | {"at": at}

    def sessions(self) -> Rows:
        """Who is signed in, on all hosts."""
        request = _asked("connected_users_info")
        answer, at = self._answers.must(request, _needs("connected_users_info"))
        return [(row, at) for row in self._answers.rows(request, answer)]

    def rooms(self, hosts: set[str]) -> set[str]:
        """The rooms of the host: a room service lies below its host."""
        return {
            room for room in self._texts("muc_online_rooms", service="global") if self._is_ours(room, hosts)
        }

    def room(self, key: str) -> Room | None:
        """A room; none if it went meanwhile, or does not say what it is."""
        name, _, service = key.partition("@")
        request = _asked("get_room_options", name=name, service=service)
        options, at = self._answers.must(request, _needs("get_room_options"))
        if not isinstance(options, dict) or not options:
            # a room that is not there has no options, without an error
            self._harvest.problem(f"group {key}: went while the service was being read")
            return None
        rows = [self._rows(key, name, service, what) for what in ("affiliations", "occupants")]
        return Room(options, rows[0], rows[1], at)

    def again(self, users: set[str], rooms: set[str] | None, hosts: set[str]) -> None:
        """List once more and say what came or went."""
        try:
            compare(self._harvest, "account", users, set(self._list("registered_users", host=self._host)[0]))
            if rooms is not None:
                compare(self._harvest, "group", rooms, self.rooms(hosts))
        except SourceError as error:
            self._harvest.problem(f"could not be listed a second time: {error}")

    def _rows(self, key: str, name: str, service: str, what: str) -> Rows | None:
        command = f"get_room_{what}"
        request = _asked(command, name=name, service=service)
        try:
            answer, at = self._answers.must(request, _needs(command))
            return [(row, at) for row in self._answers.rows(request, answer)]
        except SourceError as error:
            self._harvest.problem(f"group {key}: its {what}: {error}")
            return None

    def _is_ours(self, room: str, hosts: set[str]) -> bool:
        # of chat.a.test and a.test the longer one has the rooms of conference.chat.a.test
        service = room.partition("@")[2]
        above = [host for host in hosts if service.endswith(f".{host}")]
        return max(above, key=len, default="") == self._host

    def _texts(self, command: str, **query: str) -> set[str]:
        return set(self._list(command, **query)[0])

    def _list(self, command: str, **query: str) -> tuple[list[str], str]:
        request = _asked(command, **query)
        answer, at = self._answers.must(request, _needs(command))
        if not isinstance(answer, list) or not all(isinstance(one, str) and one for one in answer):
            raise UnparsableError(
                f"{request.key}: found no list of names", "see whether url is right, and which version it is"
            )
        return answer, at


def _asked(command: str, **query: str) -> Request:
    return Request("http", _API + command, tuple(sorted(query.items())))


def _needs(command: str) -> str:
    return f"api_permissions: what: {command}"
