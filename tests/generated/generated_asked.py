"""What both engines answer about generated companies, and what the audit makes of it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generated_companies import CATALOGUE, Generated, Sealed, companies
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.internal.conjecture import providers
from remembered import Remembered, engine_digest, key_of, remembering

from engine.audit.answers import CheckAnswer, read_answer
from engine.audit.verdict import Verdict, elsewhere, judge
from engine.audit.waivers import Waivers
from engine.canonical import canonical_record
from engine.cli.places import policies
from engine.facts import COMPANY
from engine.opa import Rules, RuleSet, load_rules
from engine.opa.resolve import resolved
from engine.opa.trial import trying

Answers = dict[str, dict[str, Any]]
"""Shard -> check -> answer."""

_ONE_BY_ONE = """package generated

answers := [answer | some case in input.cases; answer := data.audit.report {given}]
"""


_KEPT: list[Any] = []
"""Engines live as long as the process: only the thread that made one may drop it, and garbage is collected by any."""


class Embedded:
    """The embedded engine in this process, with the rules loaded once."""

    def __init__(self, memory: Remembered) -> None:
        self._memory = memory
        texts = [part.encode() for file in rules().files for part in (file.name, file.text)]
        self._rules = key_of([engine_digest(None), *texts])

    def answers(self, sealed: Sealed) -> Answers:
        """What the checks say about each shard of a company."""
        documents = canonical_record(sealed.documents)
        shards = {code: sealed.shard(code) for code in sealed.codes}
        names = [code.encode() for code in shards]
        answered: Answers = self._memory.answer(
            [self._rules, documents, *names, *shards.values()], lambda: self._asked(documents, shards)
        )
        return answered

    def _asked(self, documents: bytes, shards: dict[str, bytes]) -> Answers:
        company = self._engine.clone()
        company.add_data_json(documents.decode())
        found: Answers = {}
        for code, body in shards.items():
            shard = company.clone()
            shard.set_input_json(body.decode())
            found[code] = json.loads(shard.eval_rule_as_json("data.audit.report"))
        return found

    @cached_property
    def _engine(self) -> Any:
        import regorus  # noqa: PLC0415  # an extra

        engine = regorus.Engine()
        _KEPT.append(engine)
        for file in rules().files:
            engine.add_policy(file.name, resolved(file.name, file.text))
        return engine


@dataclass(frozen=True)
class Answered:
    """A generated company with what the embedded engine says about it."""

    company: Generated
    sealed: Sealed
    answers: Answers

    @classmethod
    def of(cls, company: Generated, engine: Embedded) -> "Answered":
        """The company, sealed and asked about."""
        sealed = company.sealed()
        return cls(company, sealed, engine.answers(sealed))

    @cached_property
    def verdicts(self) -> dict[tuple[str, str], Verdict]:
        """Check and shard -> what the audit makes of the answer, without waivers."""
        return judged(self.sealed, self.answers)


def drawn(count: int) -> list[Generated]:
    """So many companies, the same each time."""
    found: list[Generated] = []
    # NOTE: hypothesis also draws numbers and texts that it finds in the modules that are loaded: other tests would then decide what is drawn
    providers._get_local_constants = providers.Constants
    providers.CONSTANTS_CACHE.cache.clear()

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(companies())
    def draw(company: Generated) -> None:
        found.append(company)

    draw()
    return found


def rules() -> RuleSet:
    """The project's rules."""
    return load_rules(Rules(policies() / "rego", policies() / "capabilities.json"))


def asked_of_opa(opa: Path, companies: Sequence[Sealed], memory: Remembered) -> list[Answers]:
    """What OPA says about the companies, in one query for all of them."""
    names = sorted(companies[0].documents)
    modified = " ".join(
        ["with input as case.input", *(f"with data.{name} as case.data.{name}" for name in names)]
    )
    files = {file.name: file.text for file in rules().files} | {
        "generated.rego": _ONE_BY_ONE.format(given=modified)
    }
    cases = [
        {"input": json.loads(sealed.shard(code)), "data": sealed.documents}
        for sealed in companies
        for code in sealed.codes
    ]
    with trying(opa) as ask:
        asked = remembering(memory, engine_digest(opa), ask)
        said = iter(asked(files, "data.generated.answers", {"cases": cases}))
    return [{code: next(said) for code in sealed.codes} for sealed in companies]


def read(answers: Answers) -> dict[tuple[str, str], CheckAnswer]:
    """Check and shard -> the answer; every one has the shape that the contract asks for."""
    found = {}
    for code, said in answers.items():
        assert set(said) == set(CATALOGUE.checks), f"no answer in {code}: {set(CATALOGUE.checks) - set(said)}"
        for id_, check in CATALOGUE.checks.items():
            answer = read_answer(check, said[id_])
            assert isinstance(answer, CheckAnswer), f"{id_} in {code}: {answer}"
            found[id_, code] = answer
    return found


def judged(sealed: Sealed, answers: Answers) -> dict[tuple[str, str], Verdict]:
    """Check and shard -> what the audit makes of the answer, without waivers."""
    nobody = Waivers(sealed.manifest["as_of"], frozenset(CATALOGUE.checks), [], {})
    return {
        (id_, code): elsewhere(CATALOGUE.checks[id_], code)
        if CATALOGUE.checks[id_].company_only and code != COMPANY
        else judge(CATALOGUE.checks[id_], code, answer, sealed.sources, nobody)
        for (id_, code), answer in read(answers).items()
    }


def accused(verdicts: dict[tuple[str, str], Verdict]) -> set[tuple[str, str]]:
    """Check and subject of every open violation."""
    return {(id_, one.subject) for (id_, _), verdict in verdicts.items() for one in verdict.open}


def outcomes(verdicts: dict[tuple[str, str], Verdict], wanted: Iterable[str]) -> set[tuple[str, str]]:
    """Check and shard of every result that is one of these."""
    return {key for key, verdict in verdicts.items() if verdict.result.result in set(wanted)}
