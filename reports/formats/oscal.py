"""OSCAL 1.2.1: Assessment Results, and a plan of action and milestones for what is open."""

from collections.abc import Iterator
from pathlib import Path

from engine.canonical import canonical
from reports.formats.given import Given, by_check, findings, rows
from reports.formats.ids import control
from reports.formats.oscal_parts import Part, Parts, properties, unique
from reports.formats.plain import line
from reports.model import Department, Model

_SILENT = {"not_assessed", "not_applicable"}
"""Of these OSCAL can say neither satisfied nor not satisfied; the reader finds them among what was left out."""


def oscal(given: Given) -> Iterator[tuple[Path, bytes]]:
    """The results, a result a department; the plan is left out where nothing is open, for it may not be empty."""
    parts, model = Parts(given), given.model
    yield Path("oscal/assessment-results.json"), canonical({"assessment-results": _results(parts, model)})
    if any(department.findings for department in model.departments):
        plan = {"plan-of-action-and-milestones": _plan(parts, model)}
        yield Path("oscal/poam.json"), canonical(plan)


def _results(parts: Parts, model: Model) -> Part:
    policy = parts.uid("policy")
    return {
        "uuid": parts.uid("assessment-results"),
        "metadata": parts.metadata(parts.words.t("overview.title")),
        "import-ap": {"href": f"#{policy}"},
        "results": [_result(parts, department) for department in model.departments],
        "back-matter": {
            "resources": [
                {
                    "uuid": policy,
                    "title": line(f"{parts.policy} {model.run.policy_version}"),
                    "props": properties(**model.run.digests),
                }
            ]
        },
    }


def _result(parts: Parts, department: Department) -> Part:
    found = by_check(department)
    listed = list(rows(department))
    title = line(f"{department.code} {department.name or parts.words.t('company')}")
    observations = [
        *unique(
            parts.observation(finding, instance)
            for finding in findings(department)
            for instance in finding.instances
        ),
        *(parts.remark(department, row) for row in listed if row.word in _SILENT),
    ]
    items = unique(
        parts.subject(finding, instance) for finding in findings(department) for instance in finding.instances
    )
    looked = [{"control-id": control(row.check)} for row in listed if row.word not in _SILENT]
    left_out = [{"control-id": control(row.check)} for row in listed if row.word in _SILENT]
    result: Part = {
        "uuid": parts.uid("result", department.code),
        "title": title,
        "description": parts.words.say(department.front.verdict[0]),
        "start": parts.run.from_at,
        "end": parts.run.as_of_at,
        "props": properties(
            department=department.code,
            **{word.replace("_", "-"): str(count) for word, count in department.tally.words.items()},
        ),
        "reviewed-controls": {
            "remarks": parts.words.t("gaps.about", n=department.coverage.not_assessed, total=len(listed)),
            "control-selections": [_selection(looked, left_out)],
        },
        "findings": [
            parts.finding(department, row, found.get(row.check)) for row in listed if row.word not in _SILENT
        ],
        "risks": [
            *(parts.risk(department, finding) for finding in findings(department)),
            *(
                parts.accepted(department, row)
                for row in listed
                if row.word == "waived" and row.check not in found
            ),
        ],
        "observations": observations,
    }
    if items:
        result["local-definitions"] = {"inventory-items": items}
    return {name: value for name, value in result.items() if value != []}


def _selection(looked: list[Part], left_out: list[Part]) -> Part:
    """Which controls were looked at: those that were not are named, and where that is all of them nothing is included."""
    if not looked:
        return {"include-controls": left_out, "exclude-controls": left_out}
    return {"include-controls": looked} | ({"exclude-controls": left_out} if left_out else {})


def _plan(parts: Parts, model: Model) -> Part:
    opened = [(department, finding) for department in model.departments for finding in department.findings]
    items = unique(
        parts.subject(finding, instance) for _, finding in opened for instance in finding.instances
    )
    plan: Part = {
        "uuid": parts.uid("poam"),
        "metadata": parts.metadata(parts.words.t("findings.title")),
        "system-id": {"identifier-type": "urn:clausewise:policy", "id": line(model.run.policy) or "-"},
        "observations": unique(
            parts.observation(finding, instance) for _, finding in opened for instance in finding.instances
        ),
        "risks": [parts.risk(department, finding) for department, finding in opened],
        "poam-items": [
            {
                "uuid": parts.uid(finding.check, department.code, "poam-item"),
                "title": line(f"{finding.number} {parts.words.title(finding.check)}"),
                "description": parts.words.condition(finding) or parts.words.title(finding.check),
                "props": properties(
                    control=control(finding.check),
                    department=department.code,
                    severity=finding.severity,
                    owner=parts.words.owner(finding.owner),
                    overdue="yes" if finding.is_overdue else "no",
                ),
                "related-risks": [{"risk-uuid": parts.uid(finding.check, department.code, "risk")}],
            }
            for department, finding in opened
        ],
    }
    if items:
        plan["local-definitions"] = {"inventory-items": items}
    return {name: value for name, value in plan.items() if value != []}
