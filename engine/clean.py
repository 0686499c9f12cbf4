"""Text from outside, fit to be shown: nothing in it can steer a terminal, turn a line round or break an encoding.

Imports nothing of ours: a command that says one line should not wait for reports.
"""

import re
import unicodedata
from typing import Any

_KEPT = frozenset("\n\t")

_STEERING = frozenset("\u061c\u200e\u200f\u2028\u2029\ufeff") | {
    chr(code) for start, end in ((0x202A, 0x202E), (0x2066, 0x2069)) for code in range(start, end + 1)
}
"""Marks that change the direction or the lines of what stands around them."""

_ODD = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(_STEERING))}]")
"""These, what controls a terminal, and halves of characters that no encoding can write."""


def clean(value: Any) -> Any:
    """The same JSON value with every text in it, keys included, free of control and direction characters.

    Lone surrogates, which no encoding can write, become the replacement character.
    """
    match value:
        case str():
            return _text(value)
        case list():
            return [clean(item) for item in value]
        case dict():
            return {clean(name): clean(item) for name, item in value.items()}
        case _:
            return value


def escaped(text: str) -> str:
    """A line of JSON that says the same, in which each of those characters is written as an escape."""
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def printable(text: str) -> str:
    """The text for a terminal: as `clean` makes it, its lines and columns kept."""
    return _ODD.sub(lambda found: found[0] if found[0] in _KEPT else _instead(found), text)


def _text(text: str) -> str:
    return _ODD.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    char = found[0]
    if char in _KEPT:
        return " "
    return "\ufffd" if unicodedata.category(char) == "Cs" else ""
