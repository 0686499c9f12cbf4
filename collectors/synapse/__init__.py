"""Matrix Synapse, by its admin API.

What is asked, in this order (`requests.py` writes the paths; all of it is GET):

    /_synapse/admin/v1/server_version
    /_synapse/admin/v2/users?from=0&limit=100&deactivated=true&locked=true&guests=true   then from=<next_token> …
    for each user, by name:
        /_synapse/admin/v2/users/@a:corp.test
        /_synapse/admin/v2/users/@a:corp.test/devices                 not for a deactivated user, who has none
    /_synapse/admin/v1/rooms?from=0&limit=100&order_by=name                              then from=<next_batch> …
    for each room, by id:
        /_synapse/admin/v1/rooms/!id
        /_synapse/admin/v1/rooms/!id/members
        /_synapse/admin/v1/rooms/!id/state
        /_synapse/admin/v1/fetch_event/$id        only for a join event that says `replaces_state`, back to the invitation
        /_synapse/admin/v1/rooms/!id/messages?dir=b&limit=1&filter={"types":["m.room.message","m.room.encrypted"]}
    and, if `message_index` asks for it, for each room back to the first day of the quarter:
        /_synapse/admin/v1/rooms/!id/messages?dir=b&limit=100&filter=…                    then from=<end> …
    both lists again: who came or went meanwhile

In `@user:server` and `!room:server` the characters `@`, `!`, `$` and `:` stay as they are, everything else that a path may
not hold is percent-encoded.
"""

from collectors.synapse.collector import SynapseCollector
from collectors.synapse.options import SynapseOptions

__all__ = ["SynapseCollector", "SynapseOptions"]
