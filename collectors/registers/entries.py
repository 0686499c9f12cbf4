"""The rows of a register as fields of facts; every wrong cell is named, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from difflib import get_close_matches
from typing import Any

from collectors.registers.cells import Cell, Reading, WrongCellError, reading
from collectors.registers.columns import Empty, Kind, Shape, kinds_of
from collectors.registers.kinds import Register
from collectors.registers.moments import companion_fields, companions
from collectors.registers.sheets import NOT_RECKONED, UNRECKONED, Row, Sheet
from engine.errors import UnparsableError
from engine.facts import KEY, may_be_none
from engine.facts.declared import plain_heading

_SHOWN = 60
"""Characters of a wrong cell that a message repeats."""


_TOLD = 200
"""Problems that a message lists: a whole column of the wrong kind is seen from fewer."""


@dataclass
class Entry:
    """One fact to be: its record id, its fields, and the cells that it was made of."""

    row: int
    record_id: str
    fields: dict[str, Any] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)


def entries(register: Register, sheet: Sheet, zone: tzinfo) -> tuple[Entry, ...]:
    """What the rows say.

    Raises:
        UnparsableError: something cannot be read; the message names every place, what was found and what is right
    """
    found, problems = _columns(register, sheet)
    headings = list(problems)
    by_id: dict[str, Entry] = {}
    stood: dict[str, int] = {}
    for row in sheet.rows:
        problems += [
            f"{sheet.place}, row {row.number}: found {_short(extra)!r} beyond the last heading"
            for extra in row.cells[len(sheet.headings) :]
        ]
        wrong, entry, part = _entry(register, sheet, found, row, zone)
        problems.extend(wrong)
        # a row with a wrong cell has its number all the same, if that could be read
        if (wrong or headings) and not all(entry.record_id.split("|")):
            continue
        earlier = stood.setdefault(entry.record_id, row.number)
        if earlier != row.number and not register.part:
            problems.append(
                f"{sheet.place}, row {row.number}: found {entry.record_id!r} again, it stands in row {earlier}"
            )
        elif not wrong and entry.record_id not in by_id:
            by_id[entry.record_id] = _with_part(register, entry, part)
        elif not wrong:
            problems.extend(_joined(register, sheet, by_id[entry.record_id], entry, part))
    if problems:
        raise UnparsableError(
            _told(problems),
            "start from a template: clausewise init"
            if headings
            else "correct these cells; until then nothing of this register counts",
        )
    for entry in by_id.values():
        _complete(register, {kind.name for kind in found.values()}, entry, zone)
    return tuple(by_id.values())


def _told(problems: list[str]) -> str:
    left_out = len(problems) - _TOLD
    return "\n".join([*problems[:_TOLD], *([f"and {left_out} more"] if left_out > 0 else [])])


def column_names(register: Register) -> dict[str, Kind]:
    """Everything that a column of the register may be called, as `plain_heading` gives it, with what it holds."""
    return {name: kind for kind in kinds_of(register) for name in _names(kind)}


def _columns(register: Register, sheet: Sheet) -> tuple[dict[int, Kind], list[str]]:
    """Position -> what the column holds; and what is wrong with the headings, which hides no wrong cell of the others."""
    kinds = kinds_of(register)
    named = column_names(register)
    problems = []
    found: dict[int, Kind] = {}
    for position, heading in enumerate(sheet.headings):
        parts = [plain_heading(part) for part in heading.split(" / ")]
        kind = next((named[part] for part in parts if part in named), None)
        if kind is None:
            near = get_close_matches(plain_heading(heading), named, 1, 0.5)
            meant = f"did you mean {near[0]!r}? " if near else ""
            headings = ", ".join(kind.column.en for kind in kinds)
            problems.append(
                f"{sheet.place}: found the heading {heading!r}, {meant}a {register.name} register has {headings}"
            )
        elif kind in found.values():
            problems.append(f"{sheet.place}: found the heading {heading!r} twice")
        else:
            found[position] = kind
    missing = [kind for kind in kinds if kind not in found.values() and _is_needed(register, kind)]
    problems += [
        f"{sheet.place}: found no column {kind.column.zh} / {kind.column.en}, it is needed"
        for kind in missing
    ]
    return found, problems


def _names(kind: Kind) -> Iterator[str]:
    yield plain_heading(kind.column.en)
    yield plain_heading(kind.column.zh)
    yield plain_heading(kind.column.field)


def _is_needed(register: Register, kind: Kind) -> bool:
    if kind.in_part:
        return False
    return kind.empty is Empty.REFUSED or register.model.model_fields[kind.name].is_required()


def _entry(
    register: Register, sheet: Sheet, found: dict[int, Kind], row: Row, zone: tzinfo
) -> tuple[list[str], Entry, dict[str, Any]]:
    problems = []
    entry = Entry(row.number, "")
    part: dict[str, Any] = {}
    said: dict[str, Reading] = {}
    for position, kind in found.items():
        cell = row.cells[position] if position < len(row.cells) else ""
        if cell == UNRECKONED:
            problems.append(
                f"{sheet.place}, row {row.number}, column {sheet.headings[position]}: {NOT_RECKONED}"
            )
            continue
        try:
            value = reading(kind, cell, zone)
        except WrongCellError as error:
            shown = f"found {_short(cell)!r}, needs {error}" if cell else f"found nothing, needs {error}"
            problems.append(f"{sheet.place}, row {row.number}, column {sheet.headings[position]}: {shown}")
            continue
        written = list(cell) if isinstance(cell, tuple) else cell
        if kind.in_part:
            if cell:
                part[kind.name] = value.value
                entry.raw.setdefault(register.part, [{}])[0][kind.name] = written
            continue
        if cell:
            entry.raw[kind.column.field] = written
        said[kind.name] = value
        _put(entry, kind, value, cell)
    entry.record_id = "|".join(_key(said.get(name)) for name in register.key)
    return problems, entry, part


def _put(entry: Entry, kind: Kind, value: Reading, cell: Cell) -> None:
    if value.reason:
        entry.unknown[kind.name] = value.reason
    elif value.value is not None:
        entry.fields[kind.name] = value.value
    if kind.column.also:
        entry.fields[kind.column.also] = str(cell).strip()


def _key(value: Reading | None) -> str:
    return str(value.value).removeprefix(KEY) if value is not None and value.value is not None else ""


def _with_part(register: Register, entry: Entry, part: dict[str, Any]) -> Entry:
    if register.part:
        entry.fields[register.part] = [part] if part else []
    return entry


def _joined(register: Register, sheet: Sheet, first: Entry, entry: Entry, part: dict[str, Any]) -> list[str]:
    """A further row of the same fact adds an item to its list, and may repeat but not contradict the rest."""
    problems = []
    for name, value in entry.raw.items():
        if name != register.part and first.raw.get(name) != value:
            problems.append(
                f"{sheet.place}, row {entry.row}, column {name}: found {_short(value)!r}, row {first.row} of the same "
                f"{register.key[0]} has {_short(first.raw.get(name, ''))!r}"
            )
    if part:
        first.fields[register.part].append(part)
        first.raw.setdefault(register.part, []).extend(entry.raw[register.part])
    return problems


def _complete(register: Register, present: set[str], entry: Entry, zone: tzinfo) -> None:
    """Add what follows from the register's kind, from other fields, and from columns that the file does not have."""
    model = register.model
    derived: set[str] = set()
    for kind in kinds_of(register):
        if kind.shape not in {Shape.DAY, Shape.INSTANT} or kind.in_part:
            continue
        derived.update(companion_fields(model, kind.name))
        if kind.name in entry.fields:
            entry.fields.update(companions(model, kind.name, entry.fields[kind.name], zone))
        elif kind.name in entry.unknown or kind.name not in present:
            reason = entry.unknown.get(kind.name, "not_collected")
            entry.unknown.update(dict.fromkeys(companion_fields(model, kind.name), reason))
    if register.part:
        _complete_part(register, present, entry)
        derived.add("decided_at")
    entry.fields.update(register.fixed)
    own = {kind.name for kind in kinds_of(register) if not kind.in_part}
    for name, info in model.model_fields.items():
        # a register entry of one kind has none of the fields of the others; of all else, what was not asked is not known
        asked = name in own or "kind" not in register.fixed
        if asked and may_be_none(info) and name not in present | derived | set(register.fixed):
            entry.unknown.setdefault(name, "not_collected")


def _complete_part(register: Register, present: set[str], entry: Entry) -> None:
    """The items of the list, and in each of them what was left open."""
    kinds = [kind for kind in kinds_of(register) if kind.in_part]
    follows = {"decided_at"} & set(register.model.model_fields)
    if not {kind.name for kind in kinds} & present:
        del entry.fields[register.part]
        entry.unknown.update(dict.fromkeys((register.part, *follows), "not_collected"))
        return
    left_open = {kind.name: "unknown" for kind in kinds if "unknown" in kind.choices}
    left_open |= {kind.name: "" for kind in kinds if kind.shape is Shape.TEXT}
    items = [
        {**left_open, **{name: value for name, value in part.items() if value is not None}}
        for part in entry.fields[register.part]
    ]
    entry.fields[register.part] = items
    if follows:
        _decided(entry, items)


def _decided(entry: Entry, decisions: list[dict[str, Any]]) -> None:
    """The decisions of an approval, oldest first, and when it was decided."""
    decisions.sort(key=lambda decision: (decision.get("at") or "", decision.get("by") or ""))
    made = [decision for decision in decisions if decision["decision"] != "pending"]
    if any(decision["decision"] == "unknown" or not decision.get("at") for decision in made):
        entry.unknown["decided_at"] = "not_collected"
    elif made:
        entry.fields["decided_at"] = made[-1]["at"]


def _short(cell: object) -> str:
    if cell == UNRECKONED:
        return "a formula"
    text = "; ".join(cell) if isinstance(cell, (list, tuple)) else str(cell)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
