"""Chapter 6 and the outsiders of chapter 3, decided a second time."""

import unicodedata
from datetime import timedelta
from typing import Any

from oracle_facts import (
    NOT_KNOWN,
    ROBOTS,
    Answer,
    Record,
    Shard,
    Truth,
    among,
    before,
    closed,
    every,
    judged,
    live,
    opposite,
    outsider,
    some,
    value,
)

from engine.calendar import from_instant


def undescribed(shard: Shard) -> Answer:
    """6.1.1-a: live groups that do not state what they are for, or who belongs in them."""
    return judged(
        (row["uid"], every(live(row), some([_blank(value(row, "purpose")), _scopeless(row)])))
        for row in shard.rows["groups"]
    )


def _blank(text: Any) -> Truth:
    return None if text == NOT_KNOWN else not (text or "").strip()


def _scopeless(group: Record) -> Truth:
    scope = value(group, "scope")
    empty = None if scope == NOT_KNOWN else not scope or not (scope["departments"] or scope["projects"])
    return every(_blank(value(group, "scope_text")), empty)


def unmanaged(shard: Shard) -> Answer:
    """6.1.1-b: live groups for which nobody of the company answers."""
    return judged(
        (row["uid"], every(live(row), opposite(_managed(shard, row)))) for row in shard.rows["groups"]
    )


def _managed(shard: Shard, group: Record) -> Truth:
    owners, department = value(group, "owners"), value(group, "owner_department")
    by_person = None if owners == NOT_KNOWN else some(_answers(shard, uid) for uid in owners or ())
    by_department = None if department == NOT_KNOWN else department is not None and stands(shard, department)
    return some([by_person, by_department])


def _answers(shard: Shard, uid: str) -> Truth:
    account = shard.fact(uid)
    if account is None:
        return None
    holder = shard.holder(account)
    if holder is None and value(account, "kind") != "human":
        owner = value(account, "owner")
        holder = owner if owner in {None, NOT_KNOWN} else shard.fact(owner) or NOT_KNOWN
    return every(
        opposite(closed(account)),
        opposite(among(account, "kind", "guest")),
        False if holder is None else opposite(shard.left(holder, shard.as_of)),
        None if holder is None else opposite(outsider(holder)),
    )


def stands(shard: Shard, code: str) -> Truth:
    """Whether a department is there, itself or as what it was renamed to or merged into."""
    rows = shard.data["company"]["departments"]
    for _ in rows:
        found = next((row for row in rows if row["code"] == code), None)
        if found is None:
            found = next((row for row in rows if code in row["renamed_from"]), None)
        if found is None:
            return None
        if found.get("merged_into"):
            code = found["merged_into"]
            continue
        ended = value(found, "valid_until")
        return None if ended == NOT_KNOWN else ended is None or ended > shard.as_of
    return None


def misnamed(shard: Shard) -> Answer:
    """6.1.1-c: live groups whose name says nothing, or is another's too."""
    return judged(
        (row["uid"], every(live(row), some(_name_faults(shard, row)))) for row in shard.rows["groups"]
    )


def _name_faults(shard: Shard, group: Record) -> list[Truth]:
    name, twins = value(group, "name"), value(group, "same_name_count")
    twin = None if twins == NOT_KNOWN else twins > 0
    if name == NOT_KNOWN:
        return [None, twin]
    bare = "".join(sign for sign in name if unicodedata.category(sign)[0] not in "NPSZ").lower()
    words = [word.lower() for word in shard.settings["group_name_default_words"]]
    plain = [word.replace(" ", "") for word in words]
    length = not shard.settings["group_name_min"] <= len(name) <= shard.settings["group_name_max"]
    return [length, bare in {"", *words, *plain}, twin]


def leavers(shard: Shard) -> Answer:
    """6.1.2-c: members who have left, or whose account is closed."""
    return judged((row["uid"], _left(shard, row)) for row in shard.rows["memberships"])


def _left(shard: Shard, membership: Record) -> Truth:
    account, group = shard.fact(membership["account"]), shard.fact(membership["group"])
    assert account is not None
    assert group is not None
    holder = shard.holder(account)
    return every(
        opposite(among(group, "direct", "yes")),
        opposite(among(account, "kind", *ROBOTS)),
        some(
            [
                closed(account),
                False if holder is None else shard.left(holder, shard.cutoff("leaver_grace_days")),
            ]
        ),
    )


def unsponsored(shard: Shard) -> Answer:
    """6.1.2-d: outsiders for whom nobody answers, or not any more, or without end."""
    return judged((row["uid"], _unsponsored(shard, row)) for row in shard.rows["memberships"])


def _unsponsored(shard: Shard, membership: Record) -> Truth:
    group, account = shard.fact(membership["group"]), shard.fact(membership["account"])
    assert group is not None
    assert account is not None
    alone = some([_alone(shard, membership), _himself(account, membership)])
    ended = before(value(membership, "sponsored_until_ends_at"), shard.as_of)
    # in a confidential group that is no archive 3.3-a has who has no sponsor, or one who cannot be; the end is told
    # here all the same
    confidential = among(group, "label", *shard.settings["confidential_labels"]) is True
    elsewhere = confidential and among(group, "archived", "no") is True
    sponsor = value(membership, "sponsor")
    named = None if sponsor == NOT_KNOWN else sponsor is not None
    endless = _endless(shard, membership)
    wrong = some([ended, every(named, endless)]) if elsewhere else some([alone, ended, endless])
    return every(opposite(among(group, "direct", "yes")), among(membership, "external", "yes"), wrong)


def _himself(account: Record, membership: Record) -> Truth:
    sponsor, holder = value(membership, "sponsor"), value(account, "holder")
    if sponsor is None or holder is None:
        return False
    return None if NOT_KNOWN in {sponsor, holder} else sponsor == holder


def _alone(shard: Shard, membership: Record) -> Truth:
    """Whether nobody of the company answers for the member."""
    sponsor = value(membership, "sponsor")
    if sponsor is None:
        return True
    person = shard.fact(sponsor) or NOT_KNOWN
    return some([opposite(shard.in_service(person, shard.as_of)), outsider(person)])


def _endless(shard: Shard, membership: Record) -> Truth:
    if shard.settings["sponsor_required_end"] == "no":
        return False
    end, joined = value(membership, "sponsored_until_ends_at"), value(membership, "joined_at")
    if end is None:
        return True
    if end == NOT_KNOWN:
        return None
    if joined in {None, NOT_KNOWN}:
        return False if _never_told(membership, "joined_at") else None
    return from_instant(end) - from_instant(joined) > timedelta(days=shard.settings["external_max_days"])


def _never_told(record: Record, field: str) -> bool:
    """Whether the tool tells nobody's, so that nothing was withheld of this one."""
    return record["unknown"].get(field) in {"not_collected", "not_licensed", "not_supported"}


def exposed(shard: Shard) -> Answer:
    """3.3-a: confidential groups with an outsider for whom nobody answers."""
    return judged(
        (
            row["uid"],
            every(
                opposite(among(row, "archived", "yes")),
                among(row, "label", *shard.settings["confidential_labels"]),
                some(_outsiders(shard, row)),
            ),
        )
        for row in shard.rows["groups"]
    )


def _outsiders(shard: Shard, group: Record) -> list[Truth]:
    members = [one for one in shard.every("memberships") if one["group"] == group["uid"]]
    count = value(group, "member_count")
    # a list that names fewer members than there are proves nothing; who is in twice is one of them
    listed = {one["account"] for one in members}
    if count == NOT_KNOWN:
        never_told = group["unknown"].get("member_count") in {
            "not_collected",
            "not_licensed",
            "not_supported",
        }
        unseen: Truth = False if never_told else None
    else:
        unseen = None if count is not None and count > len(listed) else False
    return [
        *(every(among(one, "external", "yes"), _unanswered(shard, one)) for one in members),
        unseen,
    ]


def _unanswered(shard: Shard, membership: Record) -> Truth:
    account = shard.fact(membership["account"])
    # nobody answers for himself, and whose account it is may not be known
    return some([_alone(shard, membership), None if account is None else _himself(account, membership)])
