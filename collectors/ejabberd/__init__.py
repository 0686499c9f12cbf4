"""ejabberd, by its JSON API.

What is asked, all of it GET, though the API would take POST as well:

    /api/registered_vhosts                                 whether the host is one of the server's
    /api/stats_host?host=…&name=registeredusers            the control total
    /api/registered_users?host=…                           every login name, in one list
    /api/get_last?host=…&user=…                            the last use of each
    /api/connected_users_info                              who is signed in, if `sessions` says so
    /api/muc_online_rooms?service=global                   every room that is loaded
    /api/get_room_options?name=…&service=…                 of each room of the host
    /api/get_room_affiliations?name=…&service=…            who has a place in it
    /api/get_room_occupants?name=…&service=…               who is in it without one
    users and rooms once more: what came or went meanwhile
"""

from collectors.ejabberd.collector import EjabberdCollector
from collectors.ejabberd.options import EjabberdOptions

__all__ = ["EjabberdCollector", "EjabberdOptions"]
