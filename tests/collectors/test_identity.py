"""Links by a rule for login names: derived where it names a number, weak where it does not, never more than that."""

import pytest
from reported import reported

from collectors.identity import directory_id, linked_by_directory, linked_by_login, login_pattern
from engine.facts import KEY, Account, Collected, Completeness, IdentityLink, Person, Provenance
from engine.relations import Workspace, relate

RULE = login_pattern(r"@u(?P<employee_no>\d{3})(-\w+)?:corp")
AT = "2026-09-30T15:59:59Z"


def account(login: str, kind: str = "human") -> Account:
    return Account.make(uid=f"chat/account/{login}", source_system="chat", login=login, kind=kind)


def link(login: str, number: str) -> IdentityLink:
    return IdentityLink.make(
        uid=f"chat/identity_link/{login}/{number}",
        account=f"chat/account/{login}",
        person=f"{KEY}{number}",
        method="external_id",
        strength="exact",
        conflict="no",
    )


def delivered(*facts: Account | IdentityLink, links: bool = False) -> Collected:
    delivers = ("account", "identity_link") if links else ("account",)
    return Collected(
        report=reported(
            "chat", delivers, AT, limits={"identity_link.person": "not_collected", "account.x": "y"}
        ),
        facts=facts,
        provenance=tuple(
            Provenance(
                uid=fact.uid,
                name=fact.uid,
                source_id="chat",
                source_record_id=fact.uid.split("/", 2)[2],
                collected_at=AT,
                raw_sha256="0" * 64,
            )
            for fact in facts
        ),
        raw=(),
    )


def holders(chat: Collected) -> dict[str, str]:
    """Login -> employee number of the holder, else why there is none."""
    people = tuple(
        Person.make(uid=f"hr/person/{number}", employee_no=number, name=number, employments=(), posts=())
        for number in ("001", "002")
    )
    hr = Collected(report=reported("hr", ("person",), AT), facts=people, provenance=(), raw=())
    space = Workspace.of([hr, chat])
    relate(space, AT)
    return {
        row["login"]: row.get("holder", row["unknown"].get("holder", "nobody")).removeprefix("hr/person/")
        for row in space.all("account")
    }


def test_a_login_that_follows_the_rule_names_its_holder_and_another_says_nothing():
    chat = delivered(
        account("@u001:corp"), account("@u002-phone:corp"), account("@li.na:corp"), account("@u009:corp")
    )

    found = linked_by_login(chat, RULE)

    assert {(fact.account, fact.strength) for fact in found.facts if isinstance(fact, IdentityLink)} == {
        ("chat/account/@u001:corp", "derived"),
        ("chat/account/@u002-phone:corp", "derived"),
        ("chat/account/@li.na:corp", "weak"),
        ("chat/account/@u009:corp", "derived"),
    }
    assert holders(found) == {
        "@u001:corp": "001",
        "@u002-phone:corp": "002",
        "@li.na:corp": "ambiguous",
        "@u009:corp": "not_collected",
    }


def test_the_report_counts_the_links_and_each_says_where_it_came_from():
    found = linked_by_login(delivered(account("@u001:corp")), RULE)

    assert found.report.delivers == ("account", "identity_link")
    assert found.report.received["identity_link"] == 1
    assert found.report.limits == {"account.x": "y"}
    assert [row.uid for row in found.provenance] == [fact.uid for fact in found.facts]
    assert [(row.id, row.body) for row in found.raw] == [
        (
            "@u001:corp/login",
            '{"login":"@u001:corp","rule":"@u(?P<employee_no>\\\\d{3})(-\\\\w+)?:corp"}',
        )
    ]


def test_two_ways_that_name_two_people_name_nobody():
    chat = delivered(account("@u001:corp"), link("@u001:corp", "002"), links=True)

    assert holders(linked_by_login(chat, RULE)) == {"@u001:corp": "ambiguous"}


def test_where_exact_links_are_delivered_a_login_off_the_rule_changes_nothing():
    chat = delivered(account("@li.na:corp"), link("@li.na:corp", "002"), account("@x:corp"), links=True)

    assert linked_by_login(chat, RULE) == chat
    assert holders(chat) == {"@li.na:corp": "002", "@x:corp": "nobody"}


@pytest.mark.parametrize("kind", ["service", "bot", "room_device"])
def test_an_account_that_no_person_holds_gets_no_link(kind: str):
    assert linked_by_login(delivered(account("@u001:corp", kind)), RULE).facts == (
        account("@u001:corp", kind),
    )


@pytest.mark.parametrize(("rule", "said"), [("@u(", "no regular expression"), (r"@u(\d+)", "needs a group")])
def test_a_rule_that_names_no_number_is_refused(rule: str, said: str):
    with pytest.raises(ValueError, match=said):
        login_pattern(rule)


THROUGH = login_pattern(r"@(?P<login>[^:]+):corp", "login")


def directory(login: str, number: str | None) -> tuple[Account, ...] | tuple[Account, IdentityLink]:
    """An account of the directory, with the employee number that stands there."""
    uid = f"ad/account/guid-{login}"
    one = Account.make(uid=uid, source_system="ad", login=login, kind="human")
    if number is None:
        return (one,)
    found = IdentityLink.make(
        uid=f"ad/identity_link/{login}",
        account=uid,
        person=f"{KEY}{number}",
        method="employee_no",
        strength="exact",
        conflict="no",
    )
    return (one, found)


def held_through(ad: Completeness, *logins: str) -> dict[str, tuple[str | None, str | None]]:
    """Login in the chat -> its holder, or why there is none, where the directory knows chen, and guest without a number."""
    of_directory = Collected(
        report=reported("ad", ("account", "identity_link"), AT, completeness=ad),
        facts=(*directory("chen", "001"), *directory("guest", None), *directory("gone", "999")),
        provenance=(),
        raw=(),
    )
    hr = Collected(
        report=reported("hr", ("person", "department"), AT),
        facts=(
            Person.make(
                uid="hr/person/001",
                employee_no="001",
                name="Chen",
                employments=(),
                posts=(),
                department_code="X",
            ),
        ),
        provenance=(),
        raw=(),
    )
    chat = linked_by_login(delivered(*(account(login) for login in logins)), THROUGH, "ad")
    space = Workspace.of([hr, of_directory, chat])
    relate(space, AT)
    return {
        row["login"]: (row.get("holder"), row["unknown"].get("holder"))
        for row in space.all("account")
        if row["source_system"] == "chat"
    }


def test_an_account_is_held_by_who_holds_that_of_the_directory():
    assert held_through("complete", "@chen:corp", "@guest:corp", "@gone:corp", "@nobody:corp", "chen") == {
        "@chen:corp": ("hr/person/001", None),
        # the directory knows the account, and not whose it is
        "@guest:corp": (None, "ambiguous"),
        "@gone:corp": (None, "not_collected"),
        "@nobody:corp": (None, "not_collected"),
        # its login follows no rule: a weak link, which names nobody
        "chen": (None, "ambiguous"),
    }


def test_an_account_that_a_failed_directory_does_not_show_belongs_to_somebody_unknown():
    assert held_through("partial", "@nobody:corp") == {"@nobody:corp": (None, "source_partial")}


GUID = "4d89b29c-2a9d-4b43-9a5c-0e1f2a3b4c5d"


@pytest.mark.parametrize(
    "written",
    [GUID, GUID.upper(), f"{{{GUID}}}", GUID.replace("-", ""), "nLKJTZ0qQ0uaXA4fKjtMXQ=="],
    ids=["plain", "capitals", "braces", "hex", "base64"],
)
def test_an_id_of_the_directory_is_the_same_however_it_is_written(written: str):
    assert directory_id(written) == GUID


@pytest.mark.parametrize("other", ["E0001", "", "AAAA", "cn=li"])
def test_what_is_no_such_id_stays_as_it_is(other: str):
    assert directory_id(other) == other


def held_by_directory(ad: Completeness = "complete") -> dict[str, tuple[str | None, str | None]]:
    """Login in the chat -> its holder, or why there is none, where the directory knows three ids."""

    def of_directory(key: str, number: str | None) -> list[Account | IdentityLink]:
        uid = f"ad/account/{key}"
        facts: list[Account | IdentityLink] = [
            Account.make(uid=uid, source_system="ad", login=key[:4], kind="human")
        ]
        if number:
            facts.append(
                IdentityLink.make(
                    uid=f"ad/identity_link/{key}",
                    account=uid,
                    person=f"{KEY}{number}",
                    method="employee_no",
                    strength="exact",
                    conflict="no",
                )
            )
        return facts

    directory_facts = [*of_directory(GUID, "001"), *of_directory("uuid-of-guest", None)]
    ad_found = Collected(
        report=reported("ad", ("account", "identity_link"), AT, completeness=ad),
        facts=tuple(directory_facts), provenance=(), raw=(),
    )  # fmt: skip
    hr = Collected(
        report=reported("hr", ("person", "department"), AT),
        facts=(Person.make(uid="hr/person/001", employee_no="001", name="Chen", employments=(), posts=(), department_code="X"),),
        provenance=(), raw=(),
    )  # fmt: skip
    chat = linked_by_directory(
        delivered(
            *(account(login) for login in ("@chen", "@guest", "@lost", "@none")),
            link("@chen", GUID.upper()), link("@guest", "uuid-of-guest"), link("@lost", "uuid-of-nobody"),
            links=True,
        ),
        "ad",
    )  # fmt: skip
    space = Workspace.of([hr, ad_found, chat])
    relate(space, AT)
    assert {row["method"] for row in space.all("identity_link") if row["uid"].startswith("chat/")} == {
        "directory_guid"
    }
    return {
        row["login"]: (row.get("holder"), row["unknown"].get("holder"))
        for row in space.all("account")
        if row["source_system"] == "chat"
    }


def test_whoever_holds_the_account_with_that_id_of_the_directory_holds_this_one():
    assert held_by_directory() == {
        "@chen": ("hr/person/001", None),
        # the directory knows the account, and not whose it is; or does not show it
        "@guest": (None, "ambiguous"),
        "@lost": (None, "not_collected"),
        # every link is there, and none is its own
        "@none": (None, None),
    }


def test_an_id_that_a_directory_which_is_not_whole_does_not_show_belongs_to_somebody_unknown():
    assert held_by_directory("partial")["@lost"] == (None, "source_partial")


def test_a_source_that_states_no_ids_says_that_none_can_be_looked_up():
    found = linked_by_directory(delivered(account("@chen"), links=True), "ad")

    assert [fact.uid for fact in found.facts] == ["chat/account/@chen"]
    assert "directory_of" in found.report.problems[-1]


def test_what_a_register_and_a_rule_say_of_one_account_must_agree():
    by_hand = IdentityLink.make(
        uid="reg/identity_link/a",
        account=f"{KEY}@u001:corp",
        person=f"{KEY}002",
        method="manual",
        strength="exact",
        conflict="no",
    )
    register = Collected(
        report=reported("reg", ("identity_link",), AT), facts=(by_hand,), provenance=(), raw=()
    )
    people = tuple(
        Person.make(
            uid=f"hr/person/{n}", employee_no=n, name=n, employments=(), posts=(), department_code="X"
        )
        for n in ("001", "002")
    )
    hr = Collected(report=reported("hr", ("person",), AT), facts=people, provenance=(), raw=())
    chat = delivered(account("@u001:corp"), account("@admin:corp"))
    by_rule = linked_by_login(chat, RULE)

    alone, both = Workspace.of([hr, chat, register]), Workspace.of([hr, by_rule, register])
    relate(alone, AT)
    relate(both, AT)

    uid = "chat/account/@u001:corp"
    assert alone.records["account"][uid]["holder"] == "hr/person/002"
    assert "holder" not in both.records["account"][uid]
    assert both.records["account"][uid]["unknown"]["holder"] == "ambiguous"
    assert {row["conflict"] for row in both.all("identity_link") if row["account"] == uid} == {"yes"}
