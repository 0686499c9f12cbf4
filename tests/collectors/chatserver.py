"""The real chat server as the tests have it: an administrator and nobody else, and what must be found nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installed import python_of  # it lies in the folder above

from tools.started import synapse

NAME = "corp.test"

MESSAGE = "canary-message-7f3a"
PASSWORD = "canary-password-91bc"  # noqa: S105  # of accounts that live as long as the test
MAIL = "canary.mail@corp.test"
"""What must be in no recording and in no fact."""


class Synapse(synapse.Synapse):
    """A running server, in which everybody says the same."""

    def say(self, name: str, room: str, text: str = MESSAGE) -> None:
        """Send the message that must not be found anywhere."""
        super().say(name, room, text)


@contextmanager
def running(home: Path, **changed: Any) -> Iterator[Synapse]:
    """A server of its own, whose administrator `audit.admin` is signed in; `changed` are settings of its own."""
    python = python_of("synapse", "chat server")
    url = synapse.configured(python, home, NAME, **changed)
    with synapse.running(python, home, url):
        it = Synapse(url, NAME, PASSWORD)
        synapse.administered(python, home, it, "audit.admin")
        yield it
