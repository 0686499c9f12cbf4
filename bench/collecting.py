"""What collecting a large source costs in memory: a SCIM service with so many accounts, page by page, each size in a process of its own.

    python bench/collecting.py

Prints, for each number of accounts, the peak of the process while its pages are fetched, while its source is collected, and when the
snapshot is sealed and written as well, and what one account more costs. Pages are fetched, read and thrown away, and what becomes of
them lies in a file, in flat memory; the facts themselves are all there at once when relations are settled, and nothing else is.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from collectors import COLLECTORS, Moment, Source
from collectors.scim.options import ScimOptions
from collectors.transport import Request, Response, Stripped
from engine.facts import Collected, Department
from engine.facts.sources import SourceReport
from engine.snapshot import seal, write_snapshot

SIZES = (1_000, 10_000, 30_000, 100_000)
AT = "2026-09-30T15:59:59Z"
CALENDAR = {"first": "2026-01-01", "last": "2026-12-31", "holidays": [], "make_up_days": []}
STAGES = ("fetch", "collect", "seal")
"""Pages fetched and thrown away; the source collected; the snapshot sealed and written."""


class Service:
    """Answers as a SCIM service with so many accounts would; no page is kept."""

    def __init__(self, accounts: int) -> None:
        """`accounts`: how many it has."""
        self._accounts = accounts

    def fetch(self, request: Request) -> Response:
        """The page asked for."""
        asked = dict(request.query)
        first, count = int(asked.get("startIndex", 1)), int(asked.get("count", 100))
        total = self._accounts if request.key == "/Users" else 0
        rows = [_user(number) for number in range(first, min(first + count, total + 1))]
        body = {"totalResults": total, "startIndex": first, "itemsPerPage": len(rows), "Resources": rows}
        return Response(json.dumps(body).encode(), AT, 200)

    def close(self) -> None:
        """Nothing is open."""


def _user(number: int) -> dict[str, object]:
    return {
        "id": f"2819c223-7f76-453a-919d-{number:012d}",
        "userName": f"u{number:06d}",
        "displayName": f"Person {number}",
        "active": True,
        "title": "Clerk",
        "meta": {"created": "2024-03-01T02:00:00Z"},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "employeeNumber": f"{number:06d}",
            "department": "FIN",
        },
    }


def measured(accounts: int, stage: str) -> int:
    """Peak of this process in KiB after a stage."""
    collector = COLLECTORS["scim"]
    options = ScimOptions(url="https://scim.example/v2", employee_attribute="employeeNumber", groups="none")
    source = Source("scim", "SCIM", options)
    service = Stripped(Service(accounts), lambda request, page: collector.strip(source, request, page))
    if stage == "fetch":
        for start in range(1, accounts + 1, 100):
            service.fetch(Request("http", "/Users", (("startIndex", str(start)), ("count", "100"))))
    else:
        collected = collector.collect(source, service, Moment(AT, ZoneInfo("Asia/Shanghai")))
        assert collected.report.completeness == "complete", collected.report.problems  # noqa: S101
        if stage == "seal":
            about = {"organisation": "Bench", "timezone": "Asia/Shanghai", "as_of": AT}
            sealed = seal(
                [_company(), collected], about=about, calendar=CALENDAR, roles={"it": "FIN", "hr": "FIN"}
            )
            with tempfile.TemporaryDirectory() as folder:
                write_snapshot(sealed, Path(folder) / "snapshot")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def _company() -> Collected:
    department = Department.make(
        uid="hr/department/FIN", code="FIN", name="Finance", renamed_from=(), deputies=()
    )
    report = SourceReport(
        id="hr", type="roster", title="HR", delivers=("department", "person"), completeness="complete",
        problems=(), collected_from=AT, collected_to=AT, collector="bench/1", expected={}, received={},
        limits={}, unmapped=(),
    )  # fmt: skip
    return Collected(report=report, facts=(department,), provenance=(), raw=())


def main() -> None:
    """Measures every size and stage and prints the table."""
    print(f"{'accounts':>9}" + "".join(f"{stage:>9} MiB" for stage in STAGES))
    peaks: dict[str, list[int]] = {stage: [] for stage in STAGES}
    for accounts in SIZES:
        for stage in STAGES:
            command = [sys.executable, str(Path(__file__)), str(accounts), stage]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ourselves
            peaks[stage].append(int(done.stdout))
        print(f"{accounts:>9}" + "".join(f"{peaks[stage][-1] / 1024:>13.0f}" for stage in STAGES))
    more = SIZES[-1] - SIZES[0]
    per = "".join(f"{(found[-1] - found[0]) / more:>13.2f}" for found in peaks.values())
    ratio = "".join(f"{found[-1] / found[0]:>13.2f}" for found in peaks.values())
    print(f"{'KiB each':>9}{per}\n{'ratio':>9}{ratio}")


if __name__ == "__main__":
    if sys.argv[1:]:
        print(measured(int(sys.argv[1]), sys.argv[2]))
    else:
        main()
