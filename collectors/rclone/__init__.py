"""rclone, by its command: which files lie in a store of backups, and whether they are what they were copied from.

Commands that only read: `version`, `remotes`, `features`, `list`, `size` and, on request, `check`; these are their keys in a
recording, their status is the exit code. Each file whose name fits is a restore point.
"""

from collectors.rclone.collector import RcloneCollector
from collectors.rclone.options import RcloneOptions

__all__ = ["RcloneCollector", "RcloneOptions"]
