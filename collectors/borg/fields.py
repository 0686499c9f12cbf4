"""Which fields a borg store can fill."""

from collections.abc import Mapping

FIELDS: Mapping[str, Mapping[str, str]] = {
    "backup_run": {
        "data_set": "by the archive's name",
        "finished_at": "",
        "method": "",
        "plan": "by the archive's name",
        "result": "",
        "started_at": "",
        "target": "",
    },
    "integrity_check": {
        "checked_at": "with check: true",
        "depth": "with check: true",
        "result": "with check: true",
        "target": "with check: true",
    },
    "restore_point": {
        "created_at": "",
        "data_set": "by the archive's name",
        "encrypted": "a mode that nobody knows: unknown",
        "target": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
