"""nmap: what its XML says, what it must not do to us, and a look of the real program at ports of ours."""

import shutil
import socket
from pathlib import Path

import pytest
from contract import MOMENT
from contracted.nmap import document, host
from pydantic import ValidationError

from collectors import Source, live
from collectors.nmap import NmapCollector, NmapOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport, Response
from engine.errors import SourceError, UnparsableError

_AT = "2026-09-28T02:00:03Z"
_ADDRESS = "chat.corp.test:443"


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _collect(body: bytes, status: int = 0, **options):
    source = Source("ports", "Ports", NmapOptions(**{"endpoints": (_ADDRESS,)} | options))
    collector = NmapCollector()

    class Program:
        def fetch(self, request):
            return collector.strip(source, request, Response(body, _AT, status))

    return collector.collect(source, Program(), MOMENT)


def test_an_open_port_is_an_endpoint_that_serves_the_network_and_its_host_was_heard_of():
    collected = _collect(document(host("Chat.corp.test", (443, "open"))), hosts={"chat.corp.test": "srv-01"})

    assert (collected.report.completeness, collected.report.source_version) == ("complete", "7.93")
    (endpoint,) = _of(collected, "service_endpoint")
    assert endpoint["unknown"].pop("application") == "not_collected"
    assert {
        name: endpoint[name] for name in endpoint if name != "unknown" and endpoint[name] != "unknown"
    } == {
        "uid": "ports/service_endpoint/chat.corp.test:443",
        "address": "chat.corp.test:443",
        "exposure": "network",
    }
    (heard,) = _of(collected, "host")
    assert (heard["uid"], heard["last_seen_at"]) == ("ports/host/srv-01", "2026-09-28T02:00:01Z")


@pytest.mark.parametrize(
    ("state", "address", "hosts", "reason"),
    [
        ("closed", "192.0.2.7", 1, "not_supported"),
        ("filtered", "192.0.2.7", 0, "not_supported"),
        ("open", "127.0.0.1", 1, "not_supported"),
        ("open", "::1", 1, "not_supported"),
        ("ajar", "192.0.2.7", 0, "unparsable"),
    ],
)
def test_what_is_closed_to_us_may_be_open_to_others_and_what_the_machine_reaches_itself_is_no_network(
    state, address, hosts, reason
):
    body = document(host("chat.corp.test", (443, state), address=address))
    collected = _collect(body, hosts={"chat.corp.test": "srv-01"})

    (endpoint,) = _of(collected, "service_endpoint")
    assert (endpoint["exposure"], endpoint["unknown"]["exposure"]) == ("unknown", reason)
    assert len(_of(collected, "host")) == hosts


def test_an_address_that_is_none_by_name_is_known_by_itself():
    body = document(host("ignored", (443, "open")).replace('type="user"', 'type="PTR"'))

    assert len(_of(_collect(body, endpoints=("192.0.2.7:443",)), "service_endpoint")) == 1


_BOMB = (
    ' [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]'
)
_FILE = ' [<!ENTITY c SYSTEM "file:///etc/passwd">]'


@pytest.mark.parametrize("entities", [_BOMB, _FILE])
def test_a_document_that_would_grow_or_read_files_is_refused(entities):
    body = document(host("chat.corp.test", (443, "open")), entities=entities).replace(b"192.0.2.7", b"&c;")

    with pytest.raises(UnparsableError, match="found no whole document of nmap"):
        _collect(body)


@pytest.mark.parametrize(
    ("body", "status", "error", "said"),
    [
        (document()[:-20], 0, UnparsableError, "no whole document"),
        (b"<other/>", 0, UnparsableError, "no whole document"),
        (document().replace(b' version="7.93"', b""), 0, UnparsableError, "no whole document"),
        (document(exit_="error"), 0, SourceError, "says that it failed"),
        (b"", 255, SourceError, "ended with exit code 255"),
    ],
)
def test_what_is_wrong_is_said(body, status, error, said):
    with pytest.raises(error, match=said):
        _collect(body, status)


@pytest.mark.parametrize(
    "options",
    [
        {"endpoints": ("--script=x:443",)},
        {"endpoints": ("192.0.2.0/24:443",)},
        {"endpoints": ("chat.corp.test",)},
        {"endpoints": ()},
        {"hosts": {"other.corp.test": "srv-02"}},
    ],
)
def test_only_addresses_on_the_list_can_stand_there(options):
    with pytest.raises(ValidationError):
        NmapOptions(**{"endpoints": (_ADDRESS,)} | options)


def test_the_real_program_looks_at_our_ports_and_its_words_are_not_kept(tmp_path):
    if shutil.which("nmap") is None:
        pytest.skip("nmap is not installed on this machine: .ci/run installs nmap")
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = f"localhost:{server.getsockname()[1]}"
        options = NmapOptions(endpoints=(here, "localhost:1"), hosts={"localhost": "srv-01"})
        source, collector = Source("ports", "Ports", options), NmapCollector()
        with live(collector, source, "", Path()) as transport, RecordingFolder(tmp_path / "kept") as folder:
            collected = collector.collect(source, Recorded(transport, folder), MOMENT)

    replayed = collector.collect(source, ReplayTransport(tmp_path / "kept"), MOMENT)
    assert replayed.model_dump_json() == collected.model_dump_json()
    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    states = {record.id: record.body for record in collected.raw if record.entity == "service_endpoint"}
    assert ['"open"' in states[here], '"closed"' in states["localhost:1"]] == [True, True]
    assert [one["name"] for one in _of(collected, "host")] == ["srv-01"]
    files = "".join(path.read_text() for path in (tmp_path / "kept").iterdir())
    assert [word for word in ("args", "scan initiated", "reason") if word in files] == []
