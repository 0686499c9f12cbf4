"""OPA starts first: while it reads its rules, everything else that an audit needs is imported, verified and read.

Nothing is decided here. Whatever is wrong is found again where it is told, and an engine that turns out not to be the one that is
needed is ended again.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.canonical import load
from engine.cli.places import cache, policies
from engine.cli.wanted import EngineWanted, places
from engine.errors import AuditError
from engine.opa import Beginning, Choice, EngineSpec, Rules, choose, embedded_version


@dataclass(frozen=True)
class Ahead:
    """An engine on its way."""

    choice: Choice
    folder: Path
    """Where its documents will be written."""
    begun: Beginning


@contextmanager
def ahead(wanted: EngineWanted, snapshot: Path, packs: Sequence[Path]) -> Iterator[Ahead | None]:
    """OPA, if it is here and if its rules are the project's own: those of others are checked against schemas that are yet to be written."""
    if packs or wanted.url or wanted.engine == "embedded":
        yield None
        return
    with own_folder() as folder:
        begun = _begun(wanted, snapshot, Path(folder))
        try:
            yield begun
        finally:
            if begun is not None:
                begun.begun.close()


def _begun(wanted: EngineWanted, snapshot: Path, folder: Path) -> Ahead | None:
    try:
        if load(snapshot / "manifest.json").get("registers"):
            return None
        choice = choose(wanted.engine, places(), embedded_version(), fetch=False)
        if choice.program is None:
            return None
        shards = (snapshot / "facts" / "departments").glob("*.json")
        largest = max((path.stat().st_size for path in shards), default=0)
        spec = specified(choice, wanted, folder, policies() / "schemas", (), largest)
        return Ahead(choice, folder, Beginning(spec))
    except (AuditError, OSError, ValueError, AttributeError):
        return None


def own_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder for what the engine reads, which goes with the audit."""
    return tempfile.TemporaryDirectory(prefix="clausewise-")


def specified(
    choice: Choice, wanted: EngineWanted, folder: Path, schemas: Path, packs: Sequence[Path], largest: int
) -> EngineSpec:
    """Everything that an engine needs in order to start.

    Args:
        choice: which engine it is
        wanted: what the user asked for
        folder: where its documents are, or will be
        schemas: folder of schemas that rules are checked against
        packs: folders of further checks
        largest: bytes of the largest shard
    """
    return EngineSpec(
        engine=choice.engine,
        rules=Rules(policies() / "rego", policies() / "capabilities.json", schemas, tuple(packs)),
        documents=folder / "data.json",
        program=choice.program.path if choice.program else None,
        url=wanted.url,
        token=wanted.token,
        workers=wanted.workers or os.cpu_count() or 1,
        largest_shard=largest,
        compiled=cache() / "compiled",
    )
