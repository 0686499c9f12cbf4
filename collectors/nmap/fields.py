"""Which fields a look at ports can fill."""

from collectors.interface import Fields

FIELDS: Fields = {
    "host": {"last_seen_at": "", "name": "by hosts, where a port answers"},
    "service_endpoint": {
        "address": "",
        "exposure": "network where it is open, and not to the same machine alone",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
