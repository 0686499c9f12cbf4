"""Tables of osquery, one file a host: `{"host": …, "collected_at": …, "tables": {"programs": [...], …}}`.

Every value is a string. A table that is not there was not asked for or does not exist on that system, which is not the
same as an empty one.
"""

import json
from datetime import UTC, datetime, tzinfo
from typing import Any

from collectors.inventory.installs import Inventory, Program
from collectors.inventory.options import taken_at
from collectors.inventory.products import Catalogue
from collectors.transport import Response
from engine.errors import UnparsableError

_COLUMNS: dict[str, tuple[str, ...]] = {
    "deb_packages": ("arch", "name", "revision", "source", "status", "version"),
    "rpm_packages": ("arch", "epoch", "name", "release", "source", "version"),
    "programs": ("identifying_number", "install_date", "name", "publisher", "version"),
    "apps": ("bundle_identifier", "bundle_short_version", "name"),
    "os_version": ("name", "platform", "version"),
    "disk_encryption": ("encrypted", "name", "type"),
}
"""Tables and columns that are read; all others, which tell of people, are dropped."""

_OF_PROGRAMS = ("deb_packages", "rpm_packages", "programs", "apps")


def stripped(response: Response) -> Response:
    """The tables and columns that are read, and nothing else."""
    try:
        document = json.loads(response.body)
        tables = {
            table: [{column: row[column] for column in _COLUMNS[table] if column in row} for row in rows]
            for table, rows in document["tables"].items()
            if table in _COLUMNS
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        # no inventory at all: nothing of it may be kept, and the parser says that it is none
        return Response(b"{}", response.at, response.status, response.headers)
    kept = {key: document[key] for key in ("host", "collected_at") if key in document}
    body = json.dumps({**kept, "tables": tables}, ensure_ascii=False, indent=1).encode()
    return Response(body, response.at, response.status, response.headers)


def inventory(
    name: str, response: Response, catalogue: Catalogue, zone: tzinfo
) -> tuple[Inventory, list[str], int]:
    """One host, what is wrong with its file, and how many programs were looked at.

    Raises:
        UnparsableError: the file is no such document
    """
    try:
        document = json.loads(response.body)
        host, seen_at = str(document["host"]), taken_at(document["collected_at"])
        tables: dict[str, list[dict[str, Any]]] = document["tables"]
        found = [
            program
            for table in _OF_PROGRAMS
            for program in _programs(table, tables.get(table, []), catalogue, zone)
        ]
        shown, not_shown, odd = _host(tables)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnparsableError(
            f"{name}: found no inventory, needs host, collected_at and tables",
            "write osquery's tables into one file a host",
        ) from error
    problems = []
    if seen_at is None:
        problems.append(
            f"{name}: collected_at: found {document['collected_at']!r}, needs an instant like 2026-09-30T02:00:00Z"
        )
    if not any(table in tables for table in _OF_PROGRAMS):
        problems.append(
            f"{name}: found none of the tables {', '.join(_OF_PROGRAMS)}: its programs are not known"
        )
    about_host: dict[str, Any] = {
        table: tables[table] for table in ("os_version", "disk_encryption") if table in tables
    }
    raw: dict[str, Any] = {"host": host, "collected_at": document["collected_at"], **about_host}
    return (
        Inventory(host, raw, response.at, seen_at, tuple(found), shown, not_shown, odd),
        problems,
        len(found),
    )


def _programs(table: str, rows: list[dict[str, Any]], catalogue: Catalogue, zone: tzinfo) -> list[Program]:
    match table:
        case "deb_packages":
            installed = [
                row for row in rows if row.get("status", "install ok installed") == "install ok installed"
            ]
            return [
                Program(
                    row["name"],
                    _with(row["version"], "-", row.get("revision")),
                    "deb",
                    catalogue.of_package(row["name"]),
                    row,
                )
                for row in installed
            ]
        case "rpm_packages":
            return [
                Program(
                    row["name"],
                    _with(row["version"], "-", row.get("release")),
                    "rpm",
                    catalogue.of_package(row["name"]),
                    row,
                )
                for row in rows
            ]
        case "programs":
            return [_program(row, catalogue, zone) for row in rows]
        case _:
            return [
                Program(
                    row["name"],
                    str(row.get("bundle_short_version", "")),
                    "macapp",
                    catalogue.of_program(row["name"], str(row.get("bundle_identifier", ""))),
                    row,
                )
                for row in rows
            ]


def _program(row: dict[str, Any], catalogue: Catalogue, zone: tzinfo) -> Program:
    installed_at = None
    try:
        day = datetime.strptime(str(row.get("install_date", "")), "%Y%m%d").replace(tzinfo=zone)
    except ValueError:
        pass  # the installer wrote no date, or one in the words of its language
    else:
        installed_at = day.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Program(
        row["name"],
        str(row.get("version", "")),
        "msi",
        catalogue.of_program(row["name"]),
        row,
        publisher=str(row.get("publisher", "")),
        installed_at=installed_at,
        installed_at_kind="install" if installed_at else None,
    )


def _host(tables: dict[str, list[dict[str, Any]]]) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """What the tables show of the host, what they should show and do not, and words that nobody knows."""
    shown: dict[str, str] = {}
    unknown: dict[str, str] = {}
    system = next(iter(tables.get("os_version", [])), {})
    for field, column in (("os", "name"), ("os_version", "version")):
        if system.get(column):
            shown[field] = system[column]
        else:
            unknown[field] = "not_collected"
    encrypted = {row["encrypted"] for row in tables.get("disk_encryption", [])}
    odd = tuple(sorted(str(word) for word in encrypted - {"0", "1"}))
    if encrypted == {"1"}:
        shown["disk_encrypted"] = "yes"
    elif encrypted == {"0"}:
        shown["disk_encrypted"] = "no"
    elif odd:
        unknown["disk_encrypted"] = "unparsable"
    else:
        # some disks are and some are not, or nobody asked
        unknown["disk_encrypted"] = "ambiguous" if encrypted else "not_collected"
    return shown, unknown, odd


def _with(version: str, separator: str, release: str | None) -> str:
    return f"{version}{separator}{release}" if release else version
