"""Links by a rule for login names: derived where it names a number, weak where it does not, never more than that."""

import pytest
from reported import reported

from collectors.identity import linked_by_login, login_pattern
from engine.facts import KEY, Account, Collected, IdentityLink, Person, Provenance
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
