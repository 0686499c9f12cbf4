"""All records of a snapshot while it is being put together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.facts import FACT_TYPES, REASON_OF, Collected, Fact, SourceReport
from engine.facts.declared import Declared, types_with
from engine.findings import DataError

Record = dict[str, Any]

_WORST = {"failed": 4, "partial": 3, "stale": 2, "complete": 0}


@dataclass
class Workspace:
    """Records by entity and uid, the reports of their sources, and the errors found in the data."""

    records: dict[str, dict[str, Record]] = field(
        default_factory=lambda: {entity: {} for entity in FACT_TYPES}
    )
    reports: list[SourceReport] = field(default_factory=list)
    errors: set[tuple[str, str, str]] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    """Entities of which a record had to be left out: they are partial, whatever their source says."""

    types: dict[str, type[Fact]] = field(default_factory=lambda: dict(FACT_TYPES))
    """Entity -> model: what Clausewise knows, and the registers that the company declares."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Uid as delivered -> uid of the one fact that several records, or several inventories, became."""
    derived: dict[str, str] = field(default_factory=dict)
    """Uid of a fact that only a register knows -> uid of its entry there."""

    @classmethod
    def of(cls, collected: Iterable[Collected], declared: Iterable[Declared] = ()) -> "Workspace":
        """From what the sources delivered; a uid that comes twice is an error of the data, and the first one stays.

        Args:
            collected: what each source delivered
            declared: the registers that the company declares
        """
        types = types_with(declared)
        space = cls({entity: {} for entity in types}, types=types)
        for source in collected:
            space.reports.append(source.report)
            for fact in source.facts:
                known = space.records[fact.entity]
                if fact.uid in known:
                    space.wrong("double_uid", fact.uid, f"delivered twice by {source.report.id}")
                    space.short.add(fact.entity)
                else:
                    known[fact.uid] = fact.record()
        return space

    def wrong(self, kind: str, subject: str, detail: str) -> None:
        """Lists an error in the data."""
        self.errors.add((kind, subject, detail))

    def data_errors(self, department_of: Callable[[str], str]) -> Iterator[DataError]:
        """The errors found, in order."""
        return (
            DataError(kind=kind, subject=subject, detail=detail, department=department_of(subject))
            for kind, subject, detail in sorted(self.errors)
        )

    def all(self, entity: str) -> Iterator[Record]:
        """The records of an entity, by uid."""
        known = self.records[entity]
        return (known[uid] for uid in sorted(known))

    def state(self, entity: str) -> str:
        """How complete the records of the entity are: the worst of its sources."""
        states = [report.completeness for report in self.reports if entity in report.delivers]
        if not states:
            return "not_configured"
        worst = max(states, key=lambda state: _WORST[state])
        return "partial" if worst == "complete" and entity in self.short else worst

    def register_gap(self, kind: str) -> str:
        """Why a register cannot be believed to be complete: a reason, or empty if it can."""
        states = [report.completeness for report in self.reports if report.type == f"register:{kind}"]
        if not states:
            return "not_collected"
        worst = max(states, key=lambda state: _WORST[state])
        return REASON_OF.get(worst, "")

    def entries(self, kind: str) -> dict[str, list[Record]]:
        """The entries of a register by their subject."""
        found: dict[str, list[Record]] = defaultdict(list)
        for entry in self.all("register_entry"):
            if entry["kind"] == kind and "subject" in entry:
                found[entry["subject"]].append(entry)
        return found


def settle(record: Record, name: str, value: Any) -> None:
    """Sets a field of a record: it is known now."""
    record[name] = value
    record["unknown"].pop(name, None)


def settle_none(record: Record, name: str) -> None:
    """A field of a record is known to be none."""
    record.pop(name, None)
    record["unknown"].pop(name, None)


def not_known(record: Record, name: str, reason: str, placeholder: Any = None) -> None:
    """A field of a record is not known; enumerations and tri-states say `unknown` besides."""
    record.pop(name, None)
    if placeholder is not None:
        record[name] = placeholder
    record["unknown"][name] = reason
