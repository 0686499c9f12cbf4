"""HTML: the pages that people read, and the model that every page is made from."""

from collections.abc import Iterator
from pathlib import Path

from engine.canonical import canonical
from reports.formats.given import Given


def model(given: Given) -> Iterator[tuple[Path, bytes]]:
    """Every number of every page."""
    yield Path("model.json"), canonical(given.model.model_dump(mode="json", by_alias=True))


def pages(given: Given) -> Iterator[tuple[Path, bytes]]:
    """The index, and overview and departments in each language; of a later version also what changed."""
    yield Path("index.html"), given.pages.index().encode()
    for language in given.words:
        yield Path(f"overview.{language}.html"), given.pages.overview(language).encode()
        if given.model.run.issue.before:
            yield Path(f"changes.{language}.html"), given.pages.changes(language).encode()
        for department in given.model.departments:
            yield (
                Path("departments") / f"{department.file}.{language}.html",
                given.pages.department(department, language).encode(),
            )
