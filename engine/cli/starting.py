"""How an engine is started for an audit."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from engine.audit.ask import EngineAsked
from engine.canonical import canonical_record
from engine.checks.catalogue import Catalogue
from engine.checks.schemas import schemas, write
from engine.cli.ahead import Ahead, own_folder, specified
from engine.cli.engines import announced, chosen
from engine.cli.places import policies
from engine.cli.wanted import EngineWanted
from engine.errors import EngineError
from engine.facts.declared import Declared
from engine.findings import EngineUsed
from engine.opa import Session, running
from engine.snapshot import Snapshot
from engine.snapshot.folder import write_private

WITHOUT_OPA = "OPA could not be had, so the embedded engine decided"
"""What a run says; the places that were tried differ from machine to machine, and are told in the terminal alone."""


@contextmanager
def started(
    wanted: EngineWanted,
    catalogue: Catalogue,
    documents: dict[str, Any],
    snapshot: Snapshot,
    packs: Sequence[Path],
    ahead: Ahead | None = None,
) -> Iterator[EngineAsked]:
    """The engine with rules and documents loaded, ready to be asked; ended on the way out.

    Args:
        wanted: what the user asked for
        catalogue: all checks
        documents: what rules read beside a shard
        snapshot: what is to be judged: how large it is, and which registers its company declared
        packs: folders of further checks
        ahead: an engine that is on its way; if it is not the one that is needed, another is started

    Raises:
        RulesError: rules may not be loaded
        EngineError: no engine starts, or it does not hold the checks of the catalogue
    """
    choice = announced(ahead.choice) if ahead else chosen(wanted)
    with ExitStack() as stack:
        folder = ahead.folder if ahead else Path(stack.enter_context(own_folder()))
        declared = schemas_of(catalogue, packs, folder / "schemas", snapshot.declared)
        spec = specified(choice, wanted, folder, declared, packs, snapshot.largest_shard)
        write_private(spec.documents, canonical_record(documents))
        if ahead and ahead.begun.spec != spec:
            ahead.begun.close()
            ahead = None
        with running(spec, ahead.begun if ahead else None) as session:
            if set(session.checks) != set(catalogue.checks):
                odd = sorted(set(session.checks) ^ set(catalogue.checks))
                raise EngineError(
                    f"rules: {odd[0]} is in the rules or in the descriptions, but not in both",
                    "a check is three files of one name",
                )
            note = WITHOUT_OPA if choice.fallback else ""
            used = EngineUsed(name=choice.engine, version=session.info.version, note=note)
            with asking(spec.workers, session) as pool:
                yield EngineAsked(spec, pool, used, snapshot.manifest["counts"])


@contextmanager
def asking(number: int, session: Session) -> Iterator[ThreadPoolExecutor]:
    """Threads that ask; whatever goes wrong, they are not waited for until the engine has ended, and with it what they ask."""
    pool = ThreadPoolExecutor(number)
    try:
        yield pool
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        session.close(hurry=not isinstance(error, Exception))
        raise
    finally:
        pool.shutdown()


def schemas_of(
    catalogue: Catalogue, packs: Sequence[Path], folder: Path, registers: Sequence[Declared] = ()
) -> Path:
    """The folder of schemas that rules are checked against: the project's, or others that know settings of packs and own registers.

    Args:
        catalogue: all checks
        packs: folders of further checks
        folder: where such others are written
        registers: those that the company declares
    """
    read = {name for check in catalogue.checks.values() for name in check.registers}
    undeclared = sorted(read - {one.name for one in registers})
    if not packs and not registers:
        return policies() / "schemas"
    write(schemas(catalogue.settings, (*registers, *undeclared)), folder)
    return folder
