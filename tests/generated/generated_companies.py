"""Small believable companies, drawn by hypothesis and sealed as if they had been collected."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from random import Random
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from generated_draw import Maker
from generated_events import make_account_registers, make_events
from generated_looks import make_looks, make_samples
from generated_people import make_people
from generated_posts import make_posts
from generated_security import make_disposals, make_releases, make_security
from generated_signins import make_signins
from generated_staff import make_lessons, make_openings, make_staff
from generated_stores import make_company_registers, make_notices, make_scans, make_stores
from generated_tools import make_accounts, make_groups, make_software
from hypothesis import strategies as st
from reported import reported

from engine.audit.documents import documents, sources_of
from engine.audit.past import history_document, known_past
from engine.audit.verdict import Sources
from engine.calendar import WorkCalendar
from engine.canonical import load
from engine.checks.catalogue import load_catalogue
from engine.cli.places import policies
from engine.facts import Collected, SourceReport
from engine.findings import Previous
from engine.settings import resolve
from engine.snapshot import seal
from engine.snapshot.seal import Seal

CATALOGUE = load_catalogue(policies())
SETTINGS = resolve(CATALOGUE.settings, {}, "default")
CALENDAR = WorkCalendar.of(load(policies() / "calendar" / "CN.json")).source()

DELIVERS: dict[str, tuple[str, ...]] = {
    "hr": ("person", "department", "delegation", "absence"),
    "im": ("account", "identity_link", "session", "login_event", "lending_signal", "group", "membership"),
    "devices": ("host", "software_install"),
    "signin_devices": ("device",),
    "places": ("place",),
    "applications": ("application",),
    "requests": ("exception_request", "approval"),
    "notices": ("announcement", "approval"),
    "groups": ("register_entry",),
    "sponsors": ("register_entry",),
    "service_accounts": ("register_entry",),
    "credentials": ("register_entry",),
    "hosts": ("register_entry",),
    "backups": (
        "data_set", "storage_location", "backup_plan", "backup_run", "restore_point", "restore_test", "integrity_check",
    ),
    "scans": ("vuln_scan", "vuln_finding"),
    "training": ("training_session", "training_course", "training_record"),
    "shared_accounts": ("register_entry",),
    "second_accounts": ("register_entry",),
    "profiles": ("register_entry",),
    "protection": ("register_entry",),
    "movements": ("transfer",),
    "notices_of_hr": ("hr_notice",),
    "handovers": ("handover",),
    "projects": ("assignment",),
    "openings": ("approval",),
    "gateway": ("security_event",),
    "incidents": ("incident", "violation_report"),
    "dispositions": ("disposition",),
    "supervision": ("supervision",),
    "inspections": ("inspection",),
    "samples": ("sample", "sample_item"),
    "endpoints": ("service_endpoint", "tls_check"),
    "assessments": ("security_assessment",),
    "releases": ("release",),
    "updates": ("software_update",),
    "disposals": ("deletion_record", "hold"),
    "rectifications": ("notice", "rectification"),
    "policy": ("policy_version", "attestation", "waiver"),
}  # fmt: skip
"""Source -> what it delivers; those without facts in a company are there all the same, and empty."""

_REGISTERS = (
    "applications", "groups", "sponsors", "service_accounts", "shared_accounts", "second_accounts", "profiles", "credentials", "hosts",
    "protection", "releases",
)  # fmt: skip
_AS_OF = ("2026-09-30T15:59:59Z", "2026-08-15T16:00:00Z", "2026-09-29T16:00:00Z")
"""The last second of a quarter in the company's zone, and two midnights there, at which limits in days meet civil days."""


@dataclass(frozen=True)
class Generated:
    """A company as its sources delivered it."""

    as_of: str
    collected: tuple[Collected, ...]

    def sealed(self) -> "Sealed":
        """Its snapshot, in memory."""
        about = {
            "organisation": "甲公司",
            "timezone": "Asia/Shanghai",
            "as_of": self.as_of,
            "policy_version": "2026-01",
        }
        return Sealed(seal(self.collected, about=about, calendar=CALENDAR, roles={"it": "ENG", "hr": "GD"}))

    def changed(self, source: str, **report: Any) -> "Generated":
        """With another report of one source; `kept` of its facts are left."""
        kept = report.pop("kept", slice(None))
        return replace(
            self,
            collected=tuple(
                one.model_copy(
                    update={"report": one.report.model_copy(update=report), "facts": one.facts[kept]}
                )
                if one.report.id == source
                else one
                for one in self.collected
            ),
        )


class Sealed:
    """What an audit reads of a snapshot, without a disk."""

    declared = ()

    def __init__(self, sealed: Seal) -> None:
        self.manifest = sealed.facts_about
        self._files = sealed.files
        self.codes = sorted(code for code in self.manifest["counts"] if code != "company")

    def shard(self, code: str) -> bytes:
        """A department's facts, as they lie in the snapshot."""
        return self._files[f"facts/departments/{code}.json"]

    @property
    def files(self) -> dict[str, bytes]:
        """Everything that was sealed."""
        return self._files

    def company(self) -> dict[str, Any]:
        """What all departments need."""
        return dict(orjson.loads(self._files["facts/company.json"]))

    def calendar(self) -> dict[str, Any]:
        """Working days."""
        return dict(orjson.loads(self._files["calendar.json"]))

    @cached_property
    def sources(self) -> Sources:
        """How complete each fact type is; no run came before, so the past lacks nothing."""
        window = timedelta(days=SETTINGS.values["source_window_days"])
        return known_past(sources_of(self, window))  # type: ignore[arg-type]

    @cached_property
    def documents(self) -> dict[str, Any]:
        """What rules read beside a shard."""
        read = SimpleNamespace(
            company=self.company, codes=self.codes, manifest=self.manifest,
            shard=lambda code: SimpleNamespace(read_bytes=lambda: self.shard(code)),
        )  # fmt: skip
        past = history_document(read, Previous(), self.zone, first_run=True)  # type: ignore[arg-type]
        return {**documents(self, CATALOGUE, SETTINGS, self.sources), "history": past}  # type: ignore[arg-type]

    @property
    def zone(self) -> ZoneInfo:
        """The company's zone."""
        return ZoneInfo(self.manifest["timezone"])


@st.composite
def companies(draw: Any) -> Generated:
    """A company of some people, everything around them, and sources that are mostly complete."""
    # one seed a company: hypothesis varies its choices one by one, and would make companies that are nearly alike
    chance = Random(draw(st.integers(0, 2**64 - 1)))
    make = Maker(chance, chance.choice(_AS_OF))
    people = make_people(make)
    accounts = make_accounts(make, people)
    groups = make_groups(make, accounts, people)
    make_account_registers(make, accounts, people)
    make_staff(make, people)
    make_openings(make, accounts, people)
    hosts, installs = make_software(make, people)
    make_releases(make, installs)
    make_events(make, accounts, hosts, people)
    make_signins(make, accounts, hosts, people)
    make_notices(make, accounts, people)
    make_posts(make, accounts, people)
    data_sets = make_stores(make, people)
    make_disposals(make, data_sets, people)
    make_security(make, hosts, people)
    make_samples(make, accounts, groups, people)
    make_looks(make, people)
    make_lessons(make, people)
    make_scans(make, hosts, installs)
    make_company_registers(make, people)
    poor = make.mostly("", *DELIVERS)
    completeness = make.pick("partial", "failed", "stale")
    return Generated(
        make.as_of,
        tuple(
            Collected(
                report=report(name, make.as_of, completeness if name == poor else "complete"),
                facts=tuple(make.facts.get(name, ())),
                provenance=(),
                raw=(),
            )
            for name in DELIVERS
        ),
    )


def report(name: str, as_of: str, completeness: str) -> SourceReport:
    """What a source says of itself."""
    return reported(
        name,
        DELIVERS[name],
        as_of,
        type=f"register:{name}" if name in _REGISTERS else name,
        completeness=completeness,
        problems=() if completeness == "complete" else ("試驗",),
        collector="generated/1",
    )
