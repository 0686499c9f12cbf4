"""A real Synapse: the chat server of RD's laboratory, with one room."""

from pathlib import Path

from fixtures.maker.people import BY_NUMBER
from fixtures.maker.quarter import instant
from fixtures.maker.recorded import (
    LAB_ACCOUNTS,
    LAB_COLLECTOR,
    LAB_MANAGER,
    LAB_MESSAGES,
    LAB_ROOM,
    LAB_ROOM_ID,
    LAB_SERVER,
    LAB_SINCE,
)
from tools.record_sources.clock import MORNING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import canary
from tools.record_sources.steady import renamed
from tools.servers import environment
from tools.started.synapse import Synapse, administered, configured, running

SOURCE = "lab-chat"
_HOST = "lab01"


def record(work: Path) -> Path:
    """The server is started anew for each time: to make accounts and the room, to be used, to be read."""
    python, home = environment("synapse"), work / "synapse"
    home.mkdir()
    url = configured(python, home, LAB_SERVER)
    it = Synapse(url, LAB_SERVER, canary())
    members = [BY_NUMBER[number] for number in LAB_ACCOUNTS]
    with running(python, home, url, at(instant(LAB_SINCE).isoformat(), _HOST)):
        administered(python, home, it, LAB_COLLECTOR)
        for member in members:
            it.user(
                member.login,
                password=it.password,
                displayname=member.name,
                external_ids=[{"auth_provider": "hr", "external_id": member.number}],
                threepids=[{"medium": "email", "address": f"canary.{member.login}@qinglan.test"}],
            )
            it.sign_in(member.login)
        manager = BY_NUMBER[LAB_MANAGER].login
        others = [member.login for member in members if member.login != manager]
        # the first versions in which a room is called after its server
        room = it.room(
            manager,
            LAB_ROOM,
            room_version="10",
            topic="平台組實驗安排",
            invite=[it.id_of(one) for one in others],
        )
        for login in others:
            it.join(login, room)
    for number, local in LAB_MESSAGES:
        login = BY_NUMBER[number].login
        with running(python, home, url, at(instant(local).isoformat(), _HOST)):
            for member in members:
                it.call("GET", "/_matrix/client/v3/account/whoami", it.users[member.login])
            it.say(login, room, canary())
    with running(python, home, url, at(MORNING, _HOST)):
        made = collect(work, SOURCE, MORNING, it.token, url=url)
    drawn, stays = (one.partition(":")[0].removeprefix("!") for one in (room, LAB_ROOM_ID))
    return renamed(made, {drawn: stays})
