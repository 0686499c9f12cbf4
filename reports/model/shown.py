"""Evidence made readable: names for uids, local times for instants; words of closed lists are left to the languages."""

from typing import Any

from reports.model.finding_shapes import Shown
from reports.model.names import Names
from reports.model.others import Others, together
from reports.moments import ENDS


def shown(key: str, value: Any, kind: str, names: Names) -> Shown:
    """A part of the evidence, by the kind that its check declares."""
    if kind == "instant" and key.endswith(ENDS):
        kind = "end"
    values = value if isinstance(value, list) else [value]
    parts = [_atoms(part, kind, names) for part in values]
    if kind == "refs":
        parts = [(atom,) for atom in together(atom for part in parts for atom in part)]
    return Shown(key=key, kind=kind, parts=tuple(parts))


def _atoms(value: Any, kind: str, names: Names) -> tuple[str | Others, ...]:
    match value:
        case dict():
            return tuple(atom for key in sorted(value) for atom in _atoms(value[key], _inside(key), names))
        case list():
            return tuple(atom for item in value for atom in _atoms(item, kind, names))
        case bool():
            return ("yes" if value else "no",)
        case str():
            return (_read(value, kind, names),)
        case float():
            return (f"{value:g}",)
        case _:
            return ("" if value is None else str(value),)


def _inside(key: str) -> str:
    return "records_end" if key.endswith(ENDS) else "records"


def _read(text: str, kind: str, names: Names) -> str | Others:
    said: str | Others
    match kind:
        case "ref" | "refs":
            said = names.told(text)
        case "local":
            said = text.replace("T", " ")
        case "instant":
            said = names.clock.moment(text)
        case "end" | "records_end":
            said = names.clock.end(text)
        case "records":
            said = names.told(text) if text in names.subjects else names.clock.moment(text)
        case _:
            said = text
    return said
