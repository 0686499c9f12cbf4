"""`clausewise checks test` and `run`: a check tried on its own tests, or on one snapshot, at once."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
import orjson

from engine.audit import Inputs
from engine.audit.answers import CheckAnswer, read_answer
from engine.audit.grounds import Grounds
from engine.audit.people import find_subjects
from engine.audit.verdict import Verdict, elsewhere, judge
from engine.audit.waivers import Waivers
from engine.canonical import canonical, canonical_record
from engine.checks.boundaries import unnoticed
from engine.checks.catalogue import Catalogue, load_catalogue
from engine.checks.description import Description
from engine.checks.failing import told
from engine.checks.guesses import guessed
from engine.checks.innocence import accused
from engine.checks.law import broken
from engine.checks.plurals import counted, filled
from engine.checks.trees import File
from engine.checks.untried import untried
from engine.cli.checking import (
    config_option,
    described,
    language_option,
    must_be_declared,
    of_company,
    packs_option,
    rule_file,
    the_program,
    the_rules,
)
from engine.cli.company import every_pack, load_company
from engine.cli.engines import chosen
from engine.cli.places import policies
from engine.cli.starting import schemas_of
from engine.cli.talk import put, say
from engine.cli.trust import trusted
from engine.cli.wanted import EngineWanted
from engine.errors import RulesError
from engine.facts import COMPANY
from engine.findings import Previous
from engine.opa import EngineSpec, Rules, evaluate, running
from engine.opa.lints import parsed
from engine.opa.trial import trying
from engine.settings import resolve
from engine.snapshot.folder import write_private
from reports.moments import Clock

_LIMIT_S = 300


@click.command("test")
@click.argument("id_", metavar="[ID]", required=False)
@config_option
@packs_option
@click.pass_context
def test_command(ctx: click.Context, id_: str | None, config: Path | None, packs: tuple[Path, ...]) -> None:
    """Run the tests of one check or of all, then the law: less knowledge never makes a violation go away, and never makes one.

    And what the tests leave out: an innocent neighbour, a field that the rule reads, a side of a boundary. Where a test fails, the
    condition and what the rule said instead are shown.

    \b
    Example:
      clausewise checks test 5.3-a
    """
    packs, registers = of_company(config, packs)
    catalogue = load_catalogue(policies(), packs)
    must_be_declared(catalogue, registers)
    wanted = [described(catalogue, id_)] if id_ else list(catalogue.checks.values())
    program = the_program()
    said = list(_failures(program, packs, id_))
    rules = the_rules(packs)
    tree = lru_cache(maxsize=None)(lambda path: File(path, parsed(program, path)))
    with trying(program) as ask:
        for check in wanted:
            rule = rule_file(catalogue, check)
            test = rule.with_name(f"{check.id}_test.rego")
            if not test.is_file():
                said.append(f"{check.id}: has no tests; write {test}")
                continue
            files = tuple(tree(file.path) for file in rules.needed(check.id).files)
            try:
                said += [f"{check.id}: the law: {problem}" for problem in broken(ask, rules, test, registers)]
                said += [f"{check.id}: {problem}" for problem in guessed(ask, rules, test, registers)]
                said += [f"{check.id}: {problem}" for problem in accused(ask, rules, test)]
                said += [f"{check.id}: {problem}" for problem in untried(ask, rules, files, test)]
                said += [f"{check.id}: {problem}" for problem in unnoticed(ask, program, rules, test)]
            except RulesError as error:
                said.append(f"{check.id}: {error}; {error.help}")
    for line in said:
        put(line)
    failures = sum(not line.startswith(" ") for line in said)
    say(f"checks tried, with their tests and the law: {len(wanted)}; failures: {failures}")
    ctx.exit(1 if said else 0)


def _failures(program: Path, packs: Sequence[Path], id_: str | None) -> Iterator[str]:
    """What OPA says of the tests that fail, a line each."""
    command = [str(program), "test", "--format", "json", "--timeout", "60s", "--ignore", "*.yaml"]
    command += ["--capabilities", str(policies() / "capabilities.json")]
    if id_:
        command += ["--run", rf'^data\.checks\["{re.escape(id_)}_test"\]']
    command += [str(policies() / "rego"), *map(str, packs)]
    done = subprocess.run(command, env={}, capture_output=True, timeout=_LIMIT_S, check=False)  # noqa: S603  # our own arguments
    try:
        found: list[dict[str, Any]] = orjson.loads(done.stdout) or []
    except ValueError:
        yield f"the tests do not compile: {(done.stderr or done.stdout).decode('utf-8', 'replace').strip()}"
        return
    if id_ and not found:
        yield f"{id_}: has no rules named test_…; write some"
    shown = _shown_answers(program, (policies() / "rego", *packs), found)
    for test in found:
        cases = [name for name, case in (test.get("sub_results") or {}).items() if case.get("fail")]
        if test.get("fail") or test.get("error") or cases:
            place = f"{Path(test['location']['file']).name}:{test['location']['row']}"
            what = f": {', '.join(map(repr, cases))}" if cases else ""
            why = f": {test['error'].get('message', test['error'])}" if test.get("error") else ""
            yield f"{place}: {test['name']}{what} does not hold{why}"
            yield from shown.get((test["location"]["file"], test["name"]), ())


def _shown_answers(
    program: Path, folders: Sequence[Path], found: Sequence[dict[str, Any]]
) -> dict[tuple[str, str], list[str]]:
    """File and name of each test that fails -> what the rule said in it."""
    failing: dict[str, dict[str, list[str]]] = {}
    for test in found:
        cases = [name for name, case in (test.get("sub_results") or {}).items() if case.get("fail")]
        if test.get("fail") or cases:
            failing.setdefault(test["location"]["file"], {})[test["name"]] = cases
    return {
        (file, name): lines
        for file, tests in failing.items()
        for name, lines in told(program, folders, Path(file), tests).items()
    }


@dataclass(frozen=True)
class Tried:
    """What a check says about one department."""

    department: str
    verdict: Verdict
    problem: str


def tried(inputs: Inputs, check: Description, packs: Sequence[Path]) -> list[Tried]:
    """What one check says about every department of a snapshot, judged as an audit judges; waivers aside."""
    choice = chosen(EngineWanted())
    sources, snapshot = inputs.sources, inputs.snapshot
    waivers = Waivers(snapshot.manifest["as_of"], frozenset(inputs.catalogue.checks), [], {})
    grounds = Grounds(snapshot, inputs.history)
    found = []
    with tempfile.TemporaryDirectory(prefix="clausewise-") as name:
        folder = Path(name)
        write_private(folder / "data.json", canonical_record(inputs.documents()))
        project, *others = _narrowed(inputs.catalogue, check, (policies() / "rego", *packs), folder)
        spec = EngineSpec(
            engine=choice.engine,
            rules=Rules(
                project,
                policies() / "capabilities.json",
                schemas_of(inputs.catalogue, packs, folder / "schemas", snapshot.declared),
                tuple(others),
            ),
            documents=folder / "data.json",
            program=choice.program.path if choice.program else None,
            largest_shard=snapshot.largest_shard,
        )
        with running(spec):
            for code in snapshot.codes:
                if check.company_only and code != COMPANY:
                    found.append(Tried(code, elsewhere(check, code), ""))
                    continue
                said = evaluate(spec, snapshot.shard(code))
                fault = said.faults.get(check.id)
                given = grounds.believed(code, said.checks).get(check.id)
                wrong = fault.message if fault else given if isinstance(given, str) else ""
                answer: CheckAnswer | str = wrong or read_answer(check, given)
                problem = answer if isinstance(answer, str) else ""
                found.append(Tried(code, judge(check, code, answer, sources, waivers), problem))
    return found


def _narrowed(
    catalogue: Catalogue, check: Description, folders: Sequence[Path], into: Path
) -> Iterator[Path]:
    """The folders of rules without those of other checks."""
    others = frozenset(catalogue.checks) - {check.id}
    for number, folder in enumerate(folders):
        copy = into / str(number) / folder.resolve().name
        for path in sorted(folder.rglob("*.rego")):
            if path.stem.removesuffix("_test") not in others and not path.name.endswith("_test.rego"):
                target = copy / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        copy.mkdir(parents=True, exist_ok=True)
        yield copy


@click.command("run")
@click.argument("id_", metavar="ID")
@click.argument("snapshot", type=click.Path(exists=True, file_okay=False, path_type=Path))
@config_option
@packs_option
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines or JSON.",
)
def run_command(
    id_: str, snapshot: Path, config: Path | None, packs: tuple[Path, ...], language: str, form: str
) -> None:
    """Decide one check on one snapshot and print what it says of each department; waivers are not applied.

    \b
    Example:
      clausewise checks run 5.3-a demo/snapshot
    """
    company = load_company(config) if config else None
    every = every_pack(company, packs)
    catalogue = load_catalogue(policies(), every)
    check = described(catalogue, id_)
    origin = company.path.name if company else "default"
    settings = resolve(
        catalogue.settings, dict(company.settings) if company else {}, origin, catalogue.origins
    )
    inputs = Inputs(trusted(snapshot), catalogue, settings, origin, Previous(), None)
    if id_ in inputs.listed:
        heir = inputs.listed[id_]
        why = f"{heir} stands in its place" if heir else "it is not in force on that day"
        say(f"{id_}: an audit of this snapshot lists it and does not score it: {why}")
    found = tried(inputs, check, every)
    if form == "json":
        click.echo(canonical([_document(one) for one in found]).decode())
        return
    uids = {violation.subject for one in found for violation in one.verdict.open}
    uids |= {uid for one in found for uid in one.verdict.undecided}
    uids |= {
        item
        for one in found
        for violation in one.verdict.open
        for value in violation.evidence.values()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, str)
    }
    subjects = find_subjects(inputs.snapshot, uids, inputs.snapshot.codes)
    names = {uid: subject.name or uid for uid, subject in subjects.items()}
    clock = Clock(inputs.snapshot.manifest["timezone"])
    for one in found:
        for line in _lines(one, check, catalogue, names, clock, language):
            put(line)


def _document(one: Tried) -> dict[str, Any]:
    result = one.verdict.result
    return {
        "department": one.department,
        "result": result.result,
        "reason": result.reason,
        "problem": one.problem,
        "population": result.population,
        "violations": [
            {"subject": row.subject, "severity": row.severity, "evidence": row.evidence}
            for row in one.verdict.open
        ],
        "unknown": one.verdict.undecided,
    }


def _lines(
    one: Tried, check: Description, catalogue: Catalogue, names: dict[str, str], clock: Clock, language: str
) -> Iterator[str]:
    result = one.verdict.result
    why = f" ({one.problem or result.reason})" if one.problem or result.reason else ""
    yield (
        f"{one.department}: {result.result}{why}; {result.population} looked at, "
        f"{result.violations} violations, {result.unknown} unknown"
    )
    for row in one.verdict.open:
        values = {
            key: counted(
                _shown(_timed(key, value, check.evidence[key], clock), catalogue, names, language),
                value,
                language,
            )
            for key, value in row.evidence.items()
        }
        sentence = filled(
            check.texts[language].instance, {**values, "subject": names.get(row.subject, row.subject)}
        )
        yield f"  {row.severity}: {sentence} [{row.subject}]"
    for subject, reason in one.verdict.undecided.items():
        yield f"  unknown: {names.get(subject, subject)}: {reason} [{subject}]"


def _timed(key: str, value: Any, kind: str, clock: Clock) -> Any:
    """The value with its instants as reports write them; words that only look like one stay."""
    match value:
        case dict():
            return {name: _timed(name, inner, "instant", clock) for name, inner in value.items()}
        case list():
            return [_timed(key, inner, kind, clock) for inner in value]
        case str() if kind in {"instant", "records"}:
            return clock.said(key, value)
        case str() if kind == "local":
            return value.replace("T", " ")
        case _:
            return value


def _shown(value: Any, catalogue: Catalogue, names: dict[str, str], language: str) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item, catalogue, names, language) for item in value)
    if isinstance(value, str):
        return names.get(value) or catalogue.words.get(value, {}).get(language, value)
    return canonical(value).decode()
