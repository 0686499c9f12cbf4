"""Drafts say so on every page and in every file; what was issued does not, and says its version instead."""

import io
import json
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import reports
from engine.issued import Change, ResultChange
from reports.frames import OFFERED, frame

MARKS = {
    frame(language).text(key) for language in OFFERED for key in ("issue.draft_banner", "issue.draft_page")
}


CHANGES = (
    Change(
        kind="gone", fingerprint="2" * 64, finding="2026Q3-IT-009", department="IT", check="5.1-a", severity="high",
        what=(), reason="withheld", violations_were=2, violations_are=0, owners=("SALES",),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def issued_pack(
    companies: dict[str, Callable[..., Any]], as_issued: Callable[..., Path], tmp_path_factory
) -> Path:
    """A second version in all languages and formats."""
    work = tmp_path_factory.mktemp("issued")
    otherwise = ResultChange(
        department="LEGAL",
        check="4.1-a",
        was="pass",
        is_now="not_assessed",
        violations_were=0,
        violations_are=0,
    )
    run = as_issued(
        companies["believable"]().write(work / "run"), version=2, changes=CHANGES, results=(otherwise,)
    )
    reports.write(run, work / "pack", OFFERED, reports.FORMATS)
    return work / "pack"


def files(pack: Path) -> list[Path]:
    return sorted(path for path in pack.rglob("*") if path.is_file())


def texts(path: Path) -> str:
    """What a file says, whatever it is packed in."""
    body = path.read_bytes()
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(body))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if path.suffix == ".eml":
        message = message_from_bytes(body, policy=default)
        plain = message.get_body(("plain",))
        return f"{message['Subject']}\n{plain.get_content() if plain else ''}"
    return body.decode()


def test_every_file_of_a_draft_says_that_it_is_one(every_format: Path):
    silent = [
        path.name
        for path in files(every_format)
        if not re.search(r"draft|DRAFT|草稿", texts(path)) and path.name != "poam.json"
    ]

    assert silent == []
    assert '"name":"report","ns":"urn:clausewise:oscal","value":"draft"' in texts(
        every_format / "oscal" / "poam.json"
    )


@pytest.mark.parametrize("language", OFFERED)
def test_every_page_of_a_draft_has_a_banner_and_a_mark_on_each_printed_sheet(
    companies: dict[str, Callable[..., Any]], tmp_path: Path, language: str
):
    reports.write(companies["plain"]().write(tmp_path / "run"), tmp_path / "pack", [language])
    texts_ = frame(language)

    for page in (path for path in files(tmp_path / "pack") if path.suffix == ".html"):
        text = page.read_text(encoding="utf-8")
        assert f"{texts_.text('issue.draft_banner')}</aside>" in text
        style = text[text.index("@media print { @page") : text.index("</style>")]
        assert "@top-center" in style
        assert "".join(char for char in texts_.text("issue.draft_page") if char.isalnum())[:2] in style


def test_the_model_of_a_draft_says_so(every_format: Path):
    issue = json.loads((every_format / "model.json").read_bytes())["run"]["issue"]

    assert (issue["state"], issue["version"], issue["by"]) == ("draft", 0, "")


def test_nothing_that_was_issued_bears_the_mark_of_a_draft(issued_pack: Path):
    marked = [path.name for path in files(issued_pack) if any(mark in texts(path) for mark in MARKS)]

    assert marked == []
    assert "[DRAFT]" not in texts(issued_pack / "mails" / "IT.en.eml")
    assert "Version 2 takes the place of version 1" in texts(issued_pack / "mails" / "IT.en.eml")
    assert json.loads((issued_pack / "model.json").read_bytes())["run"]["issue"]["version"] == 2


class Cells(HTMLParser):
    """The cells of all rows of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_a_page_says_what_a_version_changed_and_for_whom(issued_pack: Path):
    rows = Cells(issued_pack / "changes.en.html").rows

    said = {row[0]: [cell.strip() for cell in row[1:]] for row in rows[1:5]}
    assert said == {
        "總經理辦公室": ["0", "0", "0", "0", "nobody; nothing changed here"],
        "信息技術部": ["0", "1", "0", "0", "head of 信息技術部, head of 銷售部"],
        "法務部": ["0", "0", "0", "1", "head of 法務部"],
        "銷售部": ["0", "0", "0", "0", "nobody; nothing changed here"],
    }
    assert ["2026Q3-IT-009", "withdrawnwithheld by the inspector"] in [row[:2] for row in rows]


def test_a_department_is_told_what_a_version_changed_for_it(issued_pack: Path):
    def page(code: str) -> str:
        return (issued_pack / "departments" / f"{code}.en.html").read_text(encoding="utf-8")

    assert "findings added 0, withdrawn 1, changed 0; checks that came out otherwise 0." in page("IT")
    assert "2026Q3-IT-009" in page("IT")
    assert "checks that came out otherwise 1." in page("LEGAL")
    assert "Nothing changed for this department." in page("SALES")
    assert "2026Q3-IT-009" not in page("SALES")


def test_a_card_has_the_remark_and_who_signed_for_the_finding(issued_pack: Path):
    pages = [path.read_text(encoding="utf-8") for path in (issued_pack / "departments").glob("*.en.html")]

    assert sum("<dd>Seen with IT.</dd>" in page for page in pages) == 1
    assert sum("signed for by E0001 on 2026-10-12" in page for page in pages) == 1


def test_the_overview_says_what_was_withheld_and_why(issued_pack: Path):
    text = (issued_pack / "overview.en.html").read_text(encoding="utf-8")

    assert (
        "Of 10 open findings the inspector confirmed 8, gave a remark on 1 and withheld 1; 0 were not reviewed."
        in text
    )
    assert "<td>The register was wrong.</td><td>E0007" in text
