"""Which fields Feishu can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "deactivated_at": "known to be none of an open account",
        "department_code": "where department_codes translates it",
        "display_name": "",
        "is_collector": "",
        "kind": "only where an employee number stands",
        "last_activity": "with activity_days, from the statistics of each day",
        "login": "",
        "position": "where the app may see it",
        "privileged": "where the app may see it",
        "source_system": "",
        "state": "where the app may see status",
    },
    "group": {
        "archived": "",
        "direct": "",
        "external_members_allowed": "",
        "join_rule": "",
        "kind": "",
        "member_count": "",
        "name": "",
        "native_id": "",
        "owner_origin": "not of a bot's group",
        "owners": "not of a bot's group",
        "purpose": "",
        "purpose_origin": "",
        "source_system": "",
        "visibility": "",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where the app may see employee_no",
        "strength": "",
    },
    "membership": {
        "account": "",
        "external": "",
        "group": "",
        "role": "not in a bot's group",
        "via": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
