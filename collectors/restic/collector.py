"""The collector of a restic store: restore points, the runs that made them, and the store's soundness."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from collectors.backups import add_check, connected, named, reasons
from collectors.clocks import from_rfc3339
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.restic import records
from collectors.restic.fields import FIELDS
from collectors.restic.options import ResticOptions
from collectors.restic.strip import strip
from collectors.transport import Request, Response, Transport
from engine.errors import ConfigurationError, SourceError, UnparsableError
from engine.facts import KEY, BackupRun, Collected, RestorePoint

_LIMITS = {
    "backup_run.verified_at": "not_supported",
    "backup_run.verify_result": "not_supported",
    "restore_point.expires_at": "not_supported",
}
"""What the store does not hold: how long backups are kept stands in the job that clears it."""


class ResticCollector:
    """Reads a restic store through the program."""

    type: ClassVar[str] = "restic"
    title: ClassVar[str] = "restic"
    delivers: ClassVar[tuple[str, ...]] = ("backup_run", "integrity_check", "restore_point")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = ResticOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The four commands that only read."""
        del folder
        options = _options(source)
        if not secret:
            message = f"{source.id}: no password of the store"
            raise ConfigurationError(message, "name the variable or the file that holds it under secret:")
        return connected(options, secret)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without paths, users and addresses."""
        del source
        return strip(request, response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """All backups in the store.

        Raises:
            AccessError: the password is wrong
            SourceError: there is no store, or it cannot be read
        """
        del moment
        options = _options(source)
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        for field, reason in _LIMITS.items():
            harvest.limit(field, reason)

        def run(command: str) -> Response:
            return harvest.saw(transport.fetch(Request("command", command)))

        harvest.source_version = records.version(source.id, run("version"))
        listed = run("snapshots")
        found = records.snapshots(source.id, records.answer(source.id, "snapshots", listed))
        for snapshot in found:
            _add_snapshot(harvest, snapshot, options, listed.at)
        try:
            stated = records.stats(source.id, records.answer(source.id, "stats", run("stats")))
        except SourceError as error:
            harvest.problem(f"the number of snapshots could not be held against the store: {error}")
        else:
            if stated.snapshots_count is not None:
                harvest.expect("restore_point", stated.snapshots_count)
        add_check(
            harvest,
            lambda: run("check"),
            records.soundness,
            command="restic check",
            target=options.target,
            read_data=options.read_data,
        )
        return harvest.collected()


def _add_snapshot(harvest: Harvest, snapshot: records.Snapshot, options: ResticOptions, at: str) -> None:
    summary = snapshot.summary
    made_at = _instant(harvest, snapshot, snapshot.time)
    raw = snapshot.model_dump(mode="json", exclude_none=True)
    name = " ".join(part for part in (snapshot.hostname, *snapshot.tags, snapshot.id[:8]) if part)
    data_set, no_data_set = _mapped(harvest, snapshot, options.data_sets, "data set")
    plan, no_plan = _mapped(harvest, snapshot, options.plans, "plan")
    before_summaries = "" if summary else "not_supported"
    target = KEY + options.target
    size = summary.total_bytes_processed if summary else None
    harvest.add(
        RestorePoint,
        snapshot.id,
        name=name,
        raw=raw,
        at=at,
        observed_at=made_at,
        values={
            "data_set": data_set,
            "target": target,
            "created_at": made_at,
            "size_bytes": size,
            "encrypted": "yes",
            "unknown": reasons(
                data_set=no_data_set,
                expires_at="not_supported",
                size_bytes=before_summaries,
            ),
        },
    )
    began = _instant(harvest, snapshot, summary.backup_start) if summary else made_at
    added = summary and (
        summary.data_added if summary.data_added_packed is None else summary.data_added_packed
    )
    harvest.add(
        BackupRun,
        snapshot.id,
        name=name,
        raw=raw,
        at=at,
        observed_at=began,
        values={
            "plan": plan,
            "data_set": data_set,
            "target": target,
            "started_at": began,
            "finished_at": _instant(harvest, snapshot, summary.backup_end) if summary else None,
            # a summary is written by a run that came to its end
            "result": "success" if summary else None,
            "method": "snapshot",
            "size_bytes": size,
            "added_bytes": added,
            "unknown": reasons(
                plan=no_plan,
                data_set=no_data_set,
                finished_at=before_summaries,
                result=before_summaries,
                size_bytes=before_summaries,
                added_bytes=before_summaries,
                verified_at="not_supported",
                verify_result="not_supported",
            ),
        },
    )


def _mapped(
    harvest: Harvest, snapshot: records.Snapshot, names: Mapping[str, str], what: str
) -> tuple[str | None, str]:
    """What the snapshot's tags mean, or why that is not known."""
    tags = ", ".join(sorted(snapshot.tags)) or "none"
    return named(
        harvest,
        {names[tag] for tag in snapshot.tags if tag in names},
        names,
        several=f"tags {tags}: mean more than one {what}",
        none=f"tags {tags}: no {what} is named for them",
    )


def _instant(harvest: Harvest, snapshot: records.Snapshot, text: str) -> str:
    try:
        return from_rfc3339(text)
    except ValueError as error:
        raise UnparsableError(
            f"{harvest.source.id}: snapshot {snapshot.id[:8]}: found the time {text!r}, needs one with its offset",
            "see whether this version of restic is supported",
        ) from error


def _options(source: Source) -> ResticOptions:
    return ResticOptions.model_validate(source.options.model_dump())
