"""Frames: the texts of reports that belong to no check, from Babel's catalogues, and numbers, days and lists as a language writes them."""

from datetime import date
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from importlib.resources import files

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

from engine.errors import UsageError

LANGUAGES: tuple[str, ...] = ("zh-Hant", "en")
"""Languages that reports are written in; the first is the language of the source."""

OFFERED: tuple[str, ...] = (*LANGUAGES, "zh-Hans")
"""Languages that reports can be asked for; the last is derived from the first."""

_WRITTEN_AS = {"en": "en_GB"}
"""Whose numbers, days and lists a language has, where it is not simply that of its catalogue: `30 September`, `a, b and c`."""

_SPACED = frozenset({"en"})
"""Languages that put a space between sentences."""


_ONE_DECIMAL = "#,##0.0%"


class _NoText(NullTranslations):
    """Asked where a catalogue has no text; a key must never be shown for one."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002  # as the library calls it
        raise KeyError(msgid1)


class Frame:
    """The frame of one language. Texts have keys for ids: what they say may change in every language, the first included."""

    def __init__(self, language: str) -> None:
        locale = language.replace("-", "_")
        with (files("reports") / "locale" / locale / "LC_MESSAGES" / "frame.mo").open("rb") as catalogue:
            self._texts = Translations(catalogue, "frame")
        self._texts.add_fallback(_NoText())
        self.space = " " if language in _SPACED else ""
        self._locale = Locale.parse(_WRITTEN_AS.get(language, locale))

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        try:
            self._texts.gettext(key)
        except KeyError:
            return False
        return True

    def text(self, key: str, n: object = None) -> str:
        """A text with its placeholders as they are; a number chooses the form where the language has several.

        Raises:
            KeyError: there is no such text, which is a fault of ours
        """
        if isinstance(n, int):
            try:
                return self._texts.ngettext(key, key, n)
            except KeyError:  # a text of one form, whatever the number
                pass
        return self._texts.gettext(key)

    def number(self, number: int) -> str:
        """A number of things, in groups of thousands: `12,345`."""
        return format_decimal(number, locale=self._locale)

    def percent(self, share: str) -> str:
        """A share in per cent, with the one decimal that it has: `62.1%`."""
        return format_percent(Decimal(share) / 100, format=_ONE_DECIMAL, locale=self._locale)

    def quarter(self, year: int, quarter: int) -> str:
        """A quarter of a year: `3rd quarter 2026`."""
        return format_skeleton("yQQQQ", date(year, 3 * quarter, 1), locale=self._locale)

    def day(self, day: date, *, with_year: bool) -> str:
        """A civil day as in prose: `30 September 2026`."""
        return format_skeleton("yMMMMd" if with_year else "MMMMd", day, locale=self._locale)

    def all_of(self, items: tuple[str, ...]) -> str:
        """Several things as a sentence names them: `a, b and c`."""
        return format_list(items, locale=self._locale)


@cache
def frame(language: str) -> Frame:
    """The frame of a language.

    Raises:
        UsageError: there are no reports in that language
    """
    if language not in OFFERED:
        raise UsageError(f"language {language!r}: not known", help=f"choose from {', '.join(OFFERED)}")
    return Frame(language)
