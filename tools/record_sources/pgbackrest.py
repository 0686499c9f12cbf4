"""A real repository of pgBackRest: the assets' database of IT, backed up in full every Sunday and once in between."""

from pathlib import Path

from fixtures.maker.quarter import instant
from fixtures.maker.recorded import ASSETS_BACKUPS
from tools.record_sources.clock import EVENING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import MissingError, canary
from tools.started.pgbackrest import Database, programs

SOURCE = "vault-it"


def record(work: Path) -> Path:
    """The database is started anew for each backup, at its time: whose clock a backup goes by is the database's."""
    found = programs()
    if found is None:
        raise MissingError("pgbackrest with postgresql", "pgbackrest postgresql")
    passphrase = canary()
    work.chmod(0o755)  # it runs as another user than root
    (work / "pg").mkdir()
    assets = Database(found, work / "pg", "assets", passphrase, kept=9)
    for number, (kind, local) in enumerate(ASSETS_BACKUPS):
        settings = at(instant(local).isoformat())
        with assets.running(settings):
            if number == 0:
                assets.create(settings)
            assets.backup(kind, settings)
    return collect(work, SOURCE, EVENING, passphrase, config=str(assets.folder / "pgbackrest.conf"))
