"""Whether what a rule names is a fact: what nobody collected can be neither accused, nor traced, nor looked into."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import orjson

from engine.audit.people import find_subjects
from engine.canonical import canonical
from engine.snapshot import Snapshot


class Grounds:
    """What rules were told, as they were told it."""

    def __init__(self, snapshot: Snapshot, history: dict[str, Any]) -> None:
        self._snapshot, self._history = snapshot, history

    @cached_property
    def _beside(self) -> tuple[bytes, bytes]:
        return canonical(self._snapshot.company()), canonical(self._history)

    def believed(
        self, code: str, answers: Mapping[str, Any], made: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """The answers of a shard; in the place of one that names what is no fact is said that it does.

        Args:
            code: the department
            answers: check -> answer, or in words why there is none
            made: uids of facts that the audit made for the department
        """
        named = {check: _named(answer) for check, answer in answers.items()}
        wanted = set().union(*named.values()) - made
        strange = self._strange(code, wanted - find_subjects(self._snapshot, wanted, [code]).keys())
        return {
            check: f"names {min(named[check] & strange)}, which is no fact of the snapshot"
            if named[check] & strange
            else answer
            for check, answer in answers.items()
        }

    def _strange(self, code: str, subjects: set[str]) -> set[str]:
        """Those that are of no other department, nor of the company, nor of an earlier run either."""
        if not subjects:
            return set()
        shard = self._snapshot.shard(code).read_bytes()
        company, history = self._beside
        found = set()
        for subject in subjects:
            written = orjson.dumps(subject)
            uid = b'"uid":' + written
            if uid not in shard and uid not in company and written not in history:
                found.add(subject)
        return found


def _named(answer: Any) -> set[str]:
    """The subjects of what may be no answer at all: its shape is looked at later."""
    parts = [answer.get(part) for part in ("violations", "unknown")] if isinstance(answer, dict) else []
    subjects = (
        row.get("subject")
        for rows in parts
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
    )
    return {subject for subject in subjects if isinstance(subject, str)}
