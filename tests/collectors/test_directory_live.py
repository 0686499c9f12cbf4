"""Real directories: collected live, recorded, and replayed to the same bytes."""

import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from directories import BASE, PASSWORD, openldap, person, samba
from entries import add, bonsai, change, client, quoted

from collectors import Moment, Source, live
from collectors.directory import DirectoryCollector, DirectoryOptions
from collectors.directory.port import Bonsai, Sign
from collectors.directory.searches import members, searches
from collectors.directory.transport import LdapTransport
from collectors.transport import Recorded, RecordingFolder, ReplayTransport, Stripped
from engine.errors import AccessError, SourceError

_MOMENT = Moment("2026-12-31T15:59:59Z", ZoneInfo("Asia/Shanghai"))
_USERS = f"CN=Users,{BASE}"
_READER = f"CN=audit.reader,{_USERS}"
_GLOBAL = 2
"""A type of group without the bit for rights."""


def _seed(server):
    with client(server).connect() as it:
        add(it, f"OU=Services,{BASE}", "organizationalUnit")
        for number, name in enumerate(("zhang.wei", "wang.fang", "li.na", "chen.jie", "liu.yang"), start=1):
            add(
                it, f"CN={name},{_USERS}", "user", sAMAccountName=name, unicodePwd=quoted(PASSWORD), userAccountControl=512,
                employeeID=f"E000{number}", department="FIN", mail=f"canary.{name}@corp.test",
            )  # fmt: skip
        add(
            it,
            _READER,
            "user",
            sAMAccountName="audit.reader",
            unicodePwd=quoted(PASSWORD),
            userAccountControl=512,
        )
        service = f"CN=svc.backup,OU=Services,{BASE}"
        add(
            it,
            service,
            "user",
            sAMAccountName="svc.backup",
            unicodePwd=quoted(PASSWORD),
            userAccountControl=66048,
        )
        change(it, f"CN=wang.fang,{_USERS}", userAccountControl=514)
        change(it, f"CN=li.na,{_USERS}", accountExpires=134000000000000000)
        change(it, f"CN=chen.jie,{_USERS}", pwdLastSet=0)
        group = {"groupType": _GLOBAL, "description": "2027 budget"}
        add(
            it,
            f"CN=finance,{_USERS}",
            "group",
            sAMAccountName="finance",
            member=[f"CN=li.na,{_USERS}"],
            **group,
        )
        add(
            it, f"CN=budget,{_USERS}", "group", sAMAccountName="budget", managedBy=f"CN=zhang.wei,{_USERS}",
            member=[f"CN=zhang.wei,{_USERS}", f"CN=finance,{_USERS}"], **group,
        )  # fmt: skip
        change(it, f"CN=finance,{_USERS}", member=[f"CN=li.na,{_USERS}", f"CN=budget,{_USERS}"])
        add(it, f"CN=tier0,{_USERS}", "group", sAMAccountName="tier0", member=[f"CN=liu.yang,{_USERS}"])
        change(it, f"CN=Domain Admins,{_USERS}", member=[f"CN=Administrator,{_USERS}", f"CN=tier0,{_USERS}"])
    with client(server, f"CN=zhang.wei,{_USERS}", PASSWORD).connect():
        pass
    for _ in range(3):
        with pytest.raises(bonsai.AuthenticationError):
            client(server, f"CN=liu.yang,{_USERS}", "wrong").connect()


@pytest.fixture(scope="module")
def domain(tmp_path_factory):
    with samba(tmp_path_factory.mktemp("samba")) as server:
        _seed(server)
        yield server


def _source(server, **options) -> Source:
    given = {
        "url": server.url,
        "ca_file": server.ca_file,
        "bind_dn": _READER,
        "base": BASE,
        "service_bases": (f"OU=Services,{BASE}",),
    }
    return Source("ad", "AD", DirectoryOptions.model_validate(given | options))


def _collect(source, password=PASSWORD, record=None):
    collector = DirectoryCollector()
    with live(collector, source, password, Path()) as transport:
        return collector.collect(source, Recorded(transport, record) if record else transport, _MOMENT)


@pytest.fixture(scope="module")
def recording(domain, tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded") / "ad"
    with RecordingFolder(folder) as written:
        return folder, _collect(_source(domain), record=written)


def _accounts(collected):
    return {fact.login: fact.record() for fact in collected.facts if fact.entity == "account"}


def test_the_domain_is_complete_and_every_state_is_told_apart(recording):
    collected = recording[1]

    assert collected.report.problems == ()
    assert collected.report.completeness == "complete"
    accounts = _accounts(collected)
    assert collected.report.expected["account"] == len(accounts)
    told = {name: (account["kind"], account["state"]) for name, account in accounts.items()}
    assert {name: one for name, one in told.items() if not name.startswith("dns-")} == {
        "Administrator": ("service", "active"),
        "Guest": ("guest", "deactivated"),
        "audit.reader": ("human", "active"),
        "chen.jie": ("human", "active"),
        "krbtgt": ("service", "deactivated"),
        "li.na": ("human", "deactivated"),
        "liu.yang": ("human", "locked"),
        "svc.backup": ("service", "active"),
        "wang.fang": ("human", "deactivated"),
        "zhang.wei": ("human", "active"),
    }


def test_zeros_and_absent_times_are_not_dates(recording):
    accounts = _accounts(recording[1])

    assert accounts["zhang.wei"]["last_activity"]["state"] == "at"
    assert accounts["zhang.wei"]["last_activity"]["precision_s"] == 14 * 86400
    assert accounts["svc.backup"]["last_activity"] == {"state": "unknown"}
    assert accounts["svc.backup"]["unknown"]["last_activity"] == "not_supported"
    assert "password_changed_at" in accounts["chen.jie"]["unknown"]
    assert len(accounts["zhang.wei"]["password_changed_at"]) == 20
    assert [name for name, account in accounts.items() if "expires_at" in account] == ["li.na"]
    assert accounts["li.na"]["deactivated_at"] == accounts["li.na"]["expires_at"]


def test_who_administers_is_found_through_groups_in_groups(recording):
    accounts = _accounts(recording[1])

    assert sorted(name for name, account in accounts.items() if account["privileged"] == "yes") == [
        "Administrator",
        "liu.yang",
    ]
    assert accounts["zhang.wei"]["privileged"] == "no"


def test_lists_for_mail_are_groups_and_groups_of_rights_are_none(recording):
    facts = recording[1].facts
    groups = {fact.name: fact.record() for fact in facts if fact.entity == "group"}
    logins = {fact.uid: fact.login for fact in facts if fact.entity == "account"}
    via = {
        (groups_name, logins[fact.account]): fact.via
        for fact in facts
        if fact.entity == "membership"
        for groups_name, group in groups.items()
        if group["uid"] == fact.group
    }

    assert sorted(groups) == ["budget", "finance"]
    assert [logins[uid] for uid in groups["budget"]["owners"]] == ["zhang.wei"]
    assert groups["finance"]["owners"] == ()
    assert via == {
        ("budget", "zhang.wei"): "direct",
        ("budget", "li.na"): "nested",
        ("finance", "li.na"): "direct",
        ("finance", "zhang.wei"): "nested",
    }


def test_an_account_is_linked_by_its_employee_number_and_the_readers_own_is_marked(recording):
    accounts = _accounts(recording[1])
    people = {fact.account: fact.person for fact in recording[1].facts if fact.entity == "identity_link"}

    assert {
        name: people.get(account["uid"]) for name, account in accounts.items() if account["uid"] in people
    } == {
        name: f"key:E000{number}"
        for number, name in enumerate(("zhang.wei", "wang.fang", "li.na", "chen.jie", "liu.yang"), start=1)
    }
    assert [name for name, account in accounts.items() if account["is_collector"] == "yes"] == [
        "audit.reader"
    ]


def test_a_replayed_recording_gives_the_same_bytes_and_holds_no_secret_and_no_address(domain, recording):
    folder, collected = recording

    replayed = DirectoryCollector().collect(_source(domain), ReplayTransport(folder), _MOMENT)

    assert replayed.model_dump_json() == collected.model_dump_json()
    files = [path.read_text() for path in sorted(folder.iterdir())]
    assert len(files) > 5
    assert [text for text in [*files, collected.model_dump_json()] if re.search("canary", text)] == []


def test_a_renamed_account_stays_the_same(domain, recording):
    before = _accounts(recording[1])["svc.backup"]["uid"]
    with client(domain).connect() as it:
        entry = it.search(
            f"CN=svc.backup,OU=Services,{BASE}", bonsai.LDAPSearchScope.BASE, "(objectClass=*)"
        )[0]
        entry.rename(f"CN=svc.store,OU=Services,{BASE}")

    assert _accounts(_collect(_source(domain)))["svc.backup"]["uid"] == before


def test_starttls_delivers_the_same_and_a_strange_authority_is_refused(domain, recording):
    over_starttls = _collect(_source(domain, url=domain.starttls))

    assert set(_accounts(over_starttls)) == set(_accounts(recording[1]))
    for url in (domain.url, domain.starttls):
        with pytest.raises(SourceError, match="certificate is not trusted"):
            _collect(_source(domain, url=url, ca_file=domain.strange_ca))


def test_a_wrong_password_and_a_closed_account_are_refused_in_words(domain):
    for user, password in ((_READER, "wrong"), (f"CN=wang.fang,{_USERS}", PASSWORD)):
        with pytest.raises(AccessError, match="is wrong, or the account is closed"):
            _collect(_source(domain, bind_dn=user), password)


class Ranging:
    """The domain controller, asked for so many members at a time.

    Active Directory hands out no more than 1500 values of an attribute at once (`MaxValRange`); Samba hands out all of
    them, of 1600 too, unless it is asked for a range. It is asked here as Active Directory would answer, and cuts the
    lists and names the ranges itself.
    """

    def __init__(self, directory, most):
        self._directory, self._most = directory, most
        self.asked = []

    def pages(self, search):
        attributes = tuple(self._cut(name) for name in search.attributes)
        self.asked += [name for name in attributes if name.startswith("member;")]
        return self._directory.pages(replace(search, attributes=attributes))

    def _cut(self, name):
        start = 0 if name == "member" else int(name[13:-2]) if name.startswith("member;range=") else None
        return name if start is None else f"member;range={start}-{start + self._most - 1}"

    def close(self):
        self._directory.close()


@pytest.mark.parametrize("most", [1, 2, 3])
def test_lists_of_members_that_come_in_ranges_are_the_same_to_the_end(domain, recording, most):
    source, collector, answers = _source(domain), DirectoryCollector(), []
    opened = Ranging(Bonsai(Sign(domain.url, _READER, PASSWORD, domain.ca_file, 60)), most)
    transport = LdapTransport(lambda: opened, searches(source.options))

    def stripped(request, response):
        found = collector.strip(source, request, response)
        answers.append(found.body.decode())
        return found

    collected = collector.collect(source, Stripped(transport, stripped), _MOMENT)
    transport.close()

    def told(found, entity):
        return [fact.record() for fact in found.facts if fact.entity == entity]

    assert collected.report.problems == ()
    assert told(collected, "group") == told(recording[1], "group")
    assert told(collected, "membership") == told(recording[1], "membership")
    privileged = {name for name, one in _accounts(collected).items() if one["privileged"] == "yes"}
    assert privileged == {"Administrator", "liu.yang"}
    assert any(f'"member;range=0-{most - 1}"' in answer for answer in answers)
    assert f"member;range={most}-{2 * most - 1}" in opened.asked
    assert any(re.search(r'"member;range=[1-9]\d*-\*"', answer) for answer in answers)


def test_a_range_from_a_place_on_is_the_rest_of_the_list(domain):
    source, collector = _source(domain), DirectoryCollector()
    with live(collector, source, PASSWORD, Path()) as transport:
        answer = transport.fetch(members(f"CN=budget,{_USERS}", 1)).body.decode()

    assert "member;range=1-*" in answer
    assert answer.count("CN=") >= 2


_REFERRAL = (
    "dn: ou=branch,dc=corp,dc=test\nobjectClass: referral\nobjectClass: extensibleObject\nou: branch\n"
    "ref: ldap://branch.corp.test/ou=branch,dc=corp,dc=test\n\n"
)


def test_openldap_hides_a_field_and_refers_elsewhere_and_both_are_told(tmp_path):
    hidden = "dn: ou=hidden,dc=corp,dc=test\nobjectClass: organizationalUnit\nou: hidden\n\n"
    reader = person("reader", 3, userPassword=PASSWORD)
    ldif = (
        hidden + person("chen", 1, employeeID="E0001") + person("wang", 2, "ou=hidden,") + reader + _REFERRAL
    )
    with openldap(tmp_path, ldif) as server:
        source = _source(server, bind_dn="cn=reader,dc=corp,dc=test", base="dc=corp,dc=test", groups="none")
        first, again = _collect(source), _collect(source)
    accounts = _accounts(again)

    assert (accounts["chen"]["state"], accounts["wang"]["state"]) == ("active", "unknown")
    assert accounts["wang"]["unknown"]["state"] == "not_permitted"
    assert again.report.completeness == "partial"
    assert [problem for problem in again.report.problems if "branch.corp.test" in problem]
    # the directory keeps the last bind, which the first collection was
    assert accounts["reader"]["last_activity"]["state"] == "at"
    assert set(_accounts(first)) == set(accounts)


def test_a_directory_that_gives_no_more_than_its_limit_is_partial_and_without_one_all_pages_come(tmp_path):
    ldif = "".join(person(f"user{number}", number) for number in range(1, 706))
    reader = person("reader", 900, userPassword=PASSWORD)
    options = {"base": "dc=corp,dc=test", "groups": "none"}
    with openldap(tmp_path, ldif + reader, limit=600) as server:
        limited = _collect(_source(server, bind_dn="cn=reader,dc=corp,dc=test", **options)).report
        whole = _collect(_source(server, bind_dn=server.admin, **options), server.password).report

    assert limited.completeness == "partial"
    assert "accounts: the directory's size limit cut the list short" in limited.problems
    assert limited.received["account"] < 706
    assert (whole.completeness, whole.received["account"]) == ("complete", 706), whole.problems
