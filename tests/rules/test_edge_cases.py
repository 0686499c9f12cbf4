"""The page of odd cases names cases that are tried: each stands in the tests of its check."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "edge-cases.md"
CASES = [
    tuple(one.split(": ", 1))
    for row in PAGE.read_text("utf-8").splitlines()
    if (row.startswith("| ") and " · " in row) or re.search(r"\| \d[\d.]*-[a-z]: [^|]+ \|$", row)
    for one in row.rsplit(" | ", 1)[1].removesuffix(" |").split(" · ")
]


def test_the_page_lists_cases():
    assert len(CASES) > 70
    assert len(set(CASES)) == len(CASES)


@pytest.mark.parametrize(("check", "case"), CASES, ids=lambda part: part)
def test_each_odd_case_stands_in_the_tests_of_its_check(check, case):
    text = next((ROOT / "policies" / "rego").glob(f"*/{check}_test.rego")).read_text("utf-8")

    assert f'"{case}"' in text
