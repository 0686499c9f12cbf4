"""Which fields an inventory can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

DPKG: Fields = {
    "application": {
        "category": "",
        "exception_approvals": "",
        "name": "",
        "origin": "",
        "product": "",
    },
    "host": {
        "last_seen_at": "where the file states its time",
        "name": "",
        "os": "where the file states it",
        "os_version": "where the file states it",
    },
    "software_install": {
        "application": "",
        "ecosystem": "",
        "host": "",
        "installed_at": "last change of the package",
        "installed_at_kind": "last change of the package",
        "name": "",
        "version": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""

OSQUERY: Fields = {
    "application": {
        "category": "",
        "exception_approvals": "",
        "name": "",
        "origin": "",
        "product": "",
    },
    "host": {
        "disk_encrypted": "with disk_encryption",
        "last_seen_at": "where the file states its time",
        "name": "",
        "os": "with os_version",
        "os_version": "with os_version",
    },
    "software_install": {
        "application": "",
        "ecosystem": "",
        "host": "",
        "installed_at": "Windows, where the installer wrote it",
        "installed_at_kind": "Windows, where the installer wrote it",
        "name": "",
        "publisher": "Windows",
        "version": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""

CYCLONEDX: Fields = {
    "application": {
        "category": "",
        "exception_approvals": "",
        "name": "",
        "origin": "",
        "product": "",
    },
    "host": {"last_seen_at": "where the document states its time", "name": ""},
    "software_install": {
        "application": "",
        "ecosystem": "",
        "host": "",
        "name": "",
        "version": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
