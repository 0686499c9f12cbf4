"""Versions as numbers that can be compared."""

import re

Version = tuple[int, ...]

_DECORATION = re.compile(r"^(?:\d+:)?v?|[\s+].*$", re.IGNORECASE)
"""An epoch or a `v` before the version, a build behind it."""

_REVISION = re.compile(r"-[^-]*$")
"""What a distribution adds to its maker's version."""

_NUMBERS = re.compile(r"\d+(\.\d+)*")
_PREVIEW = re.compile(r"alpha|beta|preview|nightly|(?<![a-z])(rc|dev)|~", re.IGNORECASE)


def version_of(text: str, ecosystem: str = "other") -> Version | None:
    """A version as numbers that can be compared; none if it is not made of numbers.

    >>> version_of("1:9.2p1-2", "deb"), version_of("6.5.3 (7650)"), version_of("1.163.2-1+b1", "deb")
    (None, (6, 5, 3), (1, 163, 2))
    >>> version_of("6.5.0") == version_of("6.5")
    True
    """
    numbers = list(numbers_of(text, ecosystem))
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers) or None


def numbers_of(text: str, ecosystem: str = "other") -> Version:
    """The numbers as they are written, zeros at the end too; empty if it is not made of numbers."""
    plain = _DECORATION.sub("", _of_maker(text.strip(), ecosystem))
    return tuple(int(part) for part in plain.split(".")) if _NUMBERS.fullmatch(plain) else ()


def is_preview(text: str, ecosystem: str = "other") -> bool:
    """Whether a version was made for trying, and is none that anybody has to install.

    >>> is_preview("1.11.113-rc.1"), is_preview("6.5.3"), is_preview("3.0.17-1~deb12u1", "deb")
    (True, False, False)
    """
    return _PREVIEW.search(_of_maker(text, ecosystem)) is not None


def _of_maker(text: str, ecosystem: str) -> str:
    return _REVISION.sub("", text) if ecosystem in {"deb", "rpm"} else text
