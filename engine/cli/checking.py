"""`clausewise checks`: what checks there are, one in full, and whether its rules are written with care."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from engine.checks.catalogue import Catalogue, load_catalogue
from engine.checks.description import LANGUAGES, Description
from engine.checks.lint import lint
from engine.checks.policy import order
from engine.checks.standing import Days
from engine.cli.company import every_pack, load_company
from engine.cli.lazy import LazyGroup
from engine.cli.pack_lines import changes_by_packs, worded_by_packs
from engine.cli.places import policies
from engine.cli.runs import rows
from engine.cli.talk import put
from engine.cli.wanted import places
from engine.errors import EngineError, UsageError
from engine.facts.declared import Declared
from engine.opa import Rules, RuleSet, load_rules, obtain
from engine.settings import resolve

IN_A_PIPE = 200
"""Columns of a table where there is no terminal to measure."""

_TEST = re.compile(r"^test_", re.MULTILINE)

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
packs_option = click.option(
    "--policies", "packs", type=FOLDER, multiple=True, help="Folder with further checks; repeatable."
)
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts."
)
config_option = click.option(
    "-c",
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="company.yaml, for its settings, packs and registers.",
)


@click.group(
    "checks",
    cls=LazyGroup,
    places={"new": "authoring:new_command", "run": "trying:run_command", "test": "trying:test_command"},
)
def checks_group() -> None:
    """The checks: list, show, write and try them."""


def the_rules(packs: Sequence[Path]) -> RuleSet:
    """The rules of the project and of packs."""
    return load_rules(Rules(policies() / "rego", policies() / "capabilities.json", None, tuple(packs)))


def the_program() -> Path:
    """OPA, without which rules can neither be parsed nor tested."""
    program, notes = obtain(places())
    if program is None:
        raise EngineError(f"no OPA can be had: {'; '.join(notes)}", "run: clausewise engine install")
    return program.path


def of_company(config: Path | None, packs: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Declared, ...]]:
    """Folders of further checks and declared registers: those of a company, if one is named, and those named beside it."""
    company = load_company(config) if config else None
    return every_pack(company, packs), company.registers if company else ()


def must_be_declared(catalogue: Catalogue, registers: Sequence[Declared]) -> None:
    """Without its columns nobody can say whether a rule reads a register rightly.

    Raises:
        UsageError: a check reads a register of a company that is not declared
    """
    known = {one.name for one in registers}
    for check in catalogue.checks.values():
        for name in sorted(check.registers - known):
            raise UsageError(
                f"{check.id}: reads registers.{name}, which is not declared here",
                "-c company.yaml names the file that declares its columns",
            )


def described(catalogue: Catalogue, id_: str) -> Description:
    """The description of a check.

    Raises:
        UsageError: there is none of that id
    """
    if id_ not in catalogue.checks:
        planned = any(check.id == id_ for check in catalogue.policy.planned)
        raise UsageError(
            f"{id_}: "
            + ("the policy asks for it, and nobody has written it yet" if planned else "no such check"),
            f"write it: clausewise checks new {id_} --into DIR"
            if planned
            else "see: clausewise checks list; a check of a pack needs its folder: --policies DIR",
        )
    return catalogue.checks[id_]


def rule_file(catalogue: Catalogue, check: Description) -> Path:
    """Where the rule of a check lies."""
    for folder in catalogue.rule_folders:
        path = folder / check.clause / f"{check.id}.rego"
        if path.is_file():
            return path
    found = [path for folder in catalogue.rule_folders for path in folder.rglob(f"{check.id}.rego")]
    return found[0]


def state(catalogue: Catalogue, check: Description) -> str:
    """What `list` says of a check that is written: whether others stand in its place, and on which days it holds."""
    said = ["implemented"]
    pack = next((pack.name for pack in catalogue.packs if check.id in pack.checks), "")
    if pack:
        said.append(f"pack {pack}")
    if check.replaces:
        said.append(f"replaces {check.replaces}")
    standing = catalogue.standings[check.id]
    if standing.replaced_by:
        said.append(f"replaced by {', '.join(standing.replaced_by)}")
    if standing.limited:
        said.append(_days(standing.periods))
    return "; ".join(said)


def _days(periods: Sequence[Days]) -> str:
    return (
        ", ".join(
            " ".join(
                (
                    *([f"from {first}"] if first != date.min else []),
                    *([f"until {last}"] if last != date.max else []),
                )
            )
            for first, last in periods
        )
        or "never in force"
    )


@checks_group.command("list")
@packs_option
@language_option
def list_command(packs: tuple[Path, ...], language: str) -> None:
    """List every check of the policy, written or not.

    \b
    Example:
      clausewise checks list --language zh-Hant
    """
    catalogue = load_catalogue(policies(), packs)
    table = Table(title=catalogue.policy.title[language], title_justify="left")
    for heading in ("clause", "check", "title", "method", "severity", "facts", "tests", "state"):
        table.add_column(heading)
    planned = {check.id: check for check in catalogue.policy.planned}
    for id_ in sorted([*catalogue.checks, *planned], key=order):
        if id_ in planned:
            row = planned[id_]
            table.add_row(
                id_.rpartition("-")[0],
                id_,
                row.title[language],
                row.method,
                row.severity,
                "",
                "",
                "not implemented",
            )
            continue
        check = catalogue.checks[id_]
        facts = ", ".join((*check.facts.subject, *(f"({name})" for name in check.facts.exonerating)))
        table.add_row(
            check.clause,
            id_,
            check.texts[language].title,
            check.method,
            check.severity,
            facts,
            str(_tests(rule_file(catalogue, check))),
            state(catalogue, check),
        )
    screen = Console(highlight=False)
    (screen if screen.is_terminal else Console(highlight=False, width=IN_A_PIPE)).print(table)
    put(f"{len(catalogue.checks)} implemented, {len(planned)} not implemented; facts in brackets may excuse")
    for line in changes_by_packs(catalogue):
        put(line)


def _tests(rule: Path) -> int:
    tests = rule.with_name(f"{rule.stem}_test.rego")
    return len(_TEST.findall(tests.read_text("utf-8"))) if tests.is_file() else 0


@checks_group.command("show")
@click.argument("id_", metavar="ID")
@config_option
@packs_option
@language_option
@click.option("--run", "run", type=FOLDER, help="A run, for its results.")
def show_command(
    id_: str, config: Path | None, packs: tuple[Path, ...], language: str, run: Path | None
) -> None:
    """Show a check in full: texts, settings in force and where each comes from, facts, rule, last result.

    \b
    Example:
      clausewise checks show 5.3-a -c company.yaml --run demo/run
    """
    company = load_company(config) if config else None
    catalogue = load_catalogue(policies(), every_pack(company, packs))
    check = described(catalogue, id_)
    for line in _about(check, language):
        put(line)
    put(f"\nstate\n  {state(catalogue, check)}")
    if check.replaces:
        put(f"  because: {check.reason[language]}")
    for line in worded_by_packs(catalogue, check.id, language):
        put(f"  {line}")
    settings = resolve(
        catalogue.settings,
        dict(company.settings) if company else {},
        company.path.name if company else "",
        catalogue.origins,
    )
    put("\nsettings")
    for name, setting in sorted(check.settings.items()):
        put(
            f"  {name} = {settings.values[name]} ({setting.kind}, {settings.origin[name]}): {setting.title[language]}"
        )
    if not check.settings:
        put("  none")
    if run is not None:
        put(f"\nresults in {run}")
        for row in rows(run, "results"):
            if row["check"] == id_:
                reason = f" ({row['reason']})" if row["reason"] else ""
                put(
                    f"  {row['department']}: {row['result']}{reason}, "
                    f"{row['violations']} of {row['population']}, {row['unknown']} unknown"
                )
    rule = rule_file(catalogue, check)
    put(f"\n{rule}\n\n{rule.read_text('utf-8').rstrip()}")


def _about(check: Description, language: str) -> list[str]:
    texts = check.texts[language]
    lines = [
        f"{check.id}  {texts.title}",
        f"  {check.method}, {check.severity}{', graded' if check.graded else ''}; acts: {check.responsible}",
        "",
        f"asks      {texts.obligation}",
        f"finding   {texts.finding}",
        f"instance  {texts.instance}",
        f"effect    {texts.effect}",
    ]
    for name, steps in (("contain", texts.contain), ("correct", texts.correct)):
        lines += [
            f"{name}   {number} {step.do} ({step.who}); {step.verify}"
            for number, step in enumerate(steps, start=1)
        ]
    return [
        *lines,
        "",
        "facts",
        f"  judged: {', '.join(check.facts.subject)}",
        f"  may excuse: {', '.join(check.facts.exonerating) or 'none'}",
    ]


@checks_group.command("lint")
@config_option
@packs_option
@click.pass_context
def lint_command(ctx: click.Context, config: Path | None, packs: tuple[Path, ...]) -> None:
    """Name what compiles and is wrong all the same, in the project's rules and in those of packs; exit 1 if there is any.

    \b
    Example:
      clausewise checks lint --policies our-checks
    """
    packs, registers = of_company(config, packs)
    catalogue = load_catalogue(policies(), packs)
    must_be_declared(catalogue, registers)
    rules = the_rules(packs)
    tests = [path for pack in packs for path in sorted(pack.rglob("*_test.rego"))]
    problems = lint(the_program(), rules, catalogue, tests, registers)
    for problem in problems:
        put(str(problem))
    click.echo(f"{len(rules.files)} files, {len(problems)} to mend", err=True)
    ctx.exit(1 if problems else 0)
