"""Bills of materials in the format CycloneDX, one file a host: `cyclonedx-py environment /opt/synapse --of JSON > srv-01.cdx.json`.

A document is about some software and names no host: its file is called like the host that the software runs on.
"""

import json
import re
from typing import Any, get_args
from urllib.parse import unquote

from collectors.inventory.installs import Inventory, Program
from collectors.inventory.options import stem, taken_at
from collectors.inventory.products import Catalogue, Ecosystem
from collectors.parsing import only
from collectors.transport import Response
from engine.errors import UnparsableError

_PURL = re.compile(r"pkg:(?P<kind>[a-z0-9.+-]+)/(?P<name>[^@?#]+)(?:@(?P<version>[^?#]+))?")
_OF_SYSTEMS = frozenset({"deb", "rpm"})
"""Packages whose names are those of programs; in other ecosystems a library may be called like a program."""

_NOT_ALL = "incomplete"


def stripped(response: Response) -> Response:
    """The document with the names and versions of its parts, nested ones too, and nothing else."""
    try:
        found = json.loads(response.body)
    except ValueError:
        return Response(b"", response.at, response.status, response.headers)
    if not isinstance(found, dict):
        return Response(b"", response.at, response.status, response.headers)
    kept = only(found, ("bomFormat", "specVersion"))
    if isinstance(found.get("metadata"), dict):
        kept["metadata"] = only(found["metadata"], ("timestamp",))
    if isinstance(found.get("components"), list):
        kept["components"] = [only(one, ("name", "purl", "version")) for one in _parts(found["components"])]
    kept["compositions"] = [only(one, ("aggregate",)) for one in _dicts(found.get("compositions"))]
    body = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    return Response(body, response.at, response.status, response.headers)


def inventory(name: str, response: Response, catalogue: Catalogue) -> tuple[Inventory, list[str], int]:
    """One host, what is wrong with its document, and how many parts were looked at.

    Raises:
        UnparsableError: the file is no such document
    """
    try:
        document = json.loads(response.body)
        parts: list[dict[str, Any]] = document["components"]
        written = document.get("metadata", {}).get("timestamp")
        if document["bomFormat"] != "CycloneDX" or not all(isinstance(part["name"], str) for part in parts):
            raise ValueError  # noqa: TRY301  # one message for all that is no document
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnparsableError(
            f"{name}: found no bill of materials, needs CycloneDX as JSON with components",
            "write one file a host, such as srv-01.cdx.json, with cyclonedx-py or another tool of that format",
        ) from error
    problems = []
    seen_at = taken_at(written)
    if seen_at is None:
        problems.append(
            f"{name}: metadata.timestamp: found {written!r}, needs an instant like 2026-09-30T02:00:00Z"
        )
    if any(str(one.get("aggregate", "")).startswith(_NOT_ALL) for one in document.get("compositions", [])):
        problems.append(f"{name}: says of itself that it does not list all parts")
    host = stem(name).removesuffix(".cdx").removesuffix(".bom")
    raw = {"host": host, "timestamp": written}
    programs = tuple(_program(part, catalogue) for part in parts)
    return Inventory(host, raw, response.at, seen_at, programs), problems, len(parts)


def _program(part: dict[str, Any], catalogue: Catalogue) -> Program:
    match = _PURL.match(str(part.get("purl", "")))
    kind = match["kind"] if match else ""
    # the last part of the name: what stands before it is a distribution or a group
    name = unquote(match["name"].rpartition("/")[2]) if match else str(part["name"])
    version = str(part.get("version") or (unquote(match["version"] or "") if match else ""))
    product = catalogue.of_package(name) if kind in _OF_SYSTEMS else None
    if product is None and match:
        product = catalogue.of_purl(f"pkg:{kind}/{unquote(match['name'])}")
    ecosystem: Ecosystem = next((one for one in get_args(Ecosystem) if one == kind), "other")
    return Program(name=name, version=version, ecosystem=ecosystem, product=product, raw=part)


def _parts(found: list[Any]) -> list[dict[str, Any]]:
    """The parts and the parts of the parts, in the order of the document."""
    return [inner for part in _dicts(found) for inner in (part, *_parts(part.get("components") or []))]


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
