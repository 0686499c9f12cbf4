"""Whether waivers and statements were approved by somebody of the line, and for no longer than their severity allows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import from_instant
from engine.checks.description import Description
from engine.facts import COMPANY
from engine.findings import Applied, Line

Record = dict[str, Any]


class Approvals:
    """The line of management of each department, and how long an exception may last."""

    def __init__(
        self,
        company: Record,
        roles: Mapping[str, str],
        checks: Mapping[str, Description],
        settings: Mapping[str, Any],
        zone: ZoneInfo,
    ) -> None:
        self._departments = {row["code"]: row for row in company["departments"]}
        self._delegations: list[Record] = company["delegations"]
        self._it = roles.get("it", "")
        self._checks, self._settings, self._zone = checks, settings, zone

    def waiver(self, applied: Applied, row: Record) -> Applied:
        """What became of a waiver, with what is to be said of its approval."""
        check = self._checks.get(row["check"])
        limit = self._settings[f"waiver_days_{check.severity}"] if check else None
        approved = row.get("approved_at", "")
        return self._audited(applied, row, "approved_by", approved, row.get("valid_from") or approved, limit)

    def statement(self, applied: Applied, row: Record) -> Applied:
        """The same for an attestation."""
        signed = row.get("signed_at", "")
        return self._audited(applied, row, "signed_by", signed, signed, self._settings["attestation_days"])

    def _audited(
        self, applied: Applied, row: Record, by: str, at: str, start: str, limit: int | None
    ) -> Applied:
        until = row.get("valid_until", "")
        days = None
        if start and until:
            days = (date.fromisoformat(until) - from_instant(start).astimezone(self._zone).date()).days + 1
        line: Line = "" if by not in row else self.line(row[by], row.get("department_code", ""), at)
        return applied.model_copy(update={"days": days, "limit": limit, "line": line})

    def line(self, person: str, department: str, at: str) -> Line:
        """Whether the person headed the department or one above at the instant, or decided in the place of who did.

        Of what is for no department in particular nobody stated who may approve it: that is not known.
        """
        code = self._it if department == COMPANY else department
        above = list(self._above(code))
        if not at or not above:
            return "unknown"
        heads = {uid for row in above for uid in _heads(row, at)}
        if person in heads | {uid for row in above for uid in row["deputies"]}:
            return "in"
        if any(
            one["delegate"] == person and one["delegator"] in heads and self._holds(one, at)
            for one in self._delegations
        ):
            return "in"
        # who headed a department then is not known of all of them: it may have been this person
        return "unknown" if any("heads" not in row for row in above) else "out"

    @staticmethod
    def _holds(delegation: Record, at: str) -> bool:
        return bool(delegation.get("valid_from", "") <= at <= delegation.get("valid_until", "9"))

    def _above(self, code: str) -> Iterator[Record]:
        seen: set[str] = set()
        while code in self._departments and code not in seen:
            seen.add(code)
            yield self._departments[code]
            code = self._departments[code].get("parent", "")


def _heads(department: Record, at: str) -> Iterator[str]:
    for head in department.get("heads", ()):
        if head.get("from_at", "") <= at < head.get("until_at", "9"):
            yield head["person"]
