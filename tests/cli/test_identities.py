"""`clausewise identity`: whose account is it, and is it really one person's?"""

import csv
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import cli
from engine.cli.company import load_company
from engine.cli.identities import Row, identity_rows
from engine.errors import ConfigurationError
from engine.snapshot import open_snapshot

HOST = ":chat.qinglan.test"


def test_the_demo_tells_accounts_of_nobody_and_people_with_several(demo: Path, tmp_path: Path):
    done = CliRunner().invoke(
        cli, ["identity", str(demo / "snapshot"), "--into", str(tmp_path / "identity.csv")]
    )

    assert (done.exit_code, done.stderr) == (0, "1 holder_not_known, 4 person_has_several, 12 unlinked\n")
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0] == [
        "holder_not_known",
        "chat",
        f"@luo.yi{HOST}",
        "active",
        "_company",
        "-",
        "external_id:exact",
        "not_collected",
    ]
    assert [line[2].removesuffix(HOST) for line in lines if line[5] == "00014"] == [
        "@deng.xiaozhou.admin",
        "@deng.xiaozhou",
    ]
    written = (tmp_path / "identity.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(written.splitlines()))) == len(lines)
    assert f"'@luo.yi{HOST}" in written
    assert stat.S_IMODE((tmp_path / "identity.csv").stat().st_mode) == 0o600


def test_a_file_is_never_written_over(demo: Path, tmp_path: Path):
    (tmp_path / "there.csv").write_text("mine")
    done = CliRunner().invoke(
        cli, ["identity", str(demo / "snapshot"), "--into", str(tmp_path / "there.csv")]
    )

    assert done.exit_code == 2
    assert (tmp_path / "there.csv").read_text() == "mine"


def shard(*accounts: dict, links: tuple = ()) -> dict:
    return {
        "accounts": list(accounts),
        "identity_links": list(links),
        "people": [],
        "context": {"people": []},
    }


def account(uid: str, **fields) -> dict:
    return {
        "uid": uid,
        "source_system": "im",
        "login": uid,
        "kind": "human",
        "state": "active",
        "unknown": {},
        **fields,
    }


def link(account: str, person: str, strength: str, conflict: str = "no") -> dict:
    return {
        "uid": f"{account}{person}",
        "account": account,
        "person": person,
        "method": "email",
        "strength": strength,
        "conflict": conflict,
    }


def test_weak_and_contradictory_links_are_listed_and_shared_accounts_are_not(
    monkeypatch: pytest.MonkeyPatch, demo: Path
):
    made = shard(
        account("a", unknown={"holder": "ambiguous"}),
        account("b", unknown={"holder": "ambiguous"}),
        account("c", kind="shared"),
        account("d", holder="p"),
        links=(link("a", "p", "weak"), link("b", "p", "exact", "yes"), link("b", "q", "derived", "yes")),
    )
    snapshot = open_snapshot(demo / "snapshot")
    snapshot.manifest["counts"] = {"X": {}}
    monkeypatch.setattr("engine.cli.identities.load", lambda _: made)

    assert identity_rows(snapshot) == [
        Row("several_people", "im", "b", "active", "X", "p q", "email:derived email:exact", "ambiguous"),
        Row("weak_link", "im", "a", "active", "X", "p", "email:weak", "ambiguous"),
    ]


def test_a_wrong_rule_is_refused_with_its_line(tmp_path: Path):
    path = tmp_path / "company.yaml"
    path.write_text(
        "organisation: A\npolicy: {version: '1'}\nroles: {it: IT, hr: HR}\nsources:\n"
        "  - id: chat\n    type: synapse\n    url: https://x\n    collector_user: '@a:x'\n    login_rule: '@(.*):x'\n"
    )

    with pytest.raises(ConfigurationError, match=r"line 9.*login_rule.*needs a group"):
        load_company(path)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("login_of: ad, login_rule: '@(?P<employee_no>.*):x'", r"login_rule.*needs a group \(\?P<login>"),
        ("login_of: add, login_rule: '@(?P<login>.*):x'", "login_of: found 'add', did you mean ad"),
        ("login_of: chat, login_rule: '@(?P<login>.*):x'", "login_of: found 'chat'"),
        ("login_of: ad", "login_of: needs a login_rule"),
        ("directory_of: add", "directory_of: found 'add', did you mean ad"),
        ("directory_of: chat", "directory_of: found 'chat'"),
    ],
)
def test_a_login_in_another_source_needs_a_rule_that_finds_it_and_that_source(
    tmp_path: Path, rule: str, said: str
):
    path = tmp_path / "company.yaml"
    path.write_text(
        "organisation: A\npolicy: {version: '1'}\nroles: {it: IT, hr: HR}\nsources:\n"
        f"  - {{id: ad, type: dpkg, folder: x}}\n  - {{id: chat, type: dpkg, folder: x, {rule}}}\n"
    )

    with pytest.raises(ConfigurationError, match=said):
        load_company(path)


def test_a_source_with_a_rule_delivers_links(tmp_path: Path):
    path = tmp_path / "company.yaml"
    path.write_text(
        "organisation: A\npolicy: {version: '1'}\nroles: {it: IT, hr: HR}\nsources:\n"
        "  - {id: h, type: dpkg, folder: x}\n"
        "  - {id: i, type: dpkg, folder: x, login_rule: 'u(?P<employee_no>.*)'}\n"
    )

    plain, ruled = load_company(path).sources

    assert set(ruled.delivers) - set(plain.delivers) == {"identity_link"}
