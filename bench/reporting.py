"""How long reports take, as a ratio to writing the same rows as plain JSON lines, and how much memory.

    python bench/reporting.py [--departments 100] [--instances 20000] [--workers 2]

All pages, action lists and JSON lines of a run of so many departments and instances, complete; then the same folder
renewed with nothing changed. Twice as many departments of the same size should take no more memory a process.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from company import write_company
from runs import multiply

from bench import MEBI
from engine.cli.reporting import run_report
from engine.cli.trust import note
from engine.snapshot import open_snapshot

FORMATS = ("html", "xlsx", "jsonl")
PEOPLE = 200
"""Of the company whose real run is multiplied."""


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--departments", type=int, default=100)
    parser.add_argument("--instances", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--language", nargs="+", default=["zh-Hant", "en"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as name:
        folder = Path(name)
        multiply(real_run(folder), folder / "run", options.departments, options.instances)
        measure(folder, options.workers, options.language)


def real_run(folder: Path) -> Path:
    """The run of a small company, by the command itself."""
    write_company(PEOPLE, folder / "snapshot")
    note(open_snapshot(folder / "snapshot"))
    command = [Path(sys.executable).parent / "clausewise", "audit", folder / "snapshot"]
    subprocess.run(  # noqa: S603  # our own command
        [*command, "--into", folder / "small", "--first-run"], check=True, stderr=subprocess.DEVNULL
    )
    return folder / "small"


def measure(folder: Path, workers: int, languages: list[str]) -> None:
    """All figures from one run."""
    run, into = folder / "run", folder / "reports"
    whole = timed(lambda: run_report(run, into, languages, FORMATS, workers=workers))
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines = into / "lines" / "instances.jsonl"
    rows = sum(1 for _ in lines.open("rb"))
    plain = timed(lambda: copy_lines(lines, folder / "plain.jsonl"))
    again = timed(lambda: run_report(run, into, languages, FORMATS, workers=workers, renew=True))
    files = [path for path in into.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"{rows} instances, {workers} workers: {len(files)} files, {size / MEBI:.0f} MiB")
    print(f"reports {whole}, {whole.work / rows * 1e6:.0f} µs of work an instance")
    for name, other in (("the same rows as plain JSON lines", plain), ("renewed, nothing changed", again)):
        print(
            f"  {name:33} {other}   reports = {whole.time / other.time:5.1f} x, {whole.work / other.work:5.1f} x the work"
        )
    print(f"  peak memory: largest process started {largest:.0f} MiB, the one that started it {mine:.0f} MiB")


@dataclass(frozen=True)
class Took:
    """What something took."""

    time: float
    """Seconds that passed."""
    work: float
    """Seconds of all cores: on a busy machine the more reliable of the two."""

    def __str__(self) -> str:
        return f"{self.time:8.2f} s ({self.work:.2f} s of work)"


def copy_lines(source: Path, target: Path) -> None:
    """Each row read and written as JSON, and nothing else."""
    with source.open("rb") as rows, target.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(json.loads(row), ensure_ascii=False, sort_keys=True) + "\n")


def timed(work: Callable[[], None]) -> Took:
    """What the work takes, processes that it starts included."""
    start, done = time.perf_counter(), _work()
    work()
    return Took(time.perf_counter() - start, _work() - done)


def _work() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
