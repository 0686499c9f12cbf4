"""Where a rule and its description do not fit: settings and parts of the evidence that the one has and the other has not."""

from collections.abc import Iterator, Mapping

from engine.checks.description import Description
from engine.checks.lint_forms import Fault
from engine.checks.trees import File, Node, references, walked

_OF_SETTINGS = ("settings", "cutoff", "horizon")
"""Below `data`: the settings themselves, and the instants that those in hours and days make."""


def misfitting(file: File, checks: Mapping[str, Description]) -> Iterator[Fault]:
    """What a check's rule names and its description does not declare.

    Args:
        file: its rules
        checks: the descriptions, by id
    """
    if file.check not in checks:
        return
    check = checks[file.check]
    for rule in file.rules:
        yield from _settings(file, rule, check)
        for given, row in _evidence(rule):
            yield from _gives(given, row, check)


def _gives(given: Mapping[str, int], row: int, check: Description) -> Iterator[Fault]:
    for key, at in given.items():
        if key not in check.evidence:
            yield Fault(
                at,
                f"gives {key!r} as evidence, which {check.id}.yaml does not declare",
                f"write it under evidence, with its label in each language; declared: {', '.join(sorted(check.evidence))}",
            )
    for key in sorted(check.evidence.keys() - given.keys()) if row else ():
        yield Fault(
            row,
            f"does not give {key!r} as evidence, which {check.id}.yaml declares",
            "an audit believes no answer that lacks it: give it, or take it out of the description",
        )


def _settings(file: File, rule: Node, check: Description) -> Iterator[Fault]:
    for reference, row in references(rule):
        match file.resolved(reference):
            case ("data", str(tree), str(name), *_) if tree in _OF_SETTINGS and name not in check.settings:
                declared = ", ".join(sorted(check.settings)) or "none"
                yield Fault(
                    row,
                    f"reads data.{tree}.{name}, which {check.id}.yaml does not declare",
                    f"write it under settings; declared: {declared}",
                )


def _evidence(rule: Node) -> Iterator[tuple[dict[str, int], int]]:
    """Key -> its row, of every object that stands as evidence, and the object's row; 0 where some of its keys are not written out."""
    for node, row in walked(rule):
        if node.get("type") != "object":
            continue
        for key, value in node["value"]:
            if key.get("value") == "evidence" and value.get("type") == "object":
                names = [name for name, _ in value["value"]]
                written = [name for name in names if name.get("type") == "string"]
                rows = {str(name["value"]): int(name.get("location", {}).get("row", row)) for name in written}
                yield rows, row if len(written) == len(names) else 0
