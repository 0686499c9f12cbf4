"""How subjects, sources and departments are called."""

import re
from collections.abc import Mapping

from engine.findings import Subject
from reports.moments import Clock

_UID = re.compile(r"[^/]+/[a-z_]+/(?P<record>.+)")


class Names:
    """Uids and codes in, names out."""

    def __init__(
        self,
        subjects: Mapping[str, Subject],
        sources: Mapping[str, str],
        departments: Mapping[str, str],
        clock: Clock,
    ) -> None:
        self.subjects = subjects
        self.sources = sources
        self.departments = departments
        self.clock = clock

    def of(self, uid: str) -> str:
        """The name of a subject; where it has none, what its source calls the record."""
        subject = self.subjects.get(uid)
        if subject and subject.name:
            return subject.name
        found = _UID.fullmatch(uid)
        return found["record"] if found else uid

    def department(self, code: str) -> str:
        """The name of a department; its code if nothing else is known."""
        return self.departments.get(code) or code
