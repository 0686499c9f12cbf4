"""What restic prints, as records of its own shape: checked once, here."""

import json

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from collectors.backups import program_version
from collectors.restic.strip import DAMAGED, NO_STORE, WRONG_KEY
from collectors.transport import Response
from engine.errors import AccessError, SourceError, UnparsableError

_OLDEST = (0, 14)
"""Older versions were never tried."""

_NO_STORE_CODE = 10
_LOCKED_CODE = 11
_PASSWORD_CODE = 12


class Record(BaseModel):
    """A record of the tool; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Summary(Record):
    """What a backup did; since version 0.17."""

    backup_start: str
    backup_end: str
    data_added: int
    data_added_packed: int | None = None
    total_bytes_processed: int


class Snapshot(Record):
    """A backup in the store."""

    id: str
    time: str
    hostname: str = ""
    tags: tuple[str, ...] = ()
    summary: Summary | None = None


class Stats(Record):
    """How much is in the store."""

    total_size: int
    snapshots_count: int | None = None


class CheckSummary(Record):
    """What a check found; since version 0.17."""

    num_errors: int


_SNAPSHOTS = TypeAdapter(tuple[Snapshot, ...])


def version(source: str, response: Response) -> str:
    """The tool's version.

    Raises:
        UnparsableError: it is no restic, or one that is too old
    """
    said, numbers = program_version(source, response, "restic")
    if numbers < _OLDEST:
        raise UnparsableError(
            f"{source}: found restic {said}, needs 0.14 or later", "install a later version"
        )
    return said


def answer(source: str, command: str, response: Response) -> bytes:
    """What a command printed.

    Raises:
        AccessError: the password is wrong
        SourceError: it failed for another reason
    """
    said = response.headers.get("stderr", "")
    if response.status == 0:
        return response.body
    if response.status == _PASSWORD_CODE or WRONG_KEY in said:
        raise AccessError(
            f"{source}: restic says: wrong password", "put the store's password where secret: says"
        )
    if response.status == _NO_STORE_CODE or NO_STORE in said:
        raise SourceError(
            f"{source}: restic finds no store there", "correct `repository`, or let this user read it"
        )
    if response.status == _LOCKED_CODE:
        raise SourceError(f"{source}: the store is locked", "wait for the other job, or remove a stale lock")
    message = f"{source}: restic {command} ended with exit code {response.status}"
    raise SourceError(message, "run the same command by hand to see why")


def snapshots(source: str, body: bytes) -> tuple[Snapshot, ...]:
    """The backups in the store; an empty list is an answer: there are none.

    Raises:
        UnparsableError: they have another shape than this collector knows
    """
    try:
        found = json.loads(body)
        if isinstance(found, dict):
            raise TypeError  # noqa: TRY301  # words of an error, printed where a list should be, are no empty list
        return _SNAPSHOTS.validate_python([one | {"tags": one.get("tags") or ()} for one in found or ()])
    except (ValidationError, ValueError, TypeError, AttributeError) as error:
        message = f"{source}: restic snapshots: the answer has another shape than expected"
        raise UnparsableError(message, "see whether this version of restic is supported") from error


def stats(source: str, body: bytes) -> Stats:
    """How much is in the store.

    Raises:
        UnparsableError: it has another shape than this collector knows
    """
    try:
        return Stats.model_validate_json(body)
    except ValidationError as error:
        message = f"{source}: restic stats: the answer has another shape than expected"
        raise UnparsableError(message, "see whether this version of restic is supported") from error


def soundness(response: Response) -> str:
    """Whether a check found the store intact: `yes`, `no`, or `unknown` if the check itself failed."""
    summary = response.body.strip().rpartition(b"\n")[2]
    errors = None
    if summary:
        try:
            errors = CheckSummary.model_validate_json(summary).num_errors
        except ValidationError:
            return "unknown"
    if response.status == 0:
        return "no" if errors else "yes"
    return "no" if errors or DAMAGED in response.headers.get("stderr", "") else "unknown"
