"""Which fields a pgBackRest repository can fill."""

from collectors.interface import Fields

FIELDS: Fields = {
    "backup_run": {
        "added_bytes": "",
        "data_set": "as company.yaml says",
        "finished_at": "",
        "method": "",
        "plan": "by its type",
        "result": "where errors of pages were looked for",
        "size_bytes": "",
        "started_at": "",
        "target": "",
    },
    "integrity_check": {
        "checked_at": "with verify: true",
        "depth": "with verify: true",
        "result": "with verify: true",
        "target": "with verify: true",
    },
    "restore_point": {
        "created_at": "",
        "data_set": "as company.yaml says",
        "encrypted": "a cipher that nobody knows: unknown",
        "size_bytes": "",
        "target": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
