"""What each check costs, and whether it grows faster than the facts: on the fixture company, once and many times over.

    python bench/checks.py [--times 4]

The fixture company has something to judge for every check. Its facts are copied so many times, departments aside, with names of their
own; OPA tells how long it evaluated each check, without reading the shard. Printed: each check's share of all of them, and its growth: time a
copy of the larger company by time of the small one. 1 is linear.
"""

import argparse
import sys
import tempfile
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
from scale import scaled

from bench import lay_rules, server
from engine.audit import Inputs
from engine.canonical import canonical_record, load
from engine.checks.catalogue import load_catalogue
from engine.cli.collecting import Where, about_of, collected_from
from engine.cli.company import load_company
from engine.cli.places import fixtures, policies
from engine.cli.wanted import places
from engine.findings import Previous
from engine.opa import find
from engine.opa.server import memory
from engine.settings import resolve
from engine.snapshot import Snapshot, open_snapshot, seal, write_snapshot

QUARTER, DAY = "2026Q3", date(2026, 9, 30)
SHARE = 0.05
"""No check takes more of the whole without a reason."""

REASONS: dict[str, str] = {
    "4.1-c": "asks of every person of the department whether one of the standard tools is there",
    "6.1.2-a": "judges every membership, of which there are most, by who let it in",
    "6.1.2-b": "judges every membership, of which there are most, by the posts and projects of its person",
}
"""Checks that may take more, and why."""

ROUNDS = 2


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=4)
    options = parser.parse_args()
    program, _ = find(places())
    if program is None:
        sys.exit("no OPA here: clausewise engine install")
    with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
        snapshot = fixture_company(Path(folder))
        small, large = (measured(snapshot, times, program.path, Path(folder)) for times in (1, options.times))
    told(small, large, options.times)


def fixture_company(folder: Path) -> Snapshot:
    """The snapshot of the fixture company."""
    place = fixtures() / "company" / QUARTER
    company = load_company(place / "company.yaml")
    collected = collected_from(company, DAY, Where(replay=place / "recordings"))
    return open_snapshot(write_snapshot(seal(collected, **about_of(company, DAY)), folder / "snapshot").path)


def measured(snapshot: Snapshot, times: int, opa: Path, folder: Path) -> dict[str, float]:
    """Check -> seconds of evaluation over all shards, the best of some rounds."""
    catalogue = load_catalogue(policies())
    inputs = Inputs(
        snapshot, catalogue, resolve(catalogue.settings, {}, "default"), "default", Previous(), first_run=True
    )
    known = inputs.documents()
    shards = [load(snapshot.shard(code)) for code in snapshot.codes]
    uids = uids_of(shards, known["company"])
    bodies = [canonical_record(scaled(shard, uids, times)) for shard in shards]
    documents = folder / f"data-{times}.json"
    documents.write_bytes(canonical_record({**known, "company": scaled(known["company"], uids, times)}))
    best: dict[str, float] = {}
    rules = lay_rules(folder / f"rules-{times}")
    with server(opa, rules, documents, memory(1, max(map(len, bodies)))) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=600)
        for _ in range(ROUNDS):
            for check in catalogue.checks:
                spent = sum(evaluation(connection, check, body) for body in bodies)
                best[check] = min(spent, best.get(check, spent))
    return best


def uids_of(shards: list[dict[str, Any]], company: dict[str, Any]) -> frozenset[str]:
    """Whatever can be copied: everything that has a uid, but departments, which stay the same."""
    arrays = [rows for one in (*shards, company) for rows in one.values() if isinstance(rows, list)]
    uids = {row["uid"] for rows in arrays for row in rows if isinstance(row, dict) and "uid" in row}
    return frozenset(uid for uid in uids if "/department/" not in uid)


def evaluation(connection: HTTPConnection, check: str, shard: bytes) -> float:
    """Seconds that OPA evaluated the check."""
    body = b'{"input":{"only":"' + check.encode() + b'",' + shard.lstrip()[1:] + b"}"
    connection.request(
        "POST", "/v1/data/audit/answer?metrics=true", body, {"Content-Type": "application/json"}
    )
    answer = orjson.loads(connection.getresponse().read())
    if "result" not in answer:
        sys.exit(f"{check}: no answer: {answer}")
    return float(answer["metrics"]["timer_rego_query_eval_ns"]) / 1e9


def told(small: dict[str, float], large: dict[str, float], times: int) -> None:
    """Print the dearest checks, and all that grow faster than the facts or take more than their share."""
    whole = sum(large.values())
    print(f"{len(large)} checks; once {sum(small.values()):.2f} s, {times} times over {whole:.2f} s")
    print(f"all of them a copy: {whole / times / sum(small.values()):.2f} x")
    for check, seconds in sorted(large.items(), key=lambda one: -one[1]):
        share, growth = seconds / whole, seconds / times / small[check]
        if share < SHARE / 5 and growth < 2 and check not in REASONS:
            continue
        why = REASONS.get(check, "NOT LISTED") if share > SHARE else ""
        if check in REASONS and share < SHARE / 2:
            why = "listed needlessly"
        print(f"  {check:<8} {share:6.1%}   growth {growth:5.2f} x   {why}")


if __name__ == "__main__":
    main()
