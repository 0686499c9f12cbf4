"""Registers that a company declares itself, as the reader of registers knows them."""

from collections.abc import Mapping

from collectors.registers.kinds import Blank, Column, Register
from engine.facts.declared import Declared, DeclaredColumn


def register_of(declared: Declared) -> Register:
    """The register, read like those that Clausewise knows."""
    return Register(
        name=declared.name,
        zh=declared.title,
        en=declared.title,
        entity=declared.entity,
        key=declared.key,
        columns=tuple(_column(column, key=declared.is_key(column)) for column in declared.columns),
        declared=declared.model,
    )


def registers_of(declared: Mapping[str, Declared]) -> dict[str, Register]:
    """Name -> register."""
    return {name: register_of(one) for name, one in declared.items()}


def _column(column: DeclaredColumn, *, key: bool) -> Column:
    headings = column.heading or (column.name,)
    words = tuple((word, value) for value, words in column.values.items() for word in words)
    return Column(
        column.name,
        headings[0],
        headings[-1],
        _blank(column, key=key),
        bare_date=column.day_counts_from,
        words=words,
    )


def _blank(column: DeclaredColumn, *, key: bool) -> Blank:
    if key or column.empty == "refused":
        return "refused"
    if column.empty == "none":
        # what may be none is none where nothing stands; a list is empty
        return "empty" if column.several else "derived"
    return "unknown"
