"""Colours: every text can be read on every ground (WCAG 2.2 AA), and on grey paper a symbol and a word say what a colour says."""

import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest

import reports
from reports.frames import OFFERED, frame
from reports.html import SYMBOLS

TEMPLATES = Path(reports.__file__).parent / "templates"
STYLE = (TEMPLATES / "style.css").read_text("utf-8")
TOKENS: dict[str, str] = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", STYLE))
LIGHT = ("paper", "faint", "desk", *(name for name in TOKENS if name.endswith("-tint")))
DARK = ("brand", "ink")
TEXT = ("ink", "soft", "brand", *SYMBOLS, "pass", "none")
"""Tokens that letters and symbols are written in."""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two tokens as WCAG defines it."""
    lower, higher = sorted((_luminance(TOKENS[one]), _luminance(TOKENS[other])))
    return (higher + 0.05) / (lower + 0.05)


def test_the_ratio_is_that_of_the_standard():
    TOKENS.update({"_black": "#000000", "_grey": "#777777"})

    assert round(contrast("_black", "paper"), 2) == 21
    assert round(contrast("_grey", "paper"), 2) == 4.48


def test_every_text_can_be_read_on_every_ground():
    pairs = [(text, ground) for text in TEXT for ground in LIGHT] + [("paper", ground) for ground in DARK]

    assert len(LIGHT) == 9
    assert [(*pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < 4.5] == []


def test_what_is_drawn_and_means_something_stands_out():
    """Graphical objects: 3 to 1. The line between rows is decoration."""
    drawn = ("brand", "soft", "none", "low", "ink", *SYMBOLS)

    assert [name for name in drawn if contrast(name, "paper") < 3] == []


def test_no_colour_is_used_that_is_not_of_the_palette():
    """So that what holds for the tokens holds for the pages."""
    rules = STYLE.partition("}")[2]
    drawn = {
        colour
        for path in TEMPLATES.glob("*.j2")
        for colour in re.findall(r"[:=\" ](#[0-9a-fA-F]{6})\b", path.read_text("utf-8"))
    }

    assert re.findall(r"#[0-9a-fA-F]{3,8}|rgb|hsl", rules) == []
    assert len(drawn) > 3
    assert drawn - set(TOKENS.values()) == set()


class Marks(HTMLParser):
    """What a page says in the colour of a severity."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[int | None] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"meta", "br", "circle", "line", "rect", "polyline"}:
            return
        level = next((one for one in SYMBOLS if f"{one}-ink" in (dict(attrs).get("class") or "").split()), "")
        if level:
            self.said.append((level, ""))
        self._open.append(len(self.said) - 1 if level else None)

    def handle_endtag(self, _tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for at in self._open:
            if at is not None:
                level, text = self.said[at]
                self.said[at] = (level, text + data)


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("page", ["departments/SALES", "overview"])
def test_whatever_a_colour_says_a_symbol_and_a_word_say_too(all_pages: Path, page: str, language: str):
    words = {level: frame(language).text(f"severity.{level}") for level in SYMBOLS}
    said = Marks(all_pages / f"{page}.{language}.html").said

    assert {level for level, _ in said} == set(SYMBOLS)
    assert [
        (level, text)
        for level, text in said
        if not (text.startswith(SYMBOLS[level]) and words[level] in text)
    ] == []


def test_the_symbols_of_the_severities_differ():
    assert all(one != other for one, other in combinations(SYMBOLS.values(), 2))
    assert len(SYMBOLS) == 4
