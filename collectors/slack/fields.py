"""Which fields Slack can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "account": {
        "deactivated_at": "known to be none of an open account",
        "display_name": "",
        "is_collector": "",
        "kind": "",
        "last_activity": "access_logs, of paid plans",
        "login": "",
        "mfa_enrolled": "to an administrator's token",
        "privileged": "",
        "source_system": "",
        "state": "",
    },
    "group": {
        "archived": "",
        "created_at": "",
        "creator": "of a channel of this workspace",
        "direct": "",
        "external_members_allowed": "yes where shared with other companies",
        "join_rule": "",
        "kind": "",
        "member_count": "",
        "name": "",
        "native_id": "",
        "owner_origin": "the creator, for there is no owner",
        "owners": "the creator, for there is no owner",
        "purpose": "",
        "purpose_origin": "",
        "source_system": "",
        "visibility": "",
    },
    "membership": {
        "account": "",
        "external": "",
        "group": "",
        "role": "in a channel whose creator is of this workspace",
        "via": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
