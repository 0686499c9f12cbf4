"""Which days page one may ask for: none that lies before the notice, and what else is due at once."""

from collections.abc import Collection, Iterable, Sequence

from engine.findings import Severity
from reports.clean import shortened
from reports.model.finding_shapes import FindingView, InstanceView
from reports.model.front_shapes import About, Also, AlsoCheck
from reports.moments import days_after

URGENT: frozenset[Severity] = frozenset({"critical", "high"})
"""Severities whose harm must be stopped before its cause is removed."""

SIGN_WITHIN = 7
"""Days after the notice by which a report is signed for, where no finding asks for it earlier."""

_ABOUT, _NAME = 3, 24
"""Subjects of an action, and characters of each one's name, that page one has room for; the card has them all."""

_CHECKS = 8
"""Checks that the line on what else is due at once has room for."""

_NAMED_AFTER_PEOPLE = frozenset({"person", "account", "session", "membership"})
"""Kinds of subjects in whose name stands somebody's, so that page one gives their number alone."""


def has_passed(day: str, notice_on: str) -> bool:
    """Whether a day lies before the notice, so that nobody who is told then can keep it; an empty day never does."""
    return bool(day) and day < notice_on


def ahead(finding: FindingView, notice_on: str) -> str:
    """The first day of a finding that whoever is told can still keep; empty: none is."""
    days = (finding.contain_by, finding.correct_by)
    return min((day for day in days if day and not has_passed(day, notice_on)), default="")


def first_ahead(findings: Iterable[FindingView], notice_on: str) -> str:
    """The first day of all findings that can still be kept; empty: none can."""
    return min((day for finding in findings if (day := ahead(finding, notice_on))), default="")


def sign_by(findings: Iterable[FindingView], notice_on: str) -> str:
    """The day by which the head signs: that of the first thing to do, at the latest so many days after the notice."""
    return min(day for day in (first_ahead(findings, notice_on), days_after(notice_on, SIGN_WITHIN)) if day)


def also(findings: Sequence[FindingView], chosen: Collection[str], notice_on: str) -> Also | None:
    """What is urgent and none of the actions; `chosen` are the checks of those."""
    left = [finding for finding in findings if finding.severity in URGENT and finding.check not in chosen]
    if not left:
        return None
    return Also(
        findings=len(left),
        first=min(
            (
                finding.contain_by
                for finding in left
                if finding.contain_by and not has_passed(finding.contain_by, notice_on)
            ),
            default="",
        ),
        checks=tuple(AlsoCheck(check=finding.check, anchor=finding.anchor) for finding in left[:_CHECKS]),
        others=max(0, len(left) - _CHECKS),
    )


def about(finding: FindingView, *, with_names: bool) -> tuple[tuple[About, ...], int]:
    """The first subjects that a finding is about, and how many more there are.

    Args:
        finding: an open one
        with_names: names of people may stand on page one
    """
    open_ = [instance for instance in finding.instances if not instance.waiver]
    shown = tuple(
        About(number=instance.number, name=_name(instance, with_names=with_names))
        for instance in open_[:_ABOUT]
    )
    return shown, len(open_) - len(shown)


def _name(instance: InstanceView, *, with_names: bool) -> str:
    kind = instance.subject.split("/")[1] if instance.subject.count("/") > 1 else ""
    if kind == "department" or (kind in _NAMED_AFTER_PEOPLE and not with_names):
        return ""
    return shortened(instance.name, _NAME)
