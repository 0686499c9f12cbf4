"""What a collector gathers on its way: facts, where each came from, what was missing."""

import hashlib
from collections.abc import Mapping
from math import isfinite
from typing import Any, TypeVar

from pydantic import BaseModel

from collectors.interface import Source
from collectors.transport import Response
from engine.canonical import EXACT, canonical
from engine.facts import Collected, Completeness, Fact, Provenance, RawRecord, SourceReport
from engine.facts.delivery import gathered_facts, gathered_provenance, gathered_raw, raw_key

AnyFact = TypeVar("AnyFact", bound=Fact)
AnyModel = TypeVar("AnyModel", bound=BaseModel)

_WORSE: tuple[Completeness, ...] = ("complete", "stale", "partial", "failed")
"""From good to bad: a source is as complete as the worst thing that happened to it."""


_LONGEST = 60
"""Characters of a number that is beyond all bounds."""


class Harvest:
    """Builds the `Collected` of one source. Order of gathering does not matter: everything is in order at the end."""

    def __init__(self, source: Source, *, kind: str, delivers: tuple[str, ...], version: str = "1") -> None:
        """`kind` is the collector's type, `version` goes up when it makes other facts of the same records."""
        self.source = source
        self._kind = kind
        self._collector = f"{kind}/{version}"
        self._delivers = delivers
        self._completeness: Completeness = "complete"
        self._problems: dict[str, None] = {}
        self._times: list[str] = []
        self._expected: dict[str, int] = {}
        self._unmapped: set[str] = set()
        self._limits: dict[str, str] = {}
        self._received = dict.fromkeys(delivers, 0)
        self._facts = gathered_facts()
        self._provenance = gathered_provenance()
        self._raw = gathered_raw()
        self._given: dict[frozenset[str], set[str]] = {}
        self._reasons: dict[tuple[tuple[str, str], ...], dict[str, Any]] = {}
        self.as_of: str | None = None
        self.source_version: str | None = None

    def saw(self, response: Response) -> Response:
        """Take note of the time of a response: the collection lasted from the first to the last of them."""
        self._times.append(response.at)
        return response

    def uid(self, entity: str, record_id: str) -> str:
        """The uid of a fact of this source."""
        return f"{self.source.id}/{entity}/{record_id}"

    def add(  # noqa: PLR0913  # what a fact needs to be believed
        self,
        model: type[AnyFact],
        record_id: str,
        *,
        name: str,
        raw: Mapping[str, Any],
        at: str,
        observed_at: str | None = None,
        volatile: frozenset[str] = frozenset(),
        values: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> AnyFact | None:
        """A fact, with its provenance and its raw record; a second one with the same uid is a problem, not a fact.

        Args:
            model: the fact's class
            record_id: the source's own immutable id
            name: how people call it
            raw: the source's record, without contents
            at: when it was collected
            observed_at: the source's own time of the record
            volatile: top-level fields of `raw` that change without the record having changed
            values: for `Fact.make`, where a field of the fact is called like one of these arguments (`name`, `at`)
            fields: for `Fact.make`, `otherwise` and `unknown` among them
        """
        uid = self.uid(model.entity, record_id)
        if uid in self._facts:
            self.problem(f"{model.entity} {record_id}: delivered twice; the first one counts")
            return None
        fact = model.make(uid=uid, **self._exact(model, {**fields, **(values or {})}))
        lasting = {key: value for key, value in raw.items() if key not in volatile}
        reasons = fact.unknown
        vars(fact)["unknown"] = self._reasons.setdefault(tuple(reasons.items()), reasons)
        self._facts.put(uid, self._slim(fact))
        self._received[model.entity] = self._received.get(model.entity, 0) + 1
        self.keep(model.entity, record_id, raw)
        came = Provenance(
            uid=uid,
            name=name or record_id,
            source_id=self.source.id,
            source_record_id=record_id,
            observed_at=observed_at,
            collected_at=at,
            raw_sha256=hashlib.sha256(_canonical(lasting)).hexdigest(),
        )
        self._provenance.put(uid, self._slim(came))
        return fact

    def _exact(self, model: type[Fact], given: dict[str, Any]) -> dict[str, Any]:
        """What is given, but for numbers that JSON does not write exactly: such a field is unparsable, and the rest is known."""
        beyond = [name for name, value in given.items() if isinstance(value, int) and abs(value) > EXACT]
        if not beyond:
            return given
        for name in beyond:
            self.mapped(f"{model.entity}.{name}", f"{given[name]!s:.{_LONGEST}} is beyond exact numbers", {})
        left = {name: value for name, value in given.items() if name not in beyond}
        return {**left, "unknown": {**(given.get("unknown") or {}), **dict.fromkeys(beyond, "unparsable")}}

    def keep(self, entity: str, record_id: str, raw: Mapping[str, Any]) -> None:
        """A raw record that becomes no fact: it is kept for what a person may look up, and no rule reads it."""
        record = RawRecord(id=record_id, entity=entity, body=_canonical(raw).decode())
        self._raw.put(raw_key(record), self._slim(record))

    def _slim(self, made: AnyModel) -> AnyModel:
        """The same model, without a set of its own for the names of its fields: of a large source, half of all memory.

        Models are frozen, so that nobody changes what they share.
        """
        given = made.model_fields_set
        object.__setattr__(made, "__pydantic_fields_set__", self._given.setdefault(frozenset(given), given))
        return made

    def problem(self, text: str, completeness: Completeness = "partial") -> None:
        """Say in words why the source did not deliver everything."""
        self._problems[text] = None
        self._completeness = max(self._completeness, completeness, key=_WORSE.index)

    def expect(self, entity: str, count: int) -> None:
        """Note how many records the source itself says that there are; fewer facts of them is a problem."""
        self._expected[entity] = count

    def expect_one_more(self, entity: str) -> None:
        """Note a record that the source does not count among its own."""
        self._expected[entity] = self._expected.get(entity, 0) + 1

    def limit(self, field: str, reason: str) -> None:
        """Note that this source cannot deliver a field, `entity.field`, and why."""
        self._limits[field] = reason

    def mapped(self, field: str, value: str, table: Mapping[str, str]) -> str:
        """The value in our words; `unknown`, and noted, if the table does not have it."""
        if value in table:
            return table[value]
        self._unmapped.add(f"{field}: {value}")
        return "unknown"

    def collected(self) -> Collected:
        """Everything, sorted, with an honest report."""
        received = self._received
        for entity, count in sorted(self._expected.items()):
            if received.get(entity, 0) != count:
                self.problem(f"{entity}: the source states {count} records, {received.get(entity, 0)} came")
        report = SourceReport(
            id=self.source.id,
            type=self._kind,
            title=self.source.title,
            delivers=self._delivers,
            departments=self.source.departments,
            completeness=self._completeness,
            problems=tuple(self._problems),
            collected_from=min(self._times),
            collected_to=max(self._times),
            as_of=self.as_of,
            collector=self._collector,
            source_version=self.source_version,
            expected=dict(sorted(self._expected.items())),
            received=dict(sorted(received.items())),
            limits=dict(sorted(self._limits.items())),
            unmapped=tuple(sorted(self._unmapped)),
        )
        return Collected(
            report=report,
            facts=self._facts.in_order(),
            provenance=self._provenance.in_order(),
            raw=self._raw.in_order(),
        )


def _canonical(raw: Mapping[str, Any]) -> bytes:
    try:
        return canonical(dict(raw))
    except ValueError:
        return canonical(_writable(dict(raw)))


def _writable(value: Any) -> Any:
    """The same with numbers that JSON does not write exactly as texts: a field that nobody reads must not lose the record."""
    if isinstance(value, Mapping):
        return {name: _writable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(part) for part in value]
    odd = (isinstance(value, int) and abs(value) > EXACT) or (
        isinstance(value, float) and not isfinite(value)
    )
    return str(value) if odd else value
