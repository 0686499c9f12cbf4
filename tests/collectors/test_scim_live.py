"""A real SCIM server: collected live, recorded, and replayed to the same bytes."""

import re
from pathlib import Path

import pytest
from contract import MOMENT, SECRET
from scimserver import serving

from collectors import Source, live
from collectors.scim import ScimCollector, ScimOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.errors import AccessError


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A real SCIM server with three accounts and a group; its address."""
    with serving(tmp_path_factory.mktemp("scim")) as it:
        zhang = it.user("zhang.wei", externalId="E0001", active=True, emails=[{"value": "canary@corp.test"}])
        li = it.user("li.na", externalId="E0002", active=False)
        it.user("wang.fang")
        it.group("budget", zhang, li)
        yield it.url


def test_a_real_server_is_read_recorded_and_replayed_to_the_same_bytes(service, tmp_path):
    options = ScimOptions(url=service, employee_attribute="externalId", groups="all")
    source, collector = Source("id", "Id", options), ScimCollector()
    with live(collector, source, SECRET, Path()) as transport, RecordingFolder(tmp_path / "id") as written:
        collected = collector.collect(source, Recorded(transport, written), MOMENT)
    replayed = collector.collect(source, ReplayTransport(tmp_path / "id"), MOMENT)

    assert collected.report.problems == ()
    assert collected.report.expected == {"account": 3, "group": 1}
    states = {account["login"]: account["state"] for account in _of(collected, "account")}
    assert states == {"zhang.wei": "active", "li.na": "deactivated", "wang.fang": "unknown"}
    assert sorted(link["person"] for link in _of(collected, "identity_link")) == ["key:E0001", "key:E0002"]
    assert len(_of(collected, "membership")) == 2
    assert replayed.model_dump_json() == collected.model_dump_json()
    files = [path.read_text() for path in (tmp_path / "id").iterdir()]
    assert [text for text in [*files, collected.model_dump_json()] if re.search("canary", text)] == []


def test_a_real_server_refuses_a_wrong_token(service):
    source, collector = Source("id", "Id", ScimOptions(url=service)), ScimCollector()

    with (
        live(collector, source, "wrong", Path()) as transport,
        pytest.raises(AccessError, match="token is not valid"),
    ):
        collector.collect(source, transport, MOMENT)
