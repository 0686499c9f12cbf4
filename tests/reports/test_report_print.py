"""Page one of a department is one sheet of paper, however much there is to say."""

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

    signature, first_heading = {
        "zh-Hant": ("檢查人", "問題與整改"),
        "en": ("Inspector", "Findings and what to do"),
    }[language]
    assert signature in pages[0]
    assert first_heading not in pages[0]
    assert pages[1].lstrip().startswith(first_heading)
