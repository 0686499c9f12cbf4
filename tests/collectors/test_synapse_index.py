"""The index of messages: all of the quarter, none of what they say, and honest where a room could not be read to its end."""

import json
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from collectors import Source
from collectors.harvest import Harvest
from collectors.interface import Moment
from collectors.synapse import SynapseCollector, SynapseOptions
from collectors.synapse.answers import Answers
from collectors.synapse.index import add_index
from collectors.synapse.records import Room
from collectors.synapse.requests import PAGE, is_index, last_message, messages
from collectors.synapse.strip import strip
from collectors.synapse.walk import Chat, Walk
from collectors.transport import Request, Response, Stripped
from engine.facts import Collected

_MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
_AT = "2026-10-01T01:00:00Z"
_FIRST = 1_782_835_200_000
"""2026-06-30T16:00:00Z: the first moment of the quarter in Shanghai."""
_LAST = 1_790_783_999_000
"""2026-09-30T15:59:59Z"""
_ROOM = "!budget:corp.test"


def _event(number: int, at: int, **fields) -> dict:
    event = {"event_id": f"${number}", "sender": "@li.na:corp.test", "origin_server_ts": at}
    return event | {"type": "m.room.message", "content": {"body": "canary"}, "unsigned": {"age": 5}} | fields


class _Room:
    """A room whose messages are handed out two at a time; `faults` answers in its place where it has something to say."""

    def __init__(self, events: list[dict], faults: Callable[[int], tuple[int, object] | None]) -> None:
        self.events = events
        self.faults = faults
        self.asked = 0

    def fetch(self, request: Request) -> Response:
        assert is_index(request)
        self.asked += 1
        start = int(dict(request.query).get("from", "0"))
        page: dict[str, object] = {"chunk": self.events[start : start + 2], "start": str(start)}
        if start + 2 < len(self.events):
            page["end"] = str(start + 2)
        status, answer = self.faults(self.asked) or (200, page)
        return Response(json.dumps(answer).encode(), _AT, status)

    def close(self) -> None:
        pass


def _indexed(events, faults=lambda _: None, pages=1000) -> tuple[Collected, _Room]:
    server = _Room(events, faults)
    options = SynapseOptions(url="https://chat.corp.test", collector_user="@audit:corp.test")
    harvest = Harvest(Source("chat", "Chat", options), kind="synapse", delivers=("group",))
    walk = Walk(Answers(Stripped(server, strip), harvest), harvest)
    room = Room(
        room_id=_ROOM,
        name="Budget",
        joined_members=2,
        version="11",
        creator=None,
        encryption=None,
        federatable=False,
        public=False,
        join_rules=None,
        guest_access=None,
    )
    add_index(harvest, walk, (Chat(room, _AT, None, None),), _MOMENT, pages)
    return harvest.collected(), server


def _kept(collected: Collected) -> tuple[dict[str, dict], dict]:
    rows = {(row.entity, row.id): json.loads(row.body) for row in collected.raw}
    listing = rows.pop(("message_listing", _ROOM))
    return {id_: row for (_, id_), row in rows.items()}, listing


def test_every_message_of_the_quarter_is_kept_and_no_other():
    events = [
        _event(1, _LAST + 1000),
        _event(2, _LAST),
        _event(3, _FIRST + 5, type="m.room.encrypted"),
        _event(4, _FIRST),
        _event(5, _FIRST - 1),
    ]
    kept, listing = _kept(_indexed(events)[0])

    assert kept == {
        "$2": {
            "at": "2026-09-30T15:59:59Z",
            "encrypted": False,
            "group": _ROOM,
            "sender": "@li.na:corp.test",
        },
        "$3": {"at": "2026-06-30T16:00:00Z", "encrypted": True, "group": _ROOM, "sender": "@li.na:corp.test"},
        "$4": {
            "at": "2026-06-30T16:00:00Z",
            "encrypted": False,
            "group": _ROOM,
            "sender": "@li.na:corp.test",
        },
    }
    assert listing == {
        "complete": True,
        "from": "2026-06-30T16:00:00Z",
        "messages": 3,
        "to": "2026-09-30T15:59:59Z",
    }


def test_nothing_of_what_a_message_says_is_kept():
    collected, _ = _indexed([_event(1, _LAST)])
    page = Response(json.dumps({"chunk": [_event(1, _LAST)], "end": "t1", "state": [1]}).encode(), _AT, 200)

    stripped = strip(messages(_ROOM), page)

    assert "canary" not in collected.model_dump_json()
    assert json.loads(stripped.body) == {
        "chunk": [
            {
                "event_id": "$1",
                "origin_server_ts": _LAST,
                "sender": "@li.na:corp.test",
                "type": "m.room.message",
            }
        ],
        "end": "t1",
    }
    assert "sender" not in strip(last_message(_ROOM), page).body.decode()


def test_the_walk_ends_where_a_whole_page_is_older_than_the_quarter():
    old = [_event(number, _FIRST - number) for number in range(10, 20)]
    collected, server = _indexed([_event(1, _LAST), _event(2, _FIRST - 1), *old])

    assert set(_kept(collected)[0]) == {"$1"}
    assert server.asked == 2


def test_one_backdated_message_does_not_hide_those_behind_it():
    kept, _ = _kept(
        _indexed([_event(1, _LAST), _event(2, 0), _event(3, 0, type="m.room.encrypted"), _event(4, _LAST)])[0]
    )

    assert set(kept) == {"$1", "$4"}


@pytest.mark.parametrize(
    "fields",
    [
        {"event_id": ""},
        {"event_id": "$" * 300},
        {"event_id": None},
        {"sender": "li.na"},
        {"origin_server_ts": -1},
        {"origin_server_ts": 2**63},
        {"origin_server_ts": "soon"},
        {"type": "m.reaction"},
    ],
)
def test_a_message_that_says_nonsense_makes_the_index_incomplete_and_hides_no_other(fields):
    collected, _ = _indexed([_event(1, _LAST), _event(2, _LAST, **fields), _event(3, _LAST)])
    kept, listing = _kept(collected)

    assert set(kept) == {"$1", "$3"}
    assert listing["complete"] is False
    assert collected.report.completeness == "partial"
    assert collected.report.problems == (f"room {_ROOM}: 1 messages state no id, writer or time",)


def test_a_message_that_is_listed_twice_is_one():
    kept, listing = _kept(_indexed([_event(1, _LAST), _event(2, _LAST), _event(1, _LAST)])[0])

    assert set(kept) == {"$1", "$2"}
    assert listing["messages"] == 2


@pytest.mark.parametrize("answer", [(500, {"errcode": "M_UNKNOWN"}), (200, {"chunk": "none"}), (200, [1])])
def test_a_page_that_fails_leaves_what_came_before_it_and_says_so(answer):
    events = [_event(number, _LAST) for number in range(6)]
    collected, _ = _indexed(events, lambda asked: answer if asked == 2 else None)
    kept, listing = _kept(collected)

    assert set(kept) == {"$0", "$1"}
    assert listing["complete"] is False
    assert collected.report.completeness == "partial"


def test_a_server_that_sends_one_round_in_circles_is_left():
    events = [_event(number, _LAST) for number in range(2)]
    collected, server = _indexed(events, lambda _: (200, {"chunk": events, "end": "0"}))

    assert server.asked == 2
    assert set(_kept(collected)[0]) == {"$0", "$1"}
    assert _kept(collected)[1]["complete"] is False


def test_more_pages_than_are_allowed_make_it_incomplete():
    events = [_event(number, _LAST) for number in range(9)]
    collected, server = _indexed(events, pages=3)

    assert server.asked == 3
    assert _kept(collected)[1]["complete"] is False
    assert "message_index_pages" in collected.report.problems[0]


def test_a_room_without_messages_is_listed_as_whole():
    kept, listing = _kept(_indexed([])[0])

    assert kept == {}
    assert listing["complete"] is True


def test_it_is_asked_for_only_where_the_company_says_so():
    assert SynapseOptions.model_fields["message_index"].default is False
    assert not is_index(last_message(_ROOM))
    assert PAGE == 100
    assert SynapseCollector.options is SynapseOptions
