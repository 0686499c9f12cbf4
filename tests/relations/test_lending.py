"""What sign-ins show together: distances and intervals of journeys, and who used which device."""

from pathlib import Path

import pytest
import yaml
from reported import reported

from engine.facts import (
    Account,
    Collected,
    Department,
    Device,
    Host,
    IdentityLink,
    LoginEvent,
    Person,
    Place,
    RegisterEntry,
    Session,
)
from engine.relations import Workspace, relate
from engine.relations.lending import NEAREST_KM, SLOWEST_KMH

ROOT = Path(__file__).parents[2]
AS_OF = "2026-09-30T15:59:59Z"


def source(name, delivers, *facts, kind="test", completeness="complete"):
    report = reported(name, delivers, AS_OF, type=kind, completeness=completeness)
    return Collected(report=report, facts=facts, provenance=(), raw=())


def person(number, department="FIN"):
    return Person.make(
        uid=f"hr/person/{number}",
        employee_no=number,
        name=number,
        employments=(),
        posts=(),
        department_code=department,
    )


def department(code):
    return Department.make(uid=f"hr/department/{code}", code=code, name=code, renamed_from=(), deputies=())


HR = source(
    "hr",
    ("person", "department"),
    person("a"),
    person("b"),
    person("c", "IT"),
    department("FIN"),
    department("IT"),
)


def account(login):
    return (
        Account.make(uid=f"im/account/{login}", source_system="im", login=login, kind="human"),
        IdentityLink.make(
            uid=f"im/identity_link/{login}",
            account=f"im/account/{login}",
            person=f"key:{login}",
            method="external_id",
            strength="exact",
        ),
    )


IM = source("im", ("account", "identity_link"), *account("a"), *account("b"), *account("c"))


def event(number, at="2026-08-10T01:00:00Z", place="sh", login="a", **fields):
    said = {"result": "success", "interactive": "yes", "relay": "no", "device_key": "pc", **fields}
    return LoginEvent.make(
        uid=f"gate/login_event/{number}",
        account=f"im/account/{login}",
        at=at or None,
        place_key=place or None,
        **said,
    )


def gate(*events):
    return source("gate", ("login_event",), *events)


def place(key, latitude, longitude, radius=0, relay="no"):
    return Place.make(
        uid=f"reg/place/{key}",
        key=key,
        latitude=latitude,
        longitude=longitude,
        radius_km=radius,
        relay=relay,
    )


PLACES = source(
    "reg",
    ("place",),
    place("sh", "31.2304", "121.4737", 5),
    place("bj", "39.9042", "116.4074", 50),
    place("near", "31.3", "121.5"),
    place("exit", "22.3193", "114.1694", 5, "yes"),
    Place.make(uid="reg/place/blank", key="blank", otherwise="stale"),
    kind="register:places",
)


def related(*sources):
    return relate(Workspace.of((HR, IM, *sources)), AS_OF)


def journeys(*events, places=PLACES):
    return list(related(gate(*events), places).space.all("lending_signal"))


def test_two_uses_far_apart_are_told_with_distance_and_time():
    (signal,) = journeys(event(1), event(2, "2026-08-10T01:45:00Z", "bj", device_key="phone"))

    assert signal == {
        "uid": "gate/lending_signal/1|2",
        "account": "im/account/a",
        "kind": "impossible_travel",
        "observed_at": "2026-08-10T01:45:00Z",
        "earlier_at": "2026-08-10T01:00:00Z",
        # 1067 km between the cities, less what both may be off
        "distance_km": 1012,
        "farthest_km": 20038,
        "interval_s": 2700,
        "interactive": "yes",
        "relay": "no",
        "succeeded": "yes",
        "device_keys": ("pc", "phone"),
        "events": ("gate/login_event/1", "gate/login_event/2"),
        "unknown": {},
    }


@pytest.mark.parametrize(
    "second",
    [
        event(2, "2026-08-10T01:45:00Z", "sh"),
        event(2, "2026-08-10T01:00:00Z", "near"),
        event(2, "2026-08-10T11:30:00Z", "bj"),
        event(2, "2026-08-18T10:00:00Z", ""),
        event(2, "2026-08-10T01:45:00Z", "bj", result="failure"),
        event(2, "2026-08-10T01:45:00Z", "bj", interactive="no"),
        event(2, "2026-08-10T01:45:00Z", "bj", relay="yes"),
        event(2, "2026-08-10T01:45:00Z", "exit", relay="unknown"),
        event(2, "2026-08-10T01:45:00Z", "bj", login="b"),
    ],
    ids=["same place", "near", "slowly", "a week later", "failed", "a program", "relay", "exit", "colleague"],
)
def test_these_are_no_journeys(second):
    assert journeys(event(1), second) == []


def test_what_is_not_known_of_a_use_is_not_known_of_the_journey():
    unsure = {"result": "unknown", "interactive": "unknown"}
    reasons = {"result": "stale", "interactive": "not_supported", "device_key": "redacted"}
    second = event(2, "2026-08-10T01:45:00Z", "bj", **unsure, device_key=None, unknown=reasons)
    (signal,) = journeys(event(1), second)

    assert signal["unknown"] == {
        "succeeded": "stale",
        "interactive": "not_supported",
        "device_keys": "not_collected",
    }


@pytest.mark.parametrize(
    ("second", "places", "reason"),
    [
        (event(2, place="nowhere"), PLACES, "not_collected"),
        (event(2, place="blank"), PLACES, "not_collected"),
        (event(2, place="", unknown={"place_key": "not_supported"}), PLACES, "not_supported"),
        (event(2, place="bj"), source("reg", ("place",), kind="register:places", completeness="failed"), "source_failed"),
    ],
    ids=["not in the register", "without degrees", "no place", "no register"],
)  # fmt: skip
def test_a_place_that_nobody_knows_leaves_the_distance_open(second, places, reason):
    (signal,) = journeys(event(1), second, places=places)

    assert "distance_km" not in signal
    assert signal["unknown"] == {"distance_km": reason}


def test_whether_a_place_is_an_exit_is_asked_of_the_register_only_where_the_sign_in_does_not_say():
    (signal,) = journeys(event(1), event(2, "2026-08-10T01:45:00Z", "blank", relay="unknown"))

    assert signal["unknown"] == {"distance_km": "not_collected", "relay": "not_collected"}


def test_a_use_without_a_time_is_told_if_there_is_another():
    undated = event(2, "", "bj", unknown={"at": "unparsable"})

    assert journeys(undated) == []
    (signal,) = journeys(event(1), undated)
    assert signal["unknown"]["interval_s"] == "unparsable"


def test_a_use_of_which_less_is_known_hides_none_of_which_all_is_known():
    found = journeys(
        event(1),
        event(2, "2026-08-10T01:10:00Z", interactive="unknown"),
        event(3, "2026-08-10T01:45:00Z", "bj"),
    )

    assert {signal["uid"].rpartition("/")[2]: signal["interactive"] for signal in found} == {
        "1|3": "yes",
        "2|3": "unknown",
    }


def test_of_a_days_uses_between_two_places_the_nearest_in_time_stand_for_all():
    found = journeys(
        event(1),
        event(2, "2026-08-10T02:00:00Z", "bj"),
        event(3, "2026-08-10T02:20:00Z"),
        event(4, "2026-08-11T02:00:00Z", "bj"),
        event(5, "2026-08-11T02:10:00Z"),
    )

    assert [signal["uid"].rpartition("/")[2] for signal in found] == ["2|3", "4|5"]


def test_the_limits_are_the_lowest_that_a_company_may_set():
    settings = yaml.safe_load((ROOT / "policies/rego/5.2/5.2-a.yaml").read_text())["settings"]

    assert settings["travel_min_km"]["minimum"] == NEAREST_KM
    assert settings["travel_speed_kmh"]["minimum"] == SLOWEST_KMH


def session(login, **fields):
    return Session.make(
        uid=f"im/session/{login}", account=f"im/account/{login}", device_key="pc", revoked="no", **fields
    )


def test_a_device_of_two_accounts_is_told_with_its_uses():
    company = related(
        gate(event(1), event(2, "2026-08-11T01:00:00Z", login="b")),
        source("s", ("session",), session("c", kind="session", last_used_at="2026-08-12T01:00:00Z")),
        source("reg", ("device",), kind="register:devices"),
    )
    (device,) = company.space.all("device")

    assert (device["uid"], device["shared"], device["users"], device["unknown"]) == (
        "gate/device/pc",
        "no",
        (),
        {},
    )
    assert [(use["account"], use["at"], use["certain"], use["supporting"]) for use in device["uses"]] == [
        ("im/account/a", "2026-08-10T01:00:00Z", "yes", "no"),
        ("im/account/b", "2026-08-11T01:00:00Z", "yes", "no"),
        ("im/account/c", "2026-08-12T01:00:00Z", "yes", "no"),
    ]
    assert company.partition.home("gate/device/pc") == "FIN"


def test_without_a_register_it_is_not_known_whether_a_device_is_shared():
    (device,) = related(gate(event(1), event(2, login="b"))).space.all("device")

    assert device["unknown"] == dict.fromkeys(("host", "shared", "users"), "not_collected")


def test_a_device_of_one_account_is_none():
    tokens = source("s", ("session",), session("b", kind="access_token", last_used_at=AS_OF))

    assert list(related(gate(event(1), event(2)), tokens).space.all("device")) == []


def test_a_device_lies_with_its_host_or_where_its_register_says():
    host = Host.make(uid="inv/host/h", name="h", owner="hr/person/c")
    devices = (
        Device.make(uid="reg/device/pc", key="pc", host="key:h", shared="no", users=()),
        Device.make(uid="reg/device/tv", key="tv", department_code="IT", shared="yes", users=("key:a",)),
        Device.make(uid="reg/device/old", key="old", shared="no", users=()),
    )
    company = related(
        gate(event(1)),
        source("inv", ("host",), host),
        source("reg", ("device",), *devices, kind="register:devices"),
    )

    homes = {row["key"]: company.partition.home(row["uid"]) for row in company.space.all("device")}
    assert homes == {"pc": "IT", "tv": "IT", "old": "_company"}


def test_of_an_accounts_uses_on_a_day_the_first_and_the_last_are_told():
    hours = [event(hour, f"2026-08-10T{hour:02d}:00:00Z") for hour in (1, 2, 3)]
    (device,) = related(gate(*hours, event(9, "", login="b", result="unknown"))).space.all("device")

    assert [(use.get("at", ""), use["certain"]) for use in device["uses"]] == [
        ("", "unknown"),
        ("2026-08-10T01:00:00Z", "yes"),
        ("2026-08-10T03:00:00Z", "yes"),
    ]


@pytest.mark.parametrize(
    ("entry", "completeness", "expected"),
    [
        ({"purpose": "support"}, "complete", "yes"),
        ({}, "complete", "no"),
        ({"unknown": {"purpose": "redacted"}}, "complete", "unknown"),
    ],
)
def test_the_register_of_second_accounts_says_what_is_kept_for_support(entry, completeness, expected):
    row = RegisterEntry.make(
        uid="reg/register_entry/b", kind="second_account", subject="im/account/b", subject_key="b", **entry
    )
    second = source(
        "reg", ("register_entry",), row, kind="register:second_accounts", completeness=completeness
    )
    (device,) = related(gate(event(1), event(2, login="b")), second).space.all("device")

    assert {use["account"]: use["supporting"] for use in device["uses"]} == {
        "im/account/a": "no",
        "im/account/b": expected,
    }


def test_where_that_register_failed_nobody_knows():
    failed = source("reg", ("register_entry",), kind="register:second_accounts", completeness="failed")
    (device,) = related(gate(event(1), event(2, login="b")), failed).space.all("device")

    assert {use["supporting"] for use in device["uses"]} == {"unknown"}
