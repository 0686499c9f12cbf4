"""What all inventories have in common: hosts, and those of their programs that are communication tools."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from collectors.harvest import Harvest
from collectors.inventory.products import Catalogue, Ecosystem, Product
from engine.facts import KEY, Application, Host, SoftwareInstall

_OF_REGISTERS = ("owner", "department_code")
"""Fields of a host that no inventory knows; the register of hosts does."""


@dataclass(frozen=True)
class Program:
    """One program as an inventory lists it."""

    name: str
    version: str
    ecosystem: Ecosystem
    product: Product | None
    raw: dict[str, Any]
    publisher: str | None = None
    installed_at: str | None = None
    installed_at_kind: str | None = None


@dataclass(frozen=True)
class Inventory:
    """One host as an inventory shows it."""

    host: str
    raw: dict[str, Any]
    at: str
    """When it was fetched."""
    seen_at: str | None
    """When the inventory was taken, as it states itself."""
    programs: tuple[Program, ...]
    known: dict[str, str] = field(default_factory=dict)
    """Fields of the host that the inventory shows."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Fields of the host that it should show and does not, with the reason."""
    odd: tuple[str, ...] = ()
    """Words about the encryption of its disks that nobody knows."""


def add_inventory(harvest: Harvest, inventory: Inventory) -> None:
    """The host, and its communication tools.

    All other programs are looked at and dropped: they are many, and no check asks for them.
    """
    for word in inventory.odd:
        harvest.mapped("host.disk_encrypted", word, {})
    undated = {} if inventory.seen_at else {"last_seen_at": "not_collected"}
    harvest.add(
        Host,
        inventory.host,
        name=inventory.host,
        raw=inventory.raw,
        at=inventory.at,
        observed_at=inventory.seen_at,
        values={
            "name": inventory.host,
            "last_seen_at": inventory.seen_at,
            "unknown": {**dict.fromkeys(_OF_REGISTERS, "not_collected"), **undated, **inventory.unknown},
            "otherwise": "not_supported",
            **inventory.known,
        },
    )
    by_name: dict[str, dict[str, Program]] = defaultdict(dict)
    for program in inventory.programs:
        if program.product is not None:
            by_name[program.name].setdefault(program.version, program)
    for name, versions in sorted(by_name.items()):
        for version, program in sorted(versions.items()):
            # the version is part of the id only where one host has several: an update must not make another install
            several = f"{inventory.host}/{name}/{version}"
            _add_install(
                harvest, inventory, program, several if len(versions) > 1 else f"{inventory.host}/{name}"
            )


def add_products(harvest: Harvest, catalogue: Catalogue, inventories: tuple[Inventory, ...], at: str) -> None:
    """Each product that was seen, by the catalogue: one that the company's register does not know needs a record too."""
    seen = {
        program.product.product
        for one in inventories
        for program in one.programs
        if program.product is not None
    }
    for product in catalogue.products:
        if product.product in seen:
            harvest.add(
                Application,
                product.product,
                name=product.shown,
                raw=product.model_dump(mode="json"),
                at=at,
                values={
                    "product": product.product,
                    "name": product.shown,
                    "category": product.category,
                    "origin": "catalogue",
                    "exception_approvals": (),
                    "unknown": dict.fromkeys(_OF_APPLICATIONS, "not_collected"),
                },
            )


_OF_APPLICATIONS = (
    "owner",
    "evaluated_at",
    "selected_at",
    "deployed_at",
    "last_maintained_at",
    "end_of_support_on",
    "support_ends_at",
)
"""Fields of an application that only the register knows."""


def _add_install(harvest: Harvest, inventory: Inventory, program: Program, record_id: str) -> None:
    assert program.product is not None  # noqa: S101  # the caller keeps those only
    unknown = {"first_seen_at": "not_collected", "version_since": "not_collected"}
    harvest.add(
        SoftwareInstall,
        record_id,
        name=f"{program.name} @ {inventory.host}",
        raw=program.raw,
        at=inventory.at,
        observed_at=inventory.seen_at,
        values={
            "host": harvest.uid("host", inventory.host),
            "name": program.name,
            "version": program.version or None,
            "ecosystem": program.ecosystem,
            "publisher": program.publisher or None,
            "application": KEY + program.product.product,
            "installed_at": program.installed_at,
            "installed_at_kind": program.installed_at_kind or "unknown",
            "unknown": unknown,
            "otherwise": "not_supported",
        },
    )
