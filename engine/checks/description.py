"""A check as its YAML file describes it: everything about it that is not a rule."""

import re
from datetime import date
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from engine.checks.mend import Mend
from engine.checks.plurals import ill_formed
from engine.deeds import SUBJECT, Deed
from engine.facts import FACT_TYPES
from engine.findings import Method, Severity
from engine.settings import Setting

LANGUAGES: tuple[str, ...] = ("zh-Hant", "en")
"""Languages that every check is written in."""

DERIVED = "zh-Hans"
"""What is derived from the first of them; a pack may write its own."""

CheckId = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+){0,2}-[a-z]$")]
ClauseId = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+){0,2}$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

Role = Literal[
    "department_head",
    "it",
    "hr",
    "group_manager",
    "account_owner",
    "plan_owner",
    "next_head",
    "sponsor",
    "inspector",
]
"""Who acts by default; the rule may name a person."""

EvidenceKind = Literal[
    "ref", "refs", "instant", "date", "local", "value", "values", "number", "text", "texts", "records"
]
"""How a report shows a part of the evidence: `ref` is a uid to be named, `value` a word of a closed list."""

COUNTS = frozenset({"violations", "population", "unknown", "waived"})
"""Placeholders of the sentence about a department."""

_COUNTABLE = frozenset({"number", "refs", "values", "texts", "records"})
"""Kinds of evidence that a word in a sentence can agree with."""

_DECLARED = re.compile(r"registers\.[a-z][a-z0-9_]*")


class Closed(BaseModel):
    """A part of a description: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Facts(Closed):
    """The entities that a check needs; see the result table of the design.

    `register_entry:sponsors` means the entries of that register alone, `registers.permits` a register that the company
    declares itself.
    """

    subject: tuple[str, ...] = Field(description="what is judged, or what the population is drawn from")
    exonerating: tuple[str, ...] = Field(default=(), description="what may excuse")
    derived: tuple[str, ...] = Field(
        default=(),
        description="what is made of the subjects and judged as well: no source need deliver it, but what places it in a department has to be whole",
    )

    @model_validator(mode="after")
    def _exist(self) -> Self:
        for name in (*self.subject, *self.exonerating, *self.derived):
            entity, _, register = name.partition(":")
            if _DECLARED.fullmatch(name):
                continue
            if entity not in FACT_TYPES or (register and entity != "register_entry"):
                raise ValueError(f"no fact type is called {name!r}")
        return self


class Step(Closed):
    """One step of a remedy."""

    do: Words = Field(description="what to do, verb first")
    who: Words = Field(description="who does it")
    verify: Words = Field(description="how it will be seen that it was done")


class Texts(Closed):
    """A check in one language."""

    title: Words = Field(description="the obligation in a few words")
    obligation: Words = Field(description="what the clause asks, in a sentence of our own")
    finding: Words = Field(
        description="what is wrong in the department; placeholders: violations, population, unknown, waived; "
        "behind a colon the forms of a word: {population:account/accounts}"
    )
    instance: Words = Field(
        description="what is wrong with one subject; placeholders: subject, and keys of the evidence; "
        "behind a colon the forms of a word, for numbers and lists: {days:day/days}"
    )
    effect: Words = Field(description="what bad may come of it")
    contain: tuple[Step, ...] = Field(default=(), description="what to do at once")
    correct: tuple[Step, ...] = Field(min_length=1, description="what removes the cause")
    evidence: dict[str, Words] = Field(description="key of the evidence -> its label")


class InForce(Closed):
    """Between which days a check holds."""

    model_config = ConfigDict(populate_by_name=True)

    since: date | None = Field(default=None, alias="from", description="first day; none: from ever")
    until: date | None = Field(default=None, description="last day; none: for ever")
    by: Literal["state", "day"] = Field(
        default="state",
        description="state: judges what is so as of the snapshot; day: judges each fact by the version of its day",
    )

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until {self.until} is before from {self.since}")
        return self


class Description(Closed):
    """The whole YAML file of a check."""

    id: CheckId
    clause: ClauseId
    method: Method
    severity: Severity
    graded: tuple[Severity, ...] = Field(
        default=(), description="severities that the rule may state for a violation"
    )
    responsible: Role
    company_only: bool = Field(default=False, description="runs in _company alone; not applicable elsewhere")
    uses_history: bool = Field(default=False, description="runs in the second pass, over earlier findings")
    replaces: CheckId | Literal[""] = Field(
        default="", description="the check in whose place this one stands on the days on which it holds"
    )
    reason: dict[str, Words] = Field(
        default_factory=dict, description="language -> why it replaces the other"
    )
    in_force: InForce = InForce()
    facts: Facts
    settings: dict[str, Setting] = Field(default_factory=dict)
    evidence: dict[str, EvidenceKind] = Field(description="key of the evidence -> how it is shown")
    through: dict[Deed, tuple[str, ...]] = Field(
        default_factory=dict,
        description="deed -> what it is done to: subject, or keys of the evidence of kind ref; a remedy of this check that may "
        "close what others found as well",
    )
    also_through: dict[Deed, tuple[str, ...]] = Field(
        default_factory=dict,
        description="the same for deeds that nobody would do for this check, but that close its instances when they are done",
    )
    mend: tuple[Mend, ...] = Field(
        default=(),
        description="what a remedy changes in the facts, most likely first: the audit looks for the smallest such change that passes",
    )
    texts: dict[str, Texts]

    @property
    def registers(self) -> frozenset[str]:
        """Names of the registers of its company that it reads."""
        facts = self.facts
        return frozenset(
            name.partition(".")[2]
            for name in (*facts.subject, *facts.exonerating, *facts.derived)
            if _DECLARED.fullmatch(name)
        )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.id.rpartition("-")[0] != self.clause:
            raise ValueError(f"id {self.id} does not belong to clause {self.clause}")
        self._deeds_have_things()
        odd = [key for one in self.mend for key in (one.called, one.like) if key and key not in self.evidence]
        if odd:
            raise ValueError(
                f"mend: {odd[0]!r} is no key of the evidence, needs label: one of {', '.join(self.evidence)}"
            )
        if set(self.reason) != (set(LANGUAGES) if self.replaces else set()):
            raise ValueError(
                f"reason: found {', '.join(self.reason) or 'none'}; `replaces` needs one in {' and '.join(LANGUAGES)}, "
                "and nothing else has one"
            )
        if not set(LANGUAGES) <= set(self.texts) <= {*LANGUAGES, DERIVED}:
            raise ValueError(
                f"texts: found {', '.join(self.texts)}, needs {' and '.join(LANGUAGES)}, and may have {DERIVED}"
            )
        for language, texts in self.texts.items():
            self._texts_fit(language, texts)
        first = self.texts[LANGUAGES[0]]
        for language, texts in self.texts.items():
            if (len(texts.contain), len(texts.correct)) != (len(first.contain), len(first.correct)):
                raise ValueError(f"texts.{language}: not as many steps as in {LANGUAGES[0]}")
            for part in ("finding", "instance"):
                here, there = placeholders(getattr(texts, part)), placeholders(getattr(first, part))
                if here != there:
                    raise ValueError(
                        f"texts.{language}.{part}: placeholders {', '.join(sorted(here)) or 'none'};"
                        f" in {LANGUAGES[0]}: {', '.join(sorted(there)) or 'none'}"
                    )
        return self

    def _deeds_have_things(self) -> None:
        for name, deeds in (("through", self.through), ("also_through", self.also_through)):
            odd = [
                key
                for keys in deeds.values()
                for key in keys
                if key != SUBJECT and self.evidence.get(key) != "ref"
            ]
            if odd:
                raise ValueError(
                    f"{name}: {odd[0]!r} is no evidence of kind ref, needs {SUBJECT} or the key of one thing with a name"
                )

    def _texts_fit(self, language: str, texts: Texts) -> None:
        strange = placeholders(texts.finding) - COUNTS
        if strange:
            raise ValueError(
                f"texts.{language}.finding: placeholder {min(strange)!r}, needs one of {', '.join(sorted(COUNTS))}"
            )
        strange = placeholders(texts.instance) - {"subject", *self.evidence}
        if strange:
            raise ValueError(
                f"texts.{language}.instance: placeholder {min(strange)!r} needs one of {', '.join(sorted({'subject', *self.evidence}))}"
            )
        countable = {key for key, kind in self.evidence.items() if kind in _COUNTABLE}
        for part, counted in (("finding", COUNTS), ("instance", countable)):
            fault = ill_formed(getattr(texts, part), language, counted)
            if fault:
                raise ValueError(f"texts.{language}.{part}: {fault}")
        if set(texts.evidence) != set(self.evidence):
            raise ValueError(
                f"texts.{language}.evidence: labels {sorted(texts.evidence)}, evidence {sorted(self.evidence)}"
            )


def placeholders(text: str) -> set[str]:
    """The names in braces of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
