"""How long an audit takes, as ratios of one run: same bytes, same engine, same machine.

    python bench/bench.py [--people 2000 20000] [--clients 2]

(a) the floor: every shard posted to the same OPA with a trivial query, by the same number of clients
(b) every shard posted with the combined query of all checks, and nothing else
(c) `opa eval` once a shard, on at most ten shards and reckoned up
(d) the whole audit with the embedded engine
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
from http.client import HTTPConnection
from pathlib import Path

from company import write_company

from engine.audit import Inputs
from engine.canonical import canonical_record
from engine.checks.catalogue import load_catalogue
from engine.cli.places import policies
from engine.cli.trust import note
from engine.cli.wanted import places
from engine.findings import Previous
from engine.opa import find
from engine.opa.server import memory
from engine.settings import resolve
from engine.snapshot import Snapshot, open_snapshot

FLOOR = "package floor\n\nnothing := 1\n"
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
    options = parser.parse_args()
    program, _ = find(places())
    if program is None:
        sys.exit("no OPA here: clausewise engine install")
    print(f"OPA {program.version}, {options.clients} clients, {os.cpu_count()} cores")
    for people in options.people:
        with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
            measure(Path(folder), people, program.path, options.clients)
    if options.one_shard:
        with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
            one_shard(Path(folder), options.one_shard)


def one_shard(folder: Path, people: int) -> None:
    """A company without departments ends, too."""
    size = write_company(people, folder / "snapshot", shards=1)
    note(open_snapshot(folder / "snapshot"))
    whole, ours, theirs = audit(folder, "opa", 1)
    print(f"\n{people} people in one shard, {size / 1e6:.0f} MB of facts")
    print(
        f"audit {whole:.2f} s = {whole / people * 1e6:.0f} µs a person; peak memory: ours {ours:.0f} MiB, OPA {theirs:.0f} MiB"
    )


def measure(folder: Path, people: int, opa: Path, clients: int) -> None:
    """One size of company, all figures from one run."""
    size = write_company(people, folder / "snapshot")
    snapshot = open_snapshot(folder / "snapshot")
    note(snapshot)  # made of fact models: as if it had been sealed here
    shards = [snapshot.shard(code) for code in snapshot.codes]
    print(f"\n{people} people, {len(shards)} shards, {size / 1e6:.0f} MB of facts")
    rules = folder / "rules"
    documents = prepare(snapshot, rules)
    with server(opa, rules, documents, memory(clients, snapshot.largest_shard)) as port:
        floor = timed(lambda: post_all(port, "floor/nothing", shards, clients))
        bare = timed(lambda: post_all(port, "audit/report", shards, clients))
    whole, ours, theirs = audit(folder, "opa", clients)
    embedded, ours_embedded, _ = audit(folder, "embedded", clients)
    single = (
        timed(lambda: eval_each(opa, rules, documents, shards[:SAMPLE]))
        * len(shards)
        / min(SAMPLE, len(shards))
    )
    print(f"audit {whole:.2f} s = {whole / people * 1e6:.0f} µs a person")
    for name, seconds in (
        ("(a) floor", floor),
        ("(b) same query, nothing else", bare),
        ("(c) opa eval once a shard", single),
        ("(d) embedded engine", embedded),
    ):
        print(f"  {name:<30} {seconds:8.2f} s   audit = {whole / seconds:5.2f} x")
    print(
        f"  peak memory: ours {ours:.0f} MiB, OPA {theirs:.0f} MiB; embedded, all processes {ours_embedded:.0f} MiB"
    )


def timed(work: Callable[[], None]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


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
def server(opa: Path, rules: Path, documents: Path, environment: dict[str, str]) -> Iterator[int]:
    """OPA as an audit starts it, on a port of its own."""
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
        rules,
        documents,
    ]
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  # our own OPA
    try:
        for _ in range(200):
            try:
                post(HTTPConnection("127.0.0.1", port, timeout=600), "floor/nothing", b"{}")
                break
            except OSError:
                time.sleep(0.05)
        for path in ("floor/nothing", "audit/report"):
            post(HTTPConnection("127.0.0.1", port, timeout=600), path, b'{"input":{}}')
        yield port
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


def audit(folder: Path, engine: str, clients: int) -> tuple[float, float, float]:
    """Seconds of the whole command, peak MiB of our process (embedded: with its workers) and of OPA."""
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
    start = time.perf_counter()
    child = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    peaks: dict[int, tuple[str, float]] = {}
    while child.poll() is None:
        for pid in family(child.pid):
            peak = peak_of(pid)
            if peak:
                peaks[pid] = peak
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    if child.returncode:
        sys.exit(child.stderr.read().decode() if child.stderr else "audit failed")
    shutil.rmtree(target)
    opa = sum(size for name, size in peaks.values() if name.startswith("opa"))
    # a child on its way to becoming OPA is not ours, though it looks like us; the embedded engine's workers are
    workers = [size for name, size in peaks.values() if not name.startswith("opa")]
    return seconds, peaks[child.pid][1] if engine == "opa" else sum(workers), opa


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
