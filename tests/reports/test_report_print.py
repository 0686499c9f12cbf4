"""Page one of a department is one sheet of paper, however much there is to say, and says where the rest is."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
from made import made_once

import reports
from reports.frames import OFFERED, frame

PDFTOTEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(
    not PDFTOTEXT, reason="pdftotext is not installed: printed pages are not looked at"
)

SHEET = 687
"""Pixels between the margins of a printed A4 sheet: what is wider makes the browser print everything smaller."""

COUNTS = (0, 1, 7, 700)


def _sheets(browser: Browser, html: Path) -> list[str]:
    """The text of the first two sheets."""
    browser.show(html)
    done = subprocess.run(
        [str(PDFTOTEXT), "-layout", "-", "-"],
        input=browser.sheets(),
        check=True,
        capture_output=True,
        timeout=120,
    )
    return done.stdout.decode().split("\f")


def _beginning(html: Path, heading: str) -> Path:
    """The page up to a heading after page one: what follows cannot move page one, and takes a browser long to lay out."""
    text = html.read_text(encoding="utf-8")
    end = text.index("</h2>", text.index(f'id="{heading}"'))
    html.write_text(f"{text[:end]}</h2></section></main></body></html>", encoding="utf-8")
    return html


def test_page_one_of_a_later_version_fits_one_sheet(
    browser: Browser, companies: dict[str, Callable[..., Any]], as_issued: Callable[..., Path], tmp_path: Path
) -> None:
    source = {
        "id": "reg",
        "title": "A register whose title is as long as a title can sensibly be",
        "was": "partial",
        "is": "complete",
    }
    counts = {"added": 1, "gone": 1, "changed": 1}
    run = as_issued(
        companies["crowded"](instances=30, checks=100).write(tmp_path / "run"),
        version=2,
        results=[
            {"department": "SALES", "check": "5.3-a", "was": "pass", "is_now": "fail"}
            | {"violations_were": 0, "violations_are": 2}
        ],
    )
    about = json.loads((run / "run.json").read_bytes())
    about["supersedes"] = {
        "snapshot": "a" * 64,
        "sources": [source | counts],
        "run": "2026Q3-0",
        "digest": "0" * 64,
    }
    (run / "run.json").write_text(json.dumps(about), encoding="utf-8")
    reports.write(run, tmp_path / "pack", ["en"], ["html"])

    pages = _sheets(browser, _beginning(tmp_path / "pack" / "departments" / "SALES.en.html", "changes-h"))

    assert "Inspector" in pages[0]
    assert "takes the place of version 1" in pages[0]
    assert "What changed since the version before" in pages[1]
    assert "What changed since the version before" not in pages[0]


@pytest.fixture(scope="module")
def crowds(companies: dict[str, Callable[..., Any]]) -> dict[int, Path]:
    """Reports with so many findings, in all languages, cut off after page one."""

    def make(folder: Path) -> None:
        for count in COUNTS:
            place = folder / str(count)
            place.mkdir(parents=True)
            # many instances belong to the annex: one page is looked at here, so they need not be laid out
            run = companies["crowded"](instances=30, checks=count).write(place / "run")
            reports.write(run, place / "pack", OFFERED, ["html"])
            for language in OFFERED:
                _beginning(place / "pack" / "departments" / f"SALES.{language}.html", "findings-h")

    made = made_once("crowds", make, "tests/reports/conftest.py", "tests/reports/test_report_print.py")
    return {count: made / str(count) / "pack" / "departments" for count in COUNTS}


SAYS = {
    "zh-Hant": (r"檢查人\W+日期", "問題與整改", "草稿", r"另有(\d+)項問題，見第2頁起"),
    "zh-Hans": (r"检查人\W+日期", "问题与整改", "草稿", r"另有(\d+)项问题，见第2页起"),
    "en": (r"Inspector\W+Date", "Findings and what to do", "DRAFT", r"(\d+)morefindingsfollowfrompage2"),
}
"""The last line of page one, the heading of page two, the mark of a draft, and where what is left out stands: a pattern without blanks."""


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("findings", COUNTS)
def test_page_one_fits_one_sheet_and_says_where_the_rest_is(
    browser: Browser, crowds: dict[int, Path], findings: int, language: str
) -> None:
    pages = _sheets(browser, crowds[findings] / f"SALES.{language}.html")

    signature, first_heading, mark, more = SAYS[language]
    assert re.search(signature, pages[0])
    assert first_heading not in pages[0]
    assert pages[1].splitlines()[0].lstrip().startswith(mark)
    assert "".join(pages[1].splitlines()[1:]).lstrip().startswith(first_heading)
    left = findings - 3
    assert re.findall(more, "".join(pages[0].split())) == ([str(left)] if left > 0 else [])


@pytest.mark.parametrize("language", OFFERED)
def test_page_one_fits_one_sheet_where_checks_have_much_to_say(
    browser: Browser, demo: Path, tmp_path: Path, language: str
) -> None:
    """The department of the demo whose page one is longest: remedies and titles as the policy's checks have them."""
    reports.write(demo / "run", tmp_path / "pack", [language], ["html"])
    pages = (tmp_path / "pack" / "departments").glob(f"*.{language}.html")
    longest = max(sorted(pages), key=lambda page: page.read_text("utf-8").index('id="good-h"'))

    sheets = _sheets(browser, _beginning(longest, "findings-h"))

    assert re.search(SAYS[language][0], sheets[0])


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("page", ["departments/SALES", "overview", "00-README"])
def test_nothing_is_wider_than_a_sheet_so_that_letters_keep_their_size(
    browser: Browser, all_pages: Path, page: str, language: str
) -> None:
    browser.media("print")
    browser.width(SHEET)
    browser.show(all_pages / f"{page}.{language}.html")
    wide = browser.value(
        "[...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map(one => one.tagName + ' ' + one.textContent.trim().slice(0, 50))"
    )
    browser.media("screen")

    assert wide == []


@pytest.mark.parametrize("language", OFFERED)
def test_no_head_of_a_table_of_evidence_stands_alone_at_the_foot_of_a_sheet(
    browser: Browser, demo: Path, tmp_path: Path, language: str
) -> None:
    reports.write(demo / "run", tmp_path / "pack", [language], ["html"])
    browser.show(tmp_path / "pack" / "departments" / f"OPS.{language}.html")
    done = subprocess.run(
        [str(PDFTOTEXT), "-layout", "-", "-"],
        input=browser.sheets("1-20"),
        check=True,
        capture_output=True,
        timeout=120,
    )

    head = re.compile(r"\s{2,}".join(frame(language).text(f"evidence.{name}") for name in ("what", "source")))
    sheets = done.stdout.decode().split("\f")
    after = [head.split(sheet)[-1] for sheet in sheets if head.search(sheet)]
    assert len(after) > 5
    assert [text[:200] for text in after if not re.search(r"E-\d{3}", text)] == []
