"""Whether what a rule accuses is a fact: what nobody collected can be neither named, nor traced, nor set right."""

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
        """The answers of a shard; in the place of one that accuses what is no fact is said that it does.

        Args:
            code: the department
            answers: check -> answer, or in words why there is none
            made: uids of facts that the audit made for the department
        """
        accused = {check: _accused(answer) for check, answer in answers.items()}
        wanted = set().union(*accused.values()) - made
        strange = self._strange(code, wanted - find_subjects(self._snapshot, wanted, [code]).keys())
        return {
            check: f"accuses {min(accused[check] & strange)}, which is no fact of the snapshot"
            if accused[check] & strange
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


def _accused(answer: Any) -> set[str]:
    """The subjects of what may be no answer at all: its shape is looked at later."""
    rows = answer.get("violations") if isinstance(answer, dict) else None
    subjects = (
        row.get("subject") for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict)
    )
    return {subject for subject in subjects if isinstance(subject, str)}
