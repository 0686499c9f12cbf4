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
    print(f"reports {whole:.1f} s = {whole / rows * 1e6:.0f} µs an instance")
    print(f"  the same rows as plain JSON lines {plain:8.2f} s   reports = {whole / plain:6.1f} x")
    print(f"  renewed, nothing changed          {again:8.2f} s   reports = {whole / again:6.1f} x")
    print(f"  peak memory: largest process started {largest:.0f} MiB, the one that started it {mine:.0f} MiB")


def copy_lines(source: Path, target: Path) -> None:
    """Each row read and written as JSON, and nothing else."""
    with source.open("rb") as rows, target.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(json.loads(row), ensure_ascii=False, sort_keys=True) + "\n")


def timed(work: Callable[[], None]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
