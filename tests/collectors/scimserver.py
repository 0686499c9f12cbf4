"""The real SCIM server as the tests have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract import SECRET
from installed import python_of  # it lies in the folder above

from tools.started import scim


@dataclass(frozen=True)
class Scim:
    """A running server, whose token is `SECRET`."""

    service: scim.Service

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.service.url

    def user(self, name: str, **fields: Any) -> str:
        """Make an account; its id. With `employeeNumber` or `department` it has the enterprise extension."""
        own = {key: fields.pop(key) for key in ("employeeNumber", "department") if key in fields}
        return self.service.user(name, **fields, **({scim.ENTERPRISE: own} if own else {}))

    def group(self, name: str, *members: str) -> str:
        """Make a group of these accounts; its id."""
        return self.service.group(name, list(members))


@contextmanager
def serving(folder: Path) -> Iterator[Scim]:
    """A server of its own on a free port, with nothing in it."""
    with scim.service(python_of("scim", "SCIM server"), folder, SECRET) as service:
        yield Scim(service)
