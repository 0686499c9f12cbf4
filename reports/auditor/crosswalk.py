"""Checks by the controls of other frameworks that they are related to. Related: no control is met because a check passes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from engine.checks.related import bears_on
from reports.auditor.criteria import Criterion


def pivot(crosswalk: Mapping[str, Any], rows: Sequence[Criterion]) -> dict[str, Any]:
    """Framework -> control -> the checks that bear on it, and how many came to what."""
    checks: dict[str, dict[str, dict[str, Criterion]]] = {}
    for topic in crosswalk["topics"]:
        here = [row for row in rows if bears_on(topic, row.check)]
        for framework in crosswalk["frameworks"]:
            for control in topic.get(framework, ()):
                checks.setdefault(framework, {}).setdefault(control, {}).update(
                    {row.check: row for row in here}
                )
    return {
        "relation": "related",
        "frameworks": {
            name: {
                "title": _title(about["title"]),
                "edition": about["edition"],
                "confirm_before_quoting": bool(about.get("confirm")),
                "controls": [
                    {
                        "id": control,
                        "title": crosswalk["titles"].get(name, {}).get(control, ""),
                        "checks": sorted(found),
                        "conclusions": dict(
                            sorted(Counter(row.conclusion for row in found.values()).items())
                        ),
                    }
                    for control, found in checks.get(name, {}).items()
                ],
            }
            for name, about in crosswalk["frameworks"].items()
        },
        "without": [
            row.check for row in rows if not any(bears_on(topic, row.check) for topic in crosswalk["topics"])
        ],
    }


def _title(said: str | Mapping[str, str]) -> str:
    """The title of a framework; of one that has a title in each language the English one, in which the original stands."""
    return said if isinstance(said, str) else said["en"]
