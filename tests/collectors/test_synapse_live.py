"""A real chat server: collected live, recorded, and replayed to the same bytes."""

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collectors import Moment, Source, live
from collectors.synapse import SynapseCollector, SynapseOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.errors import AccessError
from engine.facts import Collected

_MOMENT = Moment("2026-11-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))


def _source(synapse) -> Source:
    options = SynapseOptions(
        url=synapse.url,
        collector_user="@audit.admin:corp.test",
        auth_provider="hr",
        retention_mode="days",
        retention_days=365,
    )
    return Source(id="chat", title="Chat", options=options)


@pytest.fixture(scope="module")
def recording(synapse, tmp_path_factory) -> tuple[Path, Collected]:
    folder = tmp_path_factory.mktemp("recording") / "chat"
    source, collector = _source(synapse), SynapseCollector()
    with live(collector, source, synapse.token, Path()) as transport, RecordingFolder(folder) as written:
        collected = collector.collect(source, Recorded(transport, written), _MOMENT)
    return folder, collected


def _by_name(collected: Collected, entity: str) -> dict[str, dict]:
    return {
        fact.uid.partition(f"/{entity}/")[2]: fact.record()
        for fact in collected.facts
        if fact.entity == entity
    }


def test_a_replayed_recording_gives_the_same_facts_byte_for_byte(synapse, recording):
    folder, collected = recording

    replayed = SynapseCollector().collect(_source(synapse), ReplayTransport(folder), _MOMENT)

    assert replayed.model_dump_json() == collected.model_dump_json()


def test_the_source_is_complete_and_every_account_is_there(recording):
    _, collected = recording

    assert collected.report.problems == ()
    assert collected.report.completeness == "complete"
    assert collected.report.expected == {"account": 8, "group": 4}
    accounts = _by_name(collected, "account")
    assert {
        name.split(":")[0]: (account["kind"], account["state"]) for name, account in accounts.items()
    } == {
        "@audit.admin": ("human", "active"),
        "@bot.build": ("bot", "active"),
        "@chen.jie": ("human", "locked"),
        "@li.na": ("human", "active"),
        "@liu.yang": ("human", "deactivated"),
        "@never.seen": ("human", "active"),
        "@wang.fang": ("human", "active"),
        "@zhang.wei": ("human", "active"),
    }
    assert accounts["@never.seen:corp.test"]["last_activity"]["state"] == "not_since"
    assert accounts["@li.na:corp.test"]["last_activity"]["state"] == "at"
    assert [name for name, account in accounts.items() if account["is_collector"] == "yes"] == [
        "@audit.admin:corp.test"
    ]


def test_an_account_is_linked_to_its_person_by_the_id_at_hr_even_when_it_was_closed(recording):
    links = _by_name(recording[1], "identity_link")

    assert {link["account"].split("/")[-1]: link["person"] for link in links.values()} == {
        "@chen.jie:corp.test": "key:E0003",
        "@li.na:corp.test": "key:E0002",
        "@liu.yang:corp.test": "key:E0005",
        "@wang.fang:corp.test": "key:E0004",
        "@zhang.wei:corp.test": "key:E0001",
    }


def test_a_rooms_creator_owns_it_and_who_invited_is_known_behind_a_change_of_name(synapse, recording):
    _, collected = recording
    rooms, memberships = _by_name(collected, "group"), _by_name(collected, "membership")

    budget = synapse.rooms["FIN-Budget-2026"]
    assert rooms[budget]["owners"] == ("chat/account/@zhang.wei:corp.test",)
    assert rooms[budget]["last_message_at"]["state"] == "at"
    assert {
        key.rpartition("/")[2]: (
            member["role"],
            member["added_by"].rpartition("/")[2],
            len(member["joined_at"]),
        )
        for key, member in memberships.items()
        if key.startswith(budget)
    } == {
        "@li.na:corp.test": ("member", "@zhang.wei:corp.test", 20),
        "@wang.fang:corp.test": ("member", "@zhang.wei:corp.test", 20),
        "@zhang.wei:corp.test": ("owner", "@zhang.wei:corp.test", 20),
    }


def test_what_kind_of_room_it_is(synapse, recording):
    rooms = _by_name(recording[1], "group")
    budget, direct, ops, left = (
        rooms[synapse.rooms[name]] for name in ("FIN-Budget-2026", "direct", "OPS", "封存")
    )

    assert [room["direct"] for room in (budget, direct, ops)] == ["no", "yes", "no"]
    assert [room["archived"] for room in (budget, direct, ops, left)] == ["no", "no", "no", "yes"]
    assert [room["join_rule"] for room in (budget, ops)] == ["invite", "open"]
    assert (budget["purpose"], ops["purpose"]) == ("Purpose: 2026 budget", "")
    assert ops["owners"] == ("chat/account/@wang.fang:corp.test",)
    assert left["unknown"]["owners"] == "not_supported"


def test_texts_passwords_tokens_and_addresses_stand_in_no_file_and_in_no_fact(
    recording, canaries: re.Pattern[str]
):
    folder, collected = recording
    files = [path.read_text("utf-8") for path in sorted(folder.iterdir())]

    assert len(files) > 20
    assert [text for text in [*files, collected.model_dump_json()] if canaries.search(text)] == []


def test_a_wrong_token_is_refused_in_words(synapse):
    source, collector = _source(synapse), SynapseCollector()

    with (
        live(collector, source, "nonsense", Path()) as transport,
        pytest.raises(AccessError, match=r"chat: the access token is not valid \(M_UNKNOWN_TOKEN\)"),
    ):
        collector.collect(source, transport, _MOMENT)


def test_somebody_who_is_no_administrator_is_told_which_right_is_missing(synapse):
    source, collector = _source(synapse), SynapseCollector()

    with (
        live(collector, source, synapse.users["li.na"], Path()) as transport,
        pytest.raises(AccessError, match="no server administrator") as raised,
    ):
        collector.collect(source, transport, _MOMENT)

    assert "admin: true" in raised.value.help


def test_a_recording_is_readable_json(recording):
    folder, _ = recording

    index = json.loads((folder / "index.json").read_text())

    assert {entry["kind"] for entry in index} == {"http"}
    assert all((folder / entry["file"]).exists() for entry in index)


def test_the_index_of_messages_ends_where_the_room_begins_and_holds_no_text(synapse):
    source = Source(
        "chat", "Chat", SynapseOptions(**_source(synapse).options.model_dump() | {"message_index": True})
    )
    with live(SynapseCollector(), source, synapse.token, Path()) as transport:
        collected = SynapseCollector().collect(source, transport, _MOMENT)
    rows = [(row.entity, json.loads(row.body)) for row in collected.raw if row.entity.startswith("message")]
    listings = [body for entity, body in rows if entity == "message_listing"]
    messages = [body for entity, body in rows if entity == "message"]

    assert len(listings) == collected.report.received["group"]
    assert all(body["complete"] for body in listings), collected.report.problems
    assert {frozenset(body) for body in messages} <= {frozenset(("at", "encrypted", "group", "sender"))}
    assert sum(body["messages"] for body in listings) == len(messages) > 0
