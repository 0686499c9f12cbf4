"""Answers of an engine, kept: a check that is shown the same again is not asked again.

A law changes little and audits the whole company: most checks then see in most departments what they saw before. What a check can see is
what its description declares, what its rule says that it reads besides, and what the library follows by uid; `checks lint` refuses a
rule that reads more. Whether a check is asked again is decided here, and what is made of the answers never is.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

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
        common = canonical_record(
            [code, {name: document for name, document in documents.items() if name not in _APART}]
        )
        parts = {
            entity: canonical_record(
                [shard[model.plural], shard["context"][model.plural]]
                if entity in SHARDED
                else company[model.plural]
            )
            for entity, model in (SHARDED | COMPANY_WIDE).items()
        }
        states = {
            name: canonical_record([state, deviating.get(name)]) for name, state in sources["types"].items()
        }
        whole = canonical_record(sources)
        found = {}
        for id_, reads in self._reads.items():
            seen = hashlib.sha256(common)
            for name in sorted(reads):
                seen.update(parts.get(name, b"") + b"\0" + states.get(name, b"") + b"\0")
            if id_ in self._all_sources:
                seen.update(whole)
            found[id_] = seen.digest()
        return found


class Reusing:
    """What decides, for `audit`: asks the engine what it has not been asked yet."""

    used = _USED

    def __init__(self, sight: Sight, known: dict[tuple[str, bytes], Any], documents: Any, ask: Ask) -> None:
        self._sight, self._known, self._documents, self._ask = sight, known, documents, ask

    def answers(
        self, shards: Sequence[tuple[str, Path]], checks: Sequence[str], *, only: Sequence[str] = ()
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """As an engine answers."""
        for code, path in shards:
            shard = load(path)
            digests = self._sight.digests(shard, self._documents)
            wanted = [check for check in only or checks if only or (check, digests[check]) not in self._known]
            given = dict(self._ask(path.read_bytes(), wanted)) if wanted else {}
            assert given.keys() == set(wanted)
            if not only:
                self._known.update({(check, digests[check]): given[check] for check in given})
                given = {check: self._known[check, digests[check]] for check in checks}
            yield code, given
