"""What may be issued: nothing twice, nothing that nobody reviewed, no correction of what is not named."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from engine.calendar import from_instant
from engine.errors import IssueError
from engine.findings import Finding
from engine.issued import Decided
from engine.issuing.decisions import issued
from engine.issuing.order import Order
from engine.issuing.runs import RunRead

_CORRECT = (
    "a correction is issued by naming it: --supersedes ISSUED/run; it needs a corrected source (collect --only ID "
    "--previous SNAPSHOT, then audit --supersedes RUN) or another decision (review --import FILE)"
)


def permitted(order: Order) -> None:
    """Refuses what may not be issued at all.

    Raises:
        IssueError: it was issued before, corrects what is not named, or its notice is too early
    """
    draft, before = order.draft, order.before
    said = draft.run.issued
    if said is not None:
        raise IssueError(
            f"{draft.path.name}: issued already, as version {said.version} with notice on {said.notice_on}",
            _CORRECT,
        )
    last = issued(order.log)
    if last is not None and (before is None or last.version >= order.version):
        raise IssueError(
            f"{draft.path.name}: issued already, as version {last.version} with notice on {last.notice_on}",
            _CORRECT if before is None else f"name version {last.version} with --supersedes",
        )
    if before is None and draft.run.supersedes and draft.run.supersedes.run and not order.first_issue:
        raise IssueError(
            f"{draft.path.name}: takes the place of run {draft.run.supersedes.run}",
            "name what was issued of it with --supersedes ISSUED/run, or say --first-issue if nothing was",
        )
    if before is not None:
        _follows(draft, before)
    day = from_instant(draft.run.as_of).astimezone(ZoneInfo(draft.run.timezone)).date().isoformat()
    earliest = max(day, before.run.notice_on if before else day)
    if order.notice_on.isoformat() < earliest:
        raise IssueError(
            f"--notice-on {order.notice_on}: before {earliest}, when "
            + ("the version before was notified" if earliest != day else "the facts were as they are told"),
            "name the day on which the reports are handed out",
        )


def reviewed(order: Order, decisions: Mapping[str, Decided]) -> None:
    """Refuses to issue what nobody reviewed, unless that is asked for.

    Raises:
        IssueError: it names every such finding
    """
    left = [one for one in order.draft.open if one.fingerprint not in decisions]
    if left and not order.with_unreviewed:
        raise IssueError(
            f"{len(left)} findings were not reviewed: " + "; ".join(_by_department(left)),
            "review them (review RUN --into FILE, then --import FILE), or say --with-unreviewed: then the reports say how "
            "many nobody looked at",
        )


def _by_department(findings: list[Finding]) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for one in findings:
        found.setdefault(one.department, []).append(one.number)
    for department, numbers in sorted(found.items()):
        yield f"{department} ({len(numbers)}) {', '.join(sorted(numbers))}"


def _follows(draft: RunRead, before: RunRead) -> None:
    """Refuses a version before that this run does not correct.

    Raises:
        IssueError: it is a draft, of another date or company, or not what the run was audited against
    """
    said = before.run.issued
    if said is None:
        raise IssueError(
            f"--supersedes {before.path.name}: a draft, which nobody was given",
            "name the folder run in what `clausewise issue` wrote",
        )
    for name in ("organisation", "policy", "as_of"):
        was, is_ = getattr(before.run, name), getattr(draft.run, name)
        if was != is_:
            raise IssueError(
                f"--supersedes {before.path.name}: {name} {was!r}, {draft.path.name} has {is_!r}",
                "name what was issued of the same date",
            )
    known = {before.digest, said.draft_digest, said.supersedes.digest if said.supersedes else before.digest}
    corrects = draft.run.supersedes.digest if draft.run.supersedes else ""
    if draft.digest != said.draft_digest and corrects not in known:
        raise IssueError(
            f"--supersedes {before.path.name}: {draft.path.name} was not audited as a correction of it",
            "audit the corrected snapshot with --supersedes and that run, then issue",
        )
