"""How subjects, sources and departments are called, and whom a reader is told by name."""

import re
from collections.abc import Mapping

from engine.facts import COMPANY
from engine.findings import Subject
from reports.model.others import Others
from reports.moments import Clock

_UID = re.compile(r"[^/]+/(?P<entity>[a-z_]+)/(?P<record>.+)")

_NAMED_AFTER_PEOPLE = frozenset({"person", "account", "session"})
"""Kinds of subjects whose name is somebody's; all others are called by a number, or by what they are."""


class Names:
    """Uids and codes in, names out; a reader's names hold those of the reader's own people and of no others."""

    def __init__(
        self,
        subjects: Mapping[str, Subject],
        sources: Mapping[str, str],
        departments: Mapping[str, str],
        clock: Clock,
        own: frozenset[str] | None = None,
    ) -> None:
        """`own`: codes of the departments whose people are named; none given: everybody is."""
        self.subjects = subjects
        self.sources = sources
        self.departments = departments
        self.clock = clock
        self._own = own

    def for_head(self, code: str) -> "Names":
        """What the head of a department is told: the department's own people by name, and who belongs to none."""
        return self._for(frozenset({code, COMPANY}))

    def for_company(self) -> "Names":
        """What a page about all departments tells: nobody by name."""
        return self._for(frozenset())

    def _for(self, own: frozenset[str]) -> "Names":
        return Names(self.subjects, self.sources, self.departments, self.clock, own)

    def is_own(self, uid: str) -> bool:
        """Whether the reader may be told the name."""
        subject = self.subjects.get(uid)
        return (
            self._own is None
            or subject is None
            or subject.department in self._own
            or _entity(uid) not in _NAMED_AFTER_PEOPLE
        )

    def of(self, uid: str) -> str:
        """The name of a subject; of people of other departments the department, and what the source calls the record."""
        if self.is_own(uid):
            return self.known(uid)
        department = self.departments.get(self.subjects[uid].department, "")
        if not department:  # nobody's: there is no department to name instead
            return self.record(uid)
        return f"{department} · {self.record(uid)}" if _entity(uid) == "person" else department

    def of_subject(self, uid: str) -> str:
        """The name of what somebody has to deal with; whoever does must find it, so that it has at least its record's."""
        return self.known(uid) if self.is_own(uid) else self.record(uid)

    def told(self, uid: str) -> str | Others:
        """The name of a subject in evidence, where people of other departments are counted."""
        if self.is_own(uid):
            return self.known(uid)
        department = self.department(self.subjects[uid].department)
        return Others(department=department, of="person" if _entity(uid) == "person" else "account", n=1)

    def known(self, uid: str) -> str:
        """The name of a subject; where it has none, what its source calls the record."""
        subject = self.subjects.get(uid)
        return subject.name if subject and subject.name else self.record(uid)

    def record(self, uid: str) -> str:
        """What its source calls the record."""
        found = _UID.fullmatch(uid)
        return found["record"] if found else uid

    def department(self, code: str) -> str:
        """The name of a department; its code if nothing else is known."""
        return self.departments.get(code) or code


def _entity(uid: str) -> str:
    found = _UID.fullmatch(uid)
    return found["entity"] if found else ""
