"""Which fields Graph can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "created_at": "",
        "deactivated_at": "known to be none of an open account",
        "department_code": "where department_codes translates it",
        "display_name": "",
        "is_collector": "",
        "kind": "only of guests and where an employee number stands",
        "last_activity": "Entra ID P1 and AuditLog.Read.All; before December 2023 attempts, failed ones too",
        "login": "",
        "mfa_enrolled": "AuditLog.Read.All; not of guests",
        "position": "where it is there",
        "source_system": "",
        "state": "",
    },
    "group": {
        "created_at": "",
        "direct": "",
        "kind": "teams and groups of mail",
        "member_count": "",
        "name": "",
        "native_id": "",
        "owner_origin": "",
        "owners": "",
        "purpose": "",
        "purpose_origin": "",
        "source_system": "",
        "visibility": "where it is there",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where employee_attribute is kept",
        "strength": "",
    },
    "membership": {
        "account": "",
        "external": "",
        "group": "",
        "role": "",
        "via": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
