"""What borg prints, as records of its own shape: checked once, here."""

import re
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, ValidationError

from collectors.backups import program_version
from collectors.borg.strip import DAMAGED, DAMAGED_ARCHIVES, LOCKED, NO_STORE, NOT_A_STORE, WRONG_KEY
from collectors.clocks import instant
from collectors.transport import Response
from engine.errors import AccessError, SourceError, UnparsableError

_OLDEST, _NEXT = (1, 2), (2, 0)
"""Older versions were never tried; the next one has other commands."""

_CHECKPOINT = re.compile(r"\.checkpoint(\.\d+)?$")

_PASSPHRASE_CODES = {51, 52, 53}
_NO_STORE_CODES = {13, 15}
_LOCKED_CODES = {70, 71, 72, 73, 74, 75}


class Record(BaseModel):
    """A record of the tool; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Archive(Record):
    """A backup in the store."""

    name: str
    id: str
    hostname: str = ""
    start: str
    end: str

    @property
    def interrupted(self) -> bool:
        """Whether it is what a backup left behind that did not come to its end."""
        return _CHECKPOINT.search(self.name) is not None

    @property
    def family(self) -> str:
        """The name that it would have, had it come to its end."""
        return _CHECKPOINT.sub("", self.name)


class Encryption(Record):
    """How the store is encrypted."""

    mode: str


class Listing(Record):
    """All backups in the store."""

    archives: tuple[Archive, ...]
    encryption: Encryption


def version(source: str, response: Response) -> str:
    """The tool's version.

    Raises:
        UnparsableError: it is no borg, or one that was never tried
    """
    said, numbers = program_version(source, response, "borg")
    if not _OLDEST <= numbers < _NEXT:
        raise UnparsableError(f"{source}: found borg {said}, needs 1.2 or 1.4", "install such a version")
    return said


def listing(source: str, response: Response) -> Listing:
    """The backups in the store; an empty list is an answer: there are none.

    Raises:
        AccessError: the passphrase is wrong
        SourceError: it failed for another reason
        UnparsableError: the answer has another shape than this collector knows
    """
    said, code = response.headers.get("stderr", ""), response.status
    if code in _PASSPHRASE_CODES or said == WRONG_KEY:
        raise AccessError(
            f"{source}: borg says: wrong passphrase", "put the store's passphrase where secret: says"
        )
    if code in _NO_STORE_CODES or said in {NO_STORE, NOT_A_STORE}:
        raise SourceError(
            f"{source}: borg finds no store there", "correct `repository`, or let this user read it"
        )
    if code in _LOCKED_CODES or said == LOCKED:
        raise SourceError(f"{source}: the store is locked", "wait for the other job, or borg break-lock")
    if code:
        message = f"{source}: borg list ended with exit code {code}"
        raise SourceError(message, "run the same command by hand to see why")
    try:
        return Listing.model_validate_json(response.body)
    except ValidationError as error:
        message = f"{source}: borg list: the answer has another shape than expected"
        raise UnparsableError(message, "see whether this version of borg is supported") from error


def moment(source: str, archive: Archive, text: str) -> str:
    """A time of borg, which has no offset: it is that of the reader's zone, and we read in UTC.

    Raises:
        UnparsableError: no such time
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnparsableError(
            f"{source}: archive {archive.id[:8]}: found the time {text!r}, needs 2026-11-23T18:54:14.000000",
            "see whether this version of borg is supported",
        ) from error
    return instant(found if found.tzinfo else found.replace(tzinfo=UTC))


def soundness(response: Response) -> str:
    """Whether a check found the store intact: `yes`, `no`, or `unknown` if the check itself failed."""
    if response.status == 0:
        return "yes"
    return "no" if response.headers.get("stderr", "") in {DAMAGED, DAMAGED_ARCHIVES} else "unknown"
