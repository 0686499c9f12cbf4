"""A real SCIM server: collected live, recorded, and replayed to the same bytes."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from contract import MOMENT, SECRET

from collectors import Source, live
from collectors.scim import ScimCollector, ScimOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.errors import AccessError

_ROOT = Path(__file__).resolve().parents[2]


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A real SCIM server with three accounts and a group, on a free port."""
    script = _ROOT / "tools" / "servers.py"
    made = subprocess.run([sys.executable, script, "scim"], check=False, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        pytest.fail("no SCIM server to test against: its packages could not be installed (see above)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    out = tmp_path_factory.mktemp("scim") / "out"
    program = Path(made.stdout.strip()).with_name("scim2-server")
    words = ["--hostname", "127.0.0.1", "--port", str(port), "--bearer-token", SECRET]
    environment = {"PATH": os.environ["PATH"]}
    with out.open("wb") as written:
        process = subprocess.Popen([program, *words], env=environment, stdout=written, stderr=written)
        try:
            yield _seeded(f"http://127.0.0.1:{port}/v2", process, out)
        finally:
            process.terminate()
            process.wait(30)


def _seeded(url, process, out):
    headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/scim+json"}
    core = "urn:ietf:params:scim:schemas:core:2.0:"
    with httpx.Client(headers=headers, trust_env=False, timeout=30) as client:
        for _ in range(300):
            assert process.poll() is None, out.read_text()
            try:
                client.get(f"{url}/ServiceProviderConfig")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        keys = {}
        for name, fields in {
            "zhang.wei": {"externalId": "E0001", "active": True, "emails": [{"value": "canary@corp.test"}]},
            "li.na": {"externalId": "E0002", "active": False},
            "wang.fang": {},
        }.items():
            answer = client.post(f"{url}/Users", json={"schemas": [f"{core}User"], "userName": name} | fields)
            assert answer.status_code == 201, answer.text
            keys[name] = answer.json()["id"]
        members = [{"value": keys[name], "type": "User"} for name in ("zhang.wei", "li.na")]
        group = {"schemas": [f"{core}Group"], "displayName": "budget", "members": members}
        assert client.post(f"{url}/Groups", json=group).status_code == 201
    return url


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
