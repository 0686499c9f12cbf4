"""The registers that `company.yaml` declares itself: each with its columns, from which facts and their schema follow."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from collectors.registers import REGISTERS
from engine.cli.located import Located, Place, Problem
from engine.facts.declared import Declared, DeclaredColumn

_AT = "registers"


def read_registers(place: Located, listed: Mapping[Any, Any], problems: list[Problem]) -> dict[str, Declared]:
    """The declarations that are right, by name; what is wrong with the others is added to the problems."""
    found = {}
    for name, given in listed.items():
        at: Place = (_AT, str(name))
        if not isinstance(given, dict):
            problems.append(place.problem(at, f"found {given!r}, needs title, key and columns"))
            continue
        if name in REGISTERS:
            problems.append(
                place.problem(at, f"found {name!r}, which Clausewise knows already; needs another name")
            )
            continue
        columns = _columns(place, given.get("columns"), at, problems)
        if columns is None:
            continue
        try:
            found[str(name)] = Declared.model_validate(
                {"title": str(name), **given, "name": name, "columns": columns}
            )
        except ValidationError as error:
            problems += place.problems(error, Declared, at)
    return found


def _columns(place: Located, given: Any, at: Place, problems: list[Problem]) -> list[DeclaredColumn] | None:
    at = (*at, "columns")
    if not isinstance(given, dict) or not given:
        problems.append(place.problem(at, "found no columns, needs them as `name: {kind: …}`"))
        return None
    before, found = len(problems), []
    for name, column in given.items():
        about = {"kind": column} if isinstance(column, str) else column
        if not isinstance(about, dict):
            problems.append(
                place.problem((*at, str(name)), f"found {column!r}, needs a kind, as in {{kind: text}}")
            )
            continue
        try:
            found.append(DeclaredColumn.model_validate({**about, "name": name}))
        except ValidationError as error:
            problems += place.problems(error, DeclaredColumn, (*at, str(name)))
    return found if len(problems) == before else None
