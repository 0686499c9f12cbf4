"""Hosts as Fleet shows them, and the communication tools among their programs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.clocks import from_rfc3339
from collectors.harvest import Harvest
from collectors.interface import Fields
from collectors.inventory.installs import Inventory, Program
from collectors.inventory.products import Catalogue, Ecosystem

_PACKAGES: dict[str, Ecosystem] = {"deb_packages": "deb", "rpm_packages": "rpm"}
_PROGRAMS: dict[str, Ecosystem] = {"programs": "msi", "apps": "macapp"}
_OTHERS = frozenset(
    {
        "python_packages", "npm_packages", "chrome_extensions", "firefox_addons", "safari_extensions", "vscode_extensions",
        "atom_packages", "ie_extensions", "homebrew_packages", "chocolatey_packages", "pkg_packages", "portage_packages",
        "jetbrains_plugins", "ios_apps", "ipados_apps", "go_binaries",
    }
)  # fmt: skip
"""Kinds of software that are no program of a host by the catalogue."""

_SYSTEM = re.compile(r"(?P<os>.*\D)\s+(?P<version>\d\S*.*)")

FIELDS: Fields = {
    "application": dict.fromkeys(("category", "exception_approvals", "name", "origin", "product"), ""),
    "host": {
        "disk_encrypted": "where Fleet knows it",
        "last_seen_at": "",
        "name": "",
        "os": "",
        "os_version": "where a version stands in it",
    },
    "software_install": dict.fromkeys(("application", "ecosystem", "host", "name", "version"), ""),
}
"""What each fact can hold from this kind of source, and on what condition."""


def host_of(harvest: Harvest, row: Mapping[str, Any], at: str, catalogue: Catalogue) -> Inventory | None:
    """One host; none if it has no name."""
    name = row.get("hostname") or row.get("display_name")
    if not isinstance(name, str) or not name:
        harvest.problem("host: a record without hostname")
        return None
    unknown: dict[str, str] = {}
    known = _system(row, unknown) | _disk(harvest, row, unknown)
    software = row.get("software")
    if not isinstance(software, list):
        harvest.problem(f"host {name}: its programs are not shown")
    programs = tuple(_programs(harvest, name, software if isinstance(software, list) else [], catalogue))
    return Inventory(
        host=name,
        raw={key: value for key, value in row.items() if key != "software"},
        at=at,
        seen_at=_seen_at(harvest, row, unknown),
        programs=programs,
        known=known,
        unknown=unknown,
    )


def _system(row: Mapping[str, Any], unknown: dict[str, str]) -> dict[str, str]:
    text = row.get("os_version")
    if not isinstance(text, str) or not text.strip():
        unknown |= dict.fromkeys(("os", "os_version"), "not_collected")
        return {}
    found = _SYSTEM.fullmatch(text.strip())
    if found is None:
        unknown["os_version"] = "unparsable"
        return {"os": text.strip()}
    return {"os": found["os"].strip(), "os_version": found["version"].strip()}


def _disk(harvest: Harvest, row: Mapping[str, Any], unknown: dict[str, str]) -> dict[str, str]:
    stated = row.get("disk_encryption_enabled")
    if isinstance(stated, bool):
        return {"disk_encrypted": "yes" if stated else "no"}
    unknown["disk_encrypted"] = "not_collected" if stated is None else "unparsable"
    if stated is not None:
        harvest.mapped("host.disk_encrypted", f"disk_encryption_enabled: {type(stated).__name__}", {})
    return {}


def _seen_at(harvest: Harvest, row: Mapping[str, Any], unknown: dict[str, str]) -> str | None:
    stated = row.get("seen_time")
    try:
        return from_rfc3339(str(stated))
    except ValueError:
        unknown["last_seen_at"] = "not_collected" if stated is None else "unparsable"
        if stated is not None:
            harvest.mapped("host.last_seen_at", "seen_time: another shape of time", {})
        return None


def _programs(harvest: Harvest, host: str, rows: list[Any], catalogue: Catalogue) -> Iterator[Program]:
    for row in rows:
        name, source = (row.get("name"), row.get("source")) if isinstance(row, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(source, str):
            harvest.problem(f"host {host}: a program without name or source")
        elif source in _PACKAGES:
            yield Program(
                name, str(row.get("version") or ""), _PACKAGES[source], catalogue.of_package(name), dict(row)
            )
        elif source in _PROGRAMS:
            bundle = str(row.get("bundle_identifier") or "")
            yield Program(
                name,
                str(row.get("version") or ""),
                _PROGRAMS[source],
                catalogue.of_program(name, bundle),
                dict(row),
            )
        elif source not in _OTHERS:
            # it may be a kind of program, and then tools of that kind would be missed
            harvest.problem(
                f"host {host}: programs of the source {source[:60]} are not known to this collector"
            )
