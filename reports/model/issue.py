"""How a report was issued, what changed since the version before and for whom, and what was withheld."""

from collections.abc import Sequence

from engine.issued import Change
from reports.model.issued_shapes import (
    ChangeView,
    DepartmentChanges,
    IssueView,
    ResultChangeView,
    WithheldView,
)
from reports.model.names import Names
from reports.run_folder import RunFolder


def issue_view(found: RunFolder, changes: Sequence[DepartmentChanges | None]) -> IssueView:
    """What every page says of its state.

    Args:
        found: the run
        changes: those of every department, in the order of the organisation
    """
    run, said = found.run, found.run.issued
    if said is None:
        return IssueView(
            state="draft",
            version=0,
            notice_on=run.notice_on,
            by="",
            on_day="",
            draft="",
            finding_log="",
            decisions={},
            reviewed=0,
            taken_over=0,
            before=0,
            before_notice_on="",
            added=0,
            gone=0,
            changed=0,
            departments=(),
            concerned=0,
        )
    rows = tuple(row for row in changes if row is not None)
    return IssueView(
        state="issued",
        version=said.version,
        notice_on=said.notice_on,
        by=said.by,
        on_day=said.on_day,
        draft=said.draft,
        finding_log=said.finding_log,
        decisions=said.decisions,
        reviewed=sum(said.decisions.values()),
        taken_over=said.taken_over,
        before=said.supersedes.version if said.supersedes else 0,
        before_notice_on=said.supersedes.notice_on if said.supersedes else "",
        added=sum(row.added for row in rows),
        gone=sum(row.gone for row in rows),
        changed=sum(row.changed for row in rows),
        departments=rows,
        concerned=sum(row.is_concerned for row in rows),
    )


def department_changes(
    found: RunFolder, code: str, name: str, file: str, names: Names
) -> DepartmentChanges | None:
    """What changed for a department; none of a draft, and of the first version."""
    said = found.run.issued
    if said is None or said.supersedes is None:
        return None
    here = [change for change in said.changes if change.department == code]
    otherwise = [row for row in said.results if row.department == code]
    kinds = [change.kind for change in here]
    others = {owner for change in here for owner in change.owners} - {code}
    return DepartmentChanges(
        code=code,
        name=name,
        file=file,
        added=kinds.count("added"),
        gone=kinds.count("gone"),
        changed=kinds.count("changed"),
        total=len(here),
        rows=tuple(_change(change, name) for change in here),
        results=tuple(ResultChangeView(**row.model_dump(exclude={"department"})) for row in otherwise),
        is_concerned=bool(here or otherwise),
        told=(name, *(_named(names, other) for other in sorted(others))) if here or otherwise else (),
    )


def _named(names: Names, code: str) -> str:
    return "" if code.startswith("_") else names.department(code)


def _change(change: Change, department: str) -> ChangeView:
    return ChangeView.model_validate(
        {
            "kind": change.kind,
            "number": change.finding,
            "check": change.check,
            "department": department,
            "severity": change.severity,
            "what": change.what,
            "reason": change.reason,
            "violations_were": change.violations_were,
            "violations_are": change.violations_are,
            "anchor": "" if change.kind == "gone" else f"f-{change.check}",
        }
    )


def withheld_views(found: RunFolder, names: Names) -> tuple[WithheldView, ...]:
    """What no department was given, with the reason, for the auditor."""
    views = []
    for finding in found.withheld:
        decided = found.review[finding.fingerprint]
        views.append(
            WithheldView(
                number=finding.number,
                check=finding.check,
                department=_named(names, finding.department),
                severity=finding.severity,
                violations=sum(not one.waiver for one in finding.instances),
                reason=decided.text,
                by=decided.by,
                on_day=decided.on_day,
            )
        )
    return tuple(views)
