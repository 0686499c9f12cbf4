"""What a later version says otherwise than the one before it, finding by finding."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.findings import Finding, FindingState, Result
from engine.issued import WITHHELD, Change, Decided
from engine.issuing.withhold import Pair


def changes(
    before: Iterable[Finding],
    now: Iterable[Finding],
    remarks: tuple[Mapping[str, Decided], Mapping[str, Decided]],
    results: Mapping[Pair, Result],
    withheld: Iterable[str],
) -> tuple[Change, ...]:
    """Open findings that were added, are gone or say something else, by department and number.

    Args:
        before: findings of the earlier version
        now: of this one
        remarks: decisions of the earlier version and of this one, by fingerprint
        results: department and check -> what the check says now
        withheld: fingerprints of what this version withholds
    """
    was, is_ = ({one.fingerprint: one for one in found if _is_open(one)} for found in (before, now))
    found = [
        _of(was.get(key), is_.get(key), remarks, results, set(withheld)) for key in was.keys() | is_.keys()
    ]
    return tuple(
        sorted((one for one in found if one), key=lambda one: (one.department, one.finding, one.fingerprint))
    )


def same(one: Finding, other: Finding) -> bool:
    """Whether two versions of a finding say the same, but for numbers and dates: what was decided of one holds for the other."""
    return not list(_otherwise(one, other)) and one.state is other.state


def _is_open(finding: Finding) -> bool:
    return finding.state is not FindingState.CLOSED


def _of(
    was: Finding | None,
    is_: Finding | None,
    remarks: tuple[Mapping[str, Decided], Mapping[str, Decided]],
    results: Mapping[Pair, Result],
    withheld: set[str],
) -> Change | None:
    finding = is_ or was
    if finding is None:
        raise ValueError("neither version has the finding")
    key = finding.fingerprint
    what: tuple[str, ...] = ()
    if was and is_:
        said = [_remark(decided.get(key)) for decided in remarks]
        what = (*_otherwise(was, is_), *(("remark",) if said[0] != said[1] else ()))
        if not what:
            return None
    return Change(
        kind="changed" if was and is_ else "added" if is_ else "gone",
        fingerprint=key,
        finding=finding.number,
        department=finding.department,
        check=finding.check,
        severity=finding.severity,
        what=what,
        reason="" if is_ else _gone(finding, results, withheld),
        violations_were=_count(was),
        violations_are=_count(is_),
        owners=tuple(sorted({one.owner.department for one in (was, is_) if one and one.owner.department})),
    )


def _otherwise(was: Finding, is_: Finding) -> Iterator[str]:
    then, now = (_open_instances(one) for one in (was, is_))
    if then.keys() != now.keys():
        yield "instances"
    elif then != now:
        yield "evidence"
    for name in ("severity", "owner", "population"):
        if getattr(was, name) != getattr(is_, name):
            yield name


def _open_instances(finding: Finding) -> dict[str, Any]:
    return {
        one.fingerprint: (one.evidence, one.severity, one.owner, one.due)
        for one in finding.instances
        if not one.waiver
    }


def _remark(decided: Decided | None) -> str:
    return decided.text if decided and decided.kind == "annotated" else ""


def _count(finding: Finding | None) -> int:
    return len(_open_instances(finding)) if finding else 0


def _gone(finding: Finding, results: Mapping[Pair, Result], withheld: set[str]) -> str:
    if finding.fingerprint in withheld:
        return WITHHELD
    result = results.get((finding.department, finding.check))
    return result.result.value if result else "not_assessed"
