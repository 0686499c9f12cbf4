"""OPA is found or got in a fixed order; what is too old, not what was pinned, or not there, is said."""

import hashlib
import http.server
import os
import socket
import stat
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.opa import PINNED, Choice, Places, Program, choose, find, locate, obtain
from engine.opa.acquire import Release, build, download

MACHINE = ("linux", "x86_64")


def quiet(_text, _share):
    return None


def stand_in(path, version=PINNED):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho 'Version: {version}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def nothing(monkeypatch):
    """No release answers and there is no Go."""
    monkeypatch.setattr(locate, "download", lambda *_: "no network")
    monkeypatch.setattr(locate, "build", lambda *_: "no Go")


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "cache", search_path=str(tmp_path / "bin"))


def test_the_configured_program_comes_first_then_path_then_cache(places, tmp_path):
    configured = stand_in(tmp_path / "mine" / "opa")
    assert find(places) == (None, ())

    stand_in(places.kept)
    assert find(places) == (Program(places.kept, PINNED, "cache"), ())

    stand_in(tmp_path / "bin" / "opa", "1.20.0")
    assert find(places) == (Program(tmp_path / "bin" / "opa", "1.20.0", "path"), ())

    wanted = Places(places.cache, configured, places.search_path)
    assert find(wanted) == (Program(configured, PINNED, "configured"), ())


def test_an_opa_below_the_floor_is_refused_with_what_to_do(places, tmp_path):
    old = stand_in(tmp_path / "bin" / "opa", "1.9.0")

    with pytest.raises(EngineError, match=r"OPA 1\.9\.0 is too old, needs 1\.18\.2 or later") as caught:
        find(Places(places.cache, old))
    found, notes = find(places)

    assert "clausewise engine install" in caught.value.help
    assert found is None
    assert notes == (
        f"{old}: OPA 1.9.0 passed over, needs 1.18.2 or later: upgrade it, or run: clausewise engine install",
    )


@pytest.mark.parametrize("text", ["#!/bin/sh\necho hello\n", "#!/bin/sh\nexit 1\n", "no program"])
def test_what_does_not_say_that_it_is_opa_is_not_used(places, tmp_path, text):
    path = stand_in(tmp_path / "bin" / "opa")
    path.write_text(text)

    found, notes = find(places)

    assert found is None
    assert "does not say that it is OPA" in notes[0]


@pytest.mark.usefixtures("nothing")
def test_without_opa_the_embedded_engine_is_used_and_that_is_said(places):
    choice = choose("auto", places, "0.13.0")

    assert (choice.engine, choice.version, choice.fallback) == ("embedded", "0.13.0", True)
    assert choice.notes == ("download: no network", "build: no Go")


@pytest.mark.usefixtures("nothing")
def test_without_any_engine_nothing_runs(places):
    with pytest.raises(EngineError, match="no OPA can be had: download: no network; build: no Go") as caught:
        choose("auto", places, "")
    with pytest.raises(EngineError, match="no OPA can be had"):
        choose("opa", places, "0.13.0")
    with pytest.raises(EngineError, match="embedded engine is not installed"):
        choose("embedded", places, "")

    assert "clausewise[embedded]" in caught.value.help


def test_what_was_asked_for_is_used(places):
    stand_in(places.kept)

    assert choose("auto", places, "0.13.0").engine == "opa"
    assert choose("embedded", places, "0.13.0") == Choice("embedded", "0.13.0")


def test_a_build_follows_a_download_that_fails(places, monkeypatch):
    monkeypatch.setattr(locate, "download", lambda *_: "no network")
    monkeypatch.setattr(locate, "build", lambda _release, target, *_: stand_in(target) and "")

    assert obtain(places) == (Program(places.kept, PINNED, "build"), ("download: no network",))


class Server:
    """A release on loopback."""

    def __init__(self, body, pause=0.0):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                time.sleep(pause)
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        return self.address

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def release(address, body):
    return Release("OPA", "1", address, {MACHINE: ("file", hashlib.sha256(body).hexdigest())}, "example/opa")


def test_a_download_is_a_program_only_if_it_is_what_was_pinned(tmp_path):
    target = tmp_path / "opa"
    with Server(b"program") as address:
        assert download(release(address, b"program"), MACHINE, target, quiet) == ""
        assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"program", 0o755)
        target.unlink()
        with pytest.raises(EngineError, match=r"downloaded file has SHA-256 [0-9a-f]{64}, expected"):
            download(release(address, b"another"), MACHINE, target, quiet)

    assert list(tmp_path.iterdir()) == []


def test_an_unknown_machine_has_no_release(tmp_path):
    assert "no release of OPA for plan9" in download(
        release("", b""), ("plan9", "mips"), tmp_path / "opa", quiet
    )


def test_what_does_not_answer_in_time_is_passed_over(tmp_path):
    started = time.monotonic()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"

        problem = download(release(address, b""), MACHINE, tmp_path / "opa", quiet, connect_s=0.3)

    assert "does not answer within 0.3 s" in problem
    assert time.monotonic() - started < 5


def test_nobody_there_is_passed_over(tmp_path):
    problem = download(release("http://127.0.0.1:9", b""), MACHINE, tmp_path / "opa", quiet)

    assert problem.startswith("http://127.0.0.1:9/file: ")
    assert list(tmp_path.iterdir()) == []


def test_a_build_without_go_says_so(tmp_path):
    assert build(release("", b""), tmp_path / "opa", {"PATH": str(tmp_path)}, quiet) == "Go is not installed"


def test_a_build_sees_what_it_is_given_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv("A_SECRET", "in our environment")
    go = tmp_path / "bin" / "go"
    go.parent.mkdir()
    go.write_text(
        f"#!{sys.executable}\nimport os, pathlib, sys\n"
        "pathlib.Path(os.environ['GOBIN'], 'opa').write_text(' '.join(sys.argv[1:]) + repr('A_SECRET' in os.environ))\n"
    )
    go.chmod(0o755)
    target = tmp_path / "kept" / "opa"

    problem = build(release("", b""), target, {"PATH": os.pathsep.join([str(go.parent)]), "HOME": "/"}, quiet)

    assert problem == ""
    assert Path(target).read_text() == "install example/opa@v1False"


def test_a_build_that_fails_says_why(tmp_path):
    go = tmp_path / "go"
    go.write_text("#!/bin/sh\necho one >&2\necho no such module >&2\nexit 1\n")
    go.chmod(0o755)

    problem = build(release("", b""), tmp_path / "opa", {"PATH": str(tmp_path)}, quiet)

    assert problem == "go list -m example/opa@v1: no such module"
