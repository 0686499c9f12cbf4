"""The checks as a run carries them: catalogue.json."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.findings import Method, Severity


class _Part(BaseModel):
    # A later version of the catalogue may say more than a report shows.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Step(_Part):
    """One step of a remedy."""

    do: str
    who: str
    verify: str


class Texts(_Part):
    """A check in one language; only the title is there if the check is not implemented."""

    title: str
    obligation: str = ""
    finding: str = ""
    instance: str = ""
    effect: str = ""
    contain: tuple[Step, ...] = ()
    correct: tuple[Step, ...] = ()
    evidence: dict[str, str] = Field(default_factory=dict)


class InForce(_Part):
    """Between which days a check holds."""

    since: date | None = Field(default=None, alias="from")
    until: date | None = None


class Related(_Part):
    """Controls of another framework that a check is related to; it does not stand for them."""

    title: str | dict[str, str] = Field(description="the same in all languages, or language -> title")
    controls: tuple[str, ...]
    confirm: bool = Field(
        description="its numbers are not from the original text, and are to be looked up there"
    )


class Check(_Part):
    """A check, implemented or not."""

    id: str
    clause: str
    method: Method
    severity: Severity
    implemented: bool
    responsible: str = ""
    graded: tuple[Severity, ...] = ()
    company_only: bool = False
    replaces: str = ""
    reason: dict[str, str] = Field(default_factory=dict)
    replaced_by: tuple[str, ...] = ()
    in_force: InForce = InForce()
    settings: dict[str, Any] = Field(default_factory=dict)
    related: tuple[Related, ...] = ()
    evidence: dict[str, str] = Field(
        default_factory=dict, description="key -> kind, see engine.checks.description"
    )
    through: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="deed -> what it is done to, see engine.deeds"
    )
    also_through: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    texts: dict[str, Texts]


class Chapter(_Part):
    """A chapter of the policy."""

    id: str
    title: dict[str, str]


class Clause(_Part):
    """A clause, and the checks that stand for it."""

    id: str
    title: dict[str, str]
    chapter: str
    checks: tuple[str, ...]
    duty: bool


class Policy(_Part):
    """Which policy it is."""

    id: str
    version: str
    title: dict[str, str]


class Replacement(_Part):
    """A check of a pack that stands in the place of another."""

    check: str
    by: str
    reason: dict[str, str]


class NewDefault(_Part):
    """A setting whose default a pack changed."""

    name: str
    value: Any
    reason: dict[str, str]


class NewTexts(_Part):
    """A check of which a pack changed texts."""

    check: str
    texts: tuple[str, ...]
    reason: dict[str, str]


class Pack(_Part):
    """What a pack of the company adds, changes and replaces."""

    name: str
    checks: tuple[str, ...]
    clauses: tuple[str, ...]
    replaces: tuple[Replacement, ...]
    settings: tuple[NewDefault, ...]
    texts: tuple[NewTexts, ...]


class Catalogue(_Part):
    """All of catalogue.json."""

    policy: Policy
    chapters: tuple[Chapter, ...]
    clauses: tuple[Clause, ...]
    checks: tuple[Check, ...]
    values: dict[str, dict[str, str]] = Field(
        description="word of a closed list -> language -> what people say"
    )
    packs: tuple[Pack, ...] = ()
    severity_days: dict[str, dict[str, int | None]] = Field(
        description="severity -> working days to contain (none: no such date), calendar days to correct"
    )

    @model_validator(mode="after")
    def _clauses_and_checks_agree(self) -> Self:
        listed = [check for clause in self.clauses for check in clause.checks]
        known = [check.id for check in self.checks]
        if sorted(listed) != sorted(known):
            odd = sorted(set(listed) ^ set(known)) or ["a check listed twice"]
            raise ValueError(f"clauses and checks do not agree on {odd[0]}")
        strange = sorted(
            {clause.chapter for clause in self.clauses} - {chapter.id for chapter in self.chapters}
        )
        if strange:
            raise ValueError(f"no chapter is called {strange[0]}")
        return self

    def by_id(self) -> dict[str, Check]:
        """The checks by id."""
        return {check.id: check for check in self.checks}
