"""Which messages can be drawn for whom, and whether these are all."""

import json

import pytest
from reported import reported

from engine.facts import (
    Account,
    Collected,
    Department,
    Fact,
    Group,
    IdentityLink,
    Person,
    RawRecord,
)
from engine.sampling.frame import Frames, frames_of
from engine.snapshot import seal, write_snapshot

AS_OF = "2026-09-30T15:59:59Z"
FROM = "2026-06-30T16:00:00Z"
CALENDAR = {"first": "2026-01-01", "last": "2026-12-31", "holidays": [], "make_up_days": []}


def collected(
    name: str, facts: tuple[Fact, ...], raw: tuple[RawRecord, ...] = (), state: str = "complete"
) -> Collected:
    report = reported(name, sorted({fact.entity for fact in facts}), AS_OF, completeness=state)
    return Collected(report=report, facts=facts, provenance=(), raw=raw)


def message(
    number: int, sender: str = "li", group: str = "!a", at: str = "2026-08-04T02:00:00Z", *, encrypted=False
) -> RawRecord:
    body = {"group": group, "sender": sender, "at": at, "encrypted": encrypted}
    return RawRecord(id=f"${number}", entity="message", body=json.dumps(body))


def listing(group: str = "!a", **fields) -> RawRecord:
    body = {"from": FROM, "to": AS_OF, "complete": True, "messages": 1} | fields
    return RawRecord(id=group, entity="message_listing", body=json.dumps(body))


def frames(tmp_path, *raw: RawRecord, state="complete", since="2026-08-01T00:00:00Z", **group) -> Frames:
    department = Department.make(
        uid="hr/department/FIN", code="FIN", name="FIN", renamed_from=(), deputies=()
    )
    person = Person.make(
        uid="hr/person/1", employee_no="1", name="Li", employments=(), posts=(), department_code="FIN", status="active",
        post_since=since,
    )  # fmt: skip
    account = Account.make(uid="chat/account/li", source_system="chat", login="li", kind="human")
    link = IdentityLink.make(
        uid="chat/identity_link/li",
        account="chat/account/li",
        person="key:1",
        method="external_id",
        strength="exact",
    )
    room = Group.make(uid="chat/group/!a", source_system="chat", native_id="!a", **group)
    about = {"organisation": "x", "timezone": "Asia/Shanghai", "as_of": AS_OF, "policy_version": "1"}
    sealed = seal(
        [collected("hr", (department, person)), collected("chat", (account, link, room), raw, state)],
        about=about,
        calendar=CALENDAR,
        roles={"it": "FIN", "hr": "FIN"},
    )
    return frames_of(write_snapshot(sealed, tmp_path / "snapshot"))


def ids(found: Frames, code: str) -> set[str]:
    return {one.message_id for one in found.by_department[code].messages}


def test_a_message_is_drawn_for_the_department_of_whoever_wrote_it(tmp_path):
    found = frames(tmp_path, message(1), message(2, "stranger"), listing())

    assert (ids(found, "FIN"), ids(found, "_company")) == ({"$1"}, {"$2"})
    assert (found.complete, found.why_not) == ("yes", ())


@pytest.mark.parametrize(
    ("at", "code"), [("2026-08-01T00:00:00Z", "FIN"), ("2026-07-31T23:59:59Z", "_company")]
)
def test_what_somebody_wrote_in_an_earlier_post_is_nobodys_department_that_is_known(tmp_path, at, code):
    assert ids(frames(tmp_path, message(1, at=at), listing()), code) == {"$1"}


@pytest.mark.parametrize(
    ("at", "there"),
    [(FROM, True), ("2026-06-30T15:59:59Z", False), (AS_OF, True), ("2026-09-30T16:00:00Z", False)],
)
def test_only_messages_of_the_quarter_can_be_drawn(tmp_path, at, there):
    found = frames(tmp_path, message(1, at=at), listing(), since=FROM)

    assert bool(ids(found, "FIN")) is there


def test_encrypted_messages_are_counted_and_those_between_two_are_nobodys_business(tmp_path):
    found = frames(tmp_path / "a", message(1, encrypted=True), listing())
    direct = frames(tmp_path / "b", message(1), listing(), direct="yes")

    assert (ids(found, "FIN"), found.by_department["FIN"].unreadable) == (set(), 1)
    assert (ids(direct, "FIN"), direct.left_out) == (set(), 1)


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ((listing(complete=False),), "complete"),
        ((listing(**{"from": "2026-07-01T16:00:00Z"}),), "complete"),
        ((listing(to="2026-09-29T15:59:59Z"),), "complete"),
        ((listing(),), "partial"),
    ],
)
def test_a_frame_is_complete_only_if_every_room_was_read_to_its_end(tmp_path, raw, state):
    found = frames(tmp_path, message(1), *raw, state=state)

    assert found.complete == "no"
    assert found.why_not
