"""`clausewise sample draw` and `import`: messages drawn from a snapshot's index, labelled by people, read back."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from engine.calendar import WorkCalendar
from engine.canonical import canonical, load
from engine.checks.catalogue import load_catalogue
from engine.cli.company import load_company
from engine.cli.places import policies
from engine.cli.talk import say
from engine.cli.trust import trusted
from engine.errors import UnparsableError, UsageError
from engine.sampling.agreement import Agreement, agreements, merged
from engine.sampling.draw import SCHEMA, Terms, digest_of_draw, drawn
from engine.sampling.frame import frames_of
from engine.sampling.labels import LARGEST, Labels, labels
from engine.sampling.registers import registers
from engine.sampling.workbook import workbook
from engine.settings import resolve
from engine.snapshot.folder import fresh_folder, write_private

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_DRAW = "draw.json"


@click.group("sample")
def sample_group() -> None:
    """Draw messages for people to look at, and read back what they say.

    \b
    Example:
      clausewise sample draw snapshot --into sample
    """


@sample_group.command("draw")
@click.argument("snapshot", type=_FOLDER)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the draw; new or empty."
)
@click.option("--seed", help="What the draw is made with [default: the digest of the snapshot].")
@click.option("-c", "--config", type=_FILE, help="company.yaml, for its settings.")
@click.option(
    "--reviewers",
    type=click.IntRange(1, 2),
    default=2,
    show_default=True,
    help="People who label, each on their own.",
)
def draw_command(snapshot: Path, into: Path, seed: str | None, config: Path | None, reviewers: int) -> None:
    """Draw messages of each department from the index in SNAPSHOT, and write a workbook for each reviewer.

    The index holds ids, times, groups and writers, never a text; whoever labels looks the message up in the tool.

    \b
    Example:
      clausewise sample draw snapshot --into sample -c company.yaml
    """
    company = load_company(config) if config else None
    catalogue = load_catalogue(policies(), company.packs if company else ())
    settings = resolve(
        catalogue.settings,
        dict(company.settings) if company else {},
        company.path.name if company else "default",
    ).values
    taken = trusted(snapshot)
    if seed is not None and not seed.strip():
        raise UsageError(
            "--seed: found nothing, needs a text", "leave it out to draw by the snapshot's digest"
        )
    terms = Terms(
        seed=seed.strip() if seed else taken.manifest["digest"],
        size=settings["sample_size"],
        hours=(settings["working_hours_from"], settings["working_hours_until"]),
        reply_days=settings["reply_working_days"],
    )
    document = drawn(frames_of(taken), taken.manifest, WorkCalendar.of(taken.calendar()), terms)
    form = workbook(document)
    with fresh_folder(into) as work:
        write_private(work / _DRAW, canonical(document))
        for number in range(1, reviewers + 1):
            write_private(work / f"labels-{number}.xlsx", form)
    for why in document["why_incomplete"]:
        say(why)
    if document["left_out_direct"]:
        say(f"{document['left_out_direct']} messages between two people were left out")
    total = sum(sample["frame_size"] for sample in document["samples"])
    say(
        f"{document['period']}: {len(document['items'])} of {total} messages drawn with the seed {terms.seed}"
    )
    say(f"draw {digest_of_draw(document)}")
    say(f"next: fill in {into}/labels-*.xlsx, then  clausewise sample import {into} --labels … --into …")


@sample_group.command("import")
@click.argument("draw", type=_FOLDER)
@click.option(
    "--labels", "labelled", type=_FILE, multiple=True, required=True, help="A labelled workbook; one or two."
)
@click.option("--adjudicated", type=_FILE, help="A third one, which settles what the two disagree about.")
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for the registers; new or empty."
)
def import_command(draw: Path, labelled: tuple[Path, ...], adjudicated: Path | None, into: Path) -> None:
    """Read labelled workbooks of DRAW back, and write the registers `samples` and `sample_items`.

    A row that was changed, removed, added or doubled is refused, by name.

    \b
    Example:
      clausewise sample import sample --labels li.xlsx --labels wang.xlsx --into registers/2026Q3
    """
    if len(labelled) > 2:  # noqa: PLR2004  # a third one settles, it does not vote
        raise UsageError(
            f"--labels: found {len(labelled)}, needs one or two", "name a third one with --adjudicated"
        )
    if adjudicated and len(labelled) == 1:
        raise UsageError(
            "--adjudicated: found one workbook of labels, needs two that may differ", "leave it out"
        )
    document = _document(draw)
    said = [_labels(path, document) for path in labelled]
    referee = _labels(adjudicated, document) if adjudicated else None
    rows = merged(document, said, referee)
    author = ", ".join(one.reviewer for one in (*said, *([referee] if referee else [])))
    found = agreements(*said) if len(said) > 1 else []
    with fresh_folder(into) as work:
        for name, body in registers(document, rows, author).items():
            write_private(work / name, body)
        write_private(work / "agreement.json", canonical(_agreement(document, said, found)))
    for one in found:
        say(f"{one.field}: {_alike(one)}")
    silent = sum(row["reviewers"] == 0 for row in rows)
    disputed = sum(bool(row["disputed"]) for row in rows)
    say(f"{len(rows)} messages, {silent} not labelled, {disputed} disputed")
    say(
        f"next: name {into}/samples.csv and {into}/sample_items.csv as registers in company.yaml, and collect"
    )


def _alike(one: Agreement) -> str:
    if not one.both:
        return "nothing to compare: no message that both answered"
    kappa = "none: one answer only" if one.kappa is None else f"{one.kappa:.2f}"
    return f"{one.agreed} of {one.both} alike, kappa {kappa}"


def _document(folder: Path) -> dict[str, Any]:
    help_ = "name a folder that clausewise sample draw wrote"
    try:
        document = load(folder / _DRAW)
        if document["schema"] == SCHEMA and document["items"] is not None:
            return dict(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnparsableError(f"{folder.name}: found no draw", help_) from error
    raise UnparsableError(f"{folder.name}/{_DRAW}: found {document['schema']!r}, needs {SCHEMA!r}", help_)


def _labels(path: Path, document: dict[str, Any]) -> Labels:
    if path.stat().st_size > LARGEST:
        raise UnparsableError(f"{path.name}: found {path.stat().st_size} bytes, needs at most {LARGEST}")
    return labels(path.name, path.read_bytes(), document)


def _agreement(document: dict[str, Any], said: list[Labels], found: list[Agreement]) -> dict[str, Any]:
    return {
        "draw": digest_of_draw(document),
        "period": document["period"],
        "reviewers": [one.reviewer for one in said],
        "questions": [asdict(one) for one in found],
    }
