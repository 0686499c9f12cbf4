"""The index of messages: which there were, where, by whom and when; never what they say. Samples are drawn from it.

It becomes no fact: no rule needs to know of every message. It lies among the raw records, and goes when these are purged.
"""

from datetime import datetime

from collectors.clocks import from_ms, quarter_start
from collectors.harvest import Harvest
from collectors.interface import Moment
from collectors.synapse.walk import Chat, Walk


def add_index(harvest: Harvest, walk: Walk, chats: tuple[Chat, ...], moment: Moment, pages: int) -> None:
    """Keep the messages of the quarter up to the snapshot's moment, and of each room whether these are all.

    Args:
        harvest: where they go
        walk: asks the server
        chats: the rooms
        moment: the snapshot's instant, and the zone in which its quarter is counted
        pages: how many pages are asked for of one room
    """
    begin = quarter_start(moment.as_of, moment.zone)
    since_ms = int(datetime.fromisoformat(begin).timestamp() * 1000)
    for chat in chats:
        room_id = chat.room.room_id
        found, is_whole = walk.messages(room_id, since_ms, pages)
        kept = 0
        for event_id, message in sorted(found.items()):
            at = from_ms(message.origin_server_ts)
            if not begin <= at <= moment.as_of:
                continue
            kept += 1
            harvest.keep(
                "message",
                event_id,
                {
                    "group": room_id,
                    "sender": message.sender,
                    "at": at,
                    "encrypted": message.type == "m.room.encrypted",
                },
            )
        harvest.keep(
            "message_listing",
            room_id,
            {"from": begin, "to": moment.as_of, "complete": is_whole, "messages": kept},
        )
