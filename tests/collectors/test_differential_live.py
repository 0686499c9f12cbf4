"""One company in a domain, a chat server, a SCIM service and HR's roster at once: collected live, audited, and as its key says."""

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from chatserver import running
from contract import SECRET
from differential import add_second_account, fill_chat, fill_domain, fill_service, write_company
from directories import PASSWORD, samba
from scimserver import serving

KEY = yaml.safe_load(Path(__file__).with_name("differential_key.yaml").read_text("utf-8"))
DEPARTMENTS = ("FIN", "IT", "_company")


@pytest.fixture(scope="module")
def audited(opa, clausewise, tmp_path_factory):
    """The folder with `snapshot` and `run`; the servers are gone again."""
    folder = tmp_path_factory.mktemp("company")
    places = [tmp_path_factory.mktemp(name) for name in ("domain", "chat", "service")]
    with (
        samba(places[0]) as domain,
        running(places[1], allow_guest_access=True) as chat,
        serving(places[2]) as service,
    ):
        ids = fill_domain(domain)
        fill_chat(chat)
        fill_service(service, ids)
        add_second_account(domain)
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
        configuration = write_company(folder, domain, chat, service, today)
        secrets = {"DOMAIN_SECRET": PASSWORD, "CHAT_SECRET": chat.token, "ID_SECRET": SECRET}
        collected = clausewise(
            *("collect", "-c", configuration, "--into", folder / "snapshot", "--as-of", today),
            environment=secrets,
        )
        assert collected.returncode == 0, collected.stderr
    (folder / "said").write_text(collected.stderr, "utf-8")
    words = ("--into", folder / "run", "--engine", "opa", "--first-run")
    done = clausewise("audit", folder / "snapshot", *words, environment={"CLAUSEWISE_OPA": str(opa)})
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def called(audited):
    """Uid -> what the key calls it."""
    rows = defaultdict(list)
    for path in sorted((audited / "snapshot" / "facts").rglob("*.json")):
        shard = json.loads(path.read_bytes())
        for kind in ("accounts", "groups", "memberships"):
            rows[kind] += shard.get(kind, [])
    logins = {row["uid"]: row["login"].removeprefix("@").partition(":")[0] for row in rows["accounts"]}
    # two names that the systems chose themselves: of a guest in the chat, and of an account with the machine's name in it
    guests = {
        row["uid"] for row in rows["accounts"] if row["kind"] == "guest" and row["source_system"] == "chat"
    }
    logins |= dict.fromkeys(guests, "guest")
    logins |= {uid: "dns" for uid, login in logins.items() if login.startswith("dns-")}
    groups = {row["uid"]: row["name"] for row in rows["groups"]}
    source = {uid: uid.partition("/")[0] for uid in [*logins, *groups]}
    return {uid: f"{source[uid]}/{name}" for uid, name in [*logins.items(), *groups.items()]} | {
        row["uid"]: f"{groups[row['group']]}: {logins[row['account']]}" for row in rows["memberships"]
    }


def _lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _sorted(by_check):
    return {check: sorted(subjects) for check, subjects in by_check.items()}


def test_all_four_systems_were_read_completely(audited):
    manifest = json.loads((audited / "snapshot" / "manifest.json").read_bytes())

    told = {source["id"]: (source["completeness"], source["problems"]) for source in manifest["sources"]}
    assert {name: told[name] for name in ("hr", "ad", "chat", "id")} == dict.fromkeys(
        ("hr", "ad", "chat", "id"), ("complete", [])
    )


def test_people_are_found_by_number_by_id_and_by_the_directorys_id(audited):
    links = [
        link
        for path in (audited / "snapshot" / "facts").rglob("*.json")
        for link in json.loads(path.read_bytes()).get("identity_links", [])
    ]

    found = {(link["account"].partition("/")[0], link["method"], link["strength"]) for link in links}
    assert found == {
        ("ad", "employee_no", "exact"),
        ("chat", "external_id", "exact"),
        ("id", "directory_guid", "exact"),
    }


def test_every_check_says_of_every_department_what_the_key_says(audited):
    found = defaultdict(dict)
    for row in _lines(audited / "run" / "results.jsonl"):
        found[row["check"]][row["department"]] = row["result"]
    silent = dict.fromkeys(DEPARTMENTS, "not_assessed")

    assert len(found) > len(KEY["results"])
    assert dict(found) == {check: KEY["results"].get(check, silent) for check in found}


def test_the_violations_are_those_of_the_key_and_no_others(audited, called):
    found = defaultdict(list)
    for finding in _lines(audited / "run" / "findings.jsonl"):
        found[finding["check"]] += [
            called.get(instance["subject"], instance["subject"]) for instance in finding["instances"]
        ]

    assert _sorted(found) == _sorted(KEY["violations"])


def test_what_the_systems_cannot_say_is_what_the_key_says(audited, called):
    found = defaultdict(list)
    for row in _lines(audited / "run" / "undecided.jsonl"):
        if row["check"] in KEY["results"] and row["check"] not in KEY["uncollected"]:
            found[row["check"]].append(called.get(row["subject"], row["subject"]))

    assert _sorted(found) == _sorted(KEY["undecided"])
