"""The collector of a borg store: restore points, the runs that made them, and the store's soundness."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from collectors.backups import add_check, by_pattern, connected, list_again, named, reasons
from collectors.borg import records
from collectors.borg.fields import FIELDS
from collectors.borg.options import BorgOptions
from collectors.borg.strip import strip
from collectors.harvest import Harvest
from collectors.interface import Moment, Options, Source
from collectors.transport import Request, Response, Transport
from engine.facts import KEY, BackupRun, Collected, RestorePoint

_LIMITS = {
    "backup_run.size_bytes": "not_supported",
    "backup_run.added_bytes": "not_supported",
    "backup_run.verified_at": "not_supported",
    "backup_run.verify_result": "not_supported",
    "restore_point.expires_at": "not_supported",
    "restore_point.size_bytes": "not_supported",
}
"""What a listing does not hold: sizes take a walk through every archive, how long backups are kept stands in the job
that prunes them."""

_ENCRYPTED = {
    **dict.fromkeys(("none", "authenticated", "authenticated-blake2"), "no"),
    **dict.fromkeys(("repokey", "repokey-blake2", "keyfile", "keyfile-blake2"), "yes"),
}
"""Mode of a store -> whether it is encrypted: authentication alone hides nothing."""


class BorgCollector:
    """Reads a borg store through the program."""

    type: ClassVar[str] = "borg"
    title: ClassVar[str] = "BorgBackup"
    delivers: ClassVar[tuple[str, ...]] = ("backup_run", "integrity_check", "restore_point")
    fields: ClassVar[Mapping[str, Mapping[str, str]]] = FIELDS
    options: ClassVar[Options] = BorgOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The three commands that only read; a store without encryption has no passphrase."""
        del folder
        return connected(_options(source), secret)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without paths, users, comments and addresses."""
        del source
        return strip(request, response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """All backups in the store.

        Raises:
            AccessError: the passphrase is wrong
            SourceError: there is no store, or it cannot be read
        """
        del moment
        options = _options(source)
        delivers = tuple(entity for entity in self.delivers if options.check or entity != "integrity_check")
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for field, reason in _LIMITS.items():
            harvest.limit(field, reason)

        def run(command: str) -> Response:
            return harvest.saw(transport.fetch(Request("command", command)))

        harvest.source_version = records.version(source.id, run("version"))
        answered = run("list")
        listed = records.listing(source.id, answered)
        encrypted = harvest.mapped("encryption.mode", listed.encryption.mode, _ENCRYPTED)
        for archive in listed.archives:
            _add_archive(harvest, archive, options, encrypted, answered.at)
        if options.check:
            add_check(
                harvest,
                lambda: run("check"),
                records.soundness,
                command="borg check",
                target=options.target,
                read_data=options.read_data,
            )
        else:
            harvest.limit("integrity_check.result", "not_collected")

        def again() -> set[str]:
            archives = records.listing(source.id, run("list")).archives
            harvest.expect("restore_point", sum(not archive.interrupted for archive in archives))
            return {archive.id for archive in archives}

        list_again(harvest, {archive.id for archive in listed.archives}, again, "archives")
        return harvest.collected()


def _add_archive(
    harvest: Harvest, archive: records.Archive, options: BorgOptions, encrypted: str, at: str
) -> None:
    source = harvest.source.id
    began, ended = (records.moment(source, archive, text) for text in (archive.start, archive.end))
    raw = archive.model_dump()
    data_set, no_data_set = _mapped(harvest, archive, options.data_sets, "data set")
    plan, no_plan = _mapped(harvest, archive, options.plans, "plan")
    target = KEY + options.target
    if not archive.interrupted:
        harvest.add(
            RestorePoint,
            archive.id,
            name=archive.name,
            raw=raw,
            at=at,
            observed_at=began,
            values={
                "data_set": data_set,
                "target": target,
                "created_at": began,
                "encrypted": encrypted,
                "unknown": reasons(
                    data_set=no_data_set,
                    expires_at="not_supported",
                    size_bytes="not_supported",
                    encrypted="unparsable" if encrypted == "unknown" else "",
                ),
            },
        )
    harvest.add(
        BackupRun,
        archive.id,
        name=archive.name,
        raw=raw,
        at=at,
        observed_at=began,
        values={
            "plan": plan,
            "data_set": data_set,
            "target": target,
            "started_at": began,
            "finished_at": None if archive.interrupted else ended,
            "result": "failed" if archive.interrupted else "success",
            "method": "snapshot",
            "unknown": reasons(
                plan=no_plan,
                data_set=no_data_set,
                size_bytes="not_supported",
                added_bytes="not_supported",
                verified_at="not_supported",
                verify_result="not_supported",
            ),
        },
    )


def _mapped(
    harvest: Harvest, archive: records.Archive, names: Mapping[str, str], what: str
) -> tuple[str | None, str]:
    """What the archive's name means, or why that is not known; `*` stands for all that nothing else names."""
    found = by_pattern(archive.family, names)
    about = f"archive {archive.family}"
    several, none = f"{about}: means more than one {what}", f"{about}: no {what} is named for it"
    return named(harvest, found, names, several=several, none=none)


def _options(source: Source) -> BorgOptions:
    return BorgOptions.model_validate(source.options.model_dump())
