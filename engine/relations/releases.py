"""Which release an installed program is, and which newer ones it lacks, by the register of releases."""

import re
from collections import defaultdict
from collections.abc import Iterable

from engine.relations.workspace import Record, Workspace, not_known, settle

Version = tuple[int, ...]

_DECORATION = re.compile(r"^(?:\d+:)?v?|[\s+].*$", re.IGNORECASE)
"""An epoch or a `v` before the version, a build behind it."""

_REVISION = re.compile(r"-[^-]*$")
"""What a distribution adds to its maker's version."""

_NUMBERS = re.compile(r"\d+(\.\d+)*")
_PREVIEW = re.compile(r"alpha|beta|preview|nightly|(?<![a-z])(rc|dev)|~", re.IGNORECASE)


def version_of(text: str, ecosystem: str = "other") -> Version | None:
    """A version as numbers that can be compared; none if it is not made of numbers.

    >>> version_of("1:9.2p1-2", "deb"), version_of("6.5.3 (7650)"), version_of("1.163.2-1+b1", "deb")
    (None, (6, 5, 3), (1, 163, 2))
    >>> version_of("6.5.0") == version_of("6.5")
    True
    """
    numbers = list(_numbers(text, ecosystem))
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers) or None


def _numbers(text: str, ecosystem: str = "other") -> Version:
    plain = _DECORATION.sub("", text.strip())
    if ecosystem in {"deb", "rpm"}:
        plain = _REVISION.sub("", plain)
    return tuple(int(part) for part in plain.split(".")) if _NUMBERS.fullmatch(plain) else ()


def settle_releases(space: Workspace) -> None:
    """Finds each program's release and the newer ones of its branch.

    A version that the register does not list belongs to the branch whose numbers it begins with. Who is on a branch that is
    supported for long is behind only within it, and a preview is no release that anybody has to install.
    """
    gap = space.register_gap("releases")
    by_product: dict[str, list[Record]] = defaultdict(list)
    for release in space.all("release"):
        by_product[release["application"]].append(release)
    for update in space.all("software_update"):
        _note_update(space.records["software_install"][update["install"]], update)
    for install in space.all("software_install"):
        listed = by_product.get(install.get("application", ""), [])
        found = _release_of(install, listed)
        if found is None:
            reason = install["unknown"].get("version") or gap or "not_collected"
            for name in ("release", "newer_releases"):
                not_known(install, name, reason)
            continue
        settle(install, "release", found["uid"])
        _settle_newer(install, found, listed, gap)


def _note_update(install: Record, update: Record) -> None:
    if install["update_state"] == "unknown":
        settle(install, "update_state", "behind")
    if "lists_as_of" in update:
        settle(install, "lists_as_of", max(update["lists_as_of"], install.get("lists_as_of", "")))


def _settle_newer(install: Record, found: Record, listed: list[Record], gap: str) -> None:
    own = version_of(install["version"], install["ecosystem"])
    branch = [row for row in listed if row.get("branch") == found.get("branch") or "branch" in row["unknown"]]
    nobody_knows = any("branch" in row["unknown"] for row in (found, *branch))
    branch = [row for row in branch if not _PREVIEW.search(row["version"])]
    versions = {row["uid"]: version_of(row["version"]) for row in branch}
    if nobody_knows or gap in {"source_failed", "source_partial"}:
        not_known(install, "newer_releases", gap or "not_collected")
        return
    if own is None or None in versions.values():
        not_known(install, "newer_releases", "unparsable")
        return
    newer = sorted(uid for uid, version in versions.items() if version is not None and version > own)
    settle(install, "newer_releases", newer)
    if install["update_state"] == "unknown":
        settle(install, "update_state", "behind" if newer else "current")
    if "lists_as_of" in found:
        settle(install, "lists_as_of", max(found["lists_as_of"], install.get("lists_as_of", "")))


def _release_of(install: Record, listed: Iterable[Record]) -> Record | None:
    """The release of the same version; else the newest of its branch that it already has, or the branch's oldest."""
    text = install.get("version")
    if not text:
        return None
    numbers = _numbers(text, install["ecosystem"])
    own = version_of(text, install["ecosystem"])
    same = [row for row in listed if row["version"] == text or (own and version_of(row["version"]) == own)]
    if same:
        return same[0]
    fitting = [(len(branch), row) for row in listed if (branch := _begins(row, numbers))]
    longest = max((length for length, _ in fitting), default=0)
    rows = [row for length, row in fitting if length == longest]
    reached = [row for row in rows if own and (version_of(row["version"]) or ()) <= own]
    if reached:
        return max(reached, key=_order)
    return min(rows, key=_order, default=None)


def _begins(release: Record, version: Version) -> Version:
    """The numbers of the release's branch, if the version begins with them."""
    branch = _numbers(release.get("branch", ""))
    padded = (*version, *(0 for _ in branch))
    return branch if version and padded[: len(branch)] == branch else ()


def _order(release: Record) -> tuple[Version, str]:
    return version_of(release["version"]) or (), release["uid"]
