"""Records the sources that are named, or all: `python -m tools.record_sources borg sslyze`."""

import importlib
import shutil
import sys
import tempfile
from pathlib import Path

from tools.record_sources.collecting import ROOT
from tools.started import NotHereError

_MODULES = ("dpkg", "borg", "sslyze", "pgbackrest", "restic", "scim", "directory", "synapse")
_KEPT = ROOT / "fixtures" / "company" / "2026Q3" / "recordings"


def _record(name: str) -> None:
    module = importlib.import_module(f"tools.record_sources.{name}")
    # in memory, if there is such a place: servers wait for each of many small files to be on disk
    shared = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
    with tempfile.TemporaryDirectory(prefix="recorded-", dir=shared if shared.is_dir() else None) as work:
        made = module.record(Path(work))
        kept = _KEPT / module.SOURCE
        if kept.exists():
            shutil.rmtree(kept)
        shutil.copytree(made, kept)


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(_MODULES)
    if strange := sorted(set(wanted) - set(_MODULES)):
        sys.exit(f"{strange[0]}: there are {', '.join(_MODULES)}")
    for name in wanted:
        try:
            _record(name)
        except NotHereError as error:
            sys.exit(f"{name}: {error}")
