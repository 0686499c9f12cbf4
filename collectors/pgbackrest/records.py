"""What pgBackRest prints, as records of its own shape: checked once, here.

It ends with exit code 0 even where it could not read anything: what went wrong stands in the status of the repository.
"""

import re

from pydantic import BaseModel, ConfigDict, RootModel

from collectors.backups import program_version
from collectors.parsing import parsed
from collectors.pgbackrest.strip import CORRUPT, NO_FILE, NO_PASSPHRASE, NOT_DECIPHERED, NOT_READABLE
from collectors.transport import Request, Response
from engine.errors import AccessError, SourceError, UnparsableError

_OLDEST = (2, 45)
"""Older versions were never tried, and have no words for what `verify` found."""

_OK, _EMPTY = 0, 2
_NO_STANZA = frozenset({1, 3})
"""Statuses of a repository: all is well; it holds no backup; it does not know the stanza."""

_DAMAGE = re.compile(r"status: invalid|(?:missing|checksum invalid|size invalid): [1-9]")
_UNREAD = re.compile(r"other: [1-9]|No usable")


class Record(BaseModel):
    """A record of the tool; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Repository(Record):
    """How much a backup added to the repository."""

    delta: int


class Info(Record):
    """How big a backup is: the database, and what was added."""

    size: int
    repository: Repository


class Times(Record):
    """When a backup began and ended, in seconds since 1970."""

    start: int
    stop: int


class Backup(Record):
    """A backup in the repository."""

    label: str
    type: str
    timestamp: Times
    info: Info
    error: bool | None = None
    reference: tuple[str, ...] | None = None


class Status(Record):
    """How it went to read the repository."""

    code: int
    message: str = ""


class RepositoryState(Record):
    """One repository of a stanza."""

    key: int
    cipher: str
    status: Status


class Stanza(Record):
    """A database and its backups."""

    name: str
    backup: tuple[Backup, ...]
    repo: tuple[RepositoryState, ...]


class Listing(Record):
    """All backups of a stanza in one repository."""

    backups: tuple[Backup, ...]
    cipher: str


class _Stanzas(RootModel[tuple[Stanza, ...]]):
    """What `info` prints."""


def version(source: str, response: Response) -> str:
    """The tool's version.

    Raises:
        UnparsableError: it is no pgBackRest, or one that is too old
    """
    said, numbers = program_version(source, response, "pgBackRest")
    if numbers < _OLDEST:
        message = f"{source}: found pgBackRest {said}, needs 2.45 or later"
        raise UnparsableError(message, "install a later version")
    return said


def listing(source: str, response: Response, stanza: str, repo: int) -> Listing:
    """The backups of the stanza; an empty list is an answer: there are none.

    Raises:
        AccessError: the passphrase is missing or wrong, or this user may not read the repository
        SourceError: there is no such stanza, or it failed for another reason
        UnparsableError: the answer has another shape than this collector knows
    """
    if response.status:
        raise _refused(source, response.headers.get("stderr", ""), f"exit code {response.status}")
    request, help_ = Request("command", "info"), "see whether this version of pgBackRest is supported"
    stanzas = parsed(_Stanzas, request, response, help_).root
    found = next((one for one in stanzas if one.name == stanza), None)
    state = next((one for one in found.repo if one.key == repo), None) if found else None
    if found is None or state is None or state.status.code in _NO_STANZA:
        message = f"{source}: pgBackRest finds no stanza {stanza} in repository {repo}"
        raise SourceError(message, "correct `stanza`, `repo` or `config`")
    if state.status.code not in {_OK, _EMPTY}:
        raise _refused(source, state.status.message, f"status {state.status.code}")
    return Listing(backups=found.backup, cipher=state.cipher)


def _refused(source: str, said: str, code: str) -> SourceError:
    if said == NO_PASSPHRASE:
        message = f"{source}: pgBackRest says: no passphrase of the repository"
        return AccessError(message, "put the repository's passphrase where secret: says")
    if said == NOT_READABLE:
        message = f"{source}: pgBackRest may not read the repository"
        return AccessError(message, "let this user read the repository and pgBackRest's file of settings")
    if said in {NOT_DECIPHERED, CORRUPT}:
        message = (
            f"{source}: pgBackRest cannot decipher the repository: wrong passphrase, or a damaged backup.info"
        )
        return AccessError(message, "put the repository's passphrase where secret: says")
    if said == NO_FILE:
        return SourceError(f"{source}: pgBackRest finds no file of settings", "correct `config`")
    message = f"{source}: pgBackRest info ended with {code}"
    return SourceError(message, "run the same command by hand to see why")


def soundness(response: Response) -> str:
    """Whether `verify` found the repository intact: `yes`, `no`, or `unknown` if it could not read what it had to."""
    said = response.body.decode("utf-8", "replace")
    # damage that was seen is damage, whatever else could not be read
    if _DAMAGE.search(said):
        return "no"
    sound = response.status == 0 and "status: ok" in said.splitlines() and not _UNREAD.search(said)
    return "yes" if sound else "unknown"
