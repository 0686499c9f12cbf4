"""Accounts and channels of Slack as facts."""

from typing import Any

from collectors.harvest import Harvest
from collectors.webapi import Reading, add_account, add_group, add_membership, add_outsider
from engine.facts import LastActivity

NEVER = (
    "auth_source", "created_at", "created_by", "deactivated_at", "department_code", "distinct_devices_30d", "expires_at",
    "mfa_enforced", "password_changed_at", "password_compromised", "position", "reactivated_at",
)  # fmt: skip
"""What no call tells of an account; `updated` tells of any change, and not when it was closed."""

NEVER_OF_GROUPS = (
    "e2e_encrypted", "label", "last_message_at", "messages_kept", "retention_days", "retention_mode", "scope", "scope_text",
)  # fmt: skip

_SLACKBOT = "USLACKBOT"

_CLOSED = {True: "deactivated", False: "active"}


def add_user(
    harvest: Harvest, user: dict[str, Any], at: str, own: tuple[str, str | None], used: LastActivity | str
) -> str:
    """Add an account and tell its kind.

    Args:
        harvest: where it goes
        user: what Slack says
        at: when it came
        own: the collector's account, and the workspace; none: it is not known which of the members are of it
        used: the last use, or why it is not known
    """
    key = user["id"]
    reading = Reading(harvest, "account", user)
    if isinstance(used, str):
        reading.unknown["last_activity"] = used
    state = reading.word("state", "deleted", _CLOSED)
    if state == "active" and user.get("is_invited_user") is True:
        state = "invited"
    name = user.get("name")
    added = add_account(
        reading,
        key,
        at=at,
        values={
            "login": name if isinstance(name, str) else key,
            "display_name": reading.text("display_name", "real_name"),
            "kind": _kind(reading, own[1]),
            "state": state,
            "privileged": _privileged(reading),
            "mfa_enrolled": reading.tri("mfa_enrolled", "has_2fa"),
            "last_activity": None if isinstance(used, str) else used,
            "is_collector": "yes" if key == own[0] else "no",
        },
        never=NEVER,
    )
    return "unknown" if added is None else added.kind


def _kind(reading: Reading, team: str | None) -> str | None:
    if reading.raw["id"] == _SLACKBOT:
        return "bot"
    if team is not None and reading.raw.get("team_id") not in {None, team}:
        return "guest"
    bot, restricted = reading.tri("kind", "is_bot"), reading.tri("kind", "is_restricted")
    if bot == "yes":
        reading.unknown.pop("kind", None)
        return "bot"
    if "kind" in reading.unknown:
        return None
    if restricted == "yes" or reading.raw.get("is_ultra_restricted") is True:
        return "guest"
    if team is None:
        reading.unknown["kind"] = "ambiguous"
        return None
    return "human"


def _privileged(reading: Reading) -> str | None:
    found = {reading.tri("privileged", "is_admin"), reading.tri("privileged", "is_owner")}
    if "yes" in found:
        reading.unknown.pop("privileged", None)
        return "yes"
    return None if None in found else "no"


def last_uses(
    harvest: Harvest, rows: list[tuple[dict[str, Any], str]], accounts: set[str]
) -> dict[str, LastActivity | str]:
    """Account -> its last use by the log of access: rows come newest first, so that all of them reach back to the oldest."""
    seen: dict[str, str] = {}
    times: list[str] = []
    for row, _ in rows:
        reading = Reading(harvest, "account", row)
        at = reading.seconds("last_activity", "date_last")
        user = row.get("user_id")
        if not isinstance(user, str) or not user:
            # whose use it was is not told, so that nobody is known to be without
            reading.odd("last_activity", "user_id")
            user = None
        if at is None or user is None:
            return dict.fromkeys(accounts, "unparsable")
        times.append(at)
        seen[user] = max(at, seen.get(user, ""))
    if times and not set(seen) & accounts:
        harvest.problem("log of access: it names none of the accounts")
    if not set(seen) & accounts:
        return dict.fromkeys(accounts, "ambiguous")
    unused = LastActivity(state="not_since", bound=min(times), kind="api")
    return {
        account: LastActivity(state="at", at=seen[account], kind="api", precision_s=0)
        if account in seen
        else unused
        for account in accounts
    }


def add_channel(
    harvest: Harvest,
    channel: dict[str, Any],
    at: str,
    members: list[str] | None,
    accounts: dict[str, str],
    outsiders: set[str],
) -> None:
    """Add a channel with its members.

    Args:
        harvest: where it goes
        channel: what Slack says
        at: when it came
        members: ids; none if they could not be had
        accounts: id -> kind of every account of the workspace
        outsiders: ids of other companies' accounts that have been added
    """
    key = channel["id"]
    reading = Reading(harvest, "group", channel)
    purpose = channel.get("purpose")
    text = Reading(harvest, "group", purpose if isinstance(purpose, dict) else {}).text("purpose", "value")
    if text is None:
        reading.unknown["purpose"] = "not_supported"
    creator = channel.get("creator")
    known = isinstance(creator, str) and creator in accounts
    if not known:
        reading.unknown |= dict.fromkeys(
            ("creator", "owners", "owner_origin"), "ambiguous" if creator else "not_supported"
        )
    shared = reading.tri("external_members_allowed", "is_ext_shared")
    if shared == "no":
        # guests of the workspace can be added to any channel
        reading.unknown["external_members_allowed"] = "not_supported"
    private = reading.word("visibility", "is_private", {True: "private", False: "public"})
    if private is None:
        reading.unknown["join_rule"] = reading.unknown["visibility"]
    count = reading.count("member_count", "num_members", "not_supported")
    creator_uid = harvest.uid("account", str(creator))
    add_group(
        reading,
        key,
        at=at,
        values={
            "kind": "channel",
            "direct": "no",
            "name": reading.text("name", "name"),
            "purpose": text,
            "purpose_origin": None if text is None else "native",
            "owners": (creator_uid,),
            "owner_origin": "creator",
            "creator": creator_uid,
            "created_at": reading.seconds("created_at", "created"),
            "visibility": private,
            "join_rule": "invite" if private == "private" else "open",
            "external_members_allowed": shared,
            "archived": reading.tri("archived", "is_archived"),
            "member_count": count,
        },
        never=NEVER_OF_GROUPS,
    )
    if members is not None and count is not None and count != len(set(members)):
        harvest.problem(f"group {key}: {count} members are stated, {len(set(members))} came")
    for member in sorted(set(members or ())):
        if member not in accounts:
            if shared != "yes":
                harvest.problem(f"group {key}: its member {member} is none of the accounts")
                continue
            if member not in outsiders:
                outsiders.add(member)
                add_outsider(harvest, member, at)
        kind = accounts.get(member, "guest")
        place = Reading(harvest, "membership", {"channel": key, "member": member})
        add_membership(
            place,
            key,
            member,
            at=at,
            role=_role(place, kind, reading.unknown.get("owners"), creator=member == creator),
            via="direct",
            external={"guest": "yes", "unknown": None}.get(kind, "no"),
        )


def _role(place: Reading, kind: str, owners: str | None, *, creator: bool) -> str | None:
    """What a member may do; `owners` is why it is not known who owns the channel."""
    if owners is not None or (kind == "unknown" and not creator):
        place.unknown["role"] = owners or "ambiguous"
        return None
    return "owner" if creator else "guest" if kind == "guest" else "member"
