r"""Packages of Debian hosts, as `dpkg-query` lists them: one file a host.

    { printf '{"host":"%s","collected_at":"%s","os":"Debian","os_version":"%s","packages":%d}\n' \
        "$(hostname)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(cat /etc/debian_version)" "$(dpkg-query -W | wc -l)"
      dpkg-query -W -f='{"name":"${Package}", … }\n'; } > host.jsonl

The first line is the side header: who, when, and how many lines follow, which is the control total.
"""

import json
from datetime import UTC, datetime
from typing import Any

from collectors.inventory.installs import Inventory, Program
from collectors.inventory.options import stem, taken_at
from collectors.inventory.products import Catalogue
from collectors.transport import Response
from engine.errors import UnparsableError

HEADER = ("collected_at", "host", "os", "os_version", "packages")
"""Keys of the first line."""

PACKAGE = ("arch", "modified", "name", "size_kib", "source", "source_version", "status", "version")
"""Keys of every other line."""

_INSTALLED = "ii "
"""Status of a package that is there; `rc` is one whose settings were left behind."""


def stripped(response: Response) -> Response:
    """The lines without keys that we do not know: nothing else of a machine is kept."""
    lines = []
    for line in response.body.decode("utf-8", "replace").splitlines():
        record = _record(line)
        kept = HEADER if record is not None and "collected_at" in record else PACKAGE
        # a line that is no JSON stays, so that the parser can say where it is
        lines.append(
            line
            if record is None
            else json.dumps({key: record[key] for key in kept if key in record}, ensure_ascii=False)
        )
    body = "".join(f"{line}\n" for line in lines).encode()
    return Response(body, response.at, response.status, response.headers)


def inventory(name: str, response: Response, catalogue: Catalogue) -> tuple[Inventory, list[str], int]:
    """One host, what is wrong with its file, and how many packages were looked at.

    Raises:
        UnparsableError: a line is none of dpkg-query's
    """
    header: dict[str, Any] = {}
    programs = []
    looked_at = 0
    for number, line in enumerate(response.body.decode("utf-8", "replace").splitlines(), start=1):
        if not line.strip():
            continue
        record = _record(line)
        if record is not None and number == 1 and "collected_at" in record:
            header = record
            continue
        if record is None or not all(
            isinstance(record.get(key), str) for key in ("name", "version", "status")
        ):
            raise UnparsableError(
                f"{name}, line {number}: found no package, needs a line of dpkg-query",
                "the command stands in the company.yaml that `clausewise init` writes",
            )
        looked_at += 1
        if record["status"] == _INSTALLED:
            programs.append(_program(record, catalogue))
    problems = []
    if header.get("packages", looked_at) != looked_at:
        problems.append(f"{name}: found {looked_at} packages, its first line states {header['packages']}")
    if not header:
        problems.append(
            f"{name}: found no first line with host and collected_at: when it was taken is not known"
        )
    host = str(header.get("host") or stem(name))
    shown = {key: str(header[key]) for key in ("os", "os_version") if header.get(key)}
    seen_at = taken_at(header.get("collected_at"))
    if header and seen_at is None:
        problems.append(
            f"{name}: collected_at: found {header['collected_at']!r}, needs an instant like 2026-09-30T02:00:00Z"
        )
    return (
        Inventory(host, header or {"host": host}, response.at, seen_at, tuple(programs), shown),
        problems,
        looked_at,
    )


def _program(record: dict[str, Any], catalogue: Catalogue) -> Program:
    modified = str(record.get("modified", ""))
    changed_at = None
    if modified.isdecimal() and int(modified):
        changed_at = datetime.fromtimestamp(int(modified), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Program(
        name=record["name"],
        version=record["version"],
        ecosystem="deb",
        # by its own name only: a library that was built from a product's source is not the product
        product=catalogue.of_package(record["name"]),
        raw=record,
        installed_at=changed_at,
        # the list of a package's files changes with every update: that is no time of installation
        installed_at_kind="last_change" if changed_at else None,
    )


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
