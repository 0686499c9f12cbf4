"""The collector of a pgBackRest repository: restore points, the runs that made them, and the repository's soundness."""

from pathlib import Path
from typing import ClassVar

from collectors.backups import OTHERS, add_check, connected, list_again, named, reasons
from collectors.clocks import from_s
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.pgbackrest import records
from collectors.pgbackrest.fields import FIELDS
from collectors.pgbackrest.options import PgbackrestOptions
from collectors.pgbackrest.strip import strip
from collectors.transport import Request, Response, Transport
from engine.facts import KEY, BackupRun, Collected, RestorePoint

_LIMITS = {
    "backup_run.verified_at": "not_supported",
    "backup_run.verify_result": "not_supported",
    "restore_point.expires_at": "not_supported",
}
"""`verify` speaks of the repository; when a backup expires depends on those that will follow it."""

_METHODS = {"full": "full", "diff": "differential", "incr": "incremental"}
_ENCRYPTED = {"none": "no", "aes-256-cbc": "yes"}


class PgbackrestCollector:
    """Reads one stanza in one repository through the program."""

    type: ClassVar[str] = "pgbackrest"
    title: ClassVar[str] = "pgBackRest"
    delivers: ClassVar[tuple[str, ...]] = ("backup_run", "integrity_check", "restore_point")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = PgbackrestOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The commands that only read; a repository without encryption has no passphrase."""
        del folder
        return connected(_options(source), secret)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without paths and addresses."""
        del source
        return strip(request, response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """All backups of the stanza.

        Raises:
            AccessError: the passphrase is missing or wrong, or this user may not read the repository
            SourceError: there is no such stanza, or it cannot be read
        """
        del moment
        options = _options(source)
        delivers = tuple(entity for entity in self.delivers if options.verify or entity != "integrity_check")
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for field, reason in _LIMITS.items():
            harvest.limit(field, reason)

        def run(command: str) -> Response:
            return harvest.saw(transport.fetch(Request("command", command)))

        def listing(answer: Response) -> records.Listing:
            return records.listing(source.id, answer, options.stanza, options.repo)

        harvest.source_version = records.version(source.id, run("version"))
        answered = run("info")
        listed = listing(answered)
        labels = {backup.label for backup in listed.backups}
        encrypted = harvest.mapped("cipher", listed.cipher, _ENCRYPTED)
        for backup in listed.backups:
            _add_backup(harvest, backup, options, answered.at)
            if _is_whole(harvest, backup, labels):
                _add_point(harvest, backup, options, encrypted, answered.at)
        if options.verify:
            add_check(
                harvest,
                lambda: run("verify"),
                records.soundness,
                command="pgBackRest verify",
                target=options.target,
                read_data=True,  # it holds every byte against its checksum
            )
        else:
            harvest.limit("integrity_check.result", "not_collected")

        def again() -> set[str]:
            found = {backup.label for backup in listing(run("info")).backups}
            harvest.expect("backup_run", len(found))
            return found

        list_again(harvest, labels, again, "backups")
        return harvest.collected()


def _add_backup(harvest: Harvest, backup: records.Backup, options: PgbackrestOptions, at: str) -> None:
    method = harvest.mapped("type", backup.type, _METHODS)
    plan, no_plan = _plan(harvest, backup, options)
    began = from_s(backup.timestamp.start)
    harvest.add(
        BackupRun,
        backup.label,
        name=f"{options.stanza} {backup.label}",
        raw=backup.model_dump(mode="json", exclude_none=True),
        at=at,
        observed_at=began,
        values={
            "plan": plan,
            "data_set": _data_set(options),
            "target": KEY + options.target,
            "started_at": began,
            "finished_at": from_s(backup.timestamp.stop),
            # one with errors is listed like any other, and gives back pages that are damaged
            "result": {False: "success", True: "partial", None: "unknown"}[backup.error],
            "method": method,
            "size_bytes": backup.info.size,
            "added_bytes": backup.info.repository.delta,
            "unknown": reasons(
                plan=no_plan,
                data_set="" if options.data_set else "not_collected",
                result="not_supported" if backup.error is None else "",
                method="unparsable" if method == "unknown" else "",
                verified_at="not_supported",
                verify_result="not_supported",
            ),
        },
    )


def _is_whole(harvest: Harvest, backup: records.Backup, labels: set[str]) -> bool:
    """Whether all backups that it rests on are there."""
    missing = sorted(set(backup.reference or ()) - labels)
    if missing:
        harvest.problem(
            f"backup {backup.label}: rests on {', '.join(missing)}, which is not in the repository"
        )
    return not missing


def _add_point(
    harvest: Harvest, backup: records.Backup, options: PgbackrestOptions, encrypted: str, at: str
) -> None:
    ended = from_s(backup.timestamp.stop)
    harvest.add(
        RestorePoint,
        backup.label,
        name=f"{options.stanza} {backup.label}",
        raw=backup.model_dump(mode="json", exclude_none=True),
        at=at,
        observed_at=ended,
        values={
            "data_set": _data_set(options),
            "target": KEY + options.target,
            # a copy of a running database is whole as of its end
            "created_at": ended,
            "size_bytes": backup.info.size,
            "encrypted": encrypted,
            "unknown": reasons(
                data_set="" if options.data_set else "not_collected",
                expires_at="not_supported",
                encrypted="unparsable" if encrypted == "unknown" else "",
            ),
        },
    )


def _plan(harvest: Harvest, backup: records.Backup, options: PgbackrestOptions) -> tuple[str | None, str]:
    plans = options.plans
    found = {plans[backup.type]} if backup.type in plans and backup.type != OTHERS else set()
    none = f"backups of the type {backup.type}: no plan is named for them"
    return named(harvest, found, plans, several="", none=none)


def _data_set(options: PgbackrestOptions) -> str | None:
    return KEY + options.data_set if options.data_set else None


def _options(source: Source) -> PgbackrestOptions:
    return PgbackrestOptions.model_validate(source.options.model_dump())
