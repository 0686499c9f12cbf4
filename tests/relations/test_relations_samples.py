"""What the items of a sample add up to."""

import pytest
from reported import reported

from engine.facts import (
    Absence,
    Account,
    Collected,
    Department,
    Fact,
    Group,
    Person,
    Sample,
    SampleItem,
)
from engine.relations import Workspace, relate

AS_OF = "2026-09-30T15:59:59Z"
DUE = "2026-08-06T16:00:00Z"
REQUEST = {"request": "yes", "reply": "missing", "addressee": "hr/person/E1", "reply_due_at": DUE}
LABELS = dict.fromkeys(("unlawful", "harmful", "off_work", "abusive", "off_topic"), "no")


def source(name: str, *facts: Fact) -> Collected:
    report = reported(name, sorted({fact.entity for fact in facts}), AS_OF)
    return Collected(report=report, facts=facts, provenance=(), raw=())


def department(code: str, **fields) -> Department:
    return Department.make(
        uid=f"hr/department/{code}", code=code, name=code, deputies=(), **{"renamed_from": ()} | fields
    )


def person(number: str, code: str, **fields) -> Person:
    return Person.make(
        uid=f"hr/person/{number}",
        employee_no=number,
        name=number,
        employments=(),
        posts=(),
        department_code=code,
        **{"status": "active"} | fields,
    )


def sample(code: str, **fields) -> Sample:
    return Sample.make(
        uid=f"reg/sample/{code}",
        **{"number": f"2026Q3-{code}", "department_code": code, "period": "2026Q3"} | fields,
    )


def item(number: int, code: str = "FIN", **fields) -> SampleItem:
    given = LABELS | {"in_working_hours": "yes", "request": "no", "reviewers": 2, "disputed": ()}
    return SampleItem.make(
        uid=f"reg/sample_item/{code}-{number}",
        number=f"2026Q3-{code}-{number}",
        sample=f"reg/sample/{code}",
        message_id=f"${number}",
        **given | {"group": "chat/group/fin"} | fields,
    )


def group(native_id: str, code: str) -> Group:
    return Group.make(
        uid=f"chat/group/{native_id}", source_system="chat", native_id=native_id, department_code=code
    )


def related(*facts: Fact) -> dict[str, dict]:
    base = (
        department("FIN"),
        department("IT"),
        person("E1", "FIN"),
        person("E2", "IT"),
        group("fin", "FIN"),
        group("it", "IT"),
        sample("FIN"),
        sample("IT"),
    )
    own = {fact.uid for fact in facts}
    space = relate(
        Workspace.of([source("all", *(fact for fact in base if fact.uid not in own), *facts)]), AS_OF
    ).space
    return {uid: row for entity in ("sample", "sample_item") for uid, row in space.records[entity].items()}


def share(row: dict, of: str) -> tuple[int, int]:
    return next((one["hits"], one["labelled"]) for one in row["shares"] if one["of"] == of)


def test_a_group_is_counted_in_its_own_department_whoever_wrote_there():
    rows = related(item(1, abusive="yes"), item(2, "IT"), item(3, "IT", group="chat/group/it"))

    (fin,) = rows["reg/sample/FIN"]["by_group"]
    assert (fin["group"], fin["drawn"], fin["abusive"], fin["either"]) == ("chat/group/fin", 2, 1, 1)
    assert [one["drawn"] for one in rows["reg/sample/IT"]["by_group"]] == [1]
    assert share(rows["reg/sample/FIN"], "off_topic_or_abusive") == (1, 2)
    assert rows["reg/sample/FIN"]["listed"] == 1


def test_a_group_of_no_department_with_a_sample_is_counted_where_its_messages_were_drawn():
    rows = related(
        group("all", "NOWHERE"),
        item(1, group="chat/group/all", off_topic="yes"),
        item(2, "IT", group="chat/group/all"),
    )

    told = {
        code: [
            (one["group"], one["drawn"], one["off_topic"]) for one in rows[f"reg/sample/{code}"]["by_group"]
        ]
        for code in ("FIN", "IT")
    }
    assert told == {"FIN": [("chat/group/all", 1, 1)], "IT": [("chat/group/all", 1, 0)]}


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"off_topic": "yes", "abusive": "yes"}, (1, 1, 1)),
        ({"off_topic": "yes"}, (1, 1, 1)),
        ({"off_topic": "yes", "reviewers": 1}, (0, 0, 0)),
        ({"reviewers": 1}, (1, 1, 0)),
        ({"abusive": "unknown"}, (1, 0, 0)),
        ({"abusive": "yes", "off_topic": "unknown"}, (0, 1, 1)),
    ],
)
def test_it_takes_two_to_accuse_a_group_and_a_message_that_is_both_counts_once(fields, counts):
    (row,) = related(item(1, **fields))["reg/sample/FIN"]["by_group"]

    assert (row["off_topic_labelled"], row["either_labelled"], row["either"]) == counts


def test_what_reviewers_disagree_about_is_not_known_whatever_the_cell_says():
    row = related(item(1, abusive="yes", disputed=("abusive", "addressee", "number")))[
        "reg/sample_item/FIN-1"
    ]

    assert (row["abusive"], row["number"]) == ("unknown", "2026Q3-FIN-1")
    assert (row["unknown"]["abusive"], row["unknown"]["addressee"]) == ("ambiguous", "ambiguous")


def test_what_is_not_known_is_counted_for_work_and_against_it():
    row = related(
        item(1, off_work="yes"),
        item(2),
        item(3, off_work="unknown"),
        item(4, off_work="yes", in_working_hours="unknown"),
        item(5, in_working_hours="unknown"),
        item(6, off_work="yes", in_working_hours="no"),
    )["reg/sample/FIN"]

    assert share(row, "off_work_at_least") == (1, 4)
    assert share(row, "off_work_at_most") == (3, 4)
    assert row["in_hours"] == 3


@pytest.mark.parametrize(
    ("fields", "facts", "counts"),
    [
        ({}, (), "late"),
        ({"reply": "late"}, (), "late"),
        ({"reply": "in_time"}, (), ""),
        ({"reply_due_at": AS_OF}, (), "late"),
        ({"reply_due_at": "2026-09-30T16:00:00Z"}, (), None),
        ({"reply_due_at": "2026-09-30T16:00:00Z", "reply": "unknown"}, (), None),
        ({"reply": "unknown"}, (), "unlabelled_requests"),
        ({"request": "unknown"}, (), "unlabelled_requests"),
        ({"request": "no"}, (), None),
        ({"reply_due_at": None}, (), "undecided"),
        ({"addressee": "key:E9"}, (), "undecided"),
        ({}, (person("E1", "FIN", last_day_ends_at=DUE),), "excused"),
        ({}, (person("E1", "FIN", last_day_ends_at="2026-08-06T16:00:01Z"),), "late"),
        ({}, (person("E1", "FIN", status="left"),), "undecided"),
        ({}, (person("E1", "FIN", leave_starts_at=DUE),), "excused"),
        ({}, (person("E1", "FIN", leave_starts_at="2026-08-06T16:00:01Z"),), "late"),
        ({}, (person("E1", "FIN", leave_starts_at="2026-08-01T16:00:00Z", leave_ends_at=DUE),), "excused"),
        (
            {},
            (
                person(
                    "E1", "FIN", leave_starts_at="2026-08-01T16:00:00Z", leave_ends_at="2026-08-05T16:00:00Z"
                ),
            ),
            "late",
        ),
        ({"sender": "chat/account/bot"}, (), None),
    ],
)
def test_a_request_is_late_excused_undecided_or_still_open(fields, facts, counts):
    bot = Account.make(uid="chat/account/bot", source_system="chat", login="bot", kind="bot")
    row = related(bot, *facts, item(1, **REQUEST | fields))["reg/sample/FIN"]

    names = ("late", "excused", "undecided", "unlabelled_requests")
    asked = counts is not None and counts != "unlabelled_requests"
    assert {name: row[name] for name in names} == {name: int(name == counts) for name in names}
    assert row["requests"] == int(asked)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"from_at": "2026-08-01T00:00:00Z"}, "excused"),
        ({"from_at": "2026-08-01T00:00:00Z", "until_at": "2026-08-05T00:00:00Z"}, "late"),
        ({}, "undecided"),
    ],
)
def test_an_absence_excuses_if_it_holds_at_the_end_of_the_term(fields, expected):
    away = Absence.make(uid="reg/absence/1", person="hr/person/E1", kind="trip", **fields)
    row = related(away, item(1, **REQUEST))["reg/sample/FIN"]

    assert {name: row[name] for name in ("late", "excused", "undecided")} == {
        name: int(name == expected) for name in ("late", "excused", "undecided")
    }


def test_a_request_is_counted_where_whoever_was_asked_works():
    rows = related(
        item(1, **REQUEST | {"addressee": "hr/person/E2"}), item(2, **REQUEST | {"addressee": None})
    )

    assert (rows["reg/sample/IT"]["late"], rows["reg/sample/IT"]["requests"]) == (1, 1)
    assert (rows["reg/sample/FIN"]["late"], rows["reg/sample/FIN"]["undecided"]) == (0, 1)


def test_a_department_that_took_over_another_is_counted_once():
    old = department("OLD", merged_into="FIN")
    rows = related(old, sample("OLD"), item(1, abusive="yes"), item(1, "OLD"))

    counted = [len(rows[f"reg/sample/{code}"]["by_group"]) for code in ("FIN", "OLD")]
    assert counted == [1, 0]
    assert [rows[f"reg/sample/{code}"]["listed"] for code in ("FIN", "OLD")] == [1, 1]
