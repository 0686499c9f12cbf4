"""The trend: eight quarters, no line across a break, and what is new stays out of it for its first quarter."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import reports
from reports.charts import trend_chart
from reports.frames import OFFERED, frame

QUARTERS = [
    f"{year}Q{quarter}"
    for year in (2024, 2025, 2026)
    for quarter in (1, 2, 3, 4)
    if (year, quarter) < (2026, 3)
]
"""Ten quarters before the one that is reported."""

BROKEN, NEW = "2025Q3", "2026Q1"
WHY = {"5.3-a": ["rule"], "6.1.2-d": ["setting"]}


def _row(number: int, label: str) -> dict[str, Any]:
    year, quarter = int(label[:4]), int(label[-1])
    row: dict[str, Any] = {
        "label": label,
        "as_of": f"{year}-{3 * quarter:02}-28T15:59:59Z",
        "open": {"critical": 1, "high": number + 2},
    }
    if label == BROKEN:
        row["breaks"] = WHY
    if label == NEW:
        row["fresh"] = {"high": 4}
    return row


@pytest.fixture(scope="module")
def pack(companies: dict[str, Callable[..., Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trend")
    company = companies["believable"]()
    rows = [_row(number, label) for number, label in enumerate(QUARTERS)]
    company.history = {"company": rows, "departments": {"SALES": rows}}
    reports.write(company.write(folder / "run"), folder / "pack", OFFERED, ["html", "json"])
    return folder / "pack"


def _trends(pack: Path) -> list[dict[str, Any]]:
    model = json.loads((pack / "model.json").read_bytes())
    sales = next(row for row in model["departments"] if row["code"] == "SALES")
    return [model["company"]["trend"], sales["trend"]]


def test_eight_quarters_are_shown_the_last_of_them_this_one(pack: Path):
    for trend in _trends(pack):
        labels = [point["label"] for point in trend["points"]]

        assert labels == [*QUARTERS[-7:], "2026Q3"]
        assert trend["points"][0]["total"] == 1 + QUARTERS.index(labels[0]) + 2


def test_what_is_of_checks_that_were_new_stays_out_for_their_first_quarter(pack: Path):
    for trend in _trends(pack):
        points = {point["label"]: (point["total"], point["fresh"]) for point in trend["points"]}
        counted = 1 + QUARTERS.index(NEW) + 2

        assert points[NEW] == (counted - 4, 4)
        assert points["2026Q2"] == (counted + 1, 0)


def test_no_line_joins_the_quarters_before_and_after_a_break(pack: Path):
    page = (pack / "departments" / "SALES.en.html").read_text("utf-8")
    chart = page[page.index('aria-labelledby="trend-t trend-d"') :].partition("</svg>")[0]
    lines = [line.split() for line in re.findall(r'<polyline points="([^"]*)"', chart)]
    dots = [f"{x},{y}" for x, y in re.findall(r'<circle cx="([^"]*)" cy="([^"]*)"', chart)]
    (dashed,) = re.findall(r'<line x1="([^"]*)"[^>]*stroke-dasharray', chart)
    at = [*QUARTERS[-7:], "2026Q3"].index(BROKEN)

    assert lines == [dots[:at], dots[at:]]
    before, after = (float(dots[place].partition(",")[0]) for place in (at - 1, at))
    assert before < float(dashed) < after


@pytest.mark.parametrize("language", OFFERED)
def test_a_break_and_what_is_new_are_told_in_words(pack: Path, language: str):
    words = frame(language)
    checks = words.text("list_separator").join(WHY)
    for page in (f"overview.{language}.html", f"departments/SALES.{language}.html"):
        text = (pack / page).read_text("utf-8")

        assert f"{BROKEN}: {words.text('trend.broken').replace('{checks}', checks)}" in text
        assert f"{NEW}: {words.text('trend.fresh', 4).replace('{n}', '4')}" in text
        assert text.count(words.text("trend.dashed")) == 1


def test_the_overview_has_a_bar_a_severity_and_quarter_with_its_number(pack: Path):
    points = _trends(pack)[0]["points"]
    page = (pack / "overview.en.html").read_text("utf-8")
    chart = page[page.index('aria-labelledby="severities-t severities-d"') :].partition("</svg>")[0]
    heights = [float(height) for height in re.findall(r'<rect [^>]*height="([^"]*)"', chart)]
    numbers = [int(count) for count in re.findall(r'font-weight="[47]00">([0-9]+)<', chart)]

    wanted = [point["open"][level] for level in ("critical", "high", "medium", "low") for point in points]
    assert numbers == wanted
    assert [bool(height) for height in heights] == [bool(count) for count in wanted]
    drawn = sorted(zip(wanted, heights, strict=True))
    assert [height for _, height in drawn] == sorted(heights)
    assert chart.count("stroke-dasharray") == 1
    assert [word in chart for word in ("■ Critical", "◆ High", "▲ Medium", "● Low")] == [True] * 4
    assert "Critical: 2024Q4: 1" in chart.partition("</desc>")[0]


def test_many_labels_leave_out_the_century_so_that_none_touches_the_next(pack: Path):
    page = (pack / "departments" / "SALES.en.html").read_text("utf-8")
    chart = page[page.index('aria-labelledby="trend-t trend-d"') :].partition("</svg>")[0]

    assert re.findall(r'y="87"[^>]*>([^<]*)<', chart) == [label[2:] for label in (*QUARTERS[-7:], "2026Q3")]
    assert all(f"{label}: " in chart.partition("</desc>")[0] for label in QUARTERS[-7:])


def test_where_nothing_broke_one_line_joins_all(pack: Path):
    model = json.loads((pack / "model.json").read_bytes())
    sales = next(row for row in model["departments"] if row["code"] == "SALES")
    shape = reports.model.shapes.Trend.model_validate(sales["trend"])
    whole = trend_chart([point.model_copy(update={"breaks": {}}) for point in shape.points])

    assert len(whole.lines) == 1
    assert len(whole.lines[0].split()) == 8
    assert whole.breaks == ()


def test_a_year_of_no_findings_is_drawn_on_the_ground(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
):
    company = companies["plain"]()
    company.previous = "e" * 64
    rows = [{**_row(0, label), "open": {}, "breaks": {}, "fresh": {}} for label in QUARTERS]
    company.history = {"company": rows, "departments": {"SALES": rows}}
    reports.write(company.write(tmp_path / "run"), tmp_path / "pack", ["en"], ["html"])
    text = (tmp_path / "pack" / "departments" / "SALES.en.html").read_text("utf-8")
    heights = re.findall(r'<circle cx="[^"]*" cy="([^"]*)"', text)

    assert len(heights) == 8
    assert len(set(heights)) == 1
