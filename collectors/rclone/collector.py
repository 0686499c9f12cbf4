"""The collector of stores that rclone reads: each file that is a backup is a restore point."""

from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from collectors.backups import add_check, by_pattern, connected, list_again, named, reasons
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.rclone import records
from collectors.rclone.fields import FIELDS
from collectors.rclone.options import RcloneOptions
from collectors.rclone.strip import strip
from collectors.transport import Request, Response, Transport
from engine.facts import KEY, Collected, RestorePoint

_SEALED = "crypt"
"""The type of a remote that enciphers what is put there; of what another holds nothing is known."""

_LONGEST_ID = 200
"""Characters of a path that are its id; a longer one is known by its digest."""


class RcloneCollector:
    """Reads a store of files through the program."""

    type: ClassVar[str] = "rclone"
    title: ClassVar[str] = "rclone"
    delivers: ClassVar[tuple[str, ...]] = ("integrity_check", "restore_point")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = RcloneOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The commands that only read; settings without a password need no secret."""
        del folder
        return connected(_options(source), secret)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without addresses, and without the names of files that are no backups."""
        return strip(request, response, _options(source))

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """All backups in the store.

        Raises:
            AccessError: this user may not read all of it, or rclone's settings
            SourceError: there is no such store, or it cannot be read
        """
        options = _options(source)
        compares = options.compare_with is not None
        delivers = tuple(entity for entity in self.delivers if compares or entity != "integrity_check")
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        harvest.limit("restore_point.expires_at", "not_supported")

        def run(command: str) -> Response:
            return harvest.saw(transport.fetch(Request("command", command)))

        harvest.source_version = records.version(source.id, run("version"))
        encrypted = "yes" if records.kind(source.id, run("remotes")) == _SEALED else "unknown"
        keeps_times = records.keeps_times(source.id, run("features"))
        listed = run("list")
        files = records.files(source.id, listed)
        backups = [file for file in files if file.Path]
        for file in backups:
            made_at, undated = _time(harvest, file, options, moment, keeps_times=keeps_times)
            _add_point(harvest, file, options, (made_at, undated), encrypted, listed.at)
        stated = records.count(source.id, run("size"))
        harvest.expect("restore_point", len(backups) + stated - len(files))
        if compares:
            add_check(
                harvest,
                lambda: _with_gaps(harvest, run("check")),
                records.soundness,
                command="rclone check",
                target=options.target,
                read_data=options.read_data,
            )
        else:
            harvest.limit("integrity_check.result", "not_collected")
        list_again(
            harvest,
            {repr(file) for file in files},
            lambda: {repr(file) for file in records.files(source.id, run("list"))},
            "files",
        )
        return harvest.collected()


def _with_gaps(harvest: Harvest, response: Response) -> Response:
    """The answer; that files were never copied is no damage of the store, and is said."""
    lacking = records.missing(response)
    if lacking:
        harvest.problem(f"{lacking} files of what was copied are not in the store", "complete")
    return response


def _time(
    harvest: Harvest, file: records.File, options: RcloneOptions, moment: Moment, *, keeps_times: bool
) -> tuple[str | None, str]:
    """When the backup was made, or why that is not known."""
    if options.dated_by == "name":
        found = records.time_in_name(file.Path, moment.zone)
        if found is None:
            harvest.problem(f"{file.Path}: found no date in its name, needs one like 2026-09-29", "complete")
        return found, "" if found else "unparsable"
    if keeps_times:
        return records.time_of_file(harvest.source.id, file), ""
    return None, "not_supported"


def _add_point(
    harvest: Harvest,
    file: records.File,
    options: RcloneOptions,
    made: tuple[str | None, str],
    encrypted: str,
    at: str,
) -> None:
    data_set, no_data_set = named(
        harvest,
        by_pattern(file.Path, options.data_sets),
        options.data_sets,
        several=f"file {file.Path}: means more than one data set",
        none=f"file {file.Path}: no data set is named for it",
    )
    made_at, undated = made
    path = file.Path
    harvest.add(
        RestorePoint,
        path if len(path) <= _LONGEST_ID else sha256(path.encode()).hexdigest(),
        name=path,
        raw=file.model_dump(),
        at=at,
        observed_at=made_at,
        values={
            "data_set": data_set,
            "target": KEY + options.target,
            "created_at": made_at,
            "size_bytes": file.Size if file.Size >= 0 else None,
            "encrypted": encrypted,
            "unknown": reasons(
                data_set=no_data_set,
                created_at=undated,
                expires_at="not_supported",
                size_bytes="" if file.Size >= 0 else "not_supported",
                encrypted="not_supported" if encrypted == "unknown" else "",
            ),
        },
    )


def _options(source: Source) -> RcloneOptions:
    return RcloneOptions.model_validate(source.options.model_dump())
