"""A template shows numbers and makes none: what is added, shared out or summed on a page stands in no model, and no format has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

TEMPLATES = Path(__file__).parents[2] / "reports" / "templates"

_RECKONING = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
_RECKONERS = {"sum", "round", "abs", "min", "max", "int", "float", "count", "length"}

LISTED = {
    "annex.html.j2": {"d.undecided|length", "f.instances|length", "d.findings + d.waived"},
    "auditor.html.j2": {"m.checks|length", "table|length"},
    "budget.html.j2": {"b.actions|length"},
    "card.html.j2": {"f.instances|length"},
    "changes.html.j2": {"department.results|length", "run.issue.departments|length"},
    "department.html.j2": {"d.findings|length", "d.waivers|length"},
    "errors.html.j2": {"errors|length"},
    "front.html.j2": {"d.budget.actions|length", "d.front.actions|length"},
    "gaps.html.j2": {"gap.checks|length"},
    "index.html.j2": {"m.checks|length", "m.departments|length"},
    "issued.html.j2": {"c.withheld|length"},
    "overview.html.j2": {
        "c.attestation_rows|length",
        "c.frequent|length",
        "c.settings_changed|length",
        "c.sources|length",
        "c.waiver_rows|length",
        "c.without_data + c.with_data",
        "c.without_data|length",
        "run.supersedes.results|length",
    },
    "waivers.html.j2": {"d.attestations|length", "d.waivers|length", "f.instances|length"},
}
"""How long a list of the model is, which whoever reads the model counts too, and one list after another. Nothing else may be listed."""


def _said(node: nodes.Node | None) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_said(node.node)}.{node.attr}"
        case nodes.Filter():
            return f"{_said(node.node)}|{node.name}"
        case nodes.Add():
            return f"{_said(node.left)} + {_said(node.right)}"
        case _:
            return type(node).__name__


def _computed(source: str) -> Iterator[str]:
    """What a template reckons, an expression each."""
    tree = Environment(extensions=["jinja2.ext.do"], autoescape=True).parse(source)
    for node in tree.find_all(_RECKONING):
        yield _said(node)
    for found in tree.find_all(nodes.Filter):
        if found.name in _RECKONERS:
            yield _said(found)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_a_template_reckons_nothing_but_how_long_a_list_is(path: Path) -> None:
    assert set(_computed(path.read_text("utf-8"))) == LISTED.get(path.name, set())


@pytest.mark.parametrize(
    "source",
    ["{{ a + 1 }}", "{{ a.b / c }}", "{% set n = a * 2 %}", "{{ rows|sum(attribute='n') }}", "{{ x|count }}"],
)
def test_reckoning_is_seen(source: str) -> None:
    assert list(_computed(source))
