"""All that a run is made from."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from engine.audit.documents import documents, period_of, sources_of
from engine.audit.past import history_document, known_past
from engine.audit.succession import inherited, succeeded
from engine.audit.superseded import Superseded, must_fit
from engine.audit.verdict import Sources
from engine.calendar import from_instant
from engine.checks.catalogue import Catalogue
from engine.errors import UsageError
from engine.findings import Previous
from engine.settings import Settings
from engine.snapshot import Snapshot


@dataclass(frozen=True)
class Inputs:
    """All that a run is made from.

    Raises:
        UsageError: the run before is not older than the snapshot, or one is named and this is said to be the first;
            or the run that is superseded is not of the snapshot that was corrected
    """

    snapshot: Snapshot
    catalogue: Catalogue
    settings: Settings
    settings_origin: str
    before: Previous
    """The run before, as it was written."""
    notice_on: date | None = None
    first_run: bool = False
    """Somebody declared that there is no earlier run; otherwise an earlier run that is not named is missing."""
    superseded: Superseded | None = None
    """The run of the same date whose place this one takes."""

    def __post_init__(self) -> None:
        as_of = self.snapshot.manifest["as_of"]
        must_fit(self.snapshot, self.superseded)
        if self.before.as_of >= as_of:
            raise UsageError(
                f"--previous: that run is as of {self.before.as_of}, this snapshot as of {as_of}",
                "name the run of an earlier quarter",
            )
        if self.first_run and self.before.as_of:
            raise UsageError(
                "--first-run: --previous names an earlier run", "leave out the one that is not so"
            )

    @cached_property
    def previous(self) -> Previous:
        """The run before in today's departments and under today's checks."""
        policy = self.catalogue.policy.id
        moved = succeeded(
            self.before,
            policy,
            self.snapshot.company()["departments"],
            self.snapshot.manifest["as_of"],
        )
        return inherited(moved, policy, {check: heir for check, heir in self.listed.items() if heir})

    @cached_property
    def listed(self) -> dict[str, str]:
        """Checks that are listed and not scored, each with the one that decides in its place; empty: none does."""
        manifest = self.snapshot.manifest
        zone = ZoneInfo(manifest["timezone"])
        first, last = (
            from_instant(instant).astimezone(zone).date()
            for instant in (period_of(manifest["as_of"], zone).duty_from, manifest["as_of"])
        )
        standings = self.catalogue.standings
        deciding = {check for check, standing in standings.items() if standing.decides(first, last)}
        found = {}
        for check in sorted(standings.keys() - deciding):
            heirs = list(standings[check].replaced_by)
            for heir in heirs:
                heirs += standings[heir].replaced_by
            found[check] = next((heir for heir in heirs if heir in deciding), "")
        return found

    @cached_property
    def sources(self) -> Sources:
        """How complete each fact type is in each department; what the audit makes of the past is complete if the past is known."""
        found = sources_of(self.snapshot, timedelta(days=self.settings.values["source_window_days"]))
        return known_past(found) if self.first_run or self.before.as_of else found

    @cached_property
    def history(self) -> dict[str, Any]:
        """What rules are told of earlier runs."""
        zone = ZoneInfo(self.snapshot.manifest["timezone"])
        return history_document(self.snapshot, self.previous, zone, first_run=self.first_run)

    def documents(self) -> dict[str, Any]:
        """What rules read beside a shard."""
        return {
            **documents(self.snapshot, self.catalogue, self.settings, self.sources),
            "history": self.history,
        }
