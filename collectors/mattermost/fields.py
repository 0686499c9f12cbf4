"""Which fields Mattermost can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "auth_source": "",
        "created_at": "",
        "deactivated_at": "",
        "display_name": "",
        "is_collector": "",
        "kind": "",
        "last_activity": "report, which needs the system console",
        "login": "",
        "mfa_enrolled": "yes only: a server leaves no out, and what may not be seen",
        "password_changed_at": "where the token may see it",
        "position": "",
        "privileged": "a role that nobody knows: unknown",
        "source_system": "",
        "state": "",
    },
    "group": {
        "archived": "",
        "created_at": "",
        "creator": "not of channels of the server itself",
        "direct": "",
        "join_rule": "",
        "kind": "",
        "last_message_at": "",
        "name": "",
        "native_id": "",
        "owner_origin": "",
        "owners": "",
        "purpose": "",
        "purpose_origin": "",
        "source_system": "",
        "visibility": "",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where employee_field holds the employee number",
        "strength": "",
    },
    "membership": {
        "account": "",
        "external": "",
        "group": "",
        "role": "",
        "via": "",
    },
    "session": {
        "account": "",
        "device_key": "",
        "expires_at": "",
        "kind": "",
        "last_used_at": "",
        "revoked": "",
        "started_at": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
