"""A run in, a folder of reports out."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import UsageError
from reports.formats import DEFAULT, WRITERS, Given
from reports.frames import LANGUAGES, frame
from reports.html import Pages
from reports.model import build
from reports.run_folder import read
from reports.words import Words

FORMATS: tuple[str, ...] = tuple(WRITERS)
"""`json` is the model alone, which every other format lies beside."""


def write(
    run_dir: Path, into: Path, languages: Sequence[str] = LANGUAGES, wanted: Sequence[str] = DEFAULT
) -> list[Path]:
    """Writes the reports of a run and hands back the files, sorted, relative to `into`.

    The same run gives the same bytes, wherever and whenever. `into` is made if need be; whoever calls sees to it that
    it is empty, and that a folder half written is never taken for a whole one.

    Raises:
        UsageError: a language or format that there is not, or none
        SnapshotError: the run is damaged or not complete
    """
    chosen = tuple(dict.fromkeys(languages))
    if not chosen:
        raise UsageError(
            "no language: found none, needs at least one", help="say --language en, or leave the option out"
        )
    for language in chosen:
        frame(language)
    for name in wanted:
        if name not in FORMATS:
            raise UsageError(f"format {name!r}: not known", help=f"choose from {', '.join(FORMATS)}")
    found = read(run_dir)
    model = build(found)
    given = Given(
        model=model,
        pages=Pages(model, found.catalogue, chosen, action_lists="xlsx" in wanted),
        words={language: Words(language, found.catalogue, model.run.year) for language in chosen},
    )
    written = []
    for name in dict.fromkeys(("json", *wanted)):
        for path, content in WRITERS[name](given):
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            written.append(path)
    return sorted(written)
