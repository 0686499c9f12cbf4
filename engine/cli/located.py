"""YAML that remembers where each of its parts stood, so that an error can name the line."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from engine.errors import ConfigurationError

Place = tuple[str | int, ...]
"""The keys and positions that lead to a part of a document."""

Problem = tuple[int, str]
"""A line of the file, and what is wrong there."""

_SHOWN = 60
"""Characters of a wrong value that a message repeats."""

_WANTED = {
    "string_type": "a text (in quotes if it looks like a number, a date, yes or no)",
    "string_too_short": "a text that is not empty",
    "string_pattern_mismatch": "letters, digits, dots, dashes and underscores",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "tuple_type": "a list",
    "too_short": "at least one",
}
"""Kinds of errors -> what is right, where pydantic says it for programmers."""

_HIDDEN = frozenset({"secret", "token", "password", "key"})
"""Keys whose values are never repeated: somebody may have written a secret there."""


@dataclass(frozen=True)
class Located:
    """A document with the line of each of its parts."""

    path: Path
    data: Any
    lines: Mapping[Place, int]

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name

    @property
    def folder(self) -> Path:
        """Where relative paths count from."""
        return self.path.parent

    def problem(self, path: Place, text: str) -> Problem:
        """One line of an error, file, line, key, what is wrong, with the number of the line to sort by."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        key = ".".join(str(part) for part in path)
        line = self.lines.get(known, 1)
        return line, f"{self.name}, line {line}{f', {key}' if key else ''}: {text}"

    def problems(
        self, error: ValidationError, model: type[BaseModel], at: Place = (), also: tuple[str, ...] = ()
    ) -> list[Problem]:
        """The errors of a model as lines; the model was made of what lies at the path; `also` are keys allowed beside its own."""
        found: dict[Place, Problem] = {}
        for one in error.errors():
            path = self._existing((*at, *one["loc"]), one["type"])
            # of the alternatives of a union the first complaint is enough
            found.setdefault(path, self.problem(path, _wording(one, path, model, also)))
        return list(found.values())

    def _existing(self, path: Place, kind: str) -> Place:
        """The path without the names that pydantic gives to the alternatives of a union."""
        kept = tuple(
            part
            for index, part in enumerate(path)
            if path[: index + 1] in self.lines or index == len(path) - 1
        )
        if kind == "missing" or kept in self.lines or len(kept) < 2:  # noqa: PLR2004  # a parent and a part of it
            return kept
        return kept[:-1]


def located(path: Path, text: str) -> Located:
    """The document, with the place of each of its parts.

    Raises:
        ConfigurationError: it is no YAML, or has a key twice
    """
    name = path.name
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {(): 1}
        doubles: list[str] = []
        if node is not None:
            _walk(node, (), lines, doubles)
        data = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ConfigurationError(
            f"{name}{where}: no YAML: {getattr(error, 'problem', None) or error}",
            "see to indentation, colons and quotes",
        ) from error
    finally:
        loader.dispose()
    if doubles:
        raise ConfigurationError("\n".join(f"{name}, {double}" for double in doubles), "keep one of them")
    return Located(path, data, lines)


def told(problems: list[Problem]) -> str:
    """The problems in the order of the file, a line each."""
    return "\n".join(text for _, text in sorted(problems))


def near(wrong: str, right: tuple[str, ...]) -> str:
    """A hint at the right word, and all of them."""
    meant = get_close_matches(wrong, right, 1, 0.6)
    return (f"did you mean {meant[0]}? " if meant else "") + f"needs one of {', '.join(right)}"


def _walk(node: yaml.Node, path: Place, lines: dict[Place, int], doubles: list[str]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in lines:
                doubles.append(
                    f"line {key.start_mark.line + 1}, {'.'.join(map(str, inner))}: found the key twice"
                )
            lines[inner] = key.start_mark.line + 1
            _walk(value, inner, lines, doubles)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[*path, index] = item.start_mark.line + 1
            _walk(item, (*path, index), lines, doubles)


def _wording(error: Any, path: Place, model: type[BaseModel], also: tuple[str, ...]) -> str:
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key, {near(str(path[-1]), (*also, *_keys(model, error['loc'])))}"
        case "missing":
            return "found nothing, this key is needed"
        case "value_error":
            return str(error["ctx"]["error"])
    wanted = _WANTED.get(error["type"]) or error["msg"].removeprefix("Input should be ").removeprefix(
        "a valid "
    )
    if _HIDDEN & {str(part) for part in path}:
        return f"found something else, needs {wanted}"
    found = repr(error["input"])
    return f"found {found if len(found) <= _SHOWN else found[:_SHOWN] + '…'}, needs {wanted}"


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that are allowed where an unknown one was found."""
    for part in loc[:-1]:
        field = model.model_fields.get(str(part))
        inner = field.annotation if field is not None else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            break
        model = inner
    return tuple(field.alias or name for name, field in model.model_fields.items())
