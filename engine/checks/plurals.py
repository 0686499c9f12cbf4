"""Plural forms in the texts of checks: `{population} {population:account/accounts}` says `1 account`, and `2 accounts`.

What stands behind the colon are the forms of a word, as many as Babel's plural rule of the language has, in the order of
Unicode: zero, one, two, few, many, other. English has two, Chinese one, so that texts in Chinese need no such thing.
"""

import re
from collections.abc import Container, Mapping
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Self

from babel import Locale

_ORDER = ("zero", "one", "two", "few", "many", "other")

_PLACE = re.compile(r"\{(\w+)(?::([^{}]*))?\}")

_BETWEEN = "/"


class Counted(str):
    """A count as the language writes it, which knows the form of a word that belongs to it."""

    __slots__ = ("_language", "_number")
    _number: int | Decimal | None
    _language: str

    def __new__(cls, said: str, number: int | Decimal | None, language: str) -> Self:
        """The count.

        Args:
            said: how it is written
            number: how many; none: not known, which takes the form for many
            language: whose forms they are
        """
        counted = super().__new__(cls, said)
        counted._number, counted._language = number, language
        return counted

    def __format__(self, forms: str) -> str:
        """The count itself, or of several forms the one that fits."""
        words = forms.split(_BETWEEN)
        if not forms or self._number is None:
            return words[-1] if forms else str(self)
        chosen = _forms(self._language).index(_locale(self._language).plural_form(self._number))
        return words[min(chosen, len(words) - 1)]  # a run of long ago may have other forms than Babel today


def counted(said: str, value: object, language: str) -> Counted:
    """A value of the evidence as it is written, counted: a number by itself, a list by its items."""
    match value:
        case bool():
            number = None
        case int() | float():
            number = Decimal(str(value))
        case list():
            number = Decimal(len(value))
        case _:
            number = None
    return Counted(said, number, language)


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its placeholders filled; a plain replacement, so that no text can reach into a value."""
    if "{" not in text:
        return text
    return _PLACE.sub(lambda found: _word(values.get(found[1], "—"), found[2]), text)


def named(text: str) -> list[str]:
    """The names of the placeholders that show their value; those that choose a form do not."""
    return [found[1] for found in _PLACE.finditer(text) if found[2] is None]


def ill_formed(text: str, language: str, counted: Container[str]) -> str:
    """What is wrong with the forms of a text, and what is right; empty: nothing.

    Args:
        text: the text, with placeholders
        language: its language
        counted: the placeholders that stand for a number, or for a list whose items can be counted
    """
    needed = _forms(language)
    for _, name, forms, conversion in Formatter().parse(text):
        if name is None or not (forms or conversion):
            continue
        if conversion or "{" in str(forms):
            return f"placeholder {name!r} has more than a name and forms, needs {{{name}}} or {{{name}:one/other}}"
        if name not in counted:
            return f"{{{name}:{forms}}} chooses by {name!r}, which is no number and no list, needs {{{name}}}"
        found = str(forms).split(_BETWEEN)
        if len(found) != len(needed) or not all(found):
            return (
                f"{{{name}:{forms}}} has {len([one for one in found if one])} forms, {language} has {len(needed)}: "
                f"needs {{{name}:{_BETWEEN.join(needed)}}}"
            )
    return ""


def _word(value: object, forms: str | None) -> str:
    if not forms:
        return str(value)
    return format(value, forms) if isinstance(value, Counted) else forms.split(_BETWEEN)[-1]


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@cache
def _forms(language: str) -> tuple[str, ...]:
    tags = {*_locale(language).plural_form.tags, "other"}
    return tuple(tag for tag in _ORDER if tag in tags)
