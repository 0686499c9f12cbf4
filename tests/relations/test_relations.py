"""What several sources say about one thing is put together once, and what is not settled says why."""

from reported import reported

from engine.facts import (
    COMPANY,
    Account,
    Announcement,
    Application,
    Collected,
    DataSet,
    Department,
    Fact,
    Group,
    Head,
    Host,
    IdentityLink,
    Membership,
    Person,
    RegisterEntry,
    SoftwareInstall,
    SourceReport,
    TrainingRecord,
)
from engine.relations import Workspace, relate

AS_OF = "2026-09-30T15:59:59Z"


def report(source: str, *delivers: str, kind: str = "test", completeness: str = "complete") -> SourceReport:
    return reported(source, delivers, AS_OF, type=kind, completeness=completeness)


def source(name: str, delivers: tuple[str, ...], *facts: Fact, **about: str) -> Collected:
    return Collected(report=report(name, *delivers, **about), facts=facts, provenance=(), raw=())


def person(number: str, department: str = "FIN", **fields: object) -> Person:
    return Person.make(
        uid=f"hr/person/{number}",
        employee_no=number,
        name=number,
        employments=(),
        posts=(),
        department_code=department,
        **fields,
    )


def department(code: str, **fields: object) -> Department:
    return Department.make(
        uid=f"hr/department/{code}",
        code=code,
        name=code,
        renamed_from=fields.pop("renamed_from", ()),
        deputies=(),
        **fields,
    )


def account(login: str, **fields: object) -> Account:
    return Account.make(
        uid=f"chat/account/{login}",
        source_system="chat",
        login=login,
        kind=fields.pop("kind", "human"),
        **fields,
    )


def link(login: str, number: str, strength: str = "exact") -> IdentityLink:
    return IdentityLink.make(
        uid=f"chat/identity_link/{login}-{number}",
        account=f"chat/account/{login}",
        person=f"key:{number}",
        method="external_id",
        strength=strength,
    )


def group(native_id: str, **fields: object) -> Group:
    return Group.make(uid=f"chat/group/{native_id}", source_system="chat", native_id=native_id, **fields)


def membership(native_id: str, login: str, **fields: object) -> Membership:
    return Membership.make(
        uid=f"chat/membership/{native_id}/{login}",
        group=f"chat/group/{native_id}",
        account=f"chat/account/{login}",
        **fields,
    )


HR = ("person", "department")
CHAT = ("account", "group", "membership", "identity_link")


def related(*sources: Collected) -> Workspace:
    return relate(Workspace.of(sources), AS_OF).space


def test_an_exact_link_names_the_holder():
    space = related(
        source("hr", HR, person("E1"), department("FIN")), source("chat", CHAT, account("a"), link("a", "E1"))
    )

    assert space.records["account"]["chat/account/a"]["holder"] == "hr/person/E1"


def test_without_a_link_an_account_of_complete_sources_has_no_holder():
    space = related(source("hr", HR, person("E1"), department("FIN")), source("chat", CHAT, account("a")))

    found = space.records["account"]["chat/account/a"]
    assert "holder" not in found
    assert "holder" not in found["unknown"]


def test_without_a_complete_roster_nobody_is_known_to_hold_nothing():
    hr = source("hr", HR, person("E1"), department("FIN"), completeness="partial")
    space = related(hr, source("chat", CHAT, account("a")))

    assert space.records["account"]["chat/account/a"]["unknown"]["holder"] == "source_partial"


def test_a_weak_link_names_nobody():
    space = related(
        source("hr", HR, person("E1"), department("FIN")),
        source("chat", CHAT, account("a"), link("a", "E1", "weak")),
    )

    assert space.records["account"]["chat/account/a"]["unknown"]["holder"] == "ambiguous"


def test_a_number_that_is_hidden_from_the_source_makes_the_account_nobodys_by_no_means():
    hidden = IdentityLink.make(
        uid="chat/identity_link/a",
        account="chat/account/a",
        method="employee_no",
        strength="weak",
        conflict="no",
        unknown={"person": "not_permitted"},
    )
    hr = source("hr", HR, person("E1"), department("FIN"))
    alone = related(hr, source("chat", CHAT, account("a"), hidden))
    named = related(hr, source("chat", CHAT, account("a"), hidden, link("a", "E1", "derived")))

    assert alone.records["account"]["chat/account/a"]["unknown"]["holder"] == "not_permitted"
    assert named.records["account"]["chat/account/a"]["holder"] == "hr/person/E1"


def test_two_people_with_the_same_claim_are_a_conflict():
    hr = source("hr", HR, person("E1"), person("E2"), department("FIN"))
    space = related(hr, source("chat", CHAT, account("a"), link("a", "E1"), link("a", "E2")))

    assert space.records["account"]["chat/account/a"]["unknown"]["holder"] == "ambiguous"
    assert {row["conflict"] for row in space.all("identity_link")} == {"yes"}


def test_a_link_to_a_number_that_the_roster_lacks_is_not_known_and_listed():
    space = related(source("hr", HR, department("FIN")), source("chat", CHAT, account("a"), link("a", "E9")))

    assert space.records["account"]["chat/account/a"]["unknown"]["holder"] == "not_collected"
    assert ("broken_reference", "chat/identity_link/a-E9", "person: E9") in space.errors


def test_two_heads_at_a_time_are_an_error_of_the_data():
    heads = tuple(
        Head(person=f"hr/person/E{number}", from_at="2026-01-01T00:00:00Z", acting="no") for number in (1, 2)
    )
    space = related(source("hr", HR, person("E1"), person("E2"), department("FIN", heads=heads)))

    assert space.records["department"]["hr/department/FIN"]["head"] == ["hr/person/E1", "hr/person/E2"]
    assert [kind for kind, _, _ in space.errors] == ["two_heads"]


def test_somebody_in_a_department_that_nobody_lists_is_an_error_of_the_data():
    strays = (
        person("E1", "FIN"), person("E2", "OLD"), person("E3", "NOWHERE", status="active"),
        person("E4", "NOWHERE", status="left"),
    )  # fmt: skip
    listed = department("FIN", renamed_from=("OLD",))

    assert related(source("hr", HR, *strays, listed)).errors == {
        ("broken_reference", "hr/person/E3", "department_code: NOWHERE")
    }
    assert related(source("hr", HR, *strays, listed, completeness="partial")).errors == set()


def test_whatever_lies_in_a_department_that_nobody_lists_is_an_error_of_the_data():
    strays = (
        DataSet.make(uid="reg/data_set/a", name="a", department_code="NOWHERE"),
        DataSet.make(uid="reg/data_set/b", name="b", department_code="FIN"),
        DataSet.make(uid="reg/data_set/c", name="c", department_code=COMPANY),
        group("g", owner_department="NOWHERE"),
        account("stated", department_code="Finance and more"),
    )  # fmt: skip
    found = related(
        source("hr", HR, department("FIN")), source("reg", ("data_set", "group", "account"), *strays)
    )

    assert {error for error in found.errors if "NOWHERE" in error[2] or "Finance" in error[2]} == {
        ("broken_reference", "reg/data_set/a", "department_code: NOWHERE"),
        ("broken_reference", "chat/group/g", "owner_department: NOWHERE"),
    }
    assert len(found.errors) == 2


def test_a_head_counts_from_the_first_instant_until_the_last():
    heads = (
        Head(person="hr/person/E1", until_at=AS_OF, acting="no"),
        Head(person="hr/person/E2", from_at=AS_OF, acting="no"),
    )
    space = related(source("hr", HR, person("E1"), person("E2"), department("FIN", heads=heads)))

    assert space.records["department"]["hr/department/FIN"]["head"] == ["hr/person/E2"]


def test_the_register_says_what_the_platform_does_not():
    entry = RegisterEntry.make(
        uid="groups/register_entry/r",
        kind="group",
        subject="key:r",
        subject_key="r",
        purpose="Budget",
        label="confidential",
        manager="key:a",
    )
    space = related(
        source("hr", HR, person("E1"), department("FIN")),
        source(
            "chat",
            CHAT,
            account("a"),
            link("a", "E1"),
            group("r", name="Budget", purpose="", purpose_origin="native"),
        ),
        source("groups", ("register_entry",), entry, kind="register:groups"),
    )

    found = space.records["group"]["chat/group/r"]
    assert (found["purpose"], found["purpose_origin"], found["label"]) == (
        "Budget",
        "register",
        "confidential",
    )
    assert (found["owners"], found["owner_origin"]) == (["chat/account/a"], "register")
    assert found["department_code"] == "FIN"


def test_a_register_that_failed_leaves_its_fields_unknown():
    broken = source("groups", ("register_entry",), kind="register:groups", completeness="failed")
    space = related(
        source("hr", HR, department("FIN")), source("chat", CHAT, group("r", name="x", purpose="y")), broken
    )

    unknown = space.records["group"]["chat/group/r"]["unknown"]
    assert (unknown["label"], unknown["scope"], unknown["owners"]) == ("source_failed",) * 3
    assert "purpose" not in unknown


def test_an_outsider_without_an_entry_in_a_complete_register_has_no_sponsor():
    space = related(
        source("chat", CHAT, account("g", kind="guest"), group("r", name="x"), membership("r", "g")),
        source("sponsors", ("register_entry",), kind="register:sponsors"),
    )

    found = space.records["membership"]["chat/membership/r/g"]
    assert found["external"] == "yes"
    assert "sponsor" not in found
    assert "sponsor" not in found["unknown"]


def test_of_an_outsider_without_any_register_the_sponsor_is_not_known():
    space = related(
        source("chat", CHAT, account("g", kind="guest"), group("r", name="x"), membership("r", "g"))
    )

    assert space.records["membership"]["chat/membership/r/g"]["unknown"]["sponsor"] == "not_collected"


def test_a_merged_departments_facts_lie_with_its_successor():
    hr = source(
        "hr",
        HR,
        person("E1", "OLD"),
        department("OLD", merged_into="NEW", valid_until=AS_OF),
        department("NEW"),
    )
    company = relate(Workspace.of([hr]), AS_OF)

    assert company.partition.home("hr/person/E1") == "NEW"
    assert company.partition.codes() == ["NEW", "_company"]


def test_a_renamed_department_keeps_its_people():
    hr = source("hr", HR, person("E1", "OLD"), department("NEW", renamed_from=("OLD",)))

    assert relate(Workspace.of([hr]), AS_OF).partition.home("hr/person/E1") == "NEW"


def test_a_uid_that_comes_twice_is_listed_and_makes_its_type_partial():
    space = Workspace.of([source("hr", HR, person("E1"), person("E1"))])

    assert [kind for kind, _, _ in space.errors] == ["double_uid"]
    assert space.state("person") == "partial"


def test_what_a_shard_refers_to_elsewhere_is_in_its_context():
    hr = source(
        "hr",
        HR,
        person("E1", "IT"),
        person("E2", "FIN", manager="key:E1"),
        department("FIN"),
        department("IT"),
    )
    company = relate(Workspace.of([hr]), AS_OF)

    context = company.partition.context("FIN", company.partition.shards()["FIN"])
    assert [row["uid"] for row in context["people"]] == ["hr/person/E1"]


def test_what_a_closed_account_is_still_a_member_of_is_in_the_context_of_its_shard():
    hr = source("hr", HR, person("E1", "FIN"), department("FIN"), department("IT"))
    chat = source(
        "chat",
        CHAT,
        account("closed", state="deactivated", department_code="FIN"),
        account("open", state="active", department_code="FIN"),
        group("r", name="x", owner_department="IT"),
        membership("r", "closed"),
        membership("r", "open"),
    )
    partition = relate(Workspace.of([hr, chat]), AS_OF).partition

    context = partition.context("FIN", partition.shards()["FIN"])
    assert [row["uid"] for row in context["memberships"]] == ["chat/membership/r/closed"]
    assert [row["uid"] for row in context["groups"]] == ["chat/group/r"]
    assert partition.context("IT", partition.shards()["IT"])["memberships"] == []


def test_a_weak_link_is_in_the_context_of_the_department_of_whom_it_names():
    space = Workspace.of(
        (
            source("hr", HR, person("E1"), department("FIN")),
            source("chat", CHAT, account("a"), link("a", "E1", "weak")),
        )
    )
    partition = relate(space, AS_OF).partition
    context = partition.context("FIN", partition.shards()["FIN"])

    assert [row["uid"] for row in context["identity_links"]] == ["chat/identity_link/a-E1"]
    assert [row["uid"] for row in context["accounts"]] == ["chat/account/a"]


def test_a_training_of_which_nobody_knows_whose_it_is_is_in_the_context_of_every_shard():
    hr = source("hr", HR, person("E1"), department("FIN"), department("IT"))
    trained = [
        TrainingRecord.make(uid=f"lms/training_record/{name}", course="key:C1", person=whose, unknown=unknown)
        for name, whose, unknown in (
            ("known", "key:E1", {}),
            ("lost", None, {"person": "unparsable"}),
            ("stranger", "key:E9", {}),
        )
    ]
    partition = relate(Workspace.of([hr, source("lms", ("training_record",), *trained)]), AS_OF).partition
    shards = partition.shards()

    lost = ["lms/training_record/lost", "lms/training_record/stranger"]
    assert {code: [row["uid"] for row in shard["training_records"]] for code, shard in shards.items()} == {
        "FIN": ["lms/training_record/known"],
        "IT": [],
        "_company": lost,
    }
    assert {
        code: [row["uid"] for row in partition.context(code, shard)["training_records"]]
        for code, shard in shards.items()
    } == {"FIN": lost, "IT": lost, "_company": []}


def test_a_host_that_two_inventories_see_is_one():
    seen = {"name": "pc1", "serves": (), "managed": "yes"}
    one = Host.make(uid="a/host/1", last_seen_at="2026-09-01T00:00:00Z", firewall_active="yes", **seen)
    other = Host.make(
        uid="b/host/1",
        last_seen_at="2026-09-02T00:00:00Z",
        firewall_active="no",
        disk_encrypted="yes",
        **seen,
    )
    install = SoftwareInstall.make(uid="b/software_install/1", host="b/host/1", name="x")
    space = related(source("a", ("host",), one), source("b", ("host", "software_install"), other, install))

    (host,) = space.all("host")
    assert (host["uid"], host["last_seen_at"], host["disk_encrypted"]) == (
        "a/host/1",
        "2026-09-02T00:00:00Z",
        "yes",
    )
    assert (host["firewall_active"], host["unknown"]["firewall_active"]) == ("unknown", "ambiguous")
    assert space.records["software_install"]["b/software_install/1"]["host"] == "a/host/1"


def test_a_tool_that_no_register_knows_is_called_alike_whoever_sees_it_first():
    def seen(inventory: str) -> Collected:
        tool = Application.make(
            uid=f"{inventory}/application/wechat",
            product="wechat",
            name="WeChat",
            origin="catalogue",
            exception_approvals=(),
        )
        host = Host.make(uid=f"{inventory}/host/{inventory}", name=inventory)
        install = SoftwareInstall.make(
            uid=f"{inventory}/software_install/1", host=host.uid, name="x", application="key:wechat"
        )
        return source(inventory, ("host", "software_install"), tool, host, install)

    space = related(seen("a"), seen("b"))

    assert [row["uid"] for row in space.all("application")] == ["catalogue/application/wechat"]
    assert {row["application"] for row in space.all("software_install")} == {"catalogue/application/wechat"}


def test_what_a_platform_says_of_a_group_stays_where_the_register_failed():
    groups = source("groups", ("register_entry",), kind="register:groups", completeness="failed")
    space = related(source("chat", CHAT, group("g", owner_department="FIN"), group("h")), groups)

    told, other = space.records["group"]["chat/group/g"], space.records["group"]["chat/group/h"]
    assert told["owner_department"] == "FIN"
    assert "owner_department" not in told["unknown"]
    assert other["unknown"]["owner_department"] == "source_failed"


def test_who_is_in_the_group_could_read_what_was_posted_there():
    posts = [
        Announcement.make(
            uid=f"reg/announcement/{name}",
            number=name,
            audience="group",
            audience_departments=(),
            published_at="2026-08-05T02:00:00Z",
            group=f"chat/group/{name}" if name != "portal" else None,
            unknown={"group": "stale"} if name == "nobody knows where" else {},
        )
        for name in ("colleagues", "guest", "guest since", "perhaps", "portal", "nobody knows where")
    ]
    posts[-1] = posts[-1].model_copy(update={"group": None})
    rows = (
        membership("colleagues", "li", external="no"),
        membership("guest", "li", external="no"),
        membership("guest", "out", external="yes"),
        membership("guest since", "out", external="yes", joined_at="2026-08-05T02:00:01Z"),
        membership("perhaps", "who", unknown={"external": "not_supported"}),
    )
    space = related(
        source(
            "chat",
            ("account", "group", "membership"),
            *(group(name) for name in ("colleagues", "guest", "guest since", "perhaps")),
            *(account(login) for login in ("li", "out", "who")),
            *rows,
        ),
        source("reg", ("announcement",), *posts),
    )

    found = space.records["announcement"]
    assert {uid.rpartition("/")[2]: row["outsiders"] for uid, row in found.items()} == {
        "colleagues": "no",
        "guest": "yes",
        "guest since": "unknown",
        "perhaps": "unknown",
        "portal": "no",
        "nobody knows where": "unknown",
    }
    assert found["reg/announcement/perhaps"]["unknown"]["outsiders"] == "not_supported"
    assert found["reg/announcement/guest since"]["unknown"]["outsiders"] == "ambiguous"


def test_where_not_all_members_are_known_nobody_is_known_to_be_none():
    post = Announcement.make(
        uid="reg/announcement/a", number="a", audience_departments=(), group="chat/group/g"
    )
    space = related(
        source(
            "chat",
            ("account", "group", "membership"),
            group("g"),
            account("li"),
            membership("g", "li", external="no"),
            completeness="partial",
        ),
        source("reg", ("announcement",), post),
    )

    row = space.records["announcement"]["reg/announcement/a"]
    assert (row["outsiders"], row["unknown"]["outsiders"]) == ("unknown", "source_partial")
