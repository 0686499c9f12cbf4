"""Which files of a folder of reports are a department's own: what its head may be given, and nothing of the others."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

FOLDERS = ("departments", "mails", "hdf")
"""Folders of a pack of reports in which each file is one department's, and named after it."""


def parcels(names: Iterable[str], departments: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Code of a department -> its files, sorted; those that are of the whole company are nobody's parcel.

    Args:
        names: paths of the files of the pack
        departments: code -> what its files are called
    """
    found: dict[str, list[str]] = {code: [] for code in departments}
    whose = {file: code for code, file in departments.items()}
    for name in sorted(names):
        path = PurePosixPath(name)
        code = whose.get(path.name.partition(".")[0])
        if code is not None and str(path.parent) in FOLDERS:
            found[code].append(name)
    return {code: tuple(files) for code, files in found.items()}
