"""Which renderer this is: what else than the run decides what the bytes of a report are."""

import hashlib
import re
import sys
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PDF = re.compile(r"extra == ['\"]pdf['\"]")


@cache
def renderer() -> dict[str, str]:
    """Digest of code, templates and texts, and the versions of the libraries and of Python."""
    found = {
        "code": _code(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    for line in requires("clausewise") or ():
        name = _NAME.match(line)
        if name and ("extra ==" not in line or _PDF.search(line)):
            found[name[0]] = _version(name[0])
    return found


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _code() -> str:
    said = hashlib.sha256()
    for name, file in sorted(_below(files("reports"), "")):
        said.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return said.hexdigest()


def _below(folder: Traversable, start: str) -> list[tuple[str, Traversable]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir() and one.name != "__pycache__":
            found += _below(one, f"{start}{one.name}/")
        elif one.is_file():
            found.append((start + one.name, one))
    return found
