"""Which fields a directory can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "auth_source": "",
        "created_at": "",
        "deactivated_at": "only of an account that expired",
        "department_code": "where some account has it",
        "display_name": "",
        "expires_at": "",
        "is_collector": "",
        "kind": "without service_bases only where an employee number stands",
        "last_activity": "lastLogonTimestamp: up to 14 days behind; absent: unknown; OpenLDAP: lastbind on",
        "login": "",
        "password_changed_at": "not if it must be changed at the next sign-in",
        "position": "where some account has it",
        "privileged": "where a group of administrators is seen",
        "source_system": "",
        "state": "",
    },
    "group": {
        "archived": "",
        "created_at": "",
        "direct": "",
        "kind": "",
        "member_count": "",
        "name": "",
        "native_id": "",
        "owner_origin": "",
        "owners": "",
        "purpose": "",
        "purpose_origin": "",
        "source_system": "",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where an employee number stands",
        "strength": "",
    },
    "membership": {
        "account": "",
        "group": "",
        "role": "",
        "via": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
