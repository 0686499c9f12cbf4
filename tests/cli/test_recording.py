"""Recordings of a collection: whole or not there, whatever a source that was given up still does."""

from pathlib import Path

import pytest

from collectors.transport import Request, Response
from engine.cli.recording import recordings
from engine.errors import SourceError

_ASKED, _SAID = Request("file", "people.csv"), Response(b"", "2026-09-30T15:59:59Z")


def _below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_what_a_source_that_was_given_up_says_later_is_in_no_recording(tmp_path: Path):
    with recordings(tmp_path / "kept") as kept, kept.of("hr") as whole, kept.of("chat") as late:
        whole.add(_ASKED, _SAID)
        late.add(_ASKED, _SAID)
        kept.drop("chat")
        late.add(_ASKED, _SAID)

    assert _below(tmp_path) == ["kept", "kept/hr", "kept/hr/index.json", "kept/hr/people.csv"]


def test_when_the_collection_is_over_nobody_begins_or_goes_on_to_record(tmp_path: Path):
    with recordings(tmp_path / "kept") as kept:
        opened = kept.of("hr")
        going = opened.__enter__()
        going.add(_ASKED, _SAID)
        with kept.of("chat") as other:
            other.add(_ASKED, _SAID)
    before = _below(tmp_path)
    going.add(_ASKED, _SAID)
    opened.__exit__(None, None, None)
    with pytest.raises(SourceError, match="scim: asked for when the time was over"), kept.of("scim"):
        pass

    assert _below(tmp_path) == before


def test_a_collection_that_is_stopped_leaves_nothing_whoever_still_writes(tmp_path: Path):
    held = []

    def stopped() -> None:
        with recordings(tmp_path / "kept") as kept:
            held.append(kept.of("hr"))
            held.append(held[0].__enter__())
            held[1].add(_ASKED, _SAID)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    held[1].add(_ASKED, _SAID)
    held[0].__exit__(None, None, None)

    assert _below(tmp_path) == []
