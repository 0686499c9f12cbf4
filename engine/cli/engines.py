"""Which engine is used, how it is started for an audit, and `clausewise engine`."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from engine.audit.ask import EngineAsked
from engine.canonical import canonical_record
from engine.checks.catalogue import Catalogue
from engine.checks.schemas import schemas, write
from engine.cli.places import cache, policies
from engine.cli.talk import progress, say
from engine.errors import EngineError, UsageError
from engine.facts.declared import Declared
from engine.findings import EngineUsed
from engine.opa import Choice, EngineSpec, Places, Rules, choose, embedded_version, find, obtain, running
from engine.snapshot import Snapshot
from engine.snapshot.folder import write_private

_PASSED_TO_A_BUILD = (
    "HOME",
    "PATH",
    "GOPATH",
    "GOCACHE",
    "GOMODCACHE",
    "GOPROXY",
    "GOSUMDB",
    "GOFLAGS",
    "GOTOOLCHAIN",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
)

WITHOUT_OPA = "OPA could not be had, so the embedded engine decided"
"""What a run says; the places that were tried differ from machine to machine, and are told in the terminal alone."""


@dataclass(frozen=True)
class EngineWanted:
    """What the user asked for."""

    engine: Literal["auto", "opa", "embedded"] = "auto"
    url: str = ""
    token: str = ""
    workers: int = 0


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which engine decides; the command gets them as `wanted`."""

    @click.option(
        "--engine",
        type=click.Choice(["auto", "opa", "embedded"]),
        default="auto",
        show_default=True,
        help="Who decides.",
    )
    @click.option(
        "--opa-url", default="", help="An OPA server that runs already; its token in CLAUSEWISE_OPA_TOKEN."
    )
    @click.option(
        "--workers", type=click.IntRange(1, 256), help="Shards at a time [default: number of cores]."
    )
    @wraps(command)
    def wrapped(
        *args: Any,
        engine: Literal["auto", "opa", "embedded"],
        opa_url: str,
        workers: int | None,
        **kwargs: Any,
    ) -> Any:
        wanted = EngineWanted(engine, opa_url, os.environ.get("CLAUSEWISE_OPA_TOKEN", ""), workers or 0)
        return command(*args, wanted=wanted, **kwargs)

    return wrapped


def places() -> Places:
    """Where OPA may be found on this machine."""
    configured = os.environ.get("CLAUSEWISE_OPA")
    environment = {name: os.environ[name] for name in _PASSED_TO_A_BUILD if name in os.environ}
    return Places(cache(), Path(configured) if configured else None, os.environ.get("PATH", ""), environment)


def chosen(wanted: EngineWanted) -> Choice:
    """The engine that will decide; what was passed over is said."""
    with progress("getting OPA") as tell:
        choice = choose(
            wanted.engine, places(), embedded_version(), url=wanted.url, progress=lambda *_: tell(0, 0)
        )
    for note in choice.notes:
        say(f"engine: {note}")
    if choice.fallback:
        say(f"engine: OPA cannot be had, so the embedded engine {choice.version} decides; reports say so")
    return choice


@contextmanager
def started(
    wanted: EngineWanted,
    catalogue: Catalogue,
    documents: dict[str, Any],
    snapshot: Snapshot,
    packs: Sequence[Path],
) -> Iterator[EngineAsked]:
    """The engine with rules and documents loaded, ready to be asked; ended on the way out.

    Args:
        wanted: what the user asked for
        catalogue: all checks
        documents: what rules read beside a shard
        snapshot: what is to be judged: how large it is, and which registers its company declared
        packs: folders of further checks

    Raises:
        RulesError: rules may not be loaded
        EngineError: no engine starts, or it does not hold the checks of the catalogue
    """
    choice = chosen(wanted)
    with tempfile.TemporaryDirectory(prefix="clausewise-") as folder:
        path = Path(folder) / "data.json"
        write_private(path, canonical_record(documents))
        rules = Rules(
            policies() / "rego",
            policies() / "capabilities.json",
            schemas_of(catalogue, packs, Path(folder) / "schemas", snapshot.declared),
            tuple(packs),
        )
        spec = EngineSpec(
            engine=choice.engine,
            rules=rules,
            documents=path,
            program=choice.program.path if choice.program else None,
            url=wanted.url,
            token=wanted.token,
            workers=wanted.workers or os.cpu_count() or 1,
            largest_shard=snapshot.largest_shard,
            compiled=cache() / "compiled",
        )
        with running(spec) as session:
            if set(session.checks) != set(catalogue.checks):
                odd = sorted(set(session.checks) ^ set(catalogue.checks))
                raise EngineError(
                    f"rules: {odd[0]} is in the rules or in the descriptions, but not in both",
                    "a check is three files of one name",
                )
            note = WITHOUT_OPA if choice.fallback else ""
            used = EngineUsed(name=choice.engine, version=session.info.version, note=note)
            with ThreadPoolExecutor(spec.workers) as pool:
                yield EngineAsked(spec, pool, used, snapshot.manifest["counts"])


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


@click.group("engine")
def engine_group() -> None:
    """The policy engine that decides."""


@engine_group.command("show")
def show_command() -> None:
    """Tell which engine an audit would use, and where it is.

    \b
    Example:
      clausewise engine show
    """
    program, notes = find(places())
    for note in notes:
        say(note)
    if program:
        click.echo(f"opa {program.version} ({program.origin}: {program.path})")
    version = embedded_version()
    click.echo(
        f"embedded {version}" if version else "embedded: not installed; the extra `embedded` brings it"
    )


@engine_group.command("install")
@click.option("--link", type=click.Path(path_type=Path), help="Also make a link to the program here.")
def install_command(link: Path | None) -> None:
    """Get the pinned OPA: the official release by its digest, else a build of the same version.

    \b
    Example:
      clausewise engine install
    """
    found, _ = find(places())
    if found is None:
        say("getting OPA: this may take two minutes")
        found, notes = obtain(places())
        for note in notes:
            say(note)
    if found is None:
        if not embedded_version():
            raise UsageError("OPA cannot be had here", "install it by hand, or the extra `embedded`")
        say("OPA cannot be had here: the embedded engine will decide, and reports will say so")
        return
    if link:
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(found.path)
    click.echo(f"opa {found.version} ({found.origin}: {found.path})")
