"""A run in, a folder of reports out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import rfc8785

from engine.errors import UsageError
from reports.html import Pages
from reports.model import Model, build
from reports.run_folder import read
from reports.words import frame

FORMATS: tuple[str, ...] = ("html", "json")
"""`json` is the model alone, which every other format lies beside."""


def write(
    run_dir: Path, into: Path, languages: Sequence[str] = ("zh-Hant", "en"), formats: Sequence[str] = FORMATS
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
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"format {name!r}: not known", help=f"choose from {', '.join(FORMATS)}")
    found = read(run_dir)
    model = build(found)
    written = []
    for path, content in _files(model, Pages(model, found.catalogue, chosen), chosen, formats):
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written.append(path)
    return sorted(written)


def _files(
    model: Model, pages: Pages, languages: Sequence[str], formats: Sequence[str]
) -> Iterator[tuple[Path, bytes]]:
    yield Path("model.json"), rfc8785.dumps(model.model_dump(mode="json", by_alias=True))
    if "html" not in formats:
        return
    yield Path("index.html"), pages.index().encode()
    for language in languages:
        yield Path(f"overview.{language}.html"), pages.overview(language).encode()
        for department in model.departments:
            yield (
                Path("departments") / f"{department.file}.{language}.html",
                pages.department(department, language).encode(),
            )
