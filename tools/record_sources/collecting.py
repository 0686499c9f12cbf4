"""Has Clausewise collect one source as a user would, and keeps the recording.

Run as a program of its own, since its clock is another one: `python -m tools.record_sources.collecting CONFIG SOURCE INTO`.
"""

import sys
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from engine.cli.collecting import Where, collected_from
from engine.cli.company import load_company
from fixtures.maker.recorded import LAST_DAY, sources
from tools.record_sources.clock import at
from tools.record_sources.programs import run

ROOT = Path(__file__).resolve().parents[2]


def collect(work: Path, source: str, instant: str, secret: str = "", **here: Any) -> Path:
    """Collect from the real thing; the folder with the recording.

    Args:
        work: where the collecting company.yaml is written; paths in it count from there
        source: id among the recorded sources of the fixture company
        instant: when it is collected
        secret: what the source's `secret` is on this machine
        here: options that differ on this machine, where a server is at another address
    """
    (entry,) = [one for one in sources() if one["id"] == source]
    entry = {**entry, **here}
    if secret:
        (work / "secret").write_text(secret)
        (work / "secret").chmod(0o600)
        entry["secret"] = {"file": "secret"}
    # the company's zone and numbers are of no matter here: only what the source answers is kept
    company = {
        "organisation": "青嵐物流有限公司",
        "timezone": "Asia/Shanghai",
        "calendar": "CN",
        "policy": {"id": "communication-policy", "version": "2025-09"},
        "languages": ["zh-Hant"],
        "roles": {"it": "IT", "hr": "HR"},
        "sources": [entry],
    }
    (work / "company.yaml").write_text(yaml.safe_dump(company, allow_unicode=True))
    program = (sys.executable, "-m", "tools.record_sources.collecting")
    # one of its own: a recording is never written into another
    into = Path(mkdtemp(prefix="recordings-", dir=work))
    print(run(*program, work / "company.yaml", source, into, cwd=ROOT, env=at(instant)), end="")
    return into / source


def _collected(config: Path, source: str, into: Path) -> int:
    (collected,) = collected_from(
        load_company(config), date.fromisoformat(LAST_DAY), Where(record=into), [source]
    )
    report = collected.report
    print(f"{source}: {report.completeness}, {report.source_version}, {dict(report.received)}")
    for problem in report.problems:
        print(f"  {problem}")
    return int(report.completeness == "failed")


if __name__ == "__main__":
    sys.exit(_collected(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
