"""What stands under an inventory in `company.yaml`, and the files that it names."""

import json
from datetime import UTC, datetime
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field

from collectors.harvest import Harvest
from collectors.inventory.products import Catalogue, parsed
from collectors.transport import Request, Response, Transport
from engine.errors import ConfigurationError, SourceError, UnparsableError


class HostFiles(BaseModel):
    """Where the files of the hosts lie: one file a host, in a folder or in a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str | None = Field(
        default=None, description="folder with one file a host, counted from company.yaml"
    )
    files: tuple[str, ...] = Field(default=(), description="or these files")
    expected_hosts: int | tuple[str, ...] | None = Field(
        default=None,
        description="how many hosts there must be, or their names; none: whatever lies there is taken for all",
    )


class InventoryOptions(HostFiles):
    """Where the inventories of the hosts lie, and what is searched for in them."""

    own_products: str | None = Field(
        default=None, description="a catalogue of further products, shaped like policies/products.yaml"
    )


def host_files(
    options: HostFiles, transport: Transport, endings: tuple[str, ...] = (".json", ".jsonl", ".txt")
) -> tuple[str, ...]:
    """The names of the files, in order.

    Raises:
        SourceError: none is named, or the folder cannot be listed
    """
    if options.folder is None:
        if not options.files:
            raise SourceError(
                "inventory: found neither folder nor files", "state where the files of the hosts lie"
            )
        return tuple(sorted(options.files))
    folder = options.folder.rstrip("/") + "/"
    listing = json.loads(transport.fetch(Request("file", folder)).body)
    names = [f"{folder}{name}" for name in listing if name.endswith(endings)]
    return tuple(sorted({*names, *options.files}))


def fetched(harvest: Harvest, transport: Transport, names: tuple[str, ...]) -> list[tuple[str, Response]]:
    """The files that can be had; one that cannot is a problem of the source, not its end."""
    found = []
    for name in names:
        try:
            found.append((name, harvest.saw(transport.fetch(Request("file", name)))))
        except SourceError as error:
            harvest.problem(str(error))
    if not found:
        raise SourceError("inventory: found no file of any host", "put one file a host there")
    return found


def catalogue_of(options: InventoryOptions, transport: Transport, shipped: Catalogue) -> Catalogue:
    """The products to search for: those that the policy ships, and the company's own."""
    if options.own_products is None:
        return shipped
    body = transport.fetch(Request("file", options.own_products)).body
    try:
        return shipped.with_own(parsed(options.own_products, body.decode()))
    except (ConfigurationError, UnicodeDecodeError) as error:
        raise UnparsableError(str(error), "take policies/products.yaml as a model") from error


def missing_hosts(harvest: Harvest, options: HostFiles, hosts: set[str]) -> None:
    """Say which of the expected hosts did not come."""
    expected = options.expected_hosts
    if isinstance(expected, int):
        harvest.expect("host", expected)
    elif expected is not None and not set(expected) <= hosts:
        harvest.problem(f"hosts without a file: {', '.join(sorted(set(expected) - hosts))}")


def stem(name: str) -> str:
    """The host that a file is named after."""
    return PurePosixPath(name).name.split(".json")[0].removesuffix(".txt")


def taken_at(written: object) -> str | None:
    """The instant that an inventory says it was taken at; none if it says no such thing, or names no zone."""
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.tzinfo else None
