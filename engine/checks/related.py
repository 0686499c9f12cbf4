"""Which controls of other frameworks a check is related to. Related: no control is met because a check passes."""

from collections.abc import Mapping
from typing import Any

from engine.checks.policy import clause_of


def bears_on(topic: Mapping[str, Any], check: str) -> bool:
    """Whether a topic of the crosswalk names the check or its clause."""
    return not {check, clause_of(check)}.isdisjoint(topic["clauses"])


def related(crosswalk: Mapping[str, Any], check: str) -> list[dict[str, Any]]:
    """Each framework that has a control for the check or its clause, in the order of the crosswalk, with the ids of those controls.

    Args:
        crosswalk: `policies/crosswalk.yaml`; empty: there is none
        check: id of the check

    Returns:
        rows of `title` (a text, or a text for each language), `controls` and `confirm`
    """
    topics = [topic for topic in crosswalk.get("topics", ()) if bears_on(topic, check)]
    found = []
    for name, about in crosswalk.get("frameworks", {}).items():
        controls = list(dict.fromkeys(control for topic in topics for control in topic.get(name, ())))
        if controls:
            found.append(
                {"title": about["title"], "controls": controls, "confirm": bool(about.get("confirm"))}
            )
    return found
