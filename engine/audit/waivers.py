"""Which waivers and attestations hold, and why the others do not."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.findings import Applied

Record = dict[str, Any]

_DECIDING = ("requested_by", "approved_by", "approved_at", "valid_from", "valid_until")


@dataclass
class Waivers:
    """The waivers of a snapshot, with what became of each."""

    as_of: str
    known_checks: frozenset[str]
    rows: list[Record]
    subjects: Mapping[str, frozenset[str]]
    """Uid or name -> uids of the facts that it may mean."""
    used: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    today: Callable[[str], str] = str
    """Code of a department -> that of the one that answers for it today: who took it over keeps what it was granted."""

    def __post_init__(self) -> None:
        self._by_subject: dict[tuple[str, str], list[Record]] = defaultdict(list)
        self._meant_for: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for row in self.rows:
            self._meant_for[row["check"], self.meant(row["subject"])].append(row)
            if not self.why_not(row):
                (uid,) = self.subjects[row["subject"]]
                self._by_subject[row["check"], uid].append(row)

    def why_not(self, row: Record) -> str:
        """Why a waiver is not in force: a word of the closed list, empty if it is."""
        start = row.get("valid_from") or row.get("approved_at") or ""
        meant = self.subjects.get(row["subject"], frozenset())
        tests = {
            "unknown_check": row["check"] not in self.known_checks,
            "unknown_subject": len(meant) != 1,
            "no_reason": not row["reason"],
            "not_approved": "approved_by" not in row
            or not row.get("approved_at")
            or row["approved_at"] > self.as_of,
            "no_requester": "requested_by" not in row,
            "self_approved": row.get("requested_by") == row.get("approved_by"),
            "no_end": "valid_until_ends_at" not in row,
            "not_yet": start > self.as_of,
            "expired": row.get("valid_until_ends_at", "9") < self.as_of,
        }
        return next((why for why, holds in tests.items() if holds), "")

    def doubt(self, check: str, subject: str, unplaced: str) -> str:
        """Why it is not known whether a waiver covers the subject: a reason, empty if it is known.

        Args:
            check: id of the check
            subject: uid of what fails it
            unplaced: why departments are not known, so that a waiver for one of them may be this subject's; else empty
        """
        for row in self._meant_for.get((check, subject), ()):
            reasons = [row["unknown"][name] for name in _DECIDING if name in row.get("unknown", {})]
            if reasons or (unplaced and not self.why_not(row)):
                return str(reasons[0]) if reasons else unplaced
        return ""

    def meant(self, subject: str) -> str:
        """The uid of the one fact that the register's words mean; the words themselves if they mean none or several."""
        found = self.subjects.get(subject, frozenset())
        return next(iter(found)) if len(found) == 1 else subject

    def covering(self, check: str, subject: str, department: str) -> str:
        """Uid of the waiver in force for the subject, empty if there is none."""
        for row in self._by_subject.get((check, subject), ()):
            if self.today(row.get("department_code", department)) == department:
                self.used[row["uid"]] += 1
                return str(row["uid"])
        return ""

    def applied(self) -> list[Applied]:
        """Every waiver, applied or not, with the reason."""
        said = []
        for row in self.rows:
            why = self.why_not(row) or ("" if self.used.get(row["uid"]) else "nothing_to_waive")
            said.append(
                _applied(
                    row,
                    row["number"],
                    self.meant(row["subject"]),
                    row["reason"],
                    row.get("approved_by", ""),
                    why,
                    self.used.get(row["uid"], 0),
                )
            )
        return said


def attestations(rows: list[Record], as_of: str, known_checks: frozenset[str]) -> list[Applied]:
    """Every attestation, with whether it is in force; what it decides is the rules' business."""
    said = []
    for row in rows:
        tests = {
            "unknown_check": row["check"] not in known_checks,
            "not_signed": "signed_by" not in row or "signed_at" not in row,
            "no_end": "valid_until_ends_at" not in row,
            "not_yet": row.get("signed_at", "") > as_of,
            "expired": row.get("valid_until_ends_at", "9") < as_of,
        }
        why = next((word for word, holds in tests.items() if holds), "")
        said.append(
            _applied(
                row,
                row.get("number") or row["uid"].rpartition("/")[2],
                row.get("department_code", ""),
                row["statement"],
                row.get("signed_by", ""),
                why,
                0,
            )
        )
    return said


def _applied(
    row: Record, number: str, subject: str, reason: str, approved_by: str, why: str, instances: int
) -> Applied:
    return Applied(
        uid=row["uid"],
        number=number,
        check=row["check"],
        department=row.get("department_code", ""),
        subject=subject,
        reason=reason,
        approved_by=approved_by,
        valid_until=row.get("valid_until", ""),
        applied=not why,
        why_not=why,
        instances=instances,
    )
