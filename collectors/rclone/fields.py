"""Which fields a store that rclone reads can fill."""

from collectors.interface import Fields

FIELDS: Fields = {
    "integrity_check": dict.fromkeys(("checked_at", "depth", "result", "target"), "with compare_with"),
    "restore_point": {
        "created_at": "where the store keeps times of files, or by the date in its name",
        "data_set": "by the file's path",
        "encrypted": "yes of a remote of the type crypt",
        "size_bytes": "",
        "target": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
