"""Who could read what was published in a group."""

from collections import defaultdict

from engine.facts import REASON_OF
from engine.relations.workspace import Record, Workspace, not_known, settle


def mark_outsiders(space: Workspace) -> None:
    """Whether outsiders are in the group of each announcement.

    The audience that the register states stays as it is: who writes to the whole company writes to it even where a
    guest reads along, and how often or when that is done is judged by other checks.
    """
    members: dict[str, list[Record]] = defaultdict(list)
    for membership in space.all("membership"):
        members[membership["group"]].append(membership)
    gap = REASON_OF.get(space.state("membership"), "")
    for announcement in space.all("announcement"):
        group, why = announcement.get("group"), announcement["unknown"].get("group")
        if group is not None:
            _settle(announcement, members[group], gap)
        elif why is None:
            settle(announcement, "outsiders", "no")
        else:
            not_known(announcement, "outsiders", why, "unknown")


def _settle(announcement: Record, members: list[Record], gap: str) -> None:
    there: list[Record] = []
    later: list[Record] = []
    for member in members:
        if member["external"] == "yes":
            # who came afterwards may see what was written before, or may not: platforms differ
            is_later = member.get("joined_at", "") > announcement.get("published_at", "9")
            (later if is_later else there).append(member)
    doubts = [member["unknown"]["external"] for member in members if member["external"] == "unknown"]
    if there:
        settle(announcement, "outsiders", "yes")
    elif later:
        not_known(announcement, "outsiders", "ambiguous", "unknown")
    elif doubts or gap:
        not_known(announcement, "outsiders", [*doubts, gap][0], "unknown")
    else:
        settle(announcement, "outsiders", "no")
