"""JUnit: one suite a department, one case a check, for build servers that draw test results."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from reports.formats.given import NAME, Given, by_check, rows
from reports.formats.plain import line, xml
from reports.model import Department
from reports.model.check_shapes import CheckRow, Tally
from reports.model.finding_shapes import FindingView
from reports.words import Words


def junit(given: Given) -> Iterator[tuple[Path, bytes]]:
    """A case without anything inside it has passed, so that only a pass is written so."""
    model, words = given.model, given.first
    title = f"{NAME} {model.run.period} · {words.state(model.run.issue)}"
    suites = ET.Element("testsuites", {"name": xml(title), **_failed(model.company.tally)})
    for department in model.departments:
        suite = ET.SubElement(
            suites,
            "testsuite",
            {
                "name": xml(line(f"{department.code} {department.name or words.t('company')}")),
                **_counts(department.tally),
                "time": "0",
                "timestamp": model.run.as_of_at.removesuffix("Z"),
            },
        )
        found = by_check(department)
        for row in rows(department):
            _case(suite, department, row, found.get(row.check), words)
    ET.indent(suites)
    yield Path("junit.xml"), ET.tostring(suites, encoding="utf-8", xml_declaration=True) + b"\n"


def _failed(tally: Tally) -> dict[str, str]:
    """What may be counted over all suites; how many were left out, the schema allows a suite alone to say."""
    return {
        "tests": str(tally.total),
        "failures": str(tally.failed),
        "errors": str(tally.rule_errors),
    }


def _counts(tally: Tally) -> dict[str, str]:
    return {**_failed(tally), "skipped": str(tally.left_out)}


def _case(
    suite: ET.Element, department: Department, row: CheckRow, finding: FindingView | None, words: Words
) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": xml(line(f"{NAME.lower()}.{department.code}")),
            "name": xml(line(f"{row.check} {words.title(row.check)}")),
            "time": "0",
        },
    )
    said = words.outcome(row)
    match row.word:
        case "pass":
            return
        case "fail" | "partly":
            said = words.condition(finding) if finding else said
            inside = ET.SubElement(case, "failure", {"message": xml(line(said)), "type": row.severity})
            inside.text = xml("\n".join(_instances(finding, words)))
        case "not_assessed":
            tag = "error" if row.reason == "rule_error" else "skipped"
            inside = ET.SubElement(case, tag, {"message": xml(line(said))})
            if tag == "error":
                inside.set("type", row.reason)
            if finding is not None and finding.is_open:
                inside.text = xml(f"{finding.number}{words.t('colon')}{words.t('card.unverified')}")
        case _:
            said += f"{words.t('colon')}{words.excused(row)}" if row.waivers else ""
            inside = ET.SubElement(case, "skipped", {"message": xml(line(said))})
            inside.text = xml("\n".join(_instances(finding, words)))


def _instances(finding: FindingView | None, words: Words) -> Iterator[str]:
    for instance in finding.instances if finding else ():
        state = f" [{words.t('evidence.waiver')} {instance.waiver}]" if instance.waiver else ""
        yield line(f"{instance.number} {words.told(finding.check, instance)}{state}") if finding else ""
