"""Each format is what its own schema, or a reader that others wrote, takes it for."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import xmlschema
from junitparser import Error, Failure, JUnitXml, Skipped
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from oscal_bindings.v1.parser import parse_oscal, serialize_oscal
from prometheus_client.parser import text_string_to_metric_families

import reports

SCHEMAS = Path(__file__).parent / "schemas"


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _results(pack: Path) -> list[dict[str, Any]]:
    return _lines(pack / "lines" / "results.jsonl")


@pytest.fixture
def sarif(every_format: Path) -> dict[str, Any]:
    run: dict[str, Any] = _json(every_format / "clausewise.sarif")["runs"][0]
    return run


def test_json_lines_have_every_row_of_the_model(every_format: Path) -> None:
    model = _json(every_format / "model.json")

    assert len(_results(every_format)) == model["company"]["tally"]["total"] == 60
    instances = _lines(every_format / "lines" / "instances.jsonl")
    assert len(instances) == len({(row["department"], row["fingerprint"]) for row in instances}) == 40
    assert [row["subject"] for row in instances if row["suppressed"]] == ["im/account/kiosk"]


def test_sarif_keeps_its_schema(every_format: Path) -> None:
    checker = jsonschema.Draft4Validator(_json(SCHEMAS / "sarif-2.1.0.json"))

    assert [error.message for error in checker.iter_errors(_json(every_format / "clausewise.sarif"))] == []


def test_sarif_tells_failures_from_what_nobody_could_say(every_format: Path, sarif: dict[str, Any]) -> None:
    by_kind = Counter(result["kind"] for result in sarif["results"])
    words = Counter(row["word"] for row in _results(every_format))

    assert by_kind["open"] == words["not_assessed"]
    assert by_kind["pass"] == words["pass"]
    assert by_kind["notApplicable"] == words["not_applicable"]
    assert {result["level"] for result in sarif["results"] if result["kind"] != "fail"} == {"none"}
    assert len({result["guid"] for result in sarif["results"]}) == len(sarif["results"])


def test_sarif_suppresses_what_is_waived_and_leaves_nothing_out(sarif: dict[str, Any]) -> None:
    (waived,) = [result for result in sarif["results"] if "suppressions" in result]

    assert (waived["ruleId"], waived["kind"], waived["level"]) == ("5.1-a", "fail", "error")
    assert waived["suppressions"][0]["kind"] == "external"
    assert "W-2026-001" in waived["suppressions"][0]["justification"]
    absent = [result["ruleId"] for result in sarif["results"] if result.get("baselineState") == "absent"]
    assert absent == ["6.1.2-c"]


@pytest.mark.parametrize("name", ["assessment-results", "poam"])
def test_oscal_is_read_by_its_bindings_and_nothing_is_lost(every_format: Path, name: str) -> None:
    """The bindings are generated from the official schema and refuse what it does not know."""
    body = (every_format / "oscal" / f"{name}.json").read_bytes()

    assert json.loads(serialize_oscal(parse_oscal(body))) == json.loads(body)


def _oscal(pack: Path) -> list[dict[str, Any]]:
    document = _json(pack / "oscal" / "assessment-results.json")
    results: list[dict[str, Any]] = document["assessment-results"]["results"]
    return results


def test_oscal_is_satisfied_by_a_pass_alone_and_reviews_only_what_was_assessed(every_format: Path) -> None:
    words = Counter(row["word"] for row in _results(every_format))
    findings = [finding for result in _oscal(every_format) for finding in result["findings"]]
    states = Counter(finding["target"]["status"]["state"] for finding in findings)

    assert states["satisfied"] == words["pass"]
    assert states["not-satisfied"] == words["fail"] + words["partly"] + words["waived"]
    for result in _oscal(every_format):
        (selection,) = result["reviewed-controls"]["control-selections"]
        looked = {control["control-id"] for control in selection["include-controls"]}
        left_out = {control["control-id"] for control in selection["exclude-controls"]}
        assert not looked & left_out
        assert looked == {finding["target"]["target-id"] for finding in result["findings"]}
        assert all(control.startswith("chk-") for control in looked | left_out)


def _inside(value: Any, key: str) -> list[str]:
    match value:
        case dict():
            own = [value[key]] if key in value else []
            return own + [found for part in value.values() for found in _inside(part, key)]
        case list():
            return [found for part in value for found in _inside(part, key)]
    return []


@pytest.mark.parametrize("name", ["assessment-results", "poam"])
def test_oscal_ids_are_unique_and_every_reference_resolves(every_format: Path, name: str) -> None:
    document = _json(every_format / "oscal" / f"{name}.json")
    ids = _inside(document, "uuid")
    referred = {
        found for key in ("observation-uuid", "risk-uuid", "subject-uuid") for found in _inside(document, key)
    }

    assert len(ids) == len(set(ids))
    assert referred <= set(ids)


def test_the_plan_has_an_item_with_its_deadline_for_each_open_finding(every_format: Path) -> None:
    plan = _json(every_format / "oscal" / "poam.json")["plan-of-action-and-milestones"]
    model = _json(every_format / "model.json")

    assert len(plan["poam-items"]) == model["company"]["open"] == len(plan["risks"])
    first = next(risk for risk in plan["risks"] if risk["title"].startswith("2026Q3-SALES-001"))
    assert first["deadline"] == "2026-10-16T16:00:00Z"
    assert {task["title"] for task in first["remediations"][0]["tasks"]} == {"Contain by", "Correct by"}


def test_ocsf_events_keep_their_schema(every_format: Path) -> None:
    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version="1.8.0")).get_class_schema("compliance_finding")
    checker = jsonschema.Draft202012Validator(schema)
    events = _lines(every_format / "ocsf.jsonl")

    assert [error.message for event in events for error in checker.iter_errors(event)] == []
    assert {event["time"] for event in events} == {1790783999000}
    assert len({event["metadata"]["uid"] for event in events}) == len(events)


def test_ocsf_says_pass_of_a_pass_alone_and_suppressed_of_what_is_waived(every_format: Path) -> None:
    events = _lines(every_format / "ocsf.jsonl")
    words = {(row["department"], row["check"]): row["word"] for row in _results(every_format)}

    for event in events:
        word = words[event["unmapped"]["department"], event["unmapped"]["check"]]
        if event["compliance"]["status_id"] == 1:
            assert word == "pass"
        if word == "not_assessed":
            assert event["compliance"]["status_id"] in {0, 99}
    assert {event["compliance"]["control"] for event in events if event["status_id"] == 3} == {"5.1-a"}
    closed = [event["compliance"]["control"] for event in events if event["activity_id"] == 3]
    assert closed == ["6.1.2-c"]


def test_hdf_keeps_its_schema(every_format: Path) -> None:
    checker = jsonschema.Draft7Validator(_json(SCHEMAS / "hdf-exec-json.json"))

    for path in sorted((every_format / "hdf").iterdir()):
        assert [error.message for error in checker.iter_errors(_json(path))] == []


def test_junit_keeps_the_schema_that_build_servers_know(every_format: Path) -> None:
    schema = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")

    assert [error.reason for error in schema.iter_errors(every_format / "junit.xml")] == []


def test_junit_is_read_by_another_reader_and_adds_up(every_format: Path) -> None:
    suites = JUnitXml.fromfile(str(every_format / "junit.xml"))
    words = Counter(row["word"] for row in _results(every_format))
    kinds: Counter[Any] = Counter()
    for suite in suites:
        cases = list(suite)
        assert (suite.tests, suite.failures, suite.skipped, suite.errors) == (
            len(cases),
            sum(isinstance(one, Failure) for case in cases for one in case.result),
            sum(isinstance(one, Skipped) for case in cases for one in case.result),
            sum(isinstance(one, Error) for case in cases for one in case.result),
        )
        kinds.update(type(case.result[0]) if case.result else None for case in cases)

    assert kinds[None] == words["pass"]
    assert kinds[Failure] == words["fail"] + words["partly"] == suites.failures
    assert kinds[Skipped] == words["not_assessed"] + words["not_applicable"] + words["waived"]


def test_prometheus_text_is_read_by_its_own_client(every_format: Path) -> None:
    families = {
        family.name: family.samples
        for family in text_string_to_metric_families((every_format / "metrics.prom").read_text("utf-8"))
    }
    words = Counter(row["word"] for row in _results(every_format))
    said = Counter()
    for sample in families["clausewise_checks"]:
        said[sample.labels["result"]] += int(sample.value)

    assert +said == words
    assert families["clausewise_as_of_timestamp_seconds"][0].value == 1790783999
    assert len(families["clausewise_check_violations"]) == sum(words.values()) - words["not_assessed"]


def _table(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_tables_have_as_many_cells_in_each_row_and_all_rows(every_format: Path, language: str) -> None:
    for name, rows in (
        ("results", 60),
        ("findings", 9),
        ("instances", 40),
        ("waivers", 2),
        ("roll-forward", 6),
    ):
        table = _table(every_format / "tables" / f"{name}.{language}.csv")
        assert len({len(row) for row in table}) == 1
        assert len(table) == rows + 1, name


def test_the_roll_forward_of_the_tables_ties(every_format: Path) -> None:
    rows = _table(every_format / "tables" / "roll-forward.en.csv")[1:]
    for row in rows:
        opening, new, recurred, resumed, moved_in, *taken, closing = map(int, row[3:-1])
        assert opening + new + recurred + resumed + moved_in - sum(taken) == closing
    for column in range(3, 14):
        assert sum(int(row[column]) for row in rows[:-1]) == int(rows[-1][column])


@pytest.fixture
def mail(every_format: Path) -> EmailMessage:
    return _mail(every_format / "mails" / "SALES.en.eml")


def _mail(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_is_a_draft_with_report_and_list_and_names_nobody_in_its_subject(
    mail: EmailMessage, every_format: Path
) -> None:
    assert mail["X-Unsent"] == "1"
    assert (mail["To"], mail["From"]) == (None, None)
    assert mail["Date"] == "Wed, 30 Sep 2026 15:59:59 +0000"
    subject = "[DRAFT] Internal communication software inspection · 銷售部 · 3rd quarter 2026"
    said = f"{subject} · Critical 1, High 2, Medium 1 · first due 2026-10-12"
    assert mail["Subject"] == said.replace(" · ", "\u00a0·\u00a0")
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert attached["SALES.en.xlsx"] == (every_format / "departments" / "SALES.en.xlsx").read_bytes()
    page = (every_format / "departments" / "SALES.en.html").read_text("utf-8")
    assert attached["SALES.en.html"].replace("\r\n", "\n") == page
    plain, markup = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert markup is not None
    for paragraph in plain.get_content().splitlines():
        assert paragraph in markup.get_content().replace("&#39;", "'")
    assert not [name for name in ("李小明", "陳靜", "周海") if name in plain.get_content()]


def test_a_check_that_is_waived_as_a_whole_is_told_though_the_run_keeps_no_instance_of_it(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["believable"]()
    company.findings = [finding for finding in company.findings if finding.check != "5.1-a"]
    reports.write(company.write(tmp_path / "run"), tmp_path / "pack", ["en"], reports.FORMATS)
    pack = tmp_path / "pack"

    results = _json(pack / "clausewise.sarif")["runs"][0]["results"]
    (waived,) = [result for result in results if result["ruleId"] == "5.1-a" and "suppressions" in result]
    assert (waived["kind"], waived["properties"]["department"]) == ("fail", "SALES")
    assert waived["suppressions"][0]["justification"] == "W-2026-001 前台輪班共用，已加鎖"
    (event,) = [event for event in _lines(pack / "ocsf.jsonl") if event["status_id"] == 3]
    assert (event["compliance"]["status"], event["compliance"]["control"]) == ("Fail", "5.1-a")
    assert "W-2026-001" in event["status_detail"]
    parse_oscal((pack / "oscal" / "assessment-results.json").read_bytes())
    risks = [risk for result in _oscal(pack) for risk in result.get("risks", [])]
    assert [risk["title"][:5] for risk in risks if risk["status"] == "deviation-approved"] == ["5.1-a"]
    controls = _json(pack / "hdf" / "SALES.json")["profiles"][0]["controls"]
    (control,) = [control for control in controls if "waiver_data" in control]
    assert control["waiver_data"]["expiration_date"] == "2026-10-20"
    sheet = openpyxl.load_workbook(pack / "departments" / "SALES.en.xlsx")["Exceptions"]
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == ["W-2026-001"]
    assert 'message="Approved exception: W-2026-001' in (pack / "junit.xml").read_text("utf-8")
