"""What comes from outside stays text in every format; what was not looked at is a pass in none of them."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import openpyxl
import pytest
import xmlschema
from junitparser import JUnitXml
from oscal_bindings.v1.parser import parse_oscal
from prometheus_client.parser import text_string_to_metric_families

import reports
from engine.findings import Outcome
from reports.formats.ids import uid
from reports.formats.plain import defused, line, xml

SCHEMAS = Path(__file__).parent / "schemas"
HOSTILE = (
    '=HYPERLINK("x")<script>]]>&\'"><img src=x>{{7*7}}\r\nBcc: all@example\n\n\\n"} 1\n_x0041_\ufffe\u202e'
    "@SUM(1)\t" + "長" * 1000
)


@pytest.fixture(scope="module")
def formulas() -> tuple[str, ...]:
    return ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\u3000@x", "  -2"]
)
def test_a_cell_that_would_be_a_formula_is_text(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "2026-10-01", "陳靜", "'=1", "0"])
def test_any_other_cell_is_left_alone(text: str) -> None:
    assert defused(text) == text


def test_a_line_is_one_line_and_xml_holds_what_it_may() -> None:
    assert line(" a\r\nb\u2028c\x0b ") == "a b c"
    assert xml("a\x00\ud800\ufffe\U0001f600") == "a\ufffd\ufffd\ufffd\U0001f600"


def test_ids_keep_their_parts_apart_and_are_of_version_5() -> None:
    assert uid("r", "ab", "c") != uid("r", "a", "bc") != uid("r2", "a", "bc")
    assert uid("r", "a") == uid("r", "a")
    assert uid("r", "a")[14] == "5"


@pytest.fixture(scope="module")
def soiled_pack(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("soiled")
    company = request.getfixturevalue("soiled_company")(HOSTILE)
    reports.write(company.write(folder / "run"), folder / "pack", ["en", "zh-Hant"], reports.FORMATS)
    return folder / "pack"


def _all_texts(value: Any) -> list[str]:
    match value:
        case dict():
            return [*value, *(text for part in value.values() for text in _all_texts(part))]
        case list():
            return [text for part in value for text in _all_texts(part)]
        case str():
            return [value]
    return []


def test_no_cell_of_a_table_or_list_is_a_formula(soiled_pack: Path, formulas: tuple[str, ...]) -> None:
    for path in (soiled_pack / "tables").iterdir():
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True):
            assert not [cell for cell in row if cell.startswith(formulas)], path.name
    for path in (soiled_pack / "departments").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
            assert not sheet._hyperlinks


def test_a_mail_has_the_headers_that_it_should_and_no_other(soiled_pack: Path, every_format: Path) -> None:
    for path in sorted((soiled_pack / "mails").iterdir()):
        message = message_from_bytes(path.read_bytes(), policy=default)
        tame = message_from_bytes((every_format / "mails" / path.name).read_bytes(), policy=default)
        assert message.keys() == tame.keys()
        assert message.defects == []
        assert len(message["Subject"]) <= 200
        assert [part.get_content_type() for part in message.walk()] == [
            part.get_content_type() for part in tame.walk()
        ]


def test_xml_has_the_elements_that_it_should_and_no_other(soiled_pack: Path, every_format: Path) -> None:
    def tags(path: Path) -> list[str]:
        return [element.tag for element in ET.parse(path).iter()]  # noqa: S314  # our own file

    assert tags(soiled_pack / "junit.xml") == tags(every_format / "junit.xml")
    assert JUnitXml.fromfile(str(soiled_pack / "junit.xml")).tests == 60
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(soiled_pack / "junit.xml")


def test_a_label_cannot_end_itself(soiled_pack: Path, every_format: Path) -> None:
    def samples(path: Path) -> list[tuple[str, float]]:
        families = text_string_to_metric_families(path.read_text("utf-8"))
        return [(sample.name, sample.value) for family in families for sample in family.samples]

    assert samples(soiled_pack / "metrics.prom") == samples(every_format / "metrics.prom")


def test_json_formats_keep_their_schemas(soiled_pack: Path) -> None:
    sarif = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    hdf = json.loads((SCHEMAS / "hdf-exec-json.json").read_text("utf-8"))

    jsonschema.Draft4Validator(sarif).validate(
        json.loads((soiled_pack / "clausewise.sarif").read_text("utf-8"))
    )
    for path in (soiled_pack / "hdf").iterdir():
        jsonschema.Draft7Validator(hdf).validate(json.loads(path.read_text("utf-8")))
    for path in (soiled_pack / "oscal").iterdir():
        parse_oscal(path.read_bytes())
    for path in soiled_pack.rglob("*.json*"):
        for record in path.read_text("utf-8").splitlines():
            assert not [text for text in _all_texts(json.loads(record)) if set(text) & set("\u202e\x00\x07")]


def test_the_same_run_gives_the_same_bytes_in_every_format(
    companies: dict[str, Callable[..., Any]], every_format: Path, tmp_path: Path
) -> None:
    run = companies["believable"]().write(tmp_path / "run")
    script = (
        "import sys, reports, pathlib; "
        "reports.write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), ('en', 'zh-Hant'), reports.FORMATS)"
    )
    settings = {"TZ": "Asia/Tokyo", "LANG": "zh_TW.UTF-8", "PYTHONHASHSEED": "4242"}
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path(reports.__file__).parents[1])}

    command = [sys.executable, "-P", "-c", script, str(run), str(tmp_path / "again")]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)

    first = {
        path.relative_to(every_format): path.read_bytes()
        for path in every_format.rglob("*")
        if path.is_file()
    }
    again = tmp_path / "again"
    assert {
        path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()
    } == first


def test_nothing_assessed_is_no_pass_in_any_format(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    """A run in which no check could be asked: whoever counts passes must count none."""
    company = companies["plain"]()
    for check in company.checks:
        for department in company.departments:
            reason = "rule_error" if check["id"] == "4.1-a" else "not_collected"
            reason = reason if check["implemented"] else "not_implemented"
            company.result(department.code, check["id"], Outcome.NOT_ASSESSED, reason=reason)
    pack = tmp_path / "pack"
    reports.write(company.write(tmp_path / "run"), pack, ["en"], reports.FORMATS)

    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(text) for text in (pack / name).read_text("utf-8").splitlines()]

    sarif = json.loads((pack / "clausewise.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert {result["kind"] for result in sarif} == {"open"}
    assert {event["compliance"]["status"] for event in lines("ocsf.jsonl")} == {"Not Assessed"}
    assert {row["word"] for row in lines("lines/results.jsonl")} == {"not_assessed"}
    statuses = {
        result["status"]
        for path in (pack / "hdf").iterdir()
        for control in json.loads(path.read_text("utf-8"))["profiles"][0]["controls"]
        for result in control["results"]
    }
    assert statuses == {"skipped", "error"}
    suites = JUnitXml.fromfile(str(pack / "junit.xml"))
    skipped = sum(suite.skipped for suite in suites)
    assert (suites.tests, suites.failures, suites.errors, skipped) == (60, 0, 5, 55)
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(pack / "junit.xml")
    assert all(case.result for suite in suites for case in suite)
    body = (pack / "oscal" / "assessment-results.json").read_bytes()
    parse_oscal(body)
    assert all("findings" not in result for result in json.loads(body)["assessment-results"]["results"])
    assert not (pack / "oscal" / "poam.json").exists()
    said = (pack / "metrics.prom").read_text("utf-8")
    assert 'result="pass"} 0' in said
    assert "\nclausewise_check_violations{" not in said
