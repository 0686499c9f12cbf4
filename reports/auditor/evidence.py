"""The evidence behind each finding: what was seen, where it came from, and how it was decided."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.canonical import canonical
from engine.findings import Finding, Instance
from reports.catalogue import Check
from reports.formats.given import findings
from reports.model import Model
from reports.model.finding_shapes import InstanceView
from reports.run_folder import RunFolder


def evidence(
    found: RunFolder, model: Model, rule_lines: Mapping[str, tuple[str, int]]
) -> Iterator[tuple[str, bytes]]:
    """A file a finding, with an entry an instance under the number that the department's report gives it."""
    checks = found.catalogue.by_id()
    numbers = {
        (view.number, instance.fingerprint): instance
        for department in model.departments
        for view in findings(department)
        for instance in view.instances
    }
    for finding in found.findings:
        check = checks[finding.check]
        said = {
            "finding": finding.number,
            "check": finding.check,
            "clause": finding.clause,
            "department": finding.department,
            "state": finding.state.value,
            "decided": _decided(finding, check, found, rule_lines),
            "instances": [
                _instance(instance, numbers.get((finding.number, instance.fingerprint)), found)
                for instance in finding.instances
            ],
        }
        yield f"04-evidence/{finding.number}.json", canonical(said) + b"\n"


def _decided(
    finding: Finding, check: Check, found: RunFolder, rule_lines: Mapping[str, tuple[str, int]]
) -> dict[str, Any]:
    """By what rule, with which numbers, and on how many."""
    path, line = rule_lines.get(finding.check, ("", 0))
    return {
        "rule": f"08-rules/rego/{path}" if path else "",
        "line": line,
        "settings": {
            name: {"value": found.settings.values.get(name), "origin": found.settings.origin.get(name, "")}
            for name in sorted(check.settings)
        },
        "population": finding.population,
        "violations": finding.violations,
        "unknown": finding.unknown,
        "waived": finding.waived,
        "severity": finding.severity,
        "severity_base": check.severity,
    }


def _instance(instance: Instance, view: InstanceView | None, found: RunFolder) -> dict[str, Any]:
    subject = found.subjects.get(instance.subject)
    return {
        "number": view.number if view else "",
        "fingerprint": instance.fingerprint,
        "subject": instance.subject,
        "evidence": instance.evidence,
        "severity": instance.severity,
        "state": instance.state.value,
        "waiver": instance.waiver,
        "source": subject.source_id if subject else "",
        "observed_at": subject.observed_at if subject else "",
        "collected_at": subject.collected_at if subject else "",
        "row_sha256": subject.raw_sha256 if subject else "",
    }
