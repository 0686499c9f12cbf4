"""Which engine is used, and `clausewise engine`."""

from pathlib import Path

import click

from engine.cli.talk import progress, put, say
from engine.cli.wanted import EngineWanted, places
from engine.errors import UsageError
from engine.opa import Choice, choose, embedded_version, find, obtain


def chosen(wanted: EngineWanted) -> Choice:
    """The engine that will decide; what was passed over is said."""
    with progress("getting OPA") as tell:
        choice = choose(
            wanted.engine, places(), embedded_version(), url=wanted.url, progress=lambda *_: tell(0, 0)
        )
    return announced(choice)


def announced(choice: Choice) -> Choice:
    """The same; what was passed over is said."""
    for note in choice.notes:
        say(f"engine: {note}")
    if choice.fallback:
        say(f"engine: OPA cannot be had, so the embedded engine {choice.version} decides; reports say so")
    return choice


@click.group("engine")
def engine_group() -> None:
    """The policy engine that decides."""


@engine_group.command("show")
def show_command() -> None:
    """Tell which engine an audit would use, and where it is.

    CLAUSEWISE_OPA names an OPA program that goes before all others, CLAUSEWISE_CACHE another folder for what is downloaded or built.

    \b
    Example:
      clausewise engine show
    """
    program, notes = find(places())
    for note in notes:
        say(note)
    if program:
        put(f"opa {program.version} ({program.origin}: {program.path})")
    version = embedded_version()
    put(f"embedded {version}" if version else "embedded: not installed; the extra `embedded` brings it")


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
    put(f"opa {found.version} ({found.origin}: {found.path})")
