"""What `clausewise diff` takes for one finding, though its fingerprint is another."""

import pytest

from engine.cli.comparing import _moved, _replaced

BEFORE = {"number": "2026Q2-CS-003", "check": "6.1.2-c", "department": "CS"}


@pytest.mark.parametrize(
    ("changes", "is_one"),
    [
        pytest.param({"check": "6.1.2-f"}, True, id="the check that stands in its place"),
        pytest.param({"department": "SAL"}, True, id="where its department is today"),
        pytest.param({"check": "5.3-a"}, False, id="a number that two runs gave, each to something else"),
        pytest.param({"check": "6.1.2-f", "number": "2026Q2-CS-004"}, False, id="another number"),
        pytest.param({}, False, id="under another policy"),
    ],
)
def test_a_number_is_one_finding_under_its_heir_and_nowhere_else(changes, is_one):
    found = _moved({"a": BEFORE}, {"b": {**BEFORE, **changes}}, {("6.1.2-c", "6.1.2-f")})

    assert found == ([("a", "b")] if is_one else [])


def test_a_check_that_was_replaced_twice_is_known_by_its_last_heir_and_back(tmp_path):
    (tmp_path / "catalogue.json").write_text(
        '{"checks": [{"id": "a", "replaced_by": ["b"]}, {"id": "b", "replaced_by": ["c"]}, {"id": "c"}]}'
    )

    assert {("a", "c"), ("c", "a")} <= _replaced(tmp_path)
