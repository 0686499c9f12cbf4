"""What each check costs, and whether it grows faster than the facts: on the fixture company, once and many times over.

    python bench/checks.py [--times 16]

The fixture company has something to judge for every check. Its facts are copied so many times, departments aside, with names of their
own. Measured is how long processors worked for OPA while it evaluated each check, which does not depend on what else the machine does: the shards lie
in OPA already, so that reading them is no part of it, and what a question costs that asks for nothing is taken off. Printed: each check's share of
all of them, and its growth: work a copy of the larger company by work of the small one. 1 is linear; of what is too small to be measured no
growth is told.
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

from bench import lay_rules, post, server
from engine.audit import Inputs
from engine.canonical import canonical_record, load
from engine.checks.catalogue import load_catalogue
from engine.cli.collecting import Where, about_of, collected_from
from engine.cli.company import load_company
from engine.cli.places import fixtures, policies
from engine.cli.wanted import places
from engine.findings import Previous
from engine.opa import find
from engine.settings import resolve
from engine.snapshot import Snapshot, open_snapshot, seal, write_snapshot

QUARTER, DAY = "2026Q3", date(2026, 9, 30)
SHARE = 0.05
"""No check takes more of the whole without a reason."""

GROWTH = 2
"""Work a copy by work of the original, from which a check is named."""

GROWING: dict[str, str] = {
    "6.2.2-a": "compares the posts of a department on one day with each other, and all copies fall on the same days",
}
"""Checks that may grow, and why."""

REASONS: dict[str, str] = {
    "4.3-b": "judges every installation by the support of its version, and by its exceptions",
    "4.3-c": "judges every installation by the vulnerabilities that scans show of it, and by its exceptions",
    "5.3-f": "judges every account by each sign of its use and by the absences of its holder",
    "8.3-a": "judges every person by each record of a training and by their absences",
    "5.1-b": "compares what every account states with all posts and transfers of its holder",
    "6.1.2-c": "judges every membership, of which there are most, by whether its holder has left",
    "4.1-c": "asks of every person of the department whether one of the standard tools is there",
    "6.1.2-a": "judges every membership, of which there are most, by who let it in",
    "6.1.2-b": "judges every membership, of which there are most, by the posts and projects of its person",
}
"""Checks that may take more, and why."""

ROUNDS = 3
TELLING = 0.01
"""Seconds of work from which a growth tells something: below, it is noise."""

ONE = """package bench

answer := said if {
	said := data.audit.answer with input as object.union(data.shards[input.shard], {"only": input.only})
}
"""
"""One check about one shard that OPA holds already."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=16)
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
    facts = [scaled(shard, uids, times) for shard in shards]
    documents = folder / f"data-{times}.json"
    whole = {name: scaled(known[name], uids, times) for name in ("company", "history")}
    documents.write_bytes(canonical_record({**known, **whole, "shards": facts}))
    best: dict[str, float] = {}
    rules = lay_rules(folder / f"rules-{times}")
    (rules / "one.rego").write_text(ONE, encoding="utf-8")
    # no limit of memory: with all shards in OPA, an audit's would have Go collect garbage without end, and make every check seem to grow
    with server(opa, rules, documents, {"GOGC": "400"}) as (port, pid):
        connection = HTTPConnection("127.0.0.1", port, timeout=600)
        for _ in range(ROUNDS):
            for check in ("", *catalogue.checks):
                spent = sum(evaluation(connection, pid, check, number) for number in range(len(facts)))
                best[check] = min(spent, best.get(check, spent))
    nothing = best.pop("")
    return {check: max(spent - nothing, 1e-6) for check, spent in best.items()}


def uids_of(shards: list[dict[str, Any]], company: dict[str, Any]) -> frozenset[str]:
    """Whatever can be copied: everything that has a uid, but departments, which stay the same."""
    arrays = [rows for one in (*shards, company) for rows in one.values() if isinstance(rows, list)]
    uids = {row["uid"] for rows in arrays for row in rows if isinstance(row, dict) and "uid" in row}
    return frozenset(uid for uid in uids if "/department/" not in uid)


def evaluation(connection: HTTPConnection, opa: int, check: str, shard: int) -> float:
    """Seconds that processors worked for OPA while it evaluated the check; without a check, for a question that asks for nothing."""
    start = on_processor(opa)
    body = canonical_record({"input": {"only": check, "shard": shard}})
    answer = orjson.loads(post(connection, "bench/answer", body))
    spent = on_processor(opa) - start
    if check and "result" not in answer:
        sys.exit(f"{check}: no answer: {answer}")
    return spent


def on_processor(pid: int) -> float:
    """Seconds that the threads of a process have run, to the microsecond."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


def told(small: dict[str, float], large: dict[str, float], times: int) -> None:
    """Print the dearest checks, and all that grow faster than the facts or take more than their share."""
    whole = sum(large.values())
    print(f"{len(large)} checks; once {sum(small.values()):.2f} s, {times} times over {whole:.2f} s")
    print(f"all of them a copy: {whole / times / sum(small.values()):.2f} x")
    for check, seconds in sorted(large.items(), key=lambda one: -one[1]):
        share, growth = seconds / whole, seconds / times / small[check]
        tells = min(seconds, small[check] * times) > TELLING
        if share < SHARE / 5 and not (tells and growth > GROWTH) and check not in REASONS:
            continue
        why = REASONS.get(check, "NOT LISTED") if share > SHARE else ""
        if not why and tells and growth > GROWTH:
            why = GROWING.get(check, "GROWS")
        if check in REASONS and share < SHARE / 2:
            why = "listed needlessly"
        grown = f"growth {growth:5.2f} x" if tells else "too small to tell"
        print(f"  {check:<8} {share:6.1%}   {grown:<18}   {why}")


if __name__ == "__main__":
    main()
