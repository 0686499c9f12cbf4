"""restic, by its command: what is in a store, and whether the store is sound.

Four commands that only read, each with `--no-lock --no-cache`: `version`, `snapshots --json`, `stats --mode raw-data
--json`, `check --json`. In a recording their keys are `version`, `snapshots`, `stats` and `check`, their status is the
exit code. A snapshot is a restore point and a run; `check` is an integrity check of the whole store.
"""

from collectors.restic.collector import ResticCollector
from collectors.restic.options import ResticOptions

__all__ = ["ResticCollector", "ResticOptions"]
