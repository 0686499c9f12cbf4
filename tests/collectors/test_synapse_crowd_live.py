"""A real chat server with more accounts than five pages hold, old ones among them, and rooms of every kind."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from crowd import COLLEAGUES, DAY_S, STORIES, crowded, seconds

from collectors import Moment, Source, live
from collectors.synapse import SynapseCollector, SynapseOptions
from collectors.synapse.requests import PAGE
from collectors.transport import Recorded, RecordingFolder, ReplayTransport

NOW = seconds()
"""Ages are counted from here."""


def instant(seconds_ago: int) -> str:
    """So long ago, as a fact states it."""
    return (datetime.fromtimestamp(NOW, UTC) - timedelta(seconds=seconds_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """The server's rooms by name, what was collected from it, and the folder with the recording."""
    folder = tmp_path_factory.mktemp("recorded") / "chat"
    with crowded(tmp_path_factory.mktemp("crowd"), NOW) as server:
        options = {"collector_user": "@audit.admin:corp.test", "auth_provider": "hr"}
        kept = {"retention_mode": "days", "retention_days": 365}
        source = Source("chat", "Chat", SynapseOptions(url=server.url, **options, **kept))
        collector, moment = SynapseCollector(), Moment(instant(-DAY_S), ZoneInfo("Asia/Shanghai"))
        with live(collector, source, server.token, Path()) as transport, RecordingFolder(folder) as written:
            collected = collector.collect(source, Recorded(transport, written), moment)
        replayed = collector.collect(source, ReplayTransport(folder), moment)
    assert replayed.model_dump_json() == collected.model_dump_json()
    return server.rooms, collected, folder


def _of(collected, entity):
    return {
        fact.uid.partition(f"/{entity}/")[2].removesuffix(":corp.test"): fact.record()
        for fact in collected.facts
        if fact.entity == entity
    }


def test_all_pages_come_and_nobody_is_lost_or_doubled(company):
    _, collected, folder = company
    accounts = _of(collected, "account")
    # the administrator, one who is to be forgotten, and a guest
    everybody = COLLEAGUES + len(STORIES) + 3
    listed = [path.name for path in folder.iterdir() if "v2-users.from" in path.name]

    assert collected.report.problems == ()
    assert collected.report.completeness == "complete"
    assert collected.report.expected == {"account": everybody, "group": 3}
    assert collected.report.received["account"] == len(accounts) == everybody
    # both listings, each with every page
    assert len(listed) == 2 * -(-everybody // PAGE)
    assert {name for name in accounts if name.startswith("@colleague")} == {
        "@colleague",
        *(f"@colleague.{number:03d}" for number in range(1, COLLEAGUES)),
    }


def test_every_state_and_kind_is_told_apart(company):
    accounts = _of(company[1], "account")
    told = Counter((account["kind"], account["state"]) for account in accounts.values())
    odd = {name: account["state"] for name, account in accounts.items() if account["state"] != "active"}

    assert odd == {
        "@chen.jie": "locked",
        "@sun.hao": "deactivated",
        "@to.forget": "deleted",
        "@zhao.min": "suspended",
    }
    assert told == {
        ("guest", "active"): 1,
        ("human", "active"): COLLEAGUES + len(STORIES) + 2 - len(odd),
        **{("human", state): 1 for state in odd.values()},
    }


def test_the_age_of_an_account_and_its_last_use_are_what_the_server_can_know(company):
    collected = company[1]
    accounts = _of(collected, "account")
    remembered = _before(collected, 28)

    assert accounts["@old.hand"]["created_at"] == accounts["@long.gone"]["created_at"] == instant(400 * DAY_S)
    assert accounts["@old.hand"]["last_activity"] == {
        "state": "at",
        "at": instant(120 * DAY_S),
        "kind": "api",
        "precision_s": 120,
    }
    # signed out everywhere, and its last use is remembered
    assert accounts["@just.gone"]["last_activity"]["at"] == instant(10 * DAY_S)
    # signed out everywhere, and idle for longer than the server remembers: no more than that is known
    gone = accounts["@long.gone"]["last_activity"]
    assert (gone["state"], gone["kind"], gone["bound"] in remembered) == ("not_since", "api", True)
    young, old = accounts["@colleague.005"], accounts["@colleague.500"]
    assert young["last_activity"] == {"state": "not_since", "kind": "api", "bound": instant(10 * DAY_S)}
    assert old["created_at"] == instant(1000 * DAY_S)
    assert old["last_activity"]["bound"] in remembered
    sessions = Counter(row["account"].rpartition("@")[2] for row in _of(collected, "session").values())
    assert {
        name: sessions[f"{name}:corp.test"]
        for name in ("old.hand", "long.gone", "just.gone", "sun.hao", "zhao.min")
    } == {
        "old.hand": 1,
        "long.gone": 0,
        "just.gone": 0,
        "sun.hao": 0,
        "zhao.min": 1,
    }


def _before(collected, days):
    """The instants so many days before the collection, second by second."""
    first, last = (
        datetime.fromisoformat(at) - timedelta(days=days)
        for at in (collected.report.collected_from, collected.report.collected_to)
    )
    return {
        (first + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for number in range(int((last - first).total_seconds()) + 1)
    }


def test_people_are_linked_by_the_id_at_hr_also_when_they_are_closed(company):
    assert {row["account"]: row["person"] for row in _of(company[1], "identity_link").values()} == {
        f"chat/account/@{name}:corp.test": f"key:E{number:04d}"
        for number, name in enumerate(STORIES, start=1)
    }


def test_creators_own_a_room_of_version_12_though_no_level_says_so(company):
    rooms, collected, _ = company
    council = rooms["Council"]
    roles = {
        key.rpartition("/")[2]: row["role"]
        for key, row in _of(collected, "membership").items()
        if key.startswith(council)
    }

    # the creator and the additional creator stand in no list of levels; 100 may manage, 50 may not
    assert roles == {
        "@zhang.wei": "owner",
        "@li.na": "owner",
        "@wang.fang": "owner",
        "@liu.yang": "moderator",
        "@old.hand": "member",
    }
    assert _of(collected, "group")[council]["owners"] == tuple(
        f"chat/account/@{name}:corp.test" for name in ("li.na", "wang.fang", "zhang.wei")
    )


def test_what_is_encrypted_and_for_how_long_messages_are_kept(company):
    rooms, collected, _ = company
    groups = _of(collected, "group")
    told = {
        name: (groups[key]["e2e_encrypted"], groups[key]["retention_mode"], groups[key]["retention_days"])
        for name, key in (
            (name, rooms[name].removesuffix(":corp.test")) for name in ("Council", "Sealed", "Brief")
        )
    }

    assert told == {
        "Council": ("no", "days", 365),
        "Sealed": ("yes", "days", 365),
        "Brief": ("no", "days", 30),
    }
    assert groups[rooms["Council"]]["purpose"] == "Purpose: what the heads decide"
    assert groups[rooms["Council"]]["last_message_at"]["state"] == "at"
