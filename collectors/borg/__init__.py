"""BorgBackup, by its command: what is in a store, whether it is encrypted, and on request whether it is sound.

Commands that only read: `--version`, `list --bypass-lock --json` (twice) and, if asked for, `check`. In a recording their
keys are `version`, `list` and `check`, their status is the exit code. An archive is a restore point and a run.
"""

from collectors.borg.collector import BorgCollector
from collectors.borg.options import BorgOptions

__all__ = ["BorgCollector", "BorgOptions"]
