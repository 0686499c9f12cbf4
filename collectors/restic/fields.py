"""Which fields a restic store can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "backup_run": {
        "added_bytes": "restic 0.17 or later",
        "data_set": "by its tags",
        "finished_at": "restic 0.17 or later",
        "method": "",
        "plan": "by its tags",
        "result": "restic 0.17 or later",
        "size_bytes": "restic 0.17 or later",
        "started_at": "",
        "target": "",
    },
    "integrity_check": {
        "checked_at": "",
        "depth": "",
        "result": "where check comes to its end",
        "target": "",
    },
    "restore_point": {
        "created_at": "",
        "data_set": "by its tags",
        "encrypted": "",
        "size_bytes": "restic 0.17 or later",
        "target": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
