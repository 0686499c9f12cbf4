"""A real borg store: two data sets of RD, one of them interrupted again and again since the last week of September."""

from pathlib import Path

from fixtures.maker.quarter import instant
from fixtures.maker.recorded import BUILDS_INTERRUPTED, borg_archives
from tools.record_sources.clock import EVENING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import canary, found, run

SOURCE = "vault-rd"
_HOST = "rd01"


def record(work: Path) -> Path:
    """Each archive is made at its time; what an interrupted one leaves is an archive that is called a checkpoint."""
    borg = found("borg", "borgbackup")
    passphrase = canary()
    settings = {"BORG_PASSPHRASE": passphrase, "BORG_REPO": str(work / "repo"), "BORG_BASE_DIR": str(work)}
    (work / "data").mkdir()
    run(borg, "init", "-e", "repokey-blake2", cwd=work, env=settings | at("2026-09-01T01:00:00+00:00", _HOST))
    for number, (name, local) in enumerate(borg_archives()):
        (work / "data" / "file").write_text(f"{name} {number} {canary()}\n" * 100)
        ending = ".checkpoint" if name.startswith("builds") and local >= BUILDS_INTERRUPTED else ""
        run(
            borg,
            "create",
            f"::{name}{ending}",
            "data",
            cwd=work,
            env=settings | at(instant(local).isoformat(), _HOST),
        )
    return collect(work, SOURCE, EVENING, passphrase, repository=str(work / "repo"))
