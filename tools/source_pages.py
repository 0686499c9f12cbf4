"""The coverage matrix of `docs/sources/README.md`: which field each kind of source can fill, as the collectors declare it."""

from collections.abc import Iterator
from pathlib import Path

from collectors import COLLECTORS
from engine.facts import FACT_TYPES

PAGE = Path(__file__).parents[1] / "docs" / "sources" / "README.md"
_BEGIN = "<!-- made of the collectors' declarations by tools/generate.py -->"
_END = "<!-- end -->"
_OF_NO_SYSTEM = "register"
"""A register fills what its columns are for: its templates say which."""


def matrix() -> str:
    """One table a fact: a row for each field that some source fills, a column for each source that delivers the fact."""
    return "\n".join(line for entity in FACT_TYPES for line in _table(entity))


def _table(entity: str) -> Iterator[str]:
    kinds = [
        kind for kind, one in sorted(COLLECTORS.items()) if entity in one.fields and kind != _OF_NO_SYSTEM
    ]
    if not kinds:
        return
    names = sorted({name for kind in kinds for name in COLLECTORS[kind].fields[entity]})
    yield from ("", f"### {entity}", "", f"| field | {' | '.join(kinds)} |", f"|---|{'---|' * len(kinds)}")
    for name in names:
        cells = (_cell(COLLECTORS[kind].fields[entity].get(name)) for kind in kinds)
        yield f"| `{name}` | {' | '.join(cells)} |"


def _cell(condition: str | None) -> str:
    if condition is None:
        return "○"
    return f"◐ {condition}" if condition else "●"


def page(text: str) -> str:
    """The page with the matrix of today."""
    before, _, rest = text.partition(_BEGIN)
    return f"{before}{_BEGIN}\n{matrix()}\n\n{_END}{rest.partition(_END)[2]}"


def write() -> list[Path]:
    """Write the page if it differs."""
    text = PAGE.read_text("utf-8")
    if page(text) == text:
        return []
    PAGE.write_text(page(text), "utf-8")
    return [PAGE]
