"""HTML: the pages that people read."""

from collections.abc import Iterator
from pathlib import Path

from reports.formats.given import Common, Given
from reports.model import Department


def pages(given: Given) -> Iterator[tuple[Path, bytes]]:
    """The index, and the overview in each language; of a later version also what changed."""
    yield Path("index.html"), given.pages.index(given.model).encode()
    for language in given.words:
        yield Path(f"overview.{language}.html"), given.pages.overview(given.model, language).encode()
        if given.run.issue.before:
            yield Path(f"changes.{language}.html"), given.pages.changes(language).encode()


def department_pages(common: Common, department: Department) -> Iterator[tuple[Path, bytes]]:
    """The report of a department in each language, and the pages of its annex if that is long."""
    for language in common.words:
        for name, page in named_pages(common, department, language):
            yield Path("departments") / name, page


def named_pages(common: Common, department: Department, language: str) -> Iterator[tuple[str, bytes]]:
    """Names of files and pages, as they lie in one folder and point at each other."""
    start = f"{department.file}.{language}"
    yield f"{start}.html", common.pages.department(department, language).encode()
    for page in department.annex:
        yield f"{start}.{page.name}.html", common.pages.annex(department, page, language).encode()
