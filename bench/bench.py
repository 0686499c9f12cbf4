"""How long an audit takes, as ratios of one run: same bytes, same engine, same machine.

    python bench/bench.py [--people 2000 20000] [--clients 2] [--rounds 3]

(a) the floor: every shard posted to the same OPA with a trivial query, by the same number of clients
(b) every shard posted with the combined query of all checks, and nothing else
(c) `opa eval` once a shard, on at most ten shards and reckoned up
(d) the whole audit with the embedded engine

All of them in rounds, one after the other, and the best of each counts: what else a machine does makes everything slower and nothing faster.
Beside the seconds of the clock stand those that processors were at work, which do not depend on what else the machine does.

So that neither side is favoured: (b) asks an OPA that is as fresh as the audit's, started with the same memory, its queries prepared and nothing
asked yet; (a) asks it after that. The audit starts OPA and reads its rules within its time, (b) has that behind it. Python's byte code is
there, as in what pip installs, and rules have been checked once, as in every audit but the first.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from company import PEOPLE, write_company

from engine.audit import Inputs
from engine.canonical import canonical_record
from engine.checks.catalogue import load_catalogue
from engine.cli.places import policies
from engine.cli.trust import note
from engine.cli.wanted import places
from engine.findings import Previous
from engine.opa import find
from engine.opa.client import Client
from engine.opa.server import memory
from engine.settings import resolve
from engine.snapshot import Snapshot, open_snapshot

FLOOR = "package floor\n\nnothing := 1\n"
SMALL = 5_000
"""People up to whom a round takes seconds, so that there is time for several."""
SAMPLE = 10
"""Shards that `opa eval` is tried on."""
MEBI = 1024 * 1024


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument(
        "--one-shard", type=int, default=20_000, help="a company without departments; 0: none"
    )
    parser.add_argument("--clients", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, help="[default: 3 below 5 000 people, else 1]")
    options = parser.parse_args()
    program, _ = find(places())
    if program is None:
        sys.exit("no OPA here: clausewise engine install")
    print(f"OPA {program.version}, {options.clients} clients, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
        warm(Path(folder))
    for people in options.people:
        rounds = options.rounds or (3 if people < SMALL else 1)
        with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
            measure(Path(folder), people, program.path, options.clients, rounds)
    if options.one_shard:
        with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
            one_shard(Path(folder), options.one_shard)


@dataclass(frozen=True)
class Took:
    """What a piece of work took."""

    seconds: float
    """By the clock."""
    ours: float
    """Seconds that processors worked for us: Python, and the embedded engine."""
    engine: float
    """Seconds that processors worked for OPA."""
    memory: float = 0
    """Peak MiB of our process; embedded: of all of them."""
    engine_memory: float = 0
    """Peak MiB of OPA."""

    @property
    def work(self) -> float:
        """Seconds that processors worked."""
        return self.ours + self.engine


def best(rounds: list[Took]) -> Took:
    """The best of each figure; memory is the worst."""
    return Took(
        min(one.seconds for one in rounds),
        min(one.ours for one in rounds),
        min(one.engine for one in rounds),
        max(one.memory for one in rounds),
        max(one.engine_memory for one in rounds),
    )


def warm(folder: Path) -> None:
    """One audit that does not count: it checks the rules, and leaves byte code behind."""
    write_company(PEOPLE, folder / "snapshot")
    note(open_snapshot(folder / "snapshot"))
    audit(folder, "opa", 1)


def one_shard(folder: Path, people: int) -> None:
    """A company without departments ends, too."""
    size = write_company(people, folder / "snapshot", shards=1)
    note(open_snapshot(folder / "snapshot"))
    took = audit(folder, "opa", 1)
    print(f"\n{people} people in one shard, {size / 1e6:.0f} MB of facts")
    print(f"audit {told(took)} = {took.seconds / people * 1e6:.0f} µs a person")
    print(f"  peak memory: ours {took.memory:.0f} MiB, OPA {took.engine_memory:.0f} MiB")


def measure(folder: Path, people: int, opa: Path, clients: int, rounds: int) -> None:
    """One size of company, all figures from one run."""
    size = write_company(people, folder / "snapshot")
    snapshot = open_snapshot(folder / "snapshot")
    note(snapshot)  # made of fact models: as if it had been sealed here
    shards = [snapshot.shard(code) for code in snapshot.codes]
    print(f"\n{people} people, {len(shards)} shards, {size / 1e6:.0f} MB of facts; best of {rounds}")
    rules = folder / "rules"
    documents = prepare(snapshot, rules)
    found: dict[str, list[Took]] = {name: [] for name in ("audit", "a", "b", "d")}
    for _ in range(rounds):
        with server(opa, rules, documents, memory(clients, snapshot.largest_shard)) as (port, pid):
            found["b"].append(timed(pid, lambda: post_all(port, "audit/report", shards, clients)))
            found["a"].append(timed(pid, lambda: post_all(port, "floor/nothing", shards, clients)))
        found["audit"].append(audit(folder, "opa", clients))
        found["d"].append(audit(folder, "embedded", clients))
    start = time.perf_counter()
    eval_each(opa, rules, documents, shards[:SAMPLE])
    single = (time.perf_counter() - start) * len(shards) / min(SAMPLE, len(shards))
    whole, floor, bare, embedded = (best(found[name]) for name in ("audit", "a", "b", "d"))
    print(f"audit {told(whole)} = {whole.seconds / people * 1e6:.0f} µs a person")
    for name, took in (
        ("(a) floor", floor),
        ("(b) same query, nothing else", bare),
        ("(d) embedded engine", embedded),
    ):
        print(
            f"  {name:<30} {told(took)}   audit = {whole.seconds / took.seconds:5.2f} x, work = {whole.work / took.work:5.2f} x"
        )
    print(f"  {'(c) opa eval once a shard':<30} {single:8.2f} s   audit = {whole.seconds / single:5.2f} x")
    print(
        f"  peak memory: ours {whole.memory:.0f} MiB, OPA {whole.engine_memory:.0f} MiB; "
        f"embedded, all processes {embedded.memory:.0f} MiB"
    )


def told(took: Took) -> str:
    """Seconds, and whose work they were."""
    return f"{took.seconds:8.2f} s (work: ours {took.ours:.2f} s, OPA {took.engine:.2f} s)"


def timed(opa: int, work: Callable[[], None]) -> Took:
    """What the work takes us, and the OPA of that number."""
    start, ours, engine = time.perf_counter(), time.process_time(), worked(opa)
    work()
    return Took(time.perf_counter() - start, time.process_time() - ours, worked(opa) - engine)


def worked(pid: int) -> float:
    """Seconds that processors have worked for a process; 0 if it has ended."""
    try:
        spent = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    except OSError:
        return 0
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def lay_rules(rules: Path) -> Path:
    """The rules as an audit loads them, beside a trivial one."""
    shutil.copytree(policies() / "rego", rules, ignore=shutil.ignore_patterns("*_test.rego", "*.yaml"))
    (rules / "floor.rego").write_text(FLOOR, encoding="utf-8")
    return rules


def prepare(snapshot: Snapshot, rules: Path) -> Path:
    """The rules and documents as an audit loads them."""
    lay_rules(rules)
    catalogue = load_catalogue(policies())
    inputs = Inputs(snapshot, catalogue, resolve(catalogue.settings, {}, "default"), "default", Previous())
    documents = rules.parent / "data.json"
    documents.write_bytes(canonical_record(inputs.documents()))
    return documents


@contextmanager
def server(
    opa: Path, rules: Path, documents: Path, environment: dict[str, str], *flags: str
) -> Iterator[tuple[int, int]]:
    """OPA as an audit starts it, but for flags, on a port of its own: the port, and the number of the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        opa,
        "run",
        "--server",
        "--skip-version-check",
        "--addr",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
        "--optimize-store-for-read-speed",
        *flags,
        rules,
        documents,
    ]
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  # our own OPA
    try:
        while child.poll() is None:
            try:
                post(HTTPConnection("127.0.0.1", port, timeout=600), "floor/nothing", b"{}")
                break
            except OSError:
                time.sleep(0.05)
        if child.poll() is not None:
            sys.exit("OPA does not start with these rules")
        Client(f"http://127.0.0.1:{port}").prepare()
        for path in ("floor/nothing", "audit/report"):
            post(HTTPConnection("127.0.0.1", port, timeout=600), path, b'{"input":{}}')
        yield port, child.pid
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(10)


def post(connection: HTTPConnection, path: str, body: bytes) -> bytes:
    """One query."""
    connection.request("POST", f"/v1/data/{path}", body, {"Content-Type": "application/json"})
    return connection.getresponse().read()


def post_all(port: int, path: str, shards: list[Path], clients: int) -> None:
    """All shards, by so many clients."""
    own = threading.local()

    def one(shard: Path) -> None:
        if not hasattr(own, "connection"):
            own.connection = HTTPConnection("127.0.0.1", port, timeout=600)
        reply = post(own.connection, path, b'{"input":' + shard.read_bytes() + b"}")
        if b'"result"' not in reply[:20]:
            sys.exit(f"{shard.name}: {reply[:300]!r}")

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(one, shards))


def eval_each(opa: Path, rules: Path, documents: Path, shards: list[Path]) -> None:
    """One process a shard."""
    for shard in shards:
        command = [
            opa,
            "eval",
            "--format",
            "json",
            "-d",
            rules,
            "-d",
            documents,
            "-i",
            shard,
            "data.audit.report",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={})  # noqa: S603  # our own OPA


def audit(folder: Path, engine: str, clients: int) -> Took:
    """What the whole command takes."""
    clausewise = Path(sys.executable).parent / "clausewise"
    target = folder / f"run-{engine}"
    command = [
        clausewise,
        "audit",
        folder / "snapshot",
        "--into",
        target,
        "--engine",
        engine,
        "--workers",
        str(clients),
    ]
    # whoever forbids byte code measures Python's compiler: what pip installs has its byte code
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    child = subprocess.Popen(  # noqa: S603  # our own command
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment
    )
    peaks: dict[int, tuple[str, float]] = {}
    work: dict[int, float] = {}
    while child.poll() is None:
        for pid in family(child.pid):
            peak = peak_of(pid)
            if peak:
                peaks[pid] = peak
                work[pid] = worked(pid) or work.get(pid, 0)
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    if child.returncode:
        sys.exit(child.stderr.read().decode() if child.stderr else "audit failed")
    shutil.rmtree(target)
    # a child on its way to becoming OPA is not ours, though it looks like us; the embedded engine's workers are
    theirs = {pid for pid, (name, _) in peaks.items() if name.startswith("opa")}
    ours = [child.pid] if engine == "opa" else sorted(peaks.keys() - theirs)
    return Took(
        seconds,
        sum(work[pid] for pid in ours),
        sum(work[pid] for pid in theirs),
        sum(peaks[pid][1] for pid in ours),
        sum(peaks[pid][1] for pid in theirs),
    )


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [
                int(child) for child in thread.read_text(encoding="ascii").split() if int(child) not in found
            ]
        except OSError:
            continue
    return found


def peak_of(pid: int) -> tuple[str, float] | None:
    """Name and peak resident memory of a process in MiB."""
    try:
        lines = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
            if ":" in line
        )
        return lines["Name"].strip(), int(lines["VmHWM"].split()[0]) * 1024 / MEBI
    except (OSError, KeyError, ValueError):
        return None


if __name__ == "__main__":
    main()
