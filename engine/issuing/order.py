"""What is to be issued, and what was decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.findings import Finding
from engine.issued import Decided, Signed
from engine.issuing.changes import same
from engine.issuing.decisions import Entry, Sealed, in_force
from engine.issuing.runs import RunRead


@dataclass(frozen=True)
class Order:
    """What is to be issued, by whom and how."""

    draft: RunRead
    log: Sequence[Sealed]
    notice_on: date
    by: str
    on_day: date
    before: RunRead | None = None
    """The version whose place is taken; none: the first."""
    first_issue: bool = False
    """What this run corrects was never issued."""
    with_unreviewed: bool = False
    """Findings that nobody reviewed are issued too."""
    signed: tuple[Signed, ...] = ()
    finding_log: str = ""
    """Digest of the last entry of the log of findings; empty: there is none."""

    @property
    def version(self) -> int:
        """One more than that of the version before."""
        return next_version(self.before)


def decided(draft: RunRead, log: Sequence[Sealed], before: RunRead | None = None) -> dict[str, Decided]:
    """Fingerprint -> the decision in force about each open finding.

    One that was made for the version before holds as well, where the finding is as it was.
    """
    own = in_force(log)
    earlier = before.review if before else {}
    then = {one.fingerprint: one for one in (*before.findings, *before.withheld)} if before else {}
    found = {}
    for finding in draft.open:
        entry, old = own.get(finding.fingerprint), earlier.get(finding.fingerprint)
        if entry is not None and not (old and _says_the_same(entry, old)):
            found[finding.fingerprint] = _decided(entry, finding, next_version(before))
        elif old is not None and (entry is not None or same(then[finding.fingerprint], finding)):
            found[finding.fingerprint] = old.model_copy(update={"finding": finding.number})
    return found


def next_version(before: RunRead | None) -> int:
    """One more than that of the version before; 1 where there is none."""
    return before.run.issued.version + 1 if before and before.run.issued else 1


def _says_the_same(entry: Entry, old: Decided) -> bool:
    return (entry.kind, entry.text, entry.by) == (old.kind, old.text, old.by)


def _decided(entry: Entry, finding: Finding, version: int) -> Decided:
    said = entry.model_dump(include={"kind", "text", "by", "on_day"})
    about = {"fingerprint": finding.fingerprint, "finding": finding.number, "version": version}
    return Decided.model_validate({**said, **about})
