"""What the pages say, and what they cannot be made to do."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import reports
from engine.errors import UsageError
from engine.findings import EngineUsed, FindingState, Outcome

LANGUAGES = ("zh-Hant", "en")
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=y>{{7*7}}{% raw %}\u202e\u0007" + "長" * 2000


class Page(HTMLParser):
    """Elements, ids and links of a page, and the text of its first page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.attributes: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _front(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    start = text.index('<section class="sheet front"')
    return text[start : text.index("</section>\n</div>\n</section>", start)]


@pytest.fixture
def pack(run: Path, tmp_path: Path) -> Path:
    reports.write(run, tmp_path / "pack", LANGUAGES)
    return tmp_path / "pack"


def _written(company: Any, tmp_path: Path, languages: tuple[str, ...] = LANGUAGES) -> Path:
    reports.write(company.write(tmp_path / "a_run"), tmp_path / "a_pack", languages)
    return tmp_path / "a_pack"


def test_the_files_are_those_of_the_design_and_are_all_named(run: Path, tmp_path: Path) -> None:
    files = reports.write(run, tmp_path / "pack", LANGUAGES).files

    departments = [
        f"departments/{code}.{language}.html"
        for code in ("HQ", "IT", "LEGAL", "SALES", "_company")
        for language in LANGUAGES
    ]
    departments += [name.replace(".html", ".xlsx") for name in departments]
    assert {path.as_posix() for path in files} == {
        "model.json",
        "index.html",
        "overview.zh-Hant.html",
        "overview.en.html",
        *departments,
    }
    assert {
        path.relative_to(tmp_path / "pack") for path in (tmp_path / "pack").rglob("*") if path.is_file()
    } == set(files)
    assert files == sorted(files)


def test_the_model_alone_can_be_had(run: Path, tmp_path: Path) -> None:
    assert reports.write(run, tmp_path / "pack", ["en"], ["json"]).files == [Path("model.json")]


@pytest.mark.parametrize(("languages", "formats"), [(["fr"], ["html"]), ([], ["html"]), (["en"], ["docx"])])
def test_what_is_not_known_is_refused_with_the_choices_and_nothing_written(
    run: Path, tmp_path: Path, languages: list[str], formats: list[str]
) -> None:
    with pytest.raises(UsageError) as caught:
        reports.write(run, tmp_path / "pack", languages, formats)

    assert caught.value.help
    assert not (tmp_path / "pack").exists()


def test_the_same_run_gives_the_same_bytes_in_any_place_zone_and_tongue(
    run: Path, tmp_path: Path, pack: Path
) -> None:
    script = "import sys, reports, pathlib; reports.write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), ('zh-Hant', 'en'))"
    for number, settings in enumerate(
        [
            {"TZ": "America/New_York", "LANG": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Tokyo", "LANG": "zh_TW.UTF-8", "PYTHONHASHSEED": "4242"},
        ]
    ):
        elsewhere = tmp_path / f"elsewhere{number}" / "deep"
        environment = {**os.environ, **settings, "PYTHONPATH": str(Path(reports.__file__).parents[1])}
        subprocess.run(
            [sys.executable, "-P", "-c", script, str(run), str(elsewhere)],
            check=True,
            env=environment,
            cwd=tmp_path,
        )

        for path in sorted(pack.rglob("*")):
            if path.is_file():
                assert (elsewhere / path.relative_to(pack)).read_bytes() == path.read_bytes(), path.name


def test_no_page_loads_anything_or_runs_anything(pack: Path) -> None:
    for path in pack.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = Page(path)
        assert not {tag[0] for tag in page.tags} & {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "form",
            "base",
            "image",
            "use",
        }
        assert not {
            name
            for name in page.attributes
            if name == "src" or name.startswith("on") or name == "style" or "xlink" in name
        }
        assert "url(" not in text
        assert "@import" not in text
        assert "http:" not in text
        assert "https:" not in text
        assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


def test_what_runs_along_the_foot_of_printed_sheets_is_text_and_no_markup(all_pages: Path) -> None:
    feet = {}
    for path in all_pages.rglob("*.html"):
        said = re.search(r'@bottom-left \{ content: "([^"]*)"', path.read_text(encoding="utf-8"))
        assert said is not None
        feet[path.name] = re.sub(r"\\([0-9a-f]{6})", lambda code: chr(int(code[1], 16)), said[1])

    assert feet["00-README.en.html"].endswith(" · Auditor's pack")
    assert feet["SALES.zh-Hant.html"] == "2026Q3-SALES · 內部"
    assert not [foot for foot in feet.values() if "&" in foot or "\\" in foot]


def test_every_link_leads_to_something_that_is_there(pack: Path) -> None:
    pages = {path: Page(path) for path in pack.rglob("*.html")}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path.name
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target in pages or (target.suffix == ".xlsx" and target.is_file()), (path.name, link)
            assert not anchor or anchor in pages[target].ids, (path.name, link)


def test_a_departments_page_leads_nowhere_else_so_that_it_can_be_handed_over_alone(pack: Path) -> None:
    for path in (pack / "departments").glob("*.html"):
        assert all(link.startswith("#") for link in Page(path).links)


def test_both_languages_have_the_same_elements_in_the_same_order(pack: Path) -> None:
    for path in [pack / "overview.en.html", *(pack / "departments").glob("*.en.html")]:
        other = path.with_name(path.name.replace(".en.", ".zh-Hant."))
        assert Page(path).tags == Page(other).tags
        assert Page(path).ids == Page(other).ids


def test_hostile_text_adds_no_element_and_steers_nothing(
    companies: dict[str, Callable[..., Any]], soiled: Callable[[Any, str], Any], tmp_path: Path
) -> None:
    tame = _written(soiled(companies["believable"](), "x"), tmp_path / "tame")
    hostile = _written(soiled(companies["believable"](), HOSTILE), tmp_path / "hostile")

    for path in sorted(tame.rglob("*.html")):
        other = hostile / path.relative_to(tame)
        assert Page(other).tags == Page(path).tags, path.name
        text = other.read_text(encoding="utf-8")
        assert "\u202e" not in text
        assert "\u0007" not in text
        assert ">49<" not in text
    assert "\u202e" not in (hostile / "model.json").read_text(encoding="utf-8")


def test_a_lone_surrogate_does_not_stop_the_report(run: Path, tmp_path: Path) -> None:
    path = run / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace("\\u96f2", "\\ud800"), encoding="utf-8")

    reports.write(run, tmp_path / "pack", ["en"])

    assert "\ufffd" in (tmp_path / "pack" / "overview.en.html").read_text(encoding="utf-8")


def test_page_one_names_roles_and_no_person_unless_asked_to(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    quiet, named = companies["believable"](), companies["believable"]()
    named.settings["names_on_front"] = "yes"
    people = ("李小明", "陳靜", "周海")

    for language in LANGUAGES:
        roles = _front(
            _written(quiet, tmp_path / f"quiet-{language}") / "departments" / f"SALES.{language}.html"
        )
        names = _front(
            _written(named, tmp_path / f"named-{language}") / "departments" / f"SALES.{language}.html"
        )
        assert not [name for name in people if name in roles]
        assert "李小明" in names
        assert "陳靜" in names


def test_whom_to_tell_of_a_dispute_stands_where_it_is_explained_in_report_and_mail_and_nowhere_else(
    run: Path, tmp_path: Path
) -> None:
    reports.write(run, tmp_path / "silent", ["en"], ["html", "eml"])
    about = json.loads((run / "run.json").read_bytes())
    (run / "run.json").write_text(json.dumps(about | {"contact": f"Li Xia 8023{HOSTILE}"}), encoding="utf-8")
    reports.write(run, tmp_path / "told", ["en"], ["html", "eml"])

    assert "How to reach" not in (tmp_path / "silent" / "departments" / "SALES.en.html").read_text("utf-8")
    page = tmp_path / "told" / "departments" / "SALES.en.html"
    text = page.read_text(encoding="utf-8")
    assert text.count("How to reach the inspector: Li Xia 8023&lt;script&gt;") == 1
    assert text.index("Li Xia 8023") > text.index('id="dispute"')
    assert Page(page).tags.count(("script",)) == 0
    assert "Li Xia" not in (tmp_path / "told" / "overview.en.html").read_text("utf-8")
    mail = message_from_bytes((tmp_path / "told" / "mails" / "SALES.en.eml").read_bytes(), policy=default)
    said = mail.get_body(("plain",))
    assert said is not None
    assert "How to reach the inspector: Li Xia 8023" in said.get_content()
    assert "Li Xia" not in str(mail["Subject"])


def test_the_overview_names_no_person_among_its_figures(pack: Path) -> None:
    text = (pack / "overview.zh-Hant.html").read_text(encoding="utf-8")

    assert "陳靜" not in text[: text.index('id="waivers-h"')]


def test_every_instance_stands_somewhere_in_the_departments_page(pack: Path) -> None:
    text = (pack / "departments" / "SALES.zh-Hant.html").read_text(encoding="utf-8")

    assert "另有 7 宗未列於此，完整名單見附件" in text
    for number in range(1, 28):
        assert f"sales-5.3-f-{number:04d}" in text
    assert text.count("sales-5.3-f-0027") == 1
    assert text.count("sales-5.3-f-0001") == 2


def test_an_instance_is_told_in_words_names_and_local_time(pack: Path) -> None:
    zh = (pack / "departments" / "SALES.zh-Hant.html").read_text(encoding="utf-8")
    en = (pack / "departments" / "SALES.en.html").read_text(encoding="utf-8")

    assert "賬號 001：持有人 陳靜 已離職（2026-08-31 24:00），賬號狀態仍為「使用中」。" in zh
    assert "賬號 001: 陳靜 left on 2026-08-31 24:00, and the account is still active." in en


@pytest.mark.parametrize(
    ("language", "late", "ahead", "answer"),
    [
        (
            "en",
            "Contain by 2026-07-07 (passed at notice) · Correct by 2026-08-01 (passed at notice)",
            "Contain by 2026-10-12 · Correct by 2026-10-16 ·",
            "Overdue, say why or ask for more time by 12 October: ",
        ),
        (
            "zh-Hant",
            "先行控制 2026-07-07 （通知時已過） · 整改期限 2026-08-01 （通知時已過）",
            "先行控制 2026-10-12 · 整改期限 2026-10-16 ·",
            "逾期未完成，請最遲 10月12日說明或申請延期：",
        ),
    ],
)
def test_a_card_asks_for_no_day_before_the_notice_and_page_one_says_by_when_to_answer_for_it(
    pack: Path, language: str, late: str, ahead: str, answer: str
) -> None:
    text = (pack / "departments" / f"SALES.{language}.html").read_text(encoding="utf-8")
    found = re.findall(r'<article class="card \w+" id="f-([^"]+)"(.*?)</article>', text, re.DOTALL)
    cards = {check: re.sub(r"<[^>]+>", "", card) for check, card in found}

    assert late in cards["6.1.2-d"]
    assert ahead in cards["5.3-a"]
    assert answer in text


def test_every_cell_of_the_overview_with_something_not_assessed_bears_its_mark(pack: Path) -> None:
    text = (pack / "overview.en.html").read_text(encoding="utf-8")
    rows = re.findall(r"<td[^>]*>(.*?)</td>", text[text.index('class="heat') :].partition("</table>")[0])
    gaps = [row for row in rows if "ot assessed" in row]

    assert any(">Not assessed<" in row for row in gaps)
    assert all('<span class="key hatch" aria-hidden="true"></span>' in row for row in gaps)


def test_the_embedded_engine_is_said_plainly(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["believable"]()
    company.engine = EngineUsed(name="embedded", version="0.13", note="opa: not found")
    pack = _written(company, tmp_path)

    for page in ("overview.en.html", "departments/IT.en.html", "index.html"):
        assert "opa: not found" in (pack / page).read_text(encoding="utf-8")
    assert "embedded engine decided" in _front(pack / "departments" / "IT.en.html")


def test_nothing_found_still_says_what_was_looked_at_and_what_was_not(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    pack = _written(companies["plain"](), tmp_path)

    front = _front(pack / "departments" / "SALES.en.html")
    assert (
        "Nothing was found in the 10 checks that were assessed; 2 were not assessed, which is not the same as passed."
        in front
    )
    assert "No earlier inspection was given to compare with" in front
    assert "2 not implemented yet" in front


def test_nothing_assessed_is_never_good_news(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["plain"]()
    for check in company.checks:
        company.result("SALES", check["id"], Outcome.NOT_ASSESSED, reason="source_failed", missing=("im",))
    pack = _written(company, tmp_path)

    front = _front(pack / "departments" / "SALES.en.html")
    assert "None of the 12 checks could be assessed" in front
    assert 'class="verdict unknown"' in front


def test_findings_of_a_department_that_is_gone_are_carried_in_a_report_of_its_own(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["believable"]()
    company.finding("IT", "4.1-a", 2, 9, FindingState.UNVERIFIED)
    company.findings[-1] = company.findings[-1].model_copy(update={"department": "OLD"})
    company.history["names"] = {"OLD": "舊部門"}
    pack = _written(company, tmp_path)

    model = json.loads((pack / "model.json").read_text(encoding="utf-8"))
    old = next(row for row in model["departments"] if row["code"] == "OLD")
    assert (old["trend"]["closing"], old["trend"]["unverified"], old["coverage"]["assessed"]) == (1, 1, 0)
    assert old["name"] == "舊部門"


def test_codes_that_no_file_system_likes_get_names_that_all_do(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["plain"]()
    codes = ["../../etc", "it", "nul", "研發/一", "a" * 300]
    company.departments += [
        company.departments[0].model_copy(update={"code": code, "parent": ""}) for code in codes
    ]
    pack = _written(company, tmp_path)

    names = sorted(path.name for path in (pack / "departments").glob("*.en.html"))
    assert len(names) == 10
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}\.en\.html", name) for name in names)
    assert len({name.casefold() for name in names}) == 10
