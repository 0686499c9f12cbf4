"""What a made up source says of itself."""

from collections.abc import Iterable
from typing import Any

from engine.facts import SourceReport


def reported(name: str, delivers: Iterable[str], as_of: str, **said: Any) -> SourceReport:
    """The report of a source that delivered everything, all at once; `said` is what it says otherwise."""
    usual = {
        "type": "test",
        "title": name,
        "completeness": "complete",
        "problems": (),
        "collector": "test/1",
        "expected": {},
        "received": {},
        "limits": {},
        "unmapped": (),
    }
    return SourceReport(
        id=name, delivers=tuple(delivers), collected_from=as_of, collected_to=as_of, **{**usual, **said}
    )
