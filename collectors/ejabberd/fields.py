"""Which fields ejabberd can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "created_at": "of an account that nobody ever signed in with",
        "display_name": "",
        "is_collector": "",
        "kind": "those that service_accounts names, and members of other domains",
        "last_activity": "mod_last",
        "login": "",
        "source_system": "",
    },
    "group": {
        "direct": "",
        "join_rule": "not of a room with a password",
        "kind": "",
        "name": "",
        "native_id": "",
        "owner_origin": "",
        "owners": "",
        "purpose": "",
        "purpose_origin": "",
        "source_system": "",
        "visibility": "",
    },
    "membership": {
        "account": "",
        "external": "yes only: a member of another domain",
        "group": "",
        "role": "",
        "via": "",
    },
    "session": {
        "account": "",
        "device_key": "",
        "kind": "",
        "last_used_at": "",
        "revoked": "",
        "started_at": "",
    },
}
