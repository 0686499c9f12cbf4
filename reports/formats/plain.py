"""Text as the receiving format can hold it: one line, no character that XML forbids, nothing that a spreadsheet would run."""

import re

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet program takes for a formula, full-width forms included."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def defused(text: str) -> str:
    """A cell that stays text in every spreadsheet program: an apostrophe before what would begin a formula.

    A space before it saves no cell, for some programs leave it out.
    """
    return (
        f"'{text}"
        if text.lstrip(" \u3000\u00a0").startswith(_TRIGGERS) or text.startswith(_TRIGGERS)
        else text
    )


def line(text: str) -> str:
    """The text in one line, without blanks at its ends: for headers, titles and ids."""
    return " ".join(text.split())


def xml(text: str) -> str:
    """The text without the characters that no XML document may hold, escaped or not."""
    return _NOT_XML.sub("\ufffd", text)
