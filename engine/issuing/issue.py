"""Issuing: a draft run in, the run as issued out. Dates, numbers and owners are frozen; nothing is decided here."""

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from engine.audit.issue import due
from engine.audit.superseded import changed_results
from engine.calendar import from_instant
from engine.canonical import canonical, canonical_lines, digest, load
from engine.errors import IssueError
from engine.findings import Finding, FindingState, Result, Run, Supersedes
from engine.issued import WITHHELD, Decided, DecisionKind, Issued, IssuedBefore
from engine.issuing.changes import changes
from engine.issuing.order import Order, decided
from engine.issuing.permitted import permitted, reviewed
from engine.issuing.runs import RunRead
from engine.issuing.told import undecided_without, untold
from engine.issuing.withhold import Pair, ended_with, history_without, results_without, totals_without
from engine.snapshot.folder import MANIFEST, digest_of, files_below, write_private

_CAME = {FindingState.NEW, FindingState.RECURRED, FindingState.RESUMED}
"""Findings that no earlier run has open, so that their dates count from this notice."""

_REWRITTEN = {
    "run.json",
    "results.jsonl",
    "findings.jsonl",
    "history.json",
    "ended.jsonl",
    "undecided.jsonl",
    MANIFEST,
}


def issue(order: Order, work: Path) -> Run:
    """Writes the run as issued into an empty folder.

    Raises:
        IssueError: it may not be issued as it stands
    """
    permitted(order)
    draft, before = order.draft, order.before
    decisions = decided(draft, order.log, before)
    reviewed(order, decisions)
    kept = [one for one in draft.findings if not _is_withheld(one, decisions)]
    taken = [one for one in draft.findings if _is_withheld(one, decisions)]
    untold(kept, taken)
    now = _frozen(order, kept)
    results = list(
        results_without(draft.results.values(), {(one.department, one.check): one for one in taken})
    )
    by_pair = {(row.department, row.check): row for row in results}
    said = changes(
        before.findings if before else (),
        now,
        (before.review if before else {}, decisions),
        by_pair,
        [one.fingerprint for one in taken],
    )
    if before and not said and list(before.results.values()) == results:
        raise IssueError(
            f"{draft.path.name}: says the same as version {order.version - 1}, nothing would be corrected",
            "correct a source (collect --only ID --previous SNAPSHOT, audit --supersedes RUN), or change a decision "
            "(review --import FILE), then issue",
        )
    for file in draft.path.iterdir():
        if file.name not in _REWRITTEN:
            shutil.copyfile(file, work / file.name)
            (work / file.name).chmod(0o600)
    day = from_instant(draft.run.as_of).astimezone(ZoneInfo(draft.run.timezone)).date().isoformat()
    history = history_without(
        load(draft.path / "history.json"), draft.run.as_of, day, order.notice_on.isoformat(), taken
    )
    run = draft.run.model_copy(
        update={
            "id": _id(order),
            "notice_on": order.notice_on.isoformat(),
            "totals": totals_without(draft.run.totals, taken),
            "supersedes": _supersedes(order, by_pair, now),
            "issued": Issued(
                version=order.version,
                notice_on=order.notice_on.isoformat(),
                by=order.by,
                on_day=order.on_day.isoformat(),
                draft=draft.run.id,
                draft_digest=draft.digest,
                log=_head(order),
                finding_log=order.finding_log,
                decisions=_counted(draft, decisions),
                taken_over=sum(one.version < order.version for one in decisions.values()),
                supersedes=_before(before),
                changes=said if before else (),
                results=tuple(changed_results(before.results, by_pair)) if before else (),
            ),
        }
    )
    for name, rows in (
        ("results", results),
        ("findings", now),
        ("withheld", taken),
        ("undecided", undecided_without(draft.undecided, taken)),
        ("ended", ended_with(draft.ended, draft.run.period.label, taken)),
        ("review", sorted(decisions.values(), key=lambda row: (row.finding, row.fingerprint))),
        ("decisions", order.log),
        ("signed", sorted(order.signed, key=lambda row: row.fingerprint)),
    ):
        write_private(work / f"{name}.jsonl", canonical_lines(row.model_dump(mode="json") for row in rows))
    for name, document in (
        ("history", history),
        ("run", run.model_dump(mode="json", by_alias=True, exclude_none=True)),
    ):
        write_private(work / f"{name}.json", canonical(document) + b"\n")
    files = files_below(work)
    manifest = {"schema": "run/1", "files": files, "digest": digest_of(files)}
    write_private(work / MANIFEST, canonical(manifest) + b"\n")
    return run


def _is_withheld(finding: Finding, decisions: Mapping[str, Decided]) -> bool:
    found = decisions.get(finding.fingerprint)
    return found is not None and found.kind == WITHHELD


def _frozen(order: Order, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with the dates that hold from now on: those issued before keep theirs, the others count from the notice."""
    days = load(order.draft.path / "settings.json")["values"]
    calendar, period = order.draft.calendar, order.draft.run.period.label
    issued = {one.fingerprint: one for one in order.before.open} if order.before else {}
    made = []
    for finding in findings:
        earlier = issued.get(finding.fingerprint)
        if earlier is not None:
            dates = earlier.model_dump(
                include={"number", "issued_in", "notice_on", "contain_by", "correct_by"}
            )
        elif finding.state in _CAME and finding.issued_in == period:
            contain_by, correct_by = due(finding.severity, order.notice_on, days, calendar)
            notice_on = order.notice_on.isoformat()
            dates = {"notice_on": notice_on, "contain_by": contain_by, "correct_by": correct_by}
        else:
            dates = {}
        made.append(finding.model_copy(update=dates))
    return made


def _id(order: Order) -> str:
    seed = [
        order.draft.digest, order.version, order.notice_on.isoformat(), order.by, order.on_day.isoformat(),
        _head(order), order.before.digest if order.before else "",
    ]  # fmt: skip
    return f"{order.draft.run.period.label}-{digest(canonical(seed))[:12]}"


def _head(order: Order) -> str:
    return order.log[-1].digest if order.log else ""


def _before(before: RunRead | None) -> IssuedBefore | None:
    if before is None or before.run.issued is None:
        return None
    said = before.run.issued
    return IssuedBefore(
        run=before.run.id, digest=before.digest, version=said.version, notice_on=said.notice_on
    )


def _supersedes(order: Order, results: Mapping[Pair, Result], now: Sequence[Finding]) -> Supersedes | None:
    """Against what was issued; of a run that corrects only what nobody was given, nothing is told."""
    said, before = order.draft.run.supersedes, order.before
    if said is None or before is None:
        return None
    open_now, open_then = (
        {one.fingerprint for one in found if one.state is not FindingState.CLOSED}
        for found in (now, before.findings)
    )
    return said.model_copy(
        update={
            "run": before.run.id,
            "digest": before.digest,
            "results": tuple(changed_results(before.results, results)),
            "findings_added": len(open_now - open_then),
            "findings_gone": len(open_then - open_now),
        }
    )


def _counted(draft: RunRead, decisions: Mapping[str, Decided]) -> dict[str, int]:
    counts = Counter(one.kind for one in decisions.values())
    unreviewed = len(draft.open) - len(decisions)
    return {kind: counts[kind] for kind in get_args(DecisionKind)} | {"unreviewed": unreviewed}
