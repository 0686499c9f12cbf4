"""OPA as a child process that we start, watch and stop; or, if configured, a server that somebody else runs.

It takes as long to read its rules as we do to get ready ourselves: so it is started first, and given the documents when they are there.
"""

import secrets
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import orjson

from engine.errors import EngineError, RulesError
from engine.opa.asking import UnansweredError
from engine.opa.children import Nursery, stop
from engine.opa.client import Client, GoneError, SilentError
from engine.opa.guard import RuleSet
from engine.opa.interface import EngineInfo, EngineSpec
from engine.opa.locate import version_of
from engine.opa.remote import RemoteServer
from engine.opa.strict import refuse_unchecked

_GOGC = "400"
"""Measured on 47 MB in 100 shards: 2.6 s instead of 3.1 s, for 190 MiB instead of 96."""

_HEAP = 256
"""MiB of OPA's memory past which Go collects its garbage more eagerly than GOGC asks for.
Measured on 100 shards of half a megabyte, two at a time: a peak of 283 MiB instead of 789, for 6 % more time."""
_HEAP_AT_REST = 128
"""MiB that rules and documents take."""
_EXPANSION = 45
"""Bytes of memory that a byte of a shard becomes while it is judged; with less than that, OPA would do little but collect:
measured on one shard of 11 MB, 64 s instead of 17 s of work at 256 MiB, and 17 s at 600 MiB."""

_RULES = "clausewise"
_SOCKET_PATH_LIMIT = 100
_AUTHZ = """package system.authz

default allow := false

allow if input.path == ["health"]

allow if {{
	input.identity == "{token}"
	input.method in {{"GET", "POST", "PUT", "DELETE"}}
}}
"""


class _Server(Protocol):
    client: Client

    def stop(self, *, hurry: bool = False) -> None: ...


class OpaEngine:
    """OPA; restarted once if it is killed or falls silent, after that the run ends with an error."""

    def __init__(self, spec: EngineSpec, rules: RuleSet) -> None:
        self._spec = spec
        self._names = {file.check: file.name for file in rules.files if file.check}
        self._rules = rules
        self._lock = threading.Lock()
        self._nursery = Nursery()
        self._folder = Path(tempfile.mkdtemp(prefix="clausewise-"))
        self._restarts = 0
        self._closed = False
        self._begun: Child | None = None
        self._server: _Server | None = None
        try:
            refuse_unchecked(spec, rules, self._folder)
            if not spec.url:
                self._begun = self._child()
        except BaseException:
            self._clear()
            raise

    def ready(self) -> None:
        """Wait until it can be asked: by now the documents are there."""
        begun, self._begun = self._begun, None
        self._server = self._start(begun)
        self.info = self._describe(self._server)

    def report(self, shard: bytes) -> Mapping[str, Any]:
        """Check -> answer, for all that have one."""
        answer = self._ask(
            "audit/report", b'{"input":' + shard + b"}", self._spec.limits.shard_of(len(shard))
        )
        return answer if isinstance(answer, dict) else {}

    def answer(self, check: str, shard: bytes) -> Any:
        """The answer of one check."""
        body = b'{"input":{"only":"' + check.encode() + b'",' + shard.lstrip()[1:] + b"}"
        return self._ask("audit/answer", body, self._spec.limits.check_of(len(shard)))

    def drop(self, check: str) -> None:
        """Take the check's rules from the server, and from what a restarted one would load."""
        server, name = self._running(), self._names[check]
        try:
            if server.client.delete_policy(name):
                (self._folder / _RULES / name).unlink(missing_ok=True)
                self._prime(server.client)
        except (GoneError, SilentError):
            return  # whoever asks next finds out, and the check merely costs more time

    def close(self, *, hurry: bool = False) -> None:
        """Stop OPA and remove what we put on the disk."""
        with self._lock:
            self._closed = True
            try:
                for one in (self._server, self._begun):
                    if one is not None:
                        one.stop(hurry=hurry)
            finally:
                self._clear()

    def _ask(self, path: str, body: bytes, limit_s: float) -> Any:
        while True:
            server = self._running()
            try:
                return server.client.query(path, body, limit_s)
            except GoneError:
                self._revive(server, "ended")
            except SilentError as error:
                if server.client.is_well():
                    raise UnansweredError("time_out", str(error)) from error
                self._revive(server, "does not answer")

    def _revive(self, failed: _Server, what: str) -> None:
        """Start OPA again, once in a run; a thread that comes late finds the work done."""
        with self._lock:
            if self._closed:
                raise EngineError("OPA: the audit has ended", "run it again")
            if self._server is not failed:
                return
            failed.stop()
            if self._restarts:
                raise EngineError(
                    f"no audit was performed: OPA {what} a second time",
                    "look whether the machine is short of memory; try --workers 1, or --engine embedded",
                )
            self._restarts += 1
            self._server = self._start()

    def _running(self) -> _Server:
        if self._server is None:
            raise EngineError("OPA: the audit has ended, or not begun", "run it again")
        return self._server

    def _child(self) -> "Child":
        rules = self._folder / _RULES
        if not rules.exists():
            self._rules.write(rules)
        return Child(self._spec, self._folder, self._nursery)

    def _start(self, begun: "Child | None" = None) -> _Server:
        if self._spec.url:
            server: _Server = RemoteServer(self._spec, self._rules)
        else:
            server = self._started(begun or self._child())
        try:
            self._prime(server.client)
        except (GoneError, SilentError) as error:
            server.stop()
            raise EngineError(f"OPA: started, and then {error}", "try again, or --engine embedded") from error
        except BaseException:
            server.stop()
            raise
        return server

    def _started(self, child: "Child") -> "Child":
        """A child that is ready: this one, or another if it is killed or falls silent before that."""
        try:
            child.ready()
        except KilledError:
            if self._restarts:
                raise
            self._restarts += 1
            child = self._child()
            child.ready()
        return child

    def _prime(self, client: Client) -> None:
        # NOTE: a path's prepared query keeps the first input that it saw: let that be nothing instead of a shard
        for path in ("audit/report", "audit/answer"):
            try:
                client.query(path, b"{}", self._spec.limits.ready_s)
            except UnansweredError:
                continue  # a rule that fails without input; the query is prepared all the same
            except SilentError:
                # a rule that is slow without input: the limits of a shard and of a check find out which, and cost that one alone
                if not client.is_well():
                    raise

    def _describe(self, server: _Server) -> EngineInfo:
        if self._spec.url:
            return EngineInfo("opa", server.client.version(), self._spec.url)
        program = _program(self._spec)
        return EngineInfo("opa", version_of(program), str(program))

    def _clear(self) -> None:
        self._nursery.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def memory(workers: int, largest_shard: int) -> dict[str, str]:
    """What OPA's environment says of memory: it depends on the largest shard (bytes), and not on how many there are."""
    needed = _HEAP_AT_REST + _EXPANSION * workers * largest_shard // 2**20
    return {"GOGC": _GOGC, "GOMEMLIMIT": f"{max(_HEAP, needed)}MiB"}


class KilledError(EngineError):
    """A signal ended the child before it was ready, or it fell silent: that says nothing about its rules."""


class Child:
    """One OPA process: started at once, asked when it is ready."""

    client: Client

    def __init__(self, spec: EngineSpec, folder: Path, nursery: Nursery) -> None:
        self._spec = spec
        self._errors = folder / "opa.stderr"
        connections = spec.workers + 1
        if spec.loopback or not hasattr(socket, "AF_UNIX"):
            token = secrets.token_hex(32)
            (folder / "authz.rego").write_text(_AUTHZ.format(token=token), encoding="utf-8")
            address = f"localhost:{_free_port()}"
            self._connect = partial(Client, f"http://{address}", token=token)
            flags = ["--addr", address, "--authentication=token", "--authorization=basic"]
            files = [_RULES, "authz.rego"]
        else:
            path = folder / f"{secrets.token_hex(4)}.sock"
            if len(str(path)) > _SOCKET_PATH_LIMIT:
                raise EngineError(
                    f"{folder}: too long a path for a socket", "set TMPDIR to a short path such as /tmp"
                )
            self._connect = partial(Client, "http://localhost:8181", path=path, connections=connections)
            flags = ["--addr", f"unix://{path}", "--unix-socket-perm", "600"]
            files = [_RULES]
        command = [
            *(
                str(_program(spec).resolve()),
                "run",
                "--server",
                "--skip-version-check",
                "--log-level",
                "error",
                # tables of the whole company are read as they lie there, instead of being made anew for each shard
                "--optimize-store-for-read-speed",
            ),
            *("--shutdown-grace-period", "1", *flags, *files),
        ]
        with self._errors.open("wb") as errors:
            self._process = nursery.start(
                command, folder=folder, environment=memory(spec.workers, spec.largest_shard), errors=errors
            )

    def ready(self) -> None:
        """Wait until it has read its rules, and give it the documents.

        Raises:
            RulesError: it ends instead, and says why
            KilledError: somebody, or the system, ends it, or it falls silent
            EngineError: it takes too long, or does not take the documents
        """
        try:
            self.client = self._connect()
            self._wait(self._spec.limits.ready_s)
            for name, value in orjson.loads(self._spec.documents.read_bytes()).items():
                self.client.put_document(name, orjson.dumps(value))
            self.client.prepare()
        except (GoneError, SilentError) as error:
            self.stop()
            raise KilledError(f"OPA: started, and then {error}", "try again, or --engine embedded") from error
        except BaseException:
            self.stop()
            raise

    def stop(self, *, hurry: bool = False) -> None:  # noqa: ARG002  # it takes no longer than a moment in any case
        """End it: politely, then by force."""
        if hasattr(self, "client"):
            self.client.close()
        stop(self._process)

    def _wait(self, limit_s: float) -> None:
        deadline = time.monotonic() + limit_s
        while not self.client.is_ready():
            if (code := self._process.poll()) is not None:
                if code < 0:
                    raise KilledError(
                        f"OPA does not start: ended by signal {-code}",
                        "look whether the machine is short of memory; try --workers 1, or --engine embedded",
                    )
                said = self._errors.read_text("utf-8", "replace").strip()[-2000:]
                raise RulesError(
                    f"OPA does not start: {said or 'it says nothing'}",
                    "mend the rules or the documents it names",
                )
            if time.monotonic() > deadline:
                raise EngineError(
                    f"OPA is not ready within {limit_s:g} s", "is it OPA, and has the machine room for it?"
                )
            time.sleep(0.01)


def _program(spec: EngineSpec) -> Path:
    if spec.program is None:
        raise EngineError("OPA: no program is named", "run: clausewise engine install")
    return spec.program


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])
