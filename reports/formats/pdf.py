"""PDF: the pages of the reports on paper, from the same HTML, by WeasyPrint.

It is an extra, for it needs libraries of the system; of two machines with other fonts or libraries the bytes may differ, on one they do not.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from reports.formats.given import Common, Given
from reports.formats.pages import department_pages, pages
from reports.model import Department

_TAGGED = "pdf/ua-1"
"""With headings, tables and languages that programs for people who cannot see find."""

_PAPER = frozenset({"overview", "changes"})
"""Of the pages about all departments those that are of use on paper; the index is a page of links."""


def usable() -> None:
    """Whether PDFs can be made here.

    Raises:
        UsageError: WeasyPrint or a library that it needs is missing
    """
    _weasyprint()


def department_pdfs(common: Common, department: Department) -> Iterator[tuple[Path, bytes]]:
    """The report of a department in each language, and the pages of its annex if that is long."""
    for path, page in department_pages(common, department):
        yield path.with_suffix(".pdf"), _printed(page, f"{common.run.id}/{path}")


def company_pdfs(given: Given) -> Iterator[tuple[Path, bytes]]:
    """The overview in each language, and what changed since the version before."""
    for path, page in pages(given):
        if path.name.partition(".")[0] in _PAPER:
            yield path.with_suffix(".pdf"), _printed(page, f"{given.run.id}/{path}")


def _printed(page: bytes, name: str) -> bytes:
    library = _weasyprint()
    # pages hold everything that they show, and nothing is fetched for them: whatever a text from outside may look like
    nothing = library.urls.URLFetcher(allowed_protocols=())
    html = library.HTML(string=page.decode(), url_fetcher=nothing)
    identifier = hashlib.sha256(name.encode()).digest()[:16]  # where it would be drawn at random
    body: bytes = html.write_pdf(pdf_variant=_TAGGED, pdf_identifier=identifier)
    return body


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415  # an extra, and slow to start
    except ImportError as error:
        raise UsageError(
            "format 'pdf': the extra pdf is not installed",
            "pip install 'clausewise[pdf]', or print the pages",
        ) from error
    except OSError as error:
        raise UsageError(
            f"format 'pdf': a library of the system is missing: {error}",
            "install Pango and HarfBuzz (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0), or print the pages",
        ) from error
    return weasyprint
