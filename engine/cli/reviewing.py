"""`clausewise review`: an inspector looks at the findings of a draft before anybody else does."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from engine.calendar import to_instant
from engine.cli.options import day
from engine.cli.talk import put, say
from engine.errors import IssueError, SnapshotError, UsageError
from engine.issued import Decided
from engine.issuing.decisions import LONGEST, Entry, append, beside, entries
from engine.issuing.order import decided
from engine.issuing.runs import RunRead, read_run
from engine.snapshot.folder import write_private
from reports import LANGUAGES, OFFERED
from reports.model import build
from reports.review.returned import returned
from reports.review.workbook import workbook
from reports.run_folder import read
from reports.words import Words

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

decisions_option = click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Log of decisions [default: RUN.decisions.jsonl, beside the run].",
)


def issued_run(path: Path | None) -> RunRead | None:
    """What was issued: the folder that `clausewise issue` wrote, or the run in it."""
    if path is None:
        return None
    inside = path / "run"
    return read_run(inside if (inside / "manifest.json").is_file() else path)


def draft_run(path: Path) -> RunRead:
    """The run that is to be reviewed.

    Raises:
        IssueError: it was issued already
    """
    run = read_run(path)
    if run.run.issued is not None:
        raise IssueError(
            f"{path}: a run as it was issued, which is reviewed no more",
            f"name the draft that it was made from, run {run.run.issued.draft}",
        )
    return run


@click.command("review")
@click.argument("run", type=_FOLDER)
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), help="A new XLSX file with all findings."
)
@click.option(
    "--import", "files", type=_FILE, multiple=True, help="Filled in workbook to read back; repeatable."
)
@click.option("--by", default="", help="Who decided, with --import: staff number.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day,
    help="Day of the decisions, with --import [default: today].",
)
@click.option(
    "--supersedes",
    type=_FOLDER,
    help="What was issued before: decisions about findings that are the same hold.",
)
@click.option(
    "--language", type=click.Choice(OFFERED), default=LANGUAGES[0], show_default=True, help="Of the workbook."
)
@decisions_option
def review_command(
    run: Path,
    into: Path | None,
    files: tuple[Path, ...],
    by: str,
    on: date | None,
    supersedes: Path | None,
    language: str,
    decisions: Path | None,
) -> None:
    """Write the findings of a draft as a workbook, read decisions back, or say where the review stands.

    Each finding is confirmed, with or without a remark, or withheld with a reason. Workbooks in which anything else was
    changed are refused, and every such place is named. Decisions are only ever added to the log, which `verify` checks.

    \b
    Example:
      clausewise review demo/run --into review.xlsx
      clausewise review demo/run --import review.xlsx --by E0007
      clausewise review demo/run
    """
    if into is not None and files:
        raise UsageError(
            "found --into and --import, needs one of them", "write the workbook, fill it in, read it back"
        )
    draft, log = draft_run(run), decisions or beside(run)
    if files:
        if not by:
            raise UsageError("--import: found no --by, needs who decided", "--by E0007 names a staff number")
        _import(draft, files, by, on, log)
        return
    now = decided(draft, entries(log), issued_run(supersedes))
    if into is None:
        for line in standing(draft, now):
            put(line)
        return
    if into.exists():
        raise UsageError(f"{into.name}: exists", "name a new file; nothing is ever written over")
    found = read(run)
    model = build(found)
    write_private(into, workbook(model, Words(language, found.catalogue, model.run.year), now))
    say(
        f"{len(draft.open)} findings, {len(now)} of them decided; next: fill in, then review {run} --import {into}"
    )
    put(str(into))


def _import(draft: RunRead, files: Sequence[Path], by: str, on: date | None, log: Path) -> None:
    found = read(draft.path)
    model = build(found)
    words = {language: Words(language, found.catalogue, model.run.year) for language in OFFERED}
    back = returned([(path.name, path.read_bytes()) for path in files], model, words)
    back.problems += [
        f"{one.place}: a text of {len(one.text)} characters, {LONGEST} at most"
        for one in back.verdicts
        if len(one.text) > LONGEST
    ]
    if back.problems:
        for problem in back.problems:
            say(problem)
        raise SnapshotError(
            f"the workbooks are not as they were written, or cannot be understood, in {len(back.problems)} places; "
            "nothing was imported",
            "correct these places, or copy the decisions into a fresh workbook",
        )
    now = datetime.now(UTC)
    day_ = (on or now.astimezone().date()).isoformat()
    added = append(
        log,
        [
            Entry(
                kind=one.kind,
                run=draft.digest,
                by=by,
                on_day=day_,
                recorded_at=to_instant(now),
                finding=one.finding,
                fingerprint=one.fingerprint,
                text=one.text,
            )
            for one in back.verdicts
        ],
    )
    say(f"{log.name}: {len(added)} decisions added, {len(back.verdicts) - len(added)} were there already")
    for line in standing(draft, decided(draft, entries(log))):
        say(line)


def standing(draft: RunRead, now: dict[str, Decided]) -> list[str]:
    """Where the review stands: counts, what is withheld and why, what is left."""
    counts = Counter(one.kind for one in now.values())
    left = Counter(one.department for one in draft.open if one.fingerprint not in now)
    counted = (
        f"{len(draft.open)} open findings: {counts['confirmed']} confirmed, {counts['annotated']} with a remark, "
        f"{counts['withheld']} withheld, {left.total()} not reviewed"
    )
    said = [counted]
    said += [
        f"withheld: {one.finding}: {' '.join(one.text.split())} ({one.by}, {one.on_day})"
        for one in sorted(now.values(), key=lambda one: one.finding)
        if one.kind == "withheld"
    ]
    if left:
        said.append("not reviewed: " + ", ".join(f"{code} {count}" for code, count in sorted(left.items())))
    return said
