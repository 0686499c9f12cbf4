"""What rclone prints, as records of its own shape: checked once, here."""

import re
from datetime import UTC, date, datetime, time, tzinfo

from pydantic import BaseModel, ConfigDict, RootModel

from collectors.backups import program_version
from collectors.clocks import from_rfc3339, instant, start_of_day
from collectors.parsing import parsed
from collectors.rclone.strip import BROKEN_SEAL, NO_FOLDER, NO_PASSWORD, NO_REMOTE, NO_SUMS, NOT_PERMITTED
from collectors.transport import Request, Response
from engine.errors import AccessError, SourceError, UnparsableError

_OLDEST = (1, 60)
"""Older versions were never tried."""

_HELP = "see whether this version of rclone is supported"

_COARSEST_NS = 60 * 10**9
"""A store that keeps times to the minute keeps them; one that does not states a hundred years."""

_DATE = re.compile(
    r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?:[-_.T ]?(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?(Z)?)?(?!\d)"
)
"""A date in a name, with a time behind it or not; `Z` says that it is UTC."""


class Record(BaseModel):
    """A record of the tool; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class File(Record):
    """A file in the store; one that is no backup shows nothing of itself."""

    Path: str = ""
    Size: int = -1
    ModTime: str = ""


class _Files(RootModel[tuple[File, ...]]):
    """What `lsjson` prints."""


class _Size(Record):
    """What `size` prints."""

    count: int


class _Features(Record):
    """What `backend features` prints."""

    Precision: int


def version(source: str, response: Response) -> str:
    """The tool's version.

    Raises:
        UnparsableError: it is no rclone, or one that is too old
    """
    said, numbers = program_version(source, response, "rclone")
    if numbers < _OLDEST:
        raise UnparsableError(
            f"{source}: found rclone {said}, needs 1.60 or later", "install a later version"
        )
    return said


def files(source: str, response: Response) -> tuple[File, ...]:
    """All files in the store.

    Raises:
        AccessError: this user may not read all of it, or rclone's settings
        SourceError: there is no such store, or it failed for another reason
        UnparsableError: the answer has another shape than this collector knows
    """
    _answered(source, "lsjson", response)
    return parsed(_Files, Request("command", "list"), response, _HELP).root


def count(source: str, response: Response) -> int:
    """How many files the store has by another count of the program's; errors as with `files`."""
    _answered(source, "size", response)
    return parsed(_Size, Request("command", "size"), response, _HELP).count


def keeps_times(source: str, response: Response) -> bool:
    """Whether the store keeps the times of files that are copied to it; errors as with `files`."""
    _answered(source, "backend features", response)
    return parsed(_Features, Request("command", "features"), response, _HELP).Precision <= _COARSEST_NS


def kind(source: str, response: Response) -> str:
    """The type of the remote, as rclone's settings have it; empty: a folder; errors as with `files`."""
    _answered(source, "listremotes", response)
    words = response.body.decode("utf-8", "replace").split()
    return words[1] if len(words) > 1 else ""


def _answered(source: str, command: str, response: Response) -> None:
    if response.status == 0:
        return
    said = response.headers.get("stderr", "")
    if said == NO_PASSWORD:
        message = f"{source}: rclone cannot decipher its settings"
        raise AccessError(message, "put the password of rclone's settings where secret: says")
    if said in NOT_PERMITTED:
        message = f"{source}: rclone may not read all of the store ({said})"
        raise AccessError(message, "let this user, or the key in rclone's settings, list and read the store")
    if said == NO_REMOTE:
        raise SourceError(f"{source}: rclone knows no such remote", "correct `remote` or `config`")
    if said == NO_FOLDER:
        raise SourceError(f"{source}: rclone finds no such folder in the store", "correct `remote`")
    message = f"{source}: rclone {command} ended with exit code {response.status}"
    raise SourceError(message, "run the same command by hand to see why")


def time_of_file(source: str, file: File) -> str:
    """When the file was last changed.

    Raises:
        UnparsableError: no such time
    """
    try:
        return from_rfc3339(file.ModTime)
    except ValueError as error:
        message = f"{source}: {file.Path}: found the time {file.ModTime!r}, needs 2026-11-23T18:54:13Z"
        raise UnparsableError(message, _HELP) from error


def time_in_name(path: str, zone: tzinfo) -> str | None:
    """The time that stands in a file's name; of a date alone its beginning, which is no later than the backup.

    >>> time_in_name("2026/chat-2026-09-29T18-30-00Z.sql.gz", UTC)
    '2026-09-29T18:30:00Z'
    """
    match = _DATE.search(path.rpartition("/")[2])
    if match is None:
        return None
    year, _, month, day, hour, minute, second, utc = match.groups()
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return start_of_day(on, zone)
        at = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
    return instant(datetime.combine(on, at, UTC if utc else zone))


def soundness(response: Response) -> str:
    """Whether all files that were compared are the same: `yes`, `no`, or `unknown` if nothing was compared, or not all of it."""
    found = set(response.body.decode("utf-8", "replace").split())
    said = response.headers.get("stderr", "")
    if "*" in found or said == BROKEN_SEAL:
        return "no"
    # files that are only in one of the two make it end with 1; a sum that could not be taken compares sizes alone
    compared = response.status in {0, 1} and "=" in found
    return "yes" if compared and "!" not in found and said != NO_SUMS else "unknown"


def missing(response: Response) -> int:
    """How many files of the original are not in the store."""
    return response.body.decode("utf-8", "replace").split().count("+")
