"""`clausewise checks new`: the three files of a check, to begin from."""

import re
from pathlib import Path

import click

from engine.checks.catalogue import load_catalogue
from engine.checks.draft import drafted
from engine.cli.checking import config_option, of_company
from engine.cli.places import policies
from engine.errors import UsageError
from engine.facts.declared import types_with

_ID = re.compile(r"\d+(\.\d+){0,2}-[a-z]")


@click.command("new")
@click.argument("id_", metavar="ID")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of checks: policies/rego of the project, or a pack of your own.",
)
@click.option(
    "--about",
    default="account",
    show_default=True,
    help="Fact type that the check judges; with -c also registers.NAME.",
)
@config_option
@click.option("--title", help="What the check asks, in English.")
@click.option("--title-zh", help="The same in traditional Chinese.")
def new_command(
    id_: str, into: Path, about: str, config: Path | None, title: str | None, title_zh: str | None
) -> None:
    """Write description, rule and tests of a new check: they pass every test, and ask to be made true.

    \b
    Example:
      clausewise checks new 6.1.2-z --into our-checks --about group
    """
    if not _ID.fullmatch(id_):
        raise UsageError(f"{id_}: no id of a check", "write clause, hyphen and a letter, as in 6.1.2-z")
    project = into.resolve() == (policies() / "rego").resolve()
    catalogue = load_catalogue(policies(), () if project or not into.is_dir() else (into,))
    clause = id_.rpartition("-")[0]
    known = {one.id for one in catalogue.policy.clauses}
    if clause not in known:
        raise UsageError(
            f"{id_}: clause {clause} is not in the policy", f"choose one of {', '.join(sorted(known))}"
        )
    if id_ in catalogue.checks:
        raise UsageError(f"{id_}: is there already", f"see: clausewise checks show {id_}")
    planned = next((check for check in catalogue.policy.planned if check.id == id_), None)
    if planned and not project:
        raise UsageError(
            f"{id_}: the policy plans this check for the project itself", "choose another letter for your own"
        )
    titles = {
        "en": title or (planned.title["en"] if planned else f"What {id_} asks"),
        "zh-Hant": title_zh or (planned.title["zh-Hant"] if planned else f"{id_} 的要求"),
    }
    _, registers = of_company(config, ())
    files = drafted(
        id_,
        about,
        planned.method if planned else "automated",
        planned.severity if planned else "medium",
        titles,
        types_with(registers),
    )
    folder = into / clause
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise UsageError(f"{folder / taken[0]}: exists", "nothing is ever written over")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
        click.echo(str(folder / name))
    for step in _todo(id_, into, config, project=project, planned=planned is not None):
        click.echo(step, err=True)


def _todo(id_: str, into: Path, config: Path | None, *, project: bool, planned: bool) -> list[str]:
    named = "" if project else f" --policies {into}"
    named += f" -c {config}" if config else ""
    steps = [
        f"in {id_}.yaml: severity, who acts, the facts that it reads and those that may excuse, settings, texts",
        f"in {id_}.rego: who is judged, and the questions that decide, each answered yes, no or unknown",
        f"in {id_}_test.rego: the violation, its nearest innocent neighbours, each thing unknown, both sides of each boundary",
    ]
    if planned:
        steps.insert(0, f"in policies/clauses.yaml: take {id_} out of `planned`")
    if project:
        steps.append("run: python tools/generate.py")
    steps.append(f"try it: clausewise checks lint{named}")
    steps.append(f"try it: clausewise checks test {id_}{named}")
    steps.append(f"see it: clausewise checks run {id_} SNAPSHOT{named}")
    return [f"{number} {step}" for number, step in enumerate(steps, start=1)]
