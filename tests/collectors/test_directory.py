"""Directories: what each value means, and what becomes of lists that come in parts."""

import doctest
import json
import socket
import threading
from dataclasses import replace
from pathlib import Path

import certifi
import pytest
from contract import MOMENT, SECRET
from contracted.directory import CONTRACT, GROUPS, Tree, account, group
from pydantic import ValidationError

from collectors import Source
from collectors.directory import DirectoryCollector, DirectoryOptions, records
from collectors.directory.handshake import check
from collectors.directory.port import Page
from collectors.directory.transport import LdapTransport
from collectors.transport import Request, Response, Stripped
from engine.errors import AccessError, ConfigurationError, SourceError, UnparsableError

_GIVEN = CONTRACT.options.model_dump()
_MONTH = "134399341713699450"


def _collect(tree, members=None, **options):
    source = Source("src", "Source", DirectoryOptions.model_validate(_GIVEN | options))
    collector = DirectoryCollector()
    transport = collector.connect(source, SECRET, Path())
    assert isinstance(transport, LdapTransport)
    transport._connect = lambda: tree
    stripped = Stripped(transport, lambda request, response: collector.strip(source, request, response))
    return collector.collect(source, members(stripped) if members else stripped, MOMENT)


def _account(**values):
    options = values.pop("options", {})
    collected = _collect(Tree((account("zhao", 7, **values),), ()), **options)
    return next(fact.record() for fact in collected.facts if fact.entity == "account")


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(records).failed == 0


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "active"),
        ({"userAccountControl": "514"}, "deactivated"),
        ({"userAccountControl": "66082"}, "deactivated"),
        ({"msDS-User-Account-Control-Computed": "16"}, "locked"),
        ({"userAccountControl": "514", "msDS-User-Account-Control-Computed": "16"}, "deactivated"),
        ({"userAccountControl": "528"}, "active"),
        ({"msDS-User-Account-Control-Computed": "8388608"}, "active"),
        ({"accountExpires": "0"}, "active"),
        ({"accountExpires": "134000000000000000"}, "deactivated"),
    ],
)
def test_whether_an_account_can_be_used_is_a_bit_a_computed_bit_and_a_date(values, state):
    assert _account(**values)["state"] == state


@pytest.mark.parametrize(
    ("values", "options", "activity"),
    [
        (
            {"lastLogonTimestamp": _MONTH},
            {},
            {"state": "at", "at": "2026-11-23T19:02:51Z", "precision_s": 1209600, "kind": "login"},
        ),
        ({"lastLogonTimestamp": "0"}, {}, {"state": "unknown"}),
        ({"lastLogonTimestamp": None}, {}, {"state": "unknown"}),
        ({"lastLogonTimestamp": None}, {"logon_times_since": "2026-03-01"}, {"state": "unknown"}),
        (
            {"lastLogonTimestamp": None},
            {"logon_times_since": "2026-02-01"},
            {"state": "never", "basis": "no lastLogonTimestamp since the account was made"},
        ),
        (
            {"lastLogonTimestamp": None, "pwdLastSuccess": "20260801000000.5Z"},
            {},
            {"state": "at", "at": "2026-08-01T00:00:00Z", "precision_s": 0, "kind": "login"},
        ),
    ],
)
def test_no_time_of_a_sign_in_is_not_never(values, options, activity):
    assert _account(**values, options=options)["last_activity"] == activity


@pytest.mark.parametrize(
    ("values", "options", "kind"),
    [
        ({}, {"service_bases": None}, "human"),
        ({"employeeID": None}, {"service_bases": None}, "unknown"),
        ({"employeeID": None}, {}, "human"),
        ({"employeeID": None}, {"service_bases": ["dc=corp, dc=test"]}, "service"),
        ({"isCriticalSystemObject": "TRUE"}, {}, "service"),
    ],
)
def test_what_uses_an_account_is_told_by_its_place(values, options, kind):
    found = _account(**values, options=options)

    assert (found["kind"], found["unknown"].get("kind")) == (kind, "ambiguous" if kind == "unknown" else None)


@pytest.mark.parametrize(("field", "name"), [("whenCreated", "created_at"), ("accountExpires", "expires_at")])
def test_a_value_of_another_shape_is_unknown_and_reported(field, name):
    collected = _collect(Tree((account("zhao", 7, **{field: "soon"}),), ()))

    assert _of(collected, "account")[0]["unknown"][name] == "unparsable"
    assert [word for word in collected.report.unmapped if word.startswith(f"account.{name}: ")]


def test_a_department_that_nobody_has_is_not_kept_and_one_that_some_have_is_missing_elsewhere():
    nobody = _account()
    some = Tree((account("li.na", 2, department="財務部"), account("zhao", 7)), ())
    stated = {
        one["login"]: one["department_code"]
        for one in _of(_collect(some, department_codes={"財務部": "FIN"}), "account")
    }

    assert nobody["unknown"]["department_code"] == nobody["unknown"]["position"] == "not_collected"
    assert stated == {"li.na": "FIN", "zhao": ""}


def test_without_a_group_of_administrators_nobody_is_known_to_be_none():
    assert _account()["privileged"] == "unknown"


def test_a_group_of_administrators_that_was_cut_short_clears_nobody():
    cut = lambda name, _number, page: replace(page, status=4) if name == "groups" else page  # noqa: E731
    tree = Tree(groups=(group("ops", 12, "li.na"),), change=cut)

    accounts = {
        one["login"]: one["privileged"] for one in _of(_collect(tree, admin_groups=["ops"]), "account")
    }

    assert accounts == {"audit": "unknown", "li.na": "yes", "wang.fang": "unknown"}


class _Ranges:
    """A directory that gives one member at a time."""

    def __init__(self, transport, breaks_at=99):
        self.transport, self.breaks_at = transport, breaks_at

    def fetch(self, request):
        if request.key != "members":
            return self.transport.fetch(request)
        start = int(dict(request.query)["from"])
        if start == self.breaks_at:
            raise SourceError("the connection was cut")
        name, end = (("li.na", start), ("wang.fang", "*"))[start - 1]
        values = {f"member;range={start}-{end}": [f"CN={name},DC=corp,DC=test"]}
        answer = {"entries": [{"dn": "CN=budget", "values": values}], "references": [], "last": True}
        return Response(json.dumps(answer).encode(), "2026-10-01T01:00:00Z")


_LONG = group("budget", 11, **{"member;range=0-0": (b"CN=audit,DC=corp,DC=test",)})


def test_a_long_list_of_members_is_read_range_by_range():
    collected = _collect(Tree(groups=(_LONG,)), _Ranges)

    assert [one["member_count"] for one in _of(collected, "group")] == [3]
    assert len(_of(collected, "membership")) == 3
    assert collected.report.completeness == "complete"


def test_a_list_of_members_that_breaks_off_has_no_number_and_the_source_is_partial():
    collected = _collect(Tree(groups=(_LONG,)), lambda transport: _Ranges(transport, 2))

    assert [one["unknown"]["member_count"] for one in _of(collected, "group")] == ["source_partial"]
    assert collected.report.completeness == "partial"


def test_a_member_that_is_no_account_is_told_and_the_list_is_not_whole():
    report = _collect(Tree(groups=(group("budget", 11, "li.na", "contact"),))).report

    assert report.completeness == "partial"
    assert "cn=contact,dc=corp,dc=test" in report.problems[0]


@pytest.mark.parametrize(
    ("options", "kind", "names"),
    [
        ({}, -2147483646, []),
        ({}, 2, ["budget"]),
        ({"groups": "all"}, -2147483646, ["budget"]),
        ({"groups": "none"}, 2, []),
    ],
)
def test_a_group_of_rights_is_none_that_people_talk_in(options, kind, names):
    collected = _collect(Tree(groups=(group("budget", 11, "li.na", kind=kind),)), **options)

    assert [one["name"] for one in _of(collected, "group")] == names
    assert ("group" in collected.report.delivers) == (options != {"groups": "none"})


def test_a_reference_to_another_domain_makes_it_partial_and_one_to_its_own_parts_does_not():
    def refer(*urls):
        return lambda name, _number, page: replace(page, references=urls) if name == "accounts" else page

    own = "ldap://corp.test/DC=DomainDnsZones,DC=corp,DC=test"
    reports = [
        _collect(Tree(change=refer(*urls))).report.completeness
        for urls in ((own,), (own, "ldap://asia.corp.test/DC=asia,DC=corp,DC=test"))
    ]

    assert reports == ["complete", "partial"]


def test_a_list_that_breaks_off_is_partial_and_one_that_never_began_is_a_failure():
    def breaking(at):
        def change(name, number, page):
            if (name, number) == ("accounts", at):
                raise SourceError("the connection was cut")
            return page

        return Tree(change=change)

    assert _collect(breaking(1)).report.completeness == "partial"
    with pytest.raises(SourceError, match="was cut"):
        _collect(breaking(0))


def test_nobody_seen_is_not_nobody_there():
    report = _collect(Tree((), ())).report

    assert report.completeness == "partial"
    assert "no account is seen below DC=corp,DC=test" in report.problems[0]


def test_what_is_no_page_is_unparsable_and_leaves_nothing():
    collector = DirectoryCollector()
    bare = collector.strip(CONTRACT.source, Request("ldap", "accounts"), Response(b"canary", MOMENT.as_of))

    assert bare.body == b"{}"
    with pytest.raises(UnparsableError, match="found no page of entries"):
        records.listing("x", bare)


def test_pages_are_read_in_order_alone():
    transport = LdapTransport(Tree, CONTRACT.collector.connect(CONTRACT.source, SECRET, Path())._table)

    with pytest.raises(SourceError, match="page 3 does not follow"):
        transport.fetch(Request("ldap", "accounts", (("page", "3"),)))
    assert Page(()).status == 0


def test_no_password_is_refused_before_it_signs_in_as_nobody():
    with pytest.raises(ConfigurationError, match="no password of CN=audit"):
        DirectoryCollector().connect(CONTRACT.source, "", Path())


@pytest.mark.parametrize("url", ["https://dc1", "ldaps://", "ldaps://me:secret@dc1", "ldaps://dc1/DC=corp"])
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(ValidationError, match="an address like ldaps://"):
        DirectoryOptions.model_validate(_GIVEN | {"url": url})


@pytest.mark.parametrize(
    ("values", "state", "reason"),
    [
        ({"pwdAccountLockedTime": "20260801000000Z"}, "locked", None),
        ({}, "unknown", "not_supported"),
    ],
)
def test_an_openldap_entry_without_bits_tells_only_that_it_is_locked(values, state, reason):
    dn, shown = account("zhao", 7, userAccountControl=None, **values)
    shown = {name: value for name, value in shown.items() if name != "objectGUID"} | {
        "entryUUID": (b"5d1e6c1e-0000-4000-8000-000000000007",)
    }

    (found,) = _of(_collect(Tree(((dn, shown),), ())), "account")

    assert (found["state"], found["unknown"].get("state")) == (state, reason)
    assert found["uid"] == "src/account/5d1e6c1e-0000-4000-8000-000000000007"


def test_an_entry_without_a_key_is_told_and_no_fact():
    dn, shown = account("zhao", 7)
    keyless = {name: value for name, value in shown.items() if name != "objectGUID"}

    collected = _collect(Tree(((dn, keyless), account("li.na", 2)), ()))

    assert [one["login"] for one in _of(collected, "account")] == ["li.na"]
    assert collected.report.completeness == "partial"


@pytest.mark.parametrize("kind", [None, (b"odd",)])
def test_a_group_that_does_not_show_what_it_is_for_is_told(kind):
    dn, shown = GROUPS[0]
    others = {name: value for name, value in shown.items() if name != "groupType"}

    collected = _collect(Tree(groups=((dn, others | ({"groupType": kind} if kind else {})),)))

    assert _of(collected, "group") == []
    assert "does not show whether it is one for mail" in collected.report.problems[0]


def test_a_groups_manager_that_is_no_account_and_a_time_that_is_none_are_unknown():
    odd = group("budget", 11, managedBy=(b"CN=board,DC=corp,DC=test",), whenCreated=(b"soon",))

    (found,) = _of(_collect(Tree(groups=(odd,))), "group")

    assert (found["unknown"]["owners"], found["unknown"]["created_at"]) == ("ambiguous", "unparsable")


@pytest.mark.parametrize("broken", ["groups", "account_ids"])
def test_a_list_that_cannot_be_had_leaves_the_accounts_and_is_told(broken):
    def change(name, _number, page):
        if name == broken:
            raise SourceError("the search failed")
        return page

    collected = _collect(Tree(change=change))

    assert len(_of(collected, "account")) == 3
    assert collected.report.completeness == "partial"
    assert [problem for problem in collected.report.problems if "the search failed" in problem]


@pytest.mark.parametrize("broken", ["groups", "account_ids"])
def test_a_refusal_anywhere_is_one_of_the_source(broken):
    def change(name, _number, page):
        if name == broken:
            raise AccessError("may not search")
        return page

    with pytest.raises(AccessError):
        _collect(Tree(change=change))


def test_a_file_that_holds_no_certificate_is_named(tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")

    with pytest.raises(SourceError, match=r"ca\.pem: holds no certificate"):
        check("ldaps://127.0.0.1", tmp_path / "ca.pem", 1)


def test_a_server_that_offers_no_starttls_is_never_spoken_to_in_the_clear():
    refusal = bytes.fromhex("300c02010178070a013504000400")
    heard = []

    def serve(listener):
        with listener, listener.accept()[0] as connection:
            heard.append(connection.recv(4096))
            connection.sendall(refusal)
            heard.append(connection.recv(4096))

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, args=(listener,), daemon=True)
    thread.start()
    with pytest.raises(SourceError, match="offers no StartTLS"):
        check(f"ldap://127.0.0.1:{listener.getsockname()[1]}", Path(certifi.where()), 5)
    thread.join(5)

    assert b"1.3.6.1.4.1.1466.20037" in heard[0]
    assert heard[1:] == [b""]
