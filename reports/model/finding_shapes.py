"""What a finding is made of: its instances with their evidence, what would make them pass, and who answers for it."""

from typing import Literal

from pydantic import Field

from engine.findings import FindingState, Method, Severity
from reports.model.others import Others
from reports.model.shape import Shape

Tier = Literal["minor", "severe"]
"""Tiers of clause 9.3: what may be considered once people have decided that somebody is to blame."""


class Shown(Shape):
    """A part of the evidence."""

    key: str
    kind: str
    parts: tuple[tuple[str | Others, ...], ...] = Field(
        description="each a value, or the values of a record; closed words untranslated"
    )


class InstanceView(Shape):
    """One subject failing a check."""

    number: str = Field(description="E-001, within the department's report")
    fingerprint: str
    subject: str = Field(description="uid")
    name: str
    source: str = Field(description="title of the source")
    record: str = Field(description="the source's own id of the record")
    observed: str = Field(description="local time; empty: the source gives none")
    collected: str = Field(description="local time")
    observed_at: str = Field(description="instant; empty: the source gives none")
    collected_at: str = Field(description="instant; empty: nothing is known of the subject")
    evidence: tuple[Shown, ...]
    severity: Severity
    state: FindingState
    waiver: str = Field(description="number of the waiver in force; empty: open")
    waiver_reason: str
    waiver_by: str = Field(description="who approved it")
    waiver_until: str = Field(description="its last day")
    owner: str = Field(description="name of whom the rule names, if not the finding's owner")
    due: str = Field(description="local time; empty: the finding's dates")


class ChangeView(Shape):
    """One thing in the facts that would have to be otherwise."""

    entity: str = Field(description="fact type of the record")
    label: str = Field(
        description="key of the evidence by whose label it is called; empty: a record of the type is missing"
    )
    how: str = Field(description="is, by, from, at_most, at_least, such_as, stated, somebody or added")
    value: str = Field(description="readable; a word of a closed list untranslated")


class PassView(Shape):
    """What would make an instance, and those alike, pass."""

    number: str = Field(description="of the instance")
    changes: tuple[ChangeView, ...]


class OwnerView(Shape):
    """Who answers for a finding."""

    role: str
    name: str = Field(description="empty: nobody is known, or somebody of another department")
    is_elsewhere: bool = Field(description="somebody of another department, who is told by role alone")
    department: str = Field(description="code of the department in which the role is held")
    department_name: str = Field(description="empty: the department itself, or the company as a whole")


class RelatedView(Shape):
    """Controls of another framework that the check is related to, which says nothing of complying with them."""

    framework: str | dict[str, str] = Field(
        description="its title, the same in all languages, or language -> title"
    )
    controls: tuple[str, ...]
    confirm: bool = Field(description="the numbers are to be looked up in the original text first")


class FindingView(Shape):
    """A check failing in a department."""

    anchor: str
    number: str
    fingerprint: str
    check: str
    clause: str
    department: str
    method: Method
    severity: Severity
    base_severity: Severity
    state: FindingState
    is_open: bool = Field(description="at least one instance without a waiver; or carried on, unverified")
    is_waived: bool = Field(description="not open, because all that is left of it is under waivers in force")
    is_overdue: bool = Field(description="still open when the day to correct had ended")
    is_contain_overdue: bool = Field(description="still open when the day to contain had ended")
    contain_passed: bool = Field(description="the day to contain lies before the notice of the report")
    correct_passed: bool = Field(description="the day to correct lies before the notice of the report")
    owner: OwnerView
    issued_in: str
    notice_on: str
    contain_by: str
    correct_by: str
    contain_by_ends_at: str = Field(description="instant at which that day is over; empty: no such day")
    correct_by_ends_at: str
    population: int
    violations: int
    unknown: int
    waived: int
    carried: int = Field(
        description="instances of an earlier run that could not be looked at: open still, none of the violations"
    )
    share: str = Field(description="violations of the population, per cent; empty where a rate would mislead")
    instances: tuple[InstanceView, ...]
    would_pass: tuple[PassView, ...] = Field(
        description="found by asking the rule again; of each condition one instance, none where nothing was found"
    )
    on_card: int = Field(description="how many instances the card shows; the annex has them all")
    in_annex: int = Field(description="how many more only the annex shows")
    tier: Tier = Field(description="how 9.3 might deal with it; a suggestion, about no person")
    related: tuple[RelatedView, ...]
    remark: str = Field(description="the inspector's; empty: none")
    signed_by: str = Field(description="who signed for it; empty: nobody has, as far as is known")
    signed_on: str


class UndecidedView(Shape):
    """A subject that could not be decided."""

    check: str
    subject: str
    name: str
    reason: str
