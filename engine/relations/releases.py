"""Which release an installed program is, and which newer ones it lacks, by the register of releases."""

from collections import defaultdict
from collections.abc import Iterable

from engine.relations.updates import settle_updates
from engine.relations.versions import Version, is_preview, numbers_of, version_of
from engine.relations.workspace import Record, Workspace, not_known, settle


def settle_releases(space: Workspace, as_of: str) -> None:
    """Finds each program's release, the newer ones of its branch, and which listed updates it still lacks.

    A version that the register does not list belongs to the branch whose numbers it begins with. Who is on a branch that is
    supported for long is behind only within it, and neither a preview nor what is only planned is a release that anybody has
    to install.
    """
    gap = space.register_gap("releases")
    by_product: dict[str, list[Record]] = defaultdict(list)
    for release in space.all("release"):
        by_product[release["application"]].append(release)
    updates: dict[str, list[Record]] = defaultdict(list)
    for update in space.all("software_update"):
        updates[update["install"]].append(update)
    unheard = space.register_gap("software_updates")
    for install in space.all("software_install"):
        listed = by_product.get(install.get("application", ""), [])
        found = _release_of(install, listed)
        doubtful = settle_updates(install, updates[install["uid"]], found, listed)
        if found is None:
            reason = install["unknown"].get("version") or gap or "not_collected"
            for name in ("release", "newer_releases"):
                not_known(install, name, reason)
        else:
            settle(install, "release", found["uid"])
            issued = [row for row in listed if row.get("released_at", "") <= as_of]
            _settle_newer(install, found, issued, gap, doubtful=doubtful)
        if unheard and unheard != "not_collected":
            # there is a list of updates, and not all of it came: no other list is the newest word any more
            not_known(install, "lists_as_of", unheard)


def _settle_newer(install: Record, found: Record, listed: list[Record], gap: str, *, doubtful: bool) -> None:
    own = version_of(install["version"], install["ecosystem"])
    branch = [row for row in listed if row.get("branch") == found.get("branch") or "branch" in row["unknown"]]
    nobody_knows = any("branch" in row["unknown"] for row in (found, *branch))
    branch = [row for row in branch if not is_preview(row["version"])]
    versions = {row["uid"]: version_of(row["version"]) for row in branch}
    if nobody_knows or gap in {"source_failed", "source_partial"}:
        not_known(install, "newer_releases", gap or "not_collected")
        return
    if own is None or None in versions.values():
        not_known(install, "newer_releases", "unparsable")
        return
    newer = sorted(uid for uid, version in versions.items() if version is not None and version > own)
    settle(install, "newer_releases", newer)
    if install["update_state"] == "unknown" and (newer or not doubtful):
        settle(install, "update_state", "behind" if newer else "current")
    if "lists_as_of" in found:
        settle(install, "lists_as_of", max(found["lists_as_of"], install.get("lists_as_of", "")))


def _release_of(install: Record, listed: Iterable[Record]) -> Record | None:
    """The release of the same version; else the newest of its branch that it already has, or the branch's oldest."""
    text = install.get("version")
    if not text:
        return None
    numbers = numbers_of(text, install["ecosystem"])
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
    branch = numbers_of(release.get("branch", ""))
    padded = (*version, *(0 for _ in branch))
    return branch if version and padded[: len(branch)] == branch else ()


def _order(release: Record) -> tuple[Version, str]:
    return version_of(release["version"]) or (), release["uid"]
