"""The catalogues of the reports' frame: above each English text that of the source, and all of them compiled.

`reports/locale/*/LC_MESSAGES/frame.po` are written by hand (`zh_Hans` by `tools/simplified.py`); beside each lies its `frame.mo`, which reports read.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "reports" / "locale"
SOURCE = LOCALE / "zh_Hant" / "LC_MESSAGES" / "frame.po"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "frame.po"
_ENTRY = re.compile(r'(?:^#\. .*\n)*((?:^#,.*\n)?^msgid "(\w[\w.]*)"$)', re.MULTILINE)


def catalogue(path: Path) -> Catalog:
    """The texts of a file.

    Raises:
        babel.messages.pofile.PoFileError: it is none
    """
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain="frame", abort_invalid=True)


def explained() -> str:
    """The English file, the text of the source above each of its own: what a translator reads first."""
    source = {message.id[0] if message.pluralizable else message.id: message for message in catalogue(SOURCE)}

    def above(found: re.Match[str]) -> str:
        message = source.get(found[2])
        said = message.string if message else ""
        text = said if isinstance(said, str) else said[-1]
        return f"#. {text}\n{found[1]}" if text else found[1]

    return _ENTRY.sub(above, ENGLISH.read_text("utf-8"))


def compiled(path: Path) -> bytes:
    """What reports read of a file; the same bytes whenever it is made."""
    texts = catalogue(path)
    texts.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    into = BytesIO()
    write_mo(into, texts)
    return into.getvalue()


def derived() -> dict[Path, bytes]:
    """Path -> content of all that is made here."""
    return {
        ENGLISH: explained().encode(),
        **{path.with_suffix(".mo"): compiled(path) for path in sorted(LOCALE.rglob("*.po"))},
    }


def write() -> Iterator[Path]:
    """Writes the files that differ, and hands them back."""
    for path, content in derived().items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
            yield path
