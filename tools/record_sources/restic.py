"""A real store of restic: the documents of RD, by Debian's restic, which keeps no result and no size of a backup."""

from pathlib import Path

from fixtures.maker.recorded import DOCS_BACKUPS
from tools.record_sources.clock import EVENING
from tools.record_sources.collecting import collect
from tools.record_sources.programs import canary, found, run

SOURCE = "vault-docs"


def record(work: Path) -> Path:
    """Restic is a program of Go, whose clock libfaketime cannot set: it is told the time of each backup itself."""
    restic = found("restic", "restic")
    password = canary()
    settings = {
        "RESTIC_PASSWORD": password,
        "RESTIC_REPOSITORY": str(work / "repo"),
        "HOME": str(work),
        # what it reads the time in that it is told
        "TZ": "Asia/Shanghai",
    }
    (work / "docs").mkdir()
    run(restic, "init", "-q", cwd=work, env=settings)
    for number, local in enumerate(DOCS_BACKUPS):
        (work / "docs" / "file").write_text(f"{number} {canary()}\n" * 100)
        words = ("backup", "-q", "--host", "rd01", "--tag", "rd-docs", "--time", local, "docs")
        run(restic, *words, cwd=work, env=settings)
    return collect(work, SOURCE, EVENING, password, repository=str(work / "repo"))
