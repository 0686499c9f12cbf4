"""Which of the updates that a list calls missing a program really lacks, by what its inventory shows."""

from collections.abc import Collection, Iterable

from engine.relations.versions import is_preview, version_of
from engine.relations.workspace import Record, not_known, settle


def settle_updates(
    install: Record, updates: Collection[Record], release: Record | None, listed: Iterable[Record]
) -> bool:
    """Notes what lists of missing updates say of one program: that it is behind, and since when it has its version.

    A list may be older than the inventory, and then name what was installed since.

    Args:
        install: the program
        updates: what the lists call missing there
        release: the release that it is, if the register of releases has it
        listed: all releases of the product

    Returns:
        whether there is one of which nobody can tell
    """
    if not updates:
        return False
    doubtful = False
    branches = {row["version"]: row["branch"] for row in listed if "branch" in row}
    own_branch = (release or {}).get("branch")
    for update in updates:
        version = update["candidate_version"]
        elsewhere = own_branch is not None and branches.get(version, own_branch) != own_branch
        lacking = "no" if elsewhere or is_preview(version, install["ecosystem"]) else _lacks(install, update)
        if lacking == "unknown":
            doubtful = True
            not_known(update, "lacking", install["unknown"].get("version") or "unparsable", "unknown")
            continue
        settle(update, "lacking", lacking)
        if lacking == "yes":
            _note(install, update)
    return doubtful


def _lacks(install: Record, update: Record) -> str:
    """What the list said of this very version holds; of another one the two versions decide."""
    version, candidate = install.get("version"), update["candidate_version"]
    if version == candidate:
        return "no"
    if version and version == update.get("installed_version"):
        return "yes"
    own = version_of(version or "", install["ecosystem"])
    new = version_of(candidate, install["ecosystem"])
    # equal numbers that are written differently may be two revisions
    if own is None or new is None or own == new:
        return "unknown"
    return "yes" if new > own else "no"


def _note(install: Record, update: Record) -> None:
    if install["update_state"] == "unknown":
        settle(install, "update_state", "behind")
    if "lists_as_of" in update:
        settle(install, "lists_as_of", max(update["lists_as_of"], install.get("lists_as_of", "")))
    seen = update.get("installed_version")
    if seen and seen == install.get("version") and "version_since" in update:
        settle(install, "version_since", max(update["version_since"], install.get("version_since", "")))
