"""Messages of the embedded engine, for people."""

import re

_PLACE = re.compile(r"--> (?P<file>.+?):(?P<row>\d+):\d+")
_WHY = re.compile(r"^error: (?P<why>.*)$", re.MULTILINE)


def explained(error: BaseException) -> str:
    """The message as one line: file, row, what is wrong; without its stack."""
    text = str(error)
    place, why = _PLACE.search(text), _WHY.search(text)
    said = why["why"].strip() if why else " ".join(text.partition("Stack backtrace")[0].split())
    return f"{place['file']}:{place['row']}: {said}" if place else said
