"""PDF: the pages on paper, read by another program; the same bytes wherever it is asked for on one machine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reports
from engine.errors import UsageError
from reports.formats import pdf


def _absent() -> str:
    try:
        pdf.usable()
    except UsageError as error:
        return str(error)
    return "" if shutil.which("pdftotext") else "pdftotext is not installed"


needs_pdf = pytest.mark.skipif(bool(_absent()), reason=f"no PDF is looked at: {_absent()}")


@pytest.fixture(scope="module")
def small_run(tmp_path_factory, companies) -> Path:
    """One department with a finding, and one that nobody could look at."""
    company = companies["plain"]()
    company.departments = [row for row in company.departments if row.code == "SALES"]
    company.finding("SALES", "5.3-a", 2, 41)
    return company.write(tmp_path_factory.mktemp("small") / "run")


@pytest.fixture(scope="module")
def printed(tmp_path_factory, small_run) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    reports.write(small_run, folder / "pack", ["zh-Hant"], ["html", "pdf"])
    return folder / "pack"


def _told(program: str, *options: str) -> str:
    done = subprocess.run(
        [str(shutil.which(program)), *options], check=True, capture_output=True, timeout=120
    )
    return done.stdout.decode()


@needs_pdf
def test_each_page_but_the_index_lies_there_as_pdf_too(printed):
    names = {
        kind: {path.relative_to(printed).with_suffix("").as_posix() for path in printed.rglob(f"*.{kind}")}
        for kind in ("html", "pdf")
    }

    assert names["pdf"] == names["html"] - {"index"} == {"departments/SALES.zh-Hant", "overview.zh-Hant"}


@needs_pdf
def test_a_pdf_says_what_the_page_says_on_numbered_sheets_and_is_marked_as_a_draft(printed):
    sheets = _told("pdftotext", "-layout", str(printed / "departments" / "SALES.zh-Hant.pdf"), "-").split(
        "\f"
    )[:-1]

    assert "內部通訊軟件使用檢查報告" in sheets[0]
    assert "2026Q3-SALES-001" in "".join(sheets)
    assert all("草稿" in sheet for sheet in sheets)
    numbers = [re.sub(r"\s", "", sheet)[-3:] for sheet in sheets]
    assert numbers == [f"{number}/{len(sheets)}" for number in range(1, len(sheets) + 1)]


@needs_pdf
def test_a_pdf_is_tagged_for_those_who_cannot_see_and_tells_no_clock(printed):
    said = _told("pdfinfo", str(printed / "departments" / "SALES.zh-Hant.pdf"))

    assert "Tagged:          yes" in said
    assert "A4" in said
    assert "Date" not in said


@needs_pdf
def test_the_same_page_gives_the_same_pdf_in_another_zone_place_and_process(printed, tmp_path):
    script = (
        "import json, sys, pathlib; from reports.formats import pdf; "
        "run = json.loads((pathlib.Path(sys.argv[1]) / 'model.json').read_bytes())['run']['id']; "
        "page = (pathlib.Path(sys.argv[1]) / 'overview.zh-Hant.html').read_bytes(); "
        "pathlib.Path('again.pdf').write_bytes(pdf._printed(page, run + '/overview.zh-Hant.html'))"
    )
    settings = {"TZ": "Asia/Tokyo", "LANG": "zh_TW.UTF-8", "PYTHONHASHSEED": "4242"}
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path(reports.__file__).parents[1])}
    subprocess.run(
        [sys.executable, "-P", "-c", script, str(printed)], check=True, env=environment, cwd=tmp_path
    )

    assert (tmp_path / "again.pdf").read_bytes() == (printed / "overview.zh-Hant.pdf").read_bytes()


@needs_pdf
def test_nothing_is_fetched_for_a_pdf_whatever_a_page_says(tmp_path):
    picture = Path(__file__).parents[2] / "docs" / "pictures"
    found = next(path for path in sorted(picture.rglob("*.png")))
    page = f'<html lang="en"><title>x</title><link rel="stylesheet" href="{found.as_uri()}"><img src="{found.as_uri()}" alt="x"><p>text</p></html>'
    (tmp_path / "page.pdf").write_bytes(pdf._printed(page.encode(), "page"))

    assert "text" in _told("pdftotext", str(tmp_path / "page.pdf"), "-")
    assert len(_told("pdfimages", "-list", str(tmp_path / "page.pdf")).splitlines()) == 2  # its headings


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise ImportError('none')", "the extra pdf is not installed"),
        ("raise OSError('cannot load library libpango')", "a library of the system is missing"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_written(monkeypatch, tmp_path, small_run, module, said):
    (tmp_path / "weasyprint.py").write_text(module, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)

    with pytest.raises(UsageError, match=said):
        reports.write(small_run, tmp_path / "pack", ["en"], ["pdf"])
    assert not (tmp_path / "pack").exists()
