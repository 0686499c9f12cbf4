"""A real chat server on loopback, seeded with a small company, for the tests of collectors."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the contract of all collectors, and the servers

from chatserver import MAIL, MESSAGE, NAME, PASSWORD, Synapse, running  # it lies beside this file


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A Synapse of its own for this test run."""
    with running(tmp_path_factory.mktemp("synapse")) as it:
        _seed(it)
        yield it


def _seed(it: Synapse) -> None:
    """Eight accounts and four rooms: each odd case that a chat server can show."""
    for number, name in enumerate(("zhang.wei", "li.na", "chen.jie", "wang.fang", "liu.yang"), start=1):
        it.user(
            name,
            password=PASSWORD,
            displayname=name,
            external_ids=[{"auth_provider": "hr", "external_id": f"E000{number}"}],
            threepids=[{"medium": "email", "address": f"{name}.{MAIL}"}],
        )
    it.user("bot.build", user_type="bot")
    it.user("never.seen", displayname="從未登錄")
    for name in ("zhang.wei", "li.na", "wang.fang", "liu.yang"):
        it.sign_in(name)

    invited = [f"@li.na:{NAME}", f"@wang.fang:{NAME}", f"@liu.yang:{NAME}"]
    budget = it.room("zhang.wei", "FIN-Budget-2026", topic="Purpose: 2026 budget", invite=invited)
    for name in ("li.na", "wang.fang", "liu.yang"):
        it.join(name, budget)
    it.say("li.na", budget)
    # a change of name is one more event of membership, and no second joining
    it.call(
        "PUT",
        f"/_matrix/client/v3/profile/{quote(f'@li.na:{NAME}')}/displayname",
        it.users["li.na"],
        {"displayname": "Li Na"},
    )
    direct = it.room("zhang.wei", is_direct=True, preset="trusted_private_chat", invite=[f"@li.na:{NAME}"])
    it.join("li.na", direct)
    it.rooms["direct"] = direct
    it.room("wang.fang", "OPS", room_version="10", preset="public_chat")
    encryption = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    retention = {"type": "m.room.retention", "content": {"max_lifetime": 30 * 86_400_000}}
    it.room("liu.yang", "封存", initial_state=[encryption, retention])

    it.user("chen.jie", locked=True)
    it.user("liu.yang", deactivated=True)


@pytest.fixture
def canaries(synapse: Synapse) -> re.Pattern[str]:
    """Everything that must not be found in a recording."""
    secrets = [MESSAGE, PASSWORD, MAIL, "127.0.0.1", synapse.token, *synapse.users.values()]
    return re.compile("|".join(re.escape(secret) for secret in secrets))
