"""What reports must stand up to, in ten points, and the tests that hold each; what no other test holds is tried here."""

import json
import re
import shutil
import socket
import subprocess
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from engine.audit.waivers import attestations
from engine.findings import SEVERITIES
from reports.frames import OFFERED, frame

TESTS = Path(__file__).parents[1]

HELD = {
    "1 the same run gives the same bytes: another folder, zone, tongue, hash seed; every format": (
        "reports/test_report_pages.py::test_the_same_run_gives_the_same_bytes_in_any_place_zone_and_tongue",
        "reports/test_formats_hostile.py::test_the_same_run_gives_the_same_bytes_in_every_format",
        "laws/test_same_bytes.py::test_run_and_pages_are_the_same_bytes_elsewhere_among_folders_called_like_ours_with",
        "reports/test_report_parts.py::test_the_bytes_are_the_same_whatever_the_number_of_processes",
    ),
    "2 the sum of severities on page one, the cards, the list and the model agree; the roll-forward ties": (
        "reports/test_acceptance.py::test_page_one_cards_list_and_model_count_the_same",
        "reports/test_report_model.py::test_severities_findings_and_the_company_tie",
        "reports/test_report_model.py::test_opening_plus_new_minus_closed_minus_waived_is_closing",
        "reports/test_formats.py::test_the_roll_forward_of_the_tables_ties",
        "history/test_roll_forward.py::test_every_roll_forward_ties_and_what_moves_out_moves_in",
    ),
    "3 without a source's facts its checks are not assessed; no flattering rate; findings are carried, not closed": (
        "laws/test_sources.py::test_a_source_that_is_not_whole_makes_no_pass_and_no_fail",
        "reports/test_report_model.py::test_no_rate_is_given_where_it_would_flatter",
        "fixtures/test_key.py::test_findings_that_are_gone_are_closed_or_not_verified",
    ),
    "4 what has expired, waiver or statement, behaves as if it were not there, and is listed": (
        "audit/test_verdict.py::test_a_waiver_that_does_not_hold_is_listed_with_the_reason",
        "reports/test_acceptance.py::test_a_statement_that_has_expired_is_listed_and_not_in_force",
        "reports/test_report_model.py::test_waivers_that_end_soon_come_first_and_refused_ones_say_why",
    ),
    "5 hostile text adds no element, no formula, no header": (
        "reports/test_report_pages.py::test_hostile_text_adds_no_element_and_steers_nothing",
        "reports/test_report_pages.py::test_a_lone_surrogate_does_not_stop_the_report",
        "reports/test_formats_hostile.py::test_no_cell_of_a_table_or_list_is_a_formula",
        "reports/test_formats_hostile.py::test_a_mail_has_the_headers_that_it_should_and_no_other",
        "reports/test_formats_hostile.py::test_xml_has_the_elements_that_it_should_and_no_other",
    ),
    "6 nothing loads by itself; no plain link, path, host or time of the run": (
        "reports/test_report_pages.py::test_no_page_loads_anything_or_runs_anything",
        "reports/test_report_browser.py::test_axe_finds_nothing_wrong_on_the_screen_and_on_paper",
        "reports/test_acceptance.py::test_no_file_says_where_or_by_whom_it_was_made",
    ),
    "7 accessible in each language; the language is right, no glyph is missing, nothing is untranslated": (
        "reports/test_report_browser.py::test_axe_finds_nothing_wrong_on_the_screen_and_on_paper",
        "reports/test_acceptance.py::test_a_page_says_in_which_language_it_is",
        "reports/test_acceptance.py::test_every_character_that_we_print_has_a_glyph_in_a_font_of_the_distribution",
        "reports/test_report_untranslated.py::test_nothing_that_people_read_is_in_no_catalogue",
        "reports/test_report_simplified.py::test_the_derived_texts_are_those_of_the_source",
        "reports/test_report_simplified.py::test_no_word_is_left_that_a_mainland_reader_would_not_use",
    ),
    "8 contrast of all tokens; grey print is told apart by symbols": (
        "reports/test_report_palette.py::test_every_text_can_be_read_on_every_ground",
        "reports/test_report_palette.py::test_no_colour_is_used_that_is_not_of_the_palette",
        "reports/test_report_palette.py::test_whatever_a_colour_says_a_symbol_and_a_word_say_too",
    ),
    "9 page one fits a sheet with 0, 1, 7 and 700 findings, and says where the rest is": (
        "reports/test_report_print.py::test_page_one_fits_one_sheet_and_says_where_the_rest_is",
        "reports/test_report_print.py::test_page_one_fits_one_sheet_where_checks_have_much_to_say",
        "reports/test_report_print.py::test_page_one_of_a_later_version_fits_one_sheet",
        "reports/test_report_pages.py::test_every_instance_stands_somewhere_in_the_departments_page",
        "reports/test_report_parts.py::test_a_long_annex_is_divided_into_pages_that_hold_every_row_and_point_at_each_other",
    ),
    "10 no name in the overview, a mail's subject or a file's name, nor on page one unless asked for": (
        "reports/test_report_disclosure.py::test_pages_about_all_departments_name_nobody",
        "reports/test_report_disclosure.py::test_no_file_of_a_departments_folder_names_anybody_of_another",
        "reports/test_formats.py::test_a_mail_is_a_draft_with_report_and_list_and_names_nobody_in_its_subject",
        "reports/test_report_pages.py::test_codes_that_no_file_system_likes_get_names_that_all_do",
        "reports/test_report_pages.py::test_page_one_names_roles_and_no_person_unless_asked_to",
    ),
}
"""What is asked -> tests that hold it."""


@pytest.mark.parametrize("asked", HELD)
def test_each_point_is_held_by_tests_that_are_there(asked: str):
    missing = [
        test
        for test in HELD[asked]
        for file, _, name in [test.partition("::")]
        if f"\ndef {name}(" not in (TESTS / file).read_text("utf-8")
    ]

    assert missing == []
    assert list(HELD).index(asked) + 1 == int(asked.partition(" ")[0])


class Counted(HTMLParser):
    """The numbers in the boxes of page one, and the cards below."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.boxes: dict[str, int] = {}
        self.cards: list[str] = []
        self._box = ""
        self._number = False
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "li":
            self._box = next((level for level in (*SEVERITIES, "late") if level in classes), "")
        if tag == "article":
            self.cards.append(next(level for level in SEVERITIES if level in classes))
        self._number = tag == "span" and classes == ["n"]

    def handle_data(self, data: str) -> None:
        if self._box and self._number:
            self.boxes[self._box] = int(data.replace(",", ""))
            self._number = False


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("code", ["SALES", "IT", "HQ", "LEGAL", "_company"])
def test_page_one_cards_list_and_model_count_the_same(every_format: Path, code: str, language: str):
    model = json.loads((every_format / "model.json").read_bytes())
    department = next(row for row in model["departments"] if row["code"] == code)
    said = Counted(every_format / "departments" / f"{code}.{language}.html")
    book = openpyxl.load_workbook(every_format / "departments" / f"{code}.{language}.xlsx")
    words = frame(language)
    listed = {str(row[0]) for row in book.worksheets[0].iter_rows(min_row=5, values_only=True) if row[2]}
    handled = [row[0] for row in book[words.text("list.handling")].iter_rows(min_row=2, values_only=True)]
    numbers = [finding["number"] for finding in department["findings"]]

    assert {level: said.boxes[level] for level in SEVERITIES} == department["front"]["severities"]
    assert said.boxes["late"] == department["front"]["overdue"]
    assert sum(said.boxes[level] for level in SEVERITIES) == len(said.cards) == len(numbers)
    assert said.cards == [finding["severity"] for finding in department["findings"]]
    assert handled == numbers
    assert listed == set(numbers)


def test_a_statement_that_has_expired_is_listed_and_not_in_force():
    row = {
        "uid": "register/attestation/A-1",
        "check": "10.1-a",
        "statement": "reviewed",
        "signed_by": "hr/person/1",
        "signed_at": "2026-01-05T00:00:00Z",
    }
    ends = {"A-1": "2026-09-30T15:59:59Z", "A-2": "2026-09-30T15:59:58Z"}
    rows = [
        {**row, "uid": f"register/attestation/{number}", "valid_until_ends_at": end}
        for number, end in ends.items()
    ]

    said = attestations(rows, "2026-09-30T15:59:59Z", frozenset({"10.1-a"}))

    assert [(one.number, one.applied, one.why_not) for one in said] == [
        ("A-1", True, ""),
        ("A-2", False, "expired"),
    ]


def test_no_file_says_where_or_by_whom_it_was_made(every_format: Path):
    own = [str(Path.home()), tempfile.gettempdir(), str(TESTS.parent), str(every_format.parent)]
    own = [*(path for path in own if len(path) > 3), str(every_format.parent)]
    if len(socket.gethostname()) > 5:  # a shorter one may stand in any word
        own.append(socket.gethostname())
    told = [
        (path.name, one)
        for path in sorted(every_format.rglob("*"))
        if path.is_file()
        for one in own
        if one.encode() in path.read_bytes()
    ]

    assert told == []


@pytest.mark.parametrize("language", OFFERED)
def test_a_page_says_in_which_language_it_is(all_pages: Path, language: str):
    pages = sorted(all_pages.rglob(f"*.{language}.html"))
    said = {re.findall(r'<html lang="([^"]*)">', page.read_text("utf-8"))[0] for page in pages}

    assert len(pages) > 5
    assert said == {language}


def test_every_character_that_we_print_has_a_glyph_in_a_font_of_the_distribution(all_pages: Path):
    program = shutil.which("fc-list")
    if program is None or shutil.which("chromium") is None:
        pytest.skip("no fonts to look into: install fontconfig and the fonts that `.ci/run` names")
    done = subprocess.run(
        [program, "--format", "%{charset}\n"], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    there: set[int] = set()
    for part in set(done.stdout.split()):
        first, _, last = part.partition("-")
        there.update(range(int(first, 16), int(last or first, 16) + 1))
    style = re.compile(r"<style>.*?</style>", re.DOTALL)
    texts = [style.sub("", page.read_text("utf-8")) for page in all_pages.rglob("*.html")]

    assert len(there) > 20_000
    assert {char for text in texts for char in text if char > " " and ord(char) not in there} == set()
