"""The figures that the READMEs and the page about the history show are those of the demo as it is."""

import json
from pathlib import Path

import pytest

from engine.cli.history import equation
from engine.rolls import Roll

ROOT = Path(__file__).parents[1]


def figures(demo):
    """What the demo prints of the last quarter, as far as it does not depend on the engine."""
    said = json.loads((demo / "run" / "run.json").read_text())["totals"]
    manifest = json.loads((demo / "snapshot" / "manifest.json").read_text())
    checks = sum(said[name] for name in ("pass", "fail", "waived", "not_applicable", "not_assessed"))
    people = sum(manifest["in_service"].values())
    return [
        f": {manifest['facts']['placed']} facts from {len(manifest['sources'])} sources\n",
        "{critical} critical, {high} high, {medium} medium, {low} low ".format(**said),
        "{new} new, {persisting} persisting, {closed} closed, {unverified} not verified ".format(**said),
        "{pass} pass, {fail} fail, {waived} waived, {not_applicable} not applicable ".format(**said),
        f"│ {said['not_assessed']} not assessed ",
        f"\n{len(manifest['data_errors'])} errors in the data: ",
        f", {people} people\n",
        f"subjects concerned {said['instances']}\n",
        f"{checks - said['not_assessed']} of {checks} (checks x departments), {said['not_assessed']} not assessed\n",
    ]


@pytest.mark.parametrize("page", ["README.md", "README.zh-Hant.md"])
def test_the_figures_of_the_demo_are_those_of_a_real_run(demo, page):
    text = (ROOT / page).read_text("utf-8")

    assert [figure for figure in figures(demo) if figure not in text] == []


def test_the_roll_forward_of_the_page_about_the_history_is_that_of_the_demo(demo):
    rows = json.loads((demo / "run" / "history.json").read_text())["company"]
    said = [f"  {row['label']}  {equation(Roll(**row['roll']['findings']))}" for row in rows]

    text = (ROOT / "docs" / "history.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("  2026Q")] == said
