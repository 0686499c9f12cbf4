"""Workbooks that come back from outside: what to expect of a file that anybody may have saved, damaged or made up."""

import io
import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    SyntaxError,  # what the XML parser raises
    TypeError,
    AttributeError,
    IndexError,
)
"""All that the reader of workbooks raises over a file that is damaged, or none."""


def unpacked_size(body: bytes) -> int:
    """Bytes of a workbook when it is unpacked, as it states itself: asked before anything is.

    Raises:
        zipfile.BadZipFile: it is no archive, so no workbook
    """
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return sum(entry.file_size for entry in archive.infolist())
