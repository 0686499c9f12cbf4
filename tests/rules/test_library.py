"""Both sides of each boundary of the library, by tests of the library itself.

A check's tests notice a wrong limit only where that check happens to stand on it, and a new check trusts what the others tried.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from remembered import engine_digest, remembering

from engine.checks.boundaries import boundaries, missed
from engine.opa.trial import trying

LIBRARY = Path(__file__).parents[2] / "policies" / "rego" / "lib"
FILES = sorted(file for file in LIBRARY.glob("*.rego") if not file.name.endswith("_test.rego"))

SAME_ON_BOTH_SIDES = {
    ("devices", "count(_anybody(device)) > data.settings.people_per_device", "at the limit"): (
        "of as many people as may be no days hold more, so that either definition says no"
    ),
    ("people", "person.hire_day_starts_at > instant", "beyond the limit"): (
        "who begins only later is not in service by the definition above, which says no as well"
    ),
}
"""Sides that no test can tell from the other one, with the reason."""

_READS = re.compile(r"\bdata\.lib\.(\w+)")


@pytest.fixture(scope="module")
def ask(opa, answers):
    with trying(opa) as found:
        yield remembering(answers, engine_digest(opa), found)


def needed(name: str) -> Mapping[str, str]:
    """A file of the library with its own tests, and all that the two read."""
    found, todo = {}, [name, f"{name}_test"]
    while todo:
        one = todo.pop()
        if one not in found:
            found[one] = LIBRARY.joinpath(f"{one}.rego").read_text("utf-8")
            todo += _READS.findall(found[one])
    return {f"{one}.rego": text for one, text in found.items()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_tests_of_the_library_stand_on_both_sides_of_each_boundary(ask, opa, file):
    sides = boundaries(opa, file)
    unnoticed = missed(ask, needed(file.stem), file.name, sides, [f"lib.{file.stem}_test"]) if sides else ()

    assert {(file.stem, side.comparison, side.side) for side in unnoticed} == {
        told for told in SAME_ON_BOTH_SIDES if told[0] == file.stem
    }
