"""How exceptions and signed statements were given, and what the exceptions change in the results."""

from collections.abc import Iterable, Sequence

from reports.model.approval_shapes import AppliedView, ApprovalAudit, ApproverRow, Effect
from reports.model.check_shapes import CheckRow

EXPIRES_SOON = 30
"""Days before the end of an exception in which it must be renewed or ended."""

_UNUSED = "nothing_to_waive"
_EXPIRED = "expired"


def approval_audit(rows: Sequence[AppliedView]) -> ApprovalAudit | None:
    """What is to be said of a register; none if it is empty."""
    if not rows:
        return None
    in_force = [row for row in rows if row.applied or row.why_not == _UNUSED]
    return ApprovalAudit(
        total=len(rows),
        applied=sum(row.applied for row in rows),
        unused=sum(row.why_not == _UNUSED for row in rows),
        expired=sum(row.why_not == _EXPIRED for row in rows),
        expiring=sum(row.expires_soon for row in rows),
        soon=EXPIRES_SOON,
        invalid=len(rows) - len(in_force) - sum(row.why_not == _EXPIRED for row in rows),
        outside=sum(row.line == "out" for row in rows),
        line_unknown=sum(row.line == "unknown" for row in rows),
        too_long=sum(row.is_too_long for row in rows),
        approvers=tuple(_approvers(rows)),
    )


def _approvers(rows: Iterable[AppliedView]) -> list[ApproverRow]:
    by_name: dict[str, list[AppliedView]] = {}
    for row in rows:
        if row.approved_by:
            by_name.setdefault(row.approved_by, []).append(row)
    made = [
        ApproverRow(
            name=name,
            approved=len(own),
            applied=sum(row.applied for row in own),
            outside=sum(row.line == "out" for row in own),
            too_long=sum(row.is_too_long for row in own),
            instances=sum(row.instances for row in own),
        )
        for name, own in by_name.items()
    ]
    return sorted(made, key=lambda row: (-row.approved, row.name))


def effect(rows: Iterable[CheckRow]) -> Effect | None:
    """Results with the exceptions and without; none where nothing is under one."""
    every = list(rows)
    waived = sum(row.waived for row in every)
    if not waived:
        return None
    failing = sum(row.word in {"fail", "partly"} for row in every)
    excused = sum(row.word == "waived" for row in every)
    instances = sum(row.violations for row in every)
    return Effect(
        failing=failing,
        failing_without=failing + excused,
        waived=excused,
        instances=instances,
        instances_without=instances + waived,
    )
