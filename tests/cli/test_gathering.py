"""Collecting side by side: a source that hangs fails alone, and a stop leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from collectors.transport import CommandTransport, Request
from engine.cli.collecting import Where, collected_from
from engine.cli.company import load_company
from engine.cli.gathering import Job, Leash, side_by_side
from engine.cli.places import fixtures
from engine.errors import ConfigurationError, SourceError

QUARTER = fixtures() / "company" / "2026Q3"

_COMMAND = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from engine.cli import cli; cli()"
"""As from a terminal: whoever starts the tests in the background has the stop of a terminal ignored."""


class Hanging:
    """Asks once more after its time is over, and keeps what it was told."""

    type = "synapse"
    delivers = ("account",)

    def __init__(self) -> None:
        self.released, self.asked = threading.Event(), threading.Event()
        self.told = ""

    def collect(self, _source, transport, _moment):
        self.released.wait(30)
        try:
            transport.fetch(Request("http", "/late"))
        except SourceError as error:
            self.told = str(error)
        self.asked.set()
        raise SourceError("nobody hears this")


def test_a_source_that_hangs_has_failed_and_the_others_are_there(monkeypatch: pytest.MonkeyPatch):
    company = load_company(QUARTER / "company.yaml")
    chat, hanging = next(entry for entry in company.sources if entry.id == "chat"), Hanging()
    monkeypatch.setattr(chat, "collector", hanging)
    monkeypatch.setattr(chat, "limit_s", 0.2)

    found = collected_from(
        company, date(2026, 9, 30), Where(replay=QUARTER / "recordings"), ("chat", "reg-groups")
    )
    hanging.released.set()

    assert [(one.report.id, one.report.completeness) for one in found] == [
        ("chat", "failed"),
        ("reg-groups", "complete"),
    ]
    assert found[0].report.problems == (
        "did not end within 0.2 s; limit_s of this source in company.yaml gives it more",
    )
    assert hanging.asked.wait(30)
    assert hanging.told == "/late: asked for when the time was over"


def test_the_first_error_ends_the_others_and_their_transports():
    class Counting:
        closed = threading.Event()

        def fetch(self, request):
            raise AssertionError(request)

        def close(self):
            self.closed.set()

    held = threading.Event()

    def waits(leash: Leash):
        leash.hold(Counting())
        held.set()
        threading.Event().wait(30)

    def wrong(_leash: Leash):
        held.wait(30)
        raise ConfigurationError("no secret")

    def never():
        raise AssertionError

    told = []
    with pytest.raises(ConfigurationError, match="no secret"):
        side_by_side(
            [Job("a", 60, waits, never), Job("b", 60, wrong, never)], lambda *state: told.append(state)
        )

    assert Counting.closed.is_set()
    assert told == [(0, 2, ("a", "b"))]


def test_a_command_that_runs_is_ended_with_its_children_when_its_transport_closes(tmp_path: Path):
    script = f"sleep 60 & echo $! > {tmp_path / 'child'}; wait"
    transport = CommandTransport({"slow": ("sh", "-c", script)})
    ended = threading.Thread(target=transport.fetch, args=(Request("command", "slow"),))
    ended.start()
    child = _number(tmp_path / "child")
    transport.close()
    ended.join(30)

    assert not ended.is_alive()
    assert _gone(child)


def test_a_command_that_is_being_started_while_its_transport_closes_is_ended_too(monkeypatch):
    transport = CommandTransport({"slow": ("sleep", "60")}, time_limit_s=5)
    started = []

    def closes_meanwhile(*given, **named):
        child = popen(*given, **named)
        started.append(child)
        transport.close()
        return child

    popen = subprocess.Popen
    monkeypatch.setattr("collectors.transport.command.subprocess.Popen", closes_meanwhile)
    with pytest.raises(SourceError, match="when the time was over"):
        transport.fetch(Request("command", "slow"))

    assert _gone(started[0].pid)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_half_snapshot_and_no_command_running(tmp_path: Path, number: signal.Signals):
    program = tmp_path / "restic"
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path / 'pid'}\nexec sleep 60\n")
    program.chmod(0o700)
    (tmp_path / "company.yaml").write_text(
        "organisation: A\npolicy: {version: '1'}\nroles: {it: IT, hr: HR}\nsources:\n"
        f"  - {{id: b, type: restic, repository: /r, target: t, program: {program}, secret: {{env: PASSWORD}}}}\n"
    )
    command = [
        *(sys.executable, "-c", _COMMAND, "collect"),
        *("-c", "company.yaml", "--into", "out/snapshot", "--record", "recorded"),
    ]
    with subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "PASSWORD": "x"}, stderr=subprocess.PIPE, text=True
    ) as running:
        child = _number(tmp_path / "pid")
        running.send_signal(number)
        _, said = running.communicate(timeout=60)

    assert (running.returncode, said) == (130, "stopped; nothing half written is left behind\n")
    assert _gone(child)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company.yaml", "pid", "restic"]


def _number(path: Path) -> int:
    until = time.monotonic() + 60
    while not (path.exists() and path.read_text().endswith("\n")):
        assert time.monotonic() < until, f"{path.name} was never written"
        time.sleep(0.02)
    return int(path.read_text())


def _gone(pid: int) -> bool:
    """Whether the process has ended; one that nobody has buried yet has."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
