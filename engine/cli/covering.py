"""`clausewise coverage`: which checks these sources can decide, and what would add which."""

from collections import defaultdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from collectors import COLLECTORS
from collectors.registers import REGISTERS
from engine.checks.catalogue import Catalogue, load_catalogue
from engine.checks.description import LANGUAGES, Description
from engine.cli.company import Company, load_company
from engine.cli.places import policies
from engine.cli.talk import put
from engine.facts import FACT_TYPES
from engine.facts.declared import is_declared

IN_A_PIPE = 160
"""Columns of the table where there is no terminal to measure."""

FROM_HISTORY = frozenset(entity for entity, model in FACT_TYPES.items() if model.from_history)
"""What no source delivers: the audit makes it of the run before."""


@click.command("coverage")
@click.option(
    "-c",
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="company.yaml.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the titles.",
)
def coverage_command(config: Path, language: str) -> None:
    """Tell which of the checks these sources can decide, and which source or register would add which.

    Nothing is connected: what a source cannot deliver for want of a permission shows after collecting.

    \b
    Example:
      clausewise coverage -c company.yaml
    """
    company = load_company(config)
    catalogue = load_catalogue(policies(), company.packs)
    delivered = {name for entry in company.sources for name in names_of(entry.report_type, entry.delivers)}
    delivered |= FROM_HISTORY
    lacking = {id_: missing(check, delivered) for id_, check in catalogue.checks.items()}
    table = Table(
        show_lines=False,
        title=f"{company.organisation}: what these {len(company.sources)} sources can decide",
        title_justify="left",
    )
    for heading in ("check", "title", "can be decided", "missing"):
        table.add_column(heading)
    for id_, check in catalogue.checks.items():
        table.add_row(
            id_,
            check.texts[language].title,
            "no" if lacking[id_] else "yes",
            "; ".join(would_bring(name) for name in lacking[id_]),
        )
    for planned in catalogue.policy.planned:
        table.add_row(planned.id, planned.title[language], "no", "the rule is not written yet")
    screen = Console(highlight=False)
    (screen if screen.is_terminal else Console(highlight=False, width=IN_A_PIPE)).print(table)
    for line in (*additions(catalogue, lacking), *of_history(catalogue, lacking)):
        put(line)
    put(_total(catalogue, company, lacking))


def names_of(report_type: str, delivers: tuple[str, ...]) -> list[str]:
    """The entities of a source; of a register besides the name by which a check may ask for it alone."""
    kind = report_type.partition(":")[2]
    return [*delivers, *(f"{entity}:{kind}" for entity in delivers if kind)]


def missing(check: Description, delivered: set[str]) -> list[str]:
    """What a check needs and no source delivers."""
    needed = dict.fromkeys((*check.facts.subject, *check.facts.exonerating))
    return [name for name in needed if name not in delivered]


def of_history(catalogue: Catalogue, lacking: dict[str, list[str]]) -> list[str]:
    """What the checks that look at earlier findings need of the audit, of those that the sources suffice for."""
    checks = [id_ for id_, check in catalogue.checks.items() if check.uses_history and not lacking[id_]]
    if not checks:
        return []
    return [
        f"{', '.join(checks)} look at earlier findings: the audit needs --previous, or --first-run if there is no earlier run"
    ]


def would_bring(name: str) -> str:
    """An entity, and the kinds of source and register that deliver it."""
    if is_declared(name):
        return f"{name} (a source of that register, declared under registers in company.yaml)"
    entity, _, register = name.partition(":")
    sources = [
        kind
        for kind, collector in sorted(COLLECTORS.items())
        if kind != "register" and entity in collector.delivers and not register
    ]
    registers = [
        f"register {kind}"
        for kind, found in sorted(REGISTERS.items())
        if (kind == register if register else found.entity == entity)
    ]
    return f"{name} ({', '.join([*sources, *registers]) or 'no collector yet'})"


def additions(catalogue: Catalogue, lacking: dict[str, list[str]]) -> list[str]:
    """For each thing that is missing the checks that it alone would add."""
    alone: dict[str, list[str]] = defaultdict(list)
    for id_ in catalogue.checks:
        if len(lacking[id_]) == 1:
            alone[lacking[id_][0]].append(id_)
    ordered = sorted(alone.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [f"{would_bring(name)} would add {', '.join(checks)}" for name, checks in ordered]


def _total(catalogue: Catalogue, company: Company, lacking: dict[str, list[str]]) -> str:
    decided = sum(not names for names in lacking.values())
    total = len(catalogue.checks) + len(catalogue.policy.planned)
    return f"{decided} of {total} checks can be decided with the sources of {company.path.name}"
