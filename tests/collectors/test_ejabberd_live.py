"""A real ejabberd server: collected live with the least permission, recorded, and replayed to the same bytes."""

import base64
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest
import yaml
from contract import MOMENT
from installed import absent  # it lies beside this file

from collectors import Source, live
from collectors.ejabberd import EjabberdCollector, EjabberdOptions
from collectors.ejabberd.walk import GETS
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.errors import AccessError

HOST, ROOMS = "corp.test", "conference.corp.test"
PASSWORD = "canary-password-77d2"  # noqa: S105  # of accounts that live as long as the test
SEED = f"seed@{HOST}"


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _free_ports():
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _configuration(api, chat):
    return {
        "hosts": [HOST],
        "loglevel": "warning",
        "listen": [
            {"port": api, "ip": "127.0.0.1", "module": "ejabberd_http", "request_handlers": {"/api": "mod_http_api"}},
            {"port": chat, "ip": "127.0.0.1", "module": "ejabberd_c2s"},
        ],
        "acl": {"audit": {"user": [f"audit@{HOST}"]}, "seed": {"user": [SEED]}},
        "api_permissions": {
            "audit": {"who": [{"acl": "audit"}], "what": [path.removeprefix("/api/") for path in GETS]},
            "seed": {"who": [{"acl": "seed"}], "what": ["*"]},
            "first": {"who": [{"ip": "127.0.0.1/32"}], "what": ["register"]},
        },
        "modules": {name: {} for name in ("mod_admin_extra", "mod_last", "mod_muc", "mod_muc_admin", "mod_http_api")},
    }  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with four accounts and two rooms, on free ports, of no node that others could join."""
    if shutil.which("ejabberdctl") is None or shutil.which("erl") is None:
        absent("ejabberd is not installed on this machine: .ci/run installs ejabberd")
    home = tmp_path_factory.mktemp("ejabberd")
    api, chat = _free_ports()
    (home / "ejabberd.yml").write_text(yaml.safe_dump(_configuration(api, chat)))
    # as root it would be more than it needs: then it is the user that the package made for it
    owner = "ejabberd" if os.geteuid() == 0 else None
    if owner is not None:
        shutil.chown(home, owner, owner)
        for folder in home.parents[: len(home.parents) - 2]:
            if folder.stat().st_uid == os.geteuid():
                folder.chmod(folder.stat().st_mode | 0o011)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "EJABBERD_CONFIG_PATH": str(home / "ejabberd.yml"),
        "EJABBERD_LOG_PATH": str(home / "ejabberd.log"),
        "ERL_CRASH_DUMP": str(home / "crash"),
        "ERL_LIBS": _libraries(),
    }
    # without a name of its own it is no part of a cluster, and starts no mapper of ports that would outlive it
    words = ["erl", "+P", "20000", "-noinput", "-mnesia", "dir", f'"{home}/db"', "-s", "ejabberd"]
    with (home.parent / "ejabberd.out").open("wb") as out:
        process = subprocess.Popen(
            words, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, user=owner, group=owner
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{api}"
            _wait(url, process, Path(out.name))
            with _phone(url, chat):
                yield url
        finally:
            process.terminate()
            process.wait(30)


def _libraries():
    """Where the package has its programs: the script that starts it says so."""
    return re.search(r"^ERL_LIBS='(.*)'$", Path(shutil.which("ejabberdctl")).read_text(), re.MULTILINE)[1]


def _wait(url, process, out):
    for _ in range(600):
        try:
            httpx.get(f"{url}/api/status", trust_env=False)
        except httpx.TransportError:
            assert process.poll() is None, out.read_text()
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"ejabberd did not start: {out.read_text()[-2000:]}")


def _phone(url, chat):
    """Seed the server; the connection of somebody who is in a room as long as it is open."""
    room = {"service": ROOMS, "name": "budget"}
    with httpx.Client(base_url=f"{url}/api", auth=(SEED, PASSWORD), trust_env=False, timeout=30) as client:

        def call(command, **words):
            answer = client.post(f"/{command}", json=words)
            assert answer.status_code == 200, answer.text

        # the first account is made by nobody
        first = {"user": "seed", "host": HOST, "password": PASSWORD}
        httpx.post(f"{url}/api/register", json=first, trust_env=False, timeout=30).raise_for_status()
        for user in ("audit", "zhang.wei", "li.na"):
            call("register", user=user, host=HOST, password=PASSWORD)
        call("set_last", user="li.na", host=HOST, timestamp=1_700_000_000, status="canary-status")
        for name in ("budget", "open"):
            call("create_room", name=name, service=ROOMS, host=HOST)
        for option, value in {"title": "預算", "description": "2026 年預算", "members_only": "true"}.items():
            call("change_room_option", **room, option=option, value=value)
        for jid, affiliation in {
            f"zhang.wei@{HOST}": "owner",
            f"li.na@{HOST}": "member",
            "o@partner.test": "member",
            "bad@partner.test": "outcast",
        }.items():
            call("set_room_affiliation", **room, jid=jid, affiliation=affiliation)
    return _signed_in(chat)


def _signed_in(chat):
    phone = socket.create_connection(("127.0.0.1", chat), timeout=30)
    stream = f"<stream:stream to='{HOST}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
    secret = base64.b64encode(f"\0zhang.wei\0{PASSWORD}".encode()).decode()
    ns = "urn:ietf:params:xml:ns:xmpp"
    presence = "<presence><status>canary-status</status></presence>"
    for words, end in (
        (stream, b"</stream:features>"),
        (f"<auth xmlns='{ns}-sasl' mechanism='PLAIN'>{secret}</auth>", b"/>"),
        (stream, b"</stream:features>"),
        (f"<iq type='set' id='b'><bind xmlns='{ns}-bind'><resource>phone</resource></bind></iq>", b"</iq>"),
        (
            f"{presence}<presence to='open@{ROOMS}/Wei'><x xmlns='http://jabber.org/protocol/muc'/></presence>",
            b"<subject",
        ),
    ):
        phone.sendall(words.encode())
        heard = b""
        while end not in heard:
            more = phone.recv(65536)
            assert more, heard
            heard += more
    return phone


def _source(url, **options):
    told = EjabberdOptions(url=url, host=HOST, collector_user=f"audit@{HOST}", sessions=True, **options)
    return Source("chat", "Chat", told)


def test_a_real_server_is_read_recorded_and_replayed_to_the_same_bytes(server, tmp_path):
    source, collector = _source(server), EjabberdCollector()
    with (
        live(collector, source, PASSWORD, Path()) as transport,
        RecordingFolder(tmp_path / "chat") as written,
    ):
        collected = collector.collect(source, Recorded(transport, written), MOMENT)
    replayed = collector.collect(source, ReplayTransport(tmp_path / "chat"), MOMENT)

    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    assert collected.report.expected == {"account": 5}
    uses = {account["login"]: account["last_activity"]["state"] for account in _of(collected, "account")}
    assert uses == {
        "audit": "never",
        "seed": "never",
        "li.na": "at",
        "zhang.wei": "at",
        "o@partner.test": "unknown",
    }
    assert {
        (row["group"].partition("@")[0], row["account"].rpartition("/")[2]): (row["role"], row["external"])
        for row in _of(collected, "membership")
    } == {
        ("chat/group/budget", f"zhang.wei@{HOST}"): ("owner", "unknown"),
        ("chat/group/budget", f"li.na@{HOST}"): ("member", "unknown"),
        ("chat/group/budget", "o@partner.test"): ("member", "yes"),
        ("chat/group/open", f"zhang.wei@{HOST}"): ("member", "unknown"),
    }  # fmt: skip
    rooms = {group["name"]: (group["purpose"], group["join_rule"]) for group in _of(collected, "group")}
    assert rooms == {"預算": ("2026 年預算", "invite"), "open": ("", "open")}
    assert [session["account"] for session in _of(collected, "session")] == [f"chat/account/zhang.wei@{HOST}"]
    assert replayed.model_dump_json() == collected.model_dump_json()
    files = [path.read_text() for path in (tmp_path / "chat").iterdir()]
    texts = [*files, collected.model_dump_json()]
    assert [text for text in texts if re.search(r"canary|127\.0\.0\.1", text)] == []


def test_the_account_of_the_audit_may_change_nothing(server):
    answer = httpx.post(
        f"{server}/api/ban_account",
        json={"user": "li.na", "host": HOST, "reason": "x"},
        auth=(f"audit@{HOST}", PASSWORD),
        trust_env=False,
    )

    assert answer.status_code == 403


def test_a_real_server_refuses_a_wrong_password(server):
    source, collector = _source(server), EjabberdCollector()

    with (
        live(collector, source, "wrong", Path()) as transport,
        pytest.raises(AccessError, match="secret is not valid for ejabberd"),
    ):
        collector.collect(source, transport, MOMENT)


def test_a_real_server_names_the_command_that_is_not_permitted(server):
    options = EjabberdOptions(url=server, host=HOST, collector_user=f"zhang.wei@{HOST}")
    source, collector = Source("chat", "Chat", options), EjabberdCollector()

    with (
        live(collector, source, PASSWORD, Path()) as transport,
        pytest.raises(AccessError, match="it needs api_permissions: what: registered_vhosts"),
    ):
        collector.collect(source, transport, MOMENT)
