"""Who holds each account, and what registers and the identity provider say about it."""

from collections import defaultdict

from engine.facts import REASON_OF
from engine.relations.workspace import Record, Workspace, not_known, settle, settle_none

_STATED = {"department_code": "stated_department", "position": "stated_position"}

_CREDENTIALS = ("mfa_enrolled", "mfa_enforced", "password_changed_at", "password_compromised")


def settle_holders(space: Workspace) -> None:
    """Resolves the holder of every account once, from the identity links and their strength."""
    links: dict[str, list[Record]] = defaultdict(list)
    for link in space.all("identity_link"):
        links[link["account"]].append(link)
    gap = next(
        (
            REASON_OF[state]
            for state in (space.state("identity_link"), space.state("person"))
            if state != "complete"
        ),
        "",
    )
    later = []
    for account in space.all("account"):
        if any(_leads_on(link) for link in links[account["uid"]]):
            later.append(account)
        else:
            _settle_holder(account, links[account["uid"]], gap)
    _settle_through(space, later, links)
    for account in later:
        _settle_holder(account, links[account["uid"]], gap)


def _leads_on(link: Record) -> bool:
    """Whether it names another account instead of a person, or was to name one that is not there."""
    return "through" in link or "through" in link["unknown"]


def _settle_through(space: Workspace, later: list[Record], links: dict[str, list[Record]]) -> None:
    """The person of a link is the holder of the account that it names; who is not known there is not known here.

    One step and no further: an account that itself is known by another one only tells nobody anything.
    """
    waiting = {account["uid"] for account in later}
    for account in later:
        for link in filter(_leads_on, links[account["uid"]]):
            other = space.records["account"].get(link.get("through", ""))
            if other is None:
                not_known(link, "person", link["unknown"].get("through", "not_collected"))
            elif other["uid"] not in waiting and "holder" in other:
                settle(link, "person", other["holder"])
            else:
                not_known(link, "person", other["unknown"].get("holder", "ambiguous"))


def _settle_holder(account: Record, links: list[Record], gap: str) -> None:
    strong = [link for link in links if link["strength"] != "weak"]
    people = {link["person"] for link in strong if "person" in link}
    for link in links:
        settle(link, "conflict", "yes" if len(people) > 1 else "no")
    if len(people) == 1 and len({link.get("person") for link in strong}) == 1:
        settle(account, "holder", people.pop())
    elif people:
        not_known(account, "holder", "ambiguous")
    elif strong:
        not_known(account, "holder", strong[0]["unknown"].get("person", "not_collected"))
    elif links:
        hidden = any(link["unknown"].get("person") == "not_permitted" for link in links)
        not_known(account, "holder", "not_permitted" if hidden else "ambiguous")
    elif gap:
        not_known(account, "holder", gap)
    else:
        settle_none(account, "holder")


def merge_account_registers(space: Workspace) -> None:
    """Owners of service and shared accounts, second factors and password dates, from their registers."""
    _merge_owners(space)
    _merge_profiles(space)
    credentials, gap = space.entries("credential"), space.register_gap("credentials")
    for account in space.all("account"):
        for entry in credentials.get(account["uid"], ()):
            for name in _CREDENTIALS:
                if name in entry and entry[name] != "unknown":
                    settle(account, name, entry[name])
        if gap and gap != "not_collected":
            for name in _CREDENTIALS:
                if account["unknown"].get(name) in {"not_supported", "not_collected"}:
                    account["unknown"][name] = gap


def _merge_profiles(space: Workspace) -> None:
    """Department and position that accounts state, where an export of them is kept as a register."""
    profiles, gap = space.entries("profile"), space.register_gap("profiles")
    for account in space.all("account"):
        for entry in profiles.get(account["uid"], ()):
            for mine, theirs in _STATED.items():
                if theirs in entry["unknown"]:
                    not_known(account, mine, entry["unknown"][theirs])
                else:
                    settle(account, mine, entry.get(theirs, ""))
        if gap and gap != "not_collected":
            for name in _STATED:
                if account["unknown"].get(name) in {"not_supported", "not_collected"}:
                    account["unknown"][name] = gap


def _merge_owners(space: Workspace) -> None:
    service, shared = space.entries("service_account"), space.entries("shared_account")
    gap = space.register_gap("service_accounts")
    for account in space.all("account"):
        entry = next(iter(shared.get(account["uid"], []) + service.get(account["uid"], [])), None)
        if entry is None:
            if (
                account["kind"] in {"service", "bot", "room_device", "unknown"}
                and gap
                and "owner" not in account
            ):
                account["unknown"].setdefault("owner", gap)
            continue
        if entry["kind"] == "shared_account":
            settle(account, "kind", "shared")
        elif account["kind"] not in {"bot", "room_device"}:
            settle(account, "kind", "service")
        if "owner" in entry:
            settle(account, "owner", entry["owner"])
        elif "owner" in entry["unknown"]:
            not_known(account, "owner", entry["unknown"]["owner"])
