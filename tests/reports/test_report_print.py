"""Page one of a department is one sheet of paper, however much there is to say."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import reports

CHROMIUM = shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("pdftotext")),
    reason="chromium or pdftotext is not installed: printed pages are not looked at",
)
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]


def _pages(html: Path, work: Path) -> list[str]:
    pdf = work / f"{html.stem}.pdf"
    subprocess.run(
        [
            str(CHROMIUM),
            *OPTIONS,
            f"--user-data-dir={work / 'profile'}",
            f"--print-to-pdf={pdf}",
            html.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = subprocess.run(
        [str(shutil.which("pdftotext")), "-layout", "-l", "2", str(pdf), "-"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return text.stdout.decode().split("\f")


def _beginning(html: Path) -> Path:
    """The page up to its second heading: what follows cannot move page one, and takes a browser long to lay out."""
    text = html.read_text(encoding="utf-8")
    end = text.index("</h2>", text.index('id="findings-h"'))
    html.write_text(f"{text[:end]}</h2></section></main></body></html>", encoding="utf-8")
    return html


@needs_browser
def test_page_one_of_a_later_version_fits_one_sheet(
    companies: dict[str, Callable[..., Any]], as_issued: Callable[..., Path], tmp_path: Path
) -> None:
    source = {
        "id": "reg",
        "title": "A register whose title is as long as a title can sensibly be",
        "was": "partial",
        "is": "complete",
    }
    counts = {"added": 1, "gone": 1, "changed": 1}
    run = as_issued(
        companies["crowded"](instances=30, checks=700).write(tmp_path / "run"),
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
    reports.write(run, tmp_path / "pack", ["en"])
    page = tmp_path / "pack" / "departments" / "SALES.en.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        f"{text[: text.index('</h2>', text.index(chr(34) + 'changes-h'))]}</h2></section></main></body></html>",
        encoding="utf-8",
    )

    pages = _pages(page, tmp_path)

    assert "Inspector" in pages[0]
    assert "takes the place of version 1" in pages[0]
    assert "What changed since the version before" in pages[1]
    assert "What changed since the version before" not in pages[0]


@needs_browser
@pytest.mark.parametrize("language", reports.LANGUAGES)
@pytest.mark.parametrize("findings", [0, 1, 7, 700])
def test_page_one_fits_one_sheet(
    companies: dict[str, Callable[..., Any]], tmp_path: Path, findings: int, language: str
) -> None:
    # many instances belong to the annex: one page is looked at here, so they need not be laid out
    company = companies["crowded"](instances=30, checks=findings)
    run = company.write(tmp_path / "run")
    reports.write(run, tmp_path / "pack", [language])

    pages = _pages(_beginning(tmp_path / "pack" / "departments" / f"SALES.{language}.html"), tmp_path)

    signature, first_heading, mark = {
        "zh-Hant": (r"檢查人\W+日期", "問題與整改", "草稿"),
        "en": (r"Inspector\W+Date", "Findings and what to do", "DRAFT"),
    }[language]
    assert re.search(signature, pages[0])
    assert first_heading not in pages[0]
    assert pages[1].splitlines()[0].lstrip().startswith(mark)
    assert "".join(pages[1].splitlines()[1:]).lstrip().startswith(first_heading)
