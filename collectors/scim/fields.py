"""Which fields a SCIM service can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "created_at": "where meta.created is there",
        "department_code": "where it is there",
        "display_name": "",
        "is_collector": "",
        "kind": "only where an employee number or a type of user stands",
        "login": "",
        "position": "where it is there",
        "source_system": "",
        "state": "where active is there",
    },
    "group": {
        "created_at": "where meta.created is there",
        "direct": "",
        "member_count": "where members are shown",
        "name": "",
        "native_id": "",
        "source_system": "",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where the service holds the employee number",
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
