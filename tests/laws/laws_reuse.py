"""Answers of an engine, kept: a check that is shown the same again is not asked again.

A law changes little and audits the whole company: most checks then see in most departments what they saw before. What a check can see is
what its description declares, what its rule says that it reads besides, and what the library follows by uid; `checks lint` refuses a
rule that reads more. Whether a check is asked again is decided here, and what is made of the answers never is.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from remembered import Remembered, key_of

from engine.canonical import canonical_record, load
from engine.checks.catalogue import Catalogue
from engine.checks.lint_facts import ALWAYS_THERE, FOLLOWED, stated
from engine.facts import COMPANY_WIDE, SHARDED
from engine.findings import EngineUsed

_USED = EngineUsed(name="opa", version="", note="")
_OF_SOURCES = "in data.sources.types"
"""How a rule reads what there is of facts of every type."""
_APART = frozenset({"company", "sources"})
"""Documents of which a check sees a part."""

Ask = Callable[[bytes, Sequence[str]], Mapping[str, Any]]
"""A shard and checks in, the answers of these out."""


class Sight:
    """What each check can see of an audit's inputs."""

    def __init__(self, catalogue: Catalogue, rego: Path) -> None:
        self._reads: dict[str, frozenset[str]] = {}
        self._all_sources: set[str] = set()
        for id_, check in catalogue.checks.items():
            text = (rego / check.clause / f"{id_}.rego").read_text("utf-8")
            facts = check.facts
            declared = {*facts.subject, *facts.exonerating, *facts.derived}
            entities = {name.partition(":")[0] for name in declared}
            self._reads[id_] = frozenset(declared | entities | stated(text) | ALWAYS_THERE | FOLLOWED)
            if _OF_SOURCES in text:
                self._all_sources.add(id_)

    def digests(self, shard: dict[str, Any], documents: Mapping[str, Any]) -> dict[str, bytes]:
        """For each check a digest of all that it can see."""
        code = shard["department"]
        company, sources = documents["company"], documents["sources"]
        deviating = sources["departments"].get(code, {})
        common = _digest([code, {name: part for name, part in documents.items() if name not in _APART}])
        parts = {
            entity: _digest(
                [shard[model.plural], shard["context"][model.plural]]
                if entity in SHARDED
                else company[model.plural]
            )
            for entity, model in (SHARDED | COMPANY_WIDE).items()
        }
        states = {name: _digest([state, deviating.get(name)]) for name, state in sources["types"].items()}
        whole = _digest(sources)
        return {
            id_: key_of(
                [
                    common,
                    *(
                        part
                        for name in sorted(reads)
                        for part in (parts.get(name, b""), states.get(name, b""))
                    ),
                    whole if id_ in self._all_sources else b"",
                ]
            )
            for id_, reads in self._reads.items()
        }


def _digest(value: Any) -> bytes:
    return hashlib.sha256(canonical_record(value)).digest()


class Reusing:
    """What decides, for `audit`: asks the engine what it has not been asked yet."""

    used = _USED

    def __init__(self, sight: Sight, known: "Known | None", documents: Any, ask: Ask) -> None:
        self._sight, self._known, self._documents, self._ask = sight, known, documents, ask

    def answers(
        self, shards: Sequence[tuple[str, Path]], checks: Sequence[str], *, only: Sequence[str] = ()
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """As an engine answers."""
        for code, path in shards:
            shard = load(path)
            known = {}
            if self._known is not None and not only:
                digests = self._sight.digests(shard, self._documents)
                known = self._known.of({check: digests[check] for check in checks})
            wanted = [check for check in only or checks if check not in known]
            given = dict(self._ask(path.read_bytes(), wanted)) if wanted else {}
            assert given.keys() == set(wanted)
            if self._known is not None and not only:
                self._known.add({(check, digests[check]): answer for check, answer in given.items()})
            yield code, {**known, **given}


class Known:
    """What the checks answered to what they saw: in this process, and from one run of the tests to the next."""

    def __init__(self, memory: Remembered, rules: bytes) -> None:
        self._memory, self._rules = memory, rules
        self._here: dict[bytes, Any] = {}

    def of(self, digests: Mapping[str, bytes]) -> dict[str, Any]:
        """The answers of those checks that have seen this before."""
        keys = {check: self._key(check, seen) for check, seen in digests.items()}
        self._here.update(self._memory.look_up(key for key in keys.values() if key not in self._here))
        return {check: self._here[key] for check, key in keys.items() if key in self._here}

    def add(self, answers: Mapping[tuple[str, bytes], Any]) -> None:
        """What was answered to what was seen."""
        new = {self._key(check, seen): answer for (check, seen), answer in answers.items()}
        self._memory.keep(new)
        self._here.update(new)

    def _key(self, check: str, seen: bytes) -> bytes:
        return key_of([self._rules, check.encode(), seen])
