"""No page and no sheet for people says anything that is in no catalogue: all texts are rendered between marks, and what stands outside them is data."""

import email
import email.policy
import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

import reports
from reports.auditor import Material, contents
from reports.frames import Frame
from reports.model import build
from reports.review.workbook import workbook
from reports.run_folder import read
from reports.words import Words

ROOT = Path(__file__).parents[2]
OPEN, CLOSE = "⟦", "⟧"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
NAMED = re.compile(
    r"""
    \b(?: [0-9a-f]{12,64}                        # digests
      | \d{4}Q\d(?:-[\w-]+)?                     # quarters, reports and findings
      | [a-z0-9_.]+(?:/[\w.@:-]+)+               # uids
      | \d+(?:\.\d+)*-[a-z]{1,2}                 # checks
      | [AW]-\d{4}-\d+ | E-\d{3} | E\d{4}       # waivers and statements, pieces of evidence, people
      | [\w.-]+\.(?:html|xlsx|jsonl?|csv|py|yaml|rego|sig|svg)
    )(?![\w])""",
    re.VERBOSE,
)

DATA = frozenset(
    """
    HQ IT SALES LEGAL company 雲海科技有限公司 總經理辦公室 信息技術部 銷售部 法務部
    陳靜 周海 賬號 U1 U2 kiosk 前台共用平板 it- sales- legal- EMP-7 EMP-9
    im hr restic Synapse 即時通訊 人事名冊 備份系統 無法連線 倉庫被鎖定
    前台輪班共用 已加鎖 暫不清理 年度評審 Seen with IT. The register was wrong. leaver_grace_days
    """.split()  # noqa: SIM905  # a table of words
)
"""What the made up company's own systems and people said."""


def marked(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def _marked_catalogue(value: Any, key: str = "") -> Any:
    """The catalogue of a run with each of its texts between marks."""
    if isinstance(value, dict):
        inside = "text" if key in {"en", "zh-Hant", "zh-Hans"} or key == "text" else ""
        return {name: _marked_catalogue(part, inside or name) for name, part in value.items()}
    if isinstance(value, list):
        return [_marked_catalogue(part, key) for part in value]
    return marked(value) if isinstance(value, str) and key in {"en", "zh-Hant", "zh-Hans", "text"} else value


class _Visible(HTMLParser):
    """What somebody sees or is read to of a page; the page's style says what the print has in its margins."""

    SPOKEN = frozenset({"alt", "aria-label", "title", "placeholder", "summary"})

    TYPED = frozenset({"code", "pre", "kbd"})
    """Commands and paths: the same in every language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._is_style = False
        self._typed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        self._typed += tag in self.TYPED
        self.said += ["\n", *(f"\n{value}\n" for name, value in attrs if name in self.SPOKEN and value)]

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False
        self._typed -= tag in self.TYPED
        self.said.append("\n" if tag in {"p", "td", "th", "li", "div", "title", "text", "desc"} else "")

    def handle_data(self, data: str) -> None:
        if self._is_style:
            printed = re.findall(r'content: "((?:[^"\\]|\\.)*)"', data)
            data = "\n".join(
                re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), text) for text in printed
            )
        self.said.append("" if self._typed else data)


def of_page(body: bytes | str) -> str:
    seen = _Visible()
    seen.feed(body.decode() if isinstance(body, bytes) else body)
    return "".join(seen.said)


def of_book(body: bytes) -> str:
    book = [sheet for sheet in openpyxl.load_workbook(io.BytesIO(body)) if sheet.sheet_state == "visible"]
    cells = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and not sheet.column_dimensions[cell.column_letter].hidden
    ]
    asked = [
        text
        for sheet in book
        for one in sheet.data_validations.dataValidation
        for text in (one.errorTitle, one.error, one.promptTitle, one.prompt, one.formula1)
        if text and not re.fullmatch(r"[\d.$A-Z:!]+", text)
    ]
    return "\n".join([*(sheet.title for sheet in book), *cells, *asked])


def of_mail(body: bytes) -> str:
    mail = email.message_from_bytes(body, policy=email.policy.default)
    said = [str(mail["subject"])]
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            content = part.get_content()
            said.append(of_page(content) if part.get_content_subtype() == "html" else content)
        said.append(part.get_filename() or "")
    return "\n".join(said)


READERS: dict[str, Callable[[bytes], str]] = {
    ".html": of_page,
    ".xlsx": of_book,
    ".eml": of_mail,
    ".csv": lambda body: body.decode("utf-8-sig"),
}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


@pytest.fixture(scope="module")
def said(
    companies: dict[str, Callable[..., Any]], as_issued: Callable[..., Path], tmp_path_factory
) -> dict[str, str]:
    """Name of a page, sheet, mail or table -> all that people see of it."""
    folder = tmp_path_factory.mktemp("marked")
    with pytest.MonkeyPatch.context() as patch:
        text, day, quarter = Frame.text, Frame.day, Frame.quarter
        patch.setattr(Frame, "text", lambda frame, *words: marked(text(frame, *words)))
        patch.setattr(Frame, "day", lambda frame, *words, **more: marked(day(frame, *words, **more)))
        patch.setattr(Frame, "quarter", lambda frame, *words: marked(quarter(frame, *words)))
        made: dict[str, bytes] = {}
        for name in ("draft", "issued"):
            run = companies["believable"]().write(folder / name / "run")
            catalogue = json.loads((run / "catalogue.json").read_bytes())
            (run / "catalogue.json").write_text(json.dumps(_marked_catalogue(catalogue)), "utf-8")
            if name == "issued":
                as_issued(run, version=2)
            reports.write(run, folder / name / "pack", ["en"], ["html", "xlsx", "eml", "csv"])
            made |= {f"{name}/{path}": body for path, body in _files(folder / name / "pack")}
        found = read(run)
        model = build(found)
        crosswalk = yaml.safe_load((ROOT / "policies" / "crosswalk.yaml").read_text("utf-8"))
        pages = contents(Material(found, model, ("en",), crosswalk))
        made |= {f"auditor/{path}": body for path, body in islice(pages, len(reports.OFFERED))}
        made["review.xlsx"] = workbook(model, Words("en", found.catalogue, model.run.year), {})
    return {
        name: READERS[Path(name).suffix](body) for name, body in made.items() if Path(name).suffix in READERS
    }


def outside(text: str) -> str:
    """What stands outside all marks."""
    before = ""
    while before != text:
        before, text = text, INNERMOST.sub(" ", text)
    return NAMED.sub(" ", text)


def leaked(text: str) -> list[str]:
    """Words that are neither between marks nor data."""
    return [word for word in re.findall(r"[^\W\d_][\w.-]*", outside(text)) if word not in DATA]


def test_nothing_that_people_read_is_in_no_catalogue(said: dict[str, str]):
    assert {name: leaked(text) for name, text in said.items() if leaked(text)} == {}


def test_every_kind_of_what_people_read_was_looked_at(said: dict[str, str]):
    kinds = {re.sub(r"^(draft|issued)/|[\w-]+(?=\.en\.(?:html|xlsx|eml)$)", "", name) for name in said}

    assert {
        "departments/.en.html",
        "departments/.en.xlsx",
        "mails/.en.eml",
        "index.html",
        ".en.html",
    } <= kinds
    assert {
        name for name in said if "overview" in name or "changes" in name or name.startswith("auditor")
    } == {
        "draft/overview.en.html",
        "issued/overview.en.html",
        "issued/changes.en.html",
        *(f"auditor/00-README.{language}.html" for language in reports.OFFERED),
    }
    assert [name for name, text in said.items() if OPEN not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Findings",
        f"{OPEN}Findings{CLOSE} and more",
        f"{OPEN}{OPEN}a{CLOSE}{CLOSE}: 逾期",
        f"3 {OPEN}of{CLOSE} high",
    ],
)
def test_a_word_outside_the_marks_is_noticed(text: str):
    assert leaked(text) != []


def test_no_template_has_words_of_its_own():
    for path in sorted((ROOT / "reports" / "templates").glob("*.j2")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"<style>.*?</style>|<code.*?</code>|<pre.*?</pre>", "", text, flags=re.DOTALL)
        shown = re.sub(r"<[^>]*>|&\w+;|&#\d+;", "", text)

        assert re.findall(r"[^\W\d_]+", shown) == [], path.name
        assert re.findall(r'\b(?:alt|title|aria-label|placeholder)="(?=[^"{]*[^\W\d_])[^"{]+', text) == [], (
            path.name
        )
