"""What packs replace and change, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.checks.catalogue import Catalogue
from engine.checks.packs import told


def changes_by_packs(catalogue: Catalogue) -> Iterator[str]:
    """What the packs of a company replace and change, a line each."""
    for pack in told(catalogue.packs, catalogue.checks):
        for line in pack_lines(pack):
            yield f"pack {pack['name']}: {line}"


def pack_lines(pack: Mapping[str, Any]) -> Iterator[str]:
    """What one pack replaces and changes, and why."""
    for row in pack["replaces"]:
        yield f"{row['by']} replaces {row['check']}: {row['reason']['en']}"
    for row in pack["settings"]:
        yield f"{row['name']} is {row['value']} by default: {row['reason']['en']}"
    for row in pack["texts"]:
        yield f"{row['check']} is worded differently: {row['reason']['en']}"


def worded_by_packs(catalogue: Catalogue, check: str, language: str) -> Iterator[str]:
    """Which texts of a check are a pack's, and why."""
    for pack in told(catalogue.packs, catalogue.checks):
        for row in pack["texts"]:
            if row["check"] == check:
                yield f"pack {pack['name']} words {', '.join(row['texts'])}: {row['reason'][language]}"
