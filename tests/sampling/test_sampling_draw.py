"""Drawing: repeatable, independent of order, and nobody's choice; what a snapshot tells of each message."""

from collections import Counter
from datetime import date

import pytest

from engine.calendar import WorkCalendar
from engine.findings import Period
from engine.sampling.draw import Terms, digest_of_draw, drawn, frame_digest, ranked, visible
from engine.sampling.frame import Frame, Frames, Message

TERMS = Terms("a", 3, ("09:00", "18:00"), 1)
ABOUT = {"digest": "d" * 64, "as_of": "2026-09-30T15:59:59Z", "timezone": "Asia/Shanghai"}
PERIOD = Period(
    label="2026Q3",
    year=2026,
    quarter=3,
    from_at="2026-06-30T16:00:00Z",
    to_at="2026-09-30T16:00:00Z",
    previous_from="2026-03-31T16:00:00Z",
    duty_from="2026-06-30T16:00:00Z",
    duty_to="2026-09-30T16:00:00Z",
)
CALENDAR = WorkCalendar(
    date(2026, 8, 1), date(2026, 8, 31), frozenset(date(2026, 8, day) for day in (3, 4, 5, 6, 7, 10))
)


def message(number: int, at: str = "2026-08-04T02:00:00Z") -> Message:
    return Message(f"chat/message/${number}", f"${number}", "chat", "!a", "@li:corp.test", at)


def frames(*messages: Message, complete="yes", unreadable=0, **group) -> Frames:
    return Frames(
        period=PERIOD,
        by_department={"FIN": Frame(list(messages), unreadable), "IT": Frame()},
        complete=complete,
        why_not=(),
        left_out=0,
        groups={"chat/group/!a": {"name": "Budget", "purpose": "the budget"} | group},
        members={},
    )


def document(*messages: Message, terms=TERMS, **fields) -> dict:
    return drawn(frames(*messages, **fields), ABOUT, CALENDAR, terms)


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_index():
    messages = [message(number) for number in range(40)]

    assert document(*messages) == document(*reversed(messages))
    assert digest_of_draw(document(*messages)) == digest_of_draw(document(*reversed(messages)))


def test_another_seed_or_department_draws_others():
    uids = [str(number) for number in range(100)]

    assert len({tuple(ranked(seed, code, uids)[:5]) for seed in "abc" for code in ("FIN", "IT")}) == 6


def test_a_larger_sample_holds_the_smaller_one_and_a_new_message_moves_no_other():
    uids = [str(number) for number in range(50)]
    more = ranked("a", "FIN", [*uids, "new"])

    assert [uid for uid in more if uid != "new"] == ranked("a", "FIN", uids)


def test_every_message_is_drawn_about_as_often_as_any_other():
    uids = [str(number) for number in range(20)]
    found = Counter(uid for seed in range(2000) for uid in ranked(str(seed), "FIN", uids)[:5])

    assert all(420 < found[uid] < 580 for uid in uids)


def test_a_sample_says_what_it_was_drawn_from():
    messages = [message(number) for number in range(10)]
    fin, it = document(*messages, unreadable=4, complete="no")["samples"]

    assert fin == {
        "number": "2026Q3-FIN",
        "department_code": "FIN",
        "period": "2026Q3",
        "frame_size": 10,
        "frame_complete": "no",
        "frame_unreadable": 4,
        "frame_digest": frame_digest(one.uid for one in messages),
        "seed": "a",
        "drawn": 3,
        "drawn_at": "2026-09-30T15:59:59Z",
        "reply_limit_used": 1,
    }
    assert (it["frame_size"], it["drawn"]) == (0, 0)


def test_a_department_with_fewer_messages_gives_all_of_them():
    found = document(message(1), message(2))

    assert found["samples"][0]["drawn"] == 2
    assert {item["message_id"] for item in found["items"]} == {"$1", "$2"}
    assert [item["number"] for item in found["items"]] == ["2026Q3-FIN-01", "2026Q3-FIN-02"]


@pytest.mark.parametrize(
    ("at", "inside", "due"),
    [
        ("2026-08-04T00:59:59Z", "no", "2026-08-05T16:00:00Z"),
        ("2026-08-04T01:00:00Z", "yes", "2026-08-05T16:00:00Z"),
        ("2026-08-04T09:59:59Z", "yes", "2026-08-05T16:00:00Z"),
        ("2026-08-04T10:00:00Z", "no", "2026-08-05T16:00:00Z"),
        ("2026-08-07T02:00:00Z", "yes", "2026-08-10T16:00:00Z"),
        ("2026-08-08T02:00:00Z", "no", "2026-08-10T16:00:00Z"),
        ("2026-07-31T02:00:00Z", "unknown", "2026-08-03T16:00:00Z"),
        ("2026-08-10T02:00:00Z", "yes", ""),
    ],
)
def test_hours_and_terms_are_by_the_companys_clock_and_calendar(at, inside, due):
    (item,) = document(message(1, at))["items"]

    assert (item["in_working_hours"], item["reply_due_at"]) == (inside, due)


@pytest.mark.parametrize(
    ("purpose", "settled"), [({"purpose": ""}, "no"), ({"purpose": "x"}, ""), ({"purpose": None}, "")]
)
def test_a_group_known_to_have_no_purpose_has_nothing_off_topic(purpose, settled):
    (item,) = document(message(1), **purpose)["items"]

    assert item["off_topic"] == settled


@pytest.mark.parametrize(
    ("group", "outsiders", "expected"),
    [
        ({"external_members_allowed": "no"}, [], "no"),
        ({"external_members_allowed": "yes"}, [], "unknown"),
        ({}, [], "unknown"),
        (
            {"external_members_allowed": "no"},
            [{"external": "yes", "joined_at": "2026-08-04T02:00:00Z"}],
            "yes",
        ),
        ({}, [{"external": "yes", "joined_at": "2026-08-04T02:00:01Z"}], "unknown"),
        ({"external_members_allowed": "no"}, [{"external": "yes"}], "unknown"),
        (
            {"external_members_allowed": "no"},
            [{"external": "unknown", "joined_at": "2026-01-01T00:00:00Z"}],
            "unknown",
        ),
    ],
)
def test_who_could_read_is_known_only_as_far_as_a_snapshot_tells(group, outsiders, expected):
    assert visible("2026-08-04T02:00:00Z", group, outsiders) == expected
