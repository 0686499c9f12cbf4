"""A real chat server on loopback, seeded with a small company, for the tests of collectors."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tools.started.synapse import Synapse, administered, configured, running

_ROOT = Path(__file__).resolve().parents[2]

sys.path.insert(0, str(Path(__file__).parent))  # for the contract of all collectors

_NAME = "corp.test"

MESSAGE = "canary-message-7f3a"
PASSWORD = "canary-password-91bc"  # noqa: S105  # of accounts that live as long as the test
MAIL = "canary.mail@corp.test"
"""What must be in no recording and in no fact."""


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A Synapse of its own for this test run."""
    script = _ROOT / "tools" / "servers.py"
    made = subprocess.run([sys.executable, script, "synapse"], check=False, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        pytest.fail("no chat server to test against: its packages could not be installed (see above)")
    python = Path(made.stdout.strip())
    home = tmp_path_factory.mktemp("synapse")
    url = configured(python, home, _NAME)
    with running(python, home, url):
        yield _seeded(python, home, url)


def _seeded(python: Path, home: Path, url: str) -> Synapse:
    """Eight accounts and four rooms: each odd case that a chat server can show."""
    it = administered(python, home, Synapse(url, _NAME, PASSWORD), "audit.admin")
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

    invited = [f"@li.na:{_NAME}", f"@wang.fang:{_NAME}", f"@liu.yang:{_NAME}"]
    budget = it.room("zhang.wei", "FIN-Budget-2026", topic="Purpose: 2026 budget", invite=invited)
    for name in ("li.na", "wang.fang", "liu.yang"):
        it.join(name, budget)
    it.say("li.na", budget, MESSAGE)
    # a change of name is one more event of membership, and no second joining
    it.call(
        "PUT",
        f"/_matrix/client/v3/profile/{quote(f'@li.na:{_NAME}')}/displayname",
        it.users["li.na"],
        {"displayname": "Li Na"},
    )
    direct = it.room("zhang.wei", is_direct=True, preset="trusted_private_chat", invite=[f"@li.na:{_NAME}"])
    it.join("li.na", direct)
    it.rooms["direct"] = direct
    it.room("wang.fang", "OPS", room_version="10", preset="public_chat")
    encryption = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    retention = {"type": "m.room.retention", "content": {"max_lifetime": 30 * 86_400_000}}
    it.room("liu.yang", "封存", initial_state=[encryption, retention])

    it.user("chen.jie", locked=True)
    it.user("liu.yang", deactivated=True)
    return it


@pytest.fixture
def canaries(synapse: Synapse) -> re.Pattern[str]:
    """Everything that must not be found in a recording."""
    secrets = [MESSAGE, PASSWORD, MAIL, "127.0.0.1", synapse.token, *synapse.users.values()]
    return re.compile("|".join(re.escape(secret) for secret in secrets))
