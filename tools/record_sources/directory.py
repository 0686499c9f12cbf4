"""A real Active Directory, by Samba: the accounts of some of FIN, one of which nobody closed when she left."""

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

import bonsai

from fixtures.maker.people import BY_NUMBER, Member
from fixtures.maker.recorded import (
    DIRECTORY_ACCOUNTS,
    DIRECTORY_BASE,
    DIRECTORY_CLOSED,
    DIRECTORY_SINCE,
)
from tools.record_sources.clock import MORNING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import canary
from tools.record_sources.steady import renamed, steady_id
from tools.started.directories import Running, certificates, controller, provision
from tools.started.entries import add, change, client, quoted

SOURCE = "ad"

_MADE, _CLOSED = 512, 514
"""userAccountControl of an account that is open, and of one that is not."""


def record(work: Path) -> Path:
    """The domain is started anew for each time: to make accounts, to sign in, to be read."""
    home, folder = work / "home", work / "dc"
    home.mkdir()
    folder.mkdir()
    provision(home, "QINGLAN.TEST", "--max-pwd-age=0", env=_then("2026-01-12T01:00:00+00:00"))
    certificates(folder, 500, at("2026-01-12T01:00:00+00:00"))
    shutil.copytree(home / "d", folder / "d", symlinks=True)
    everybody = [BY_NUMBER[number] for number in DIRECTORY_ACCOUNTS]
    password = canary()

    def started(instant: str) -> AbstractContextManager[Running]:
        return controller(folder, home, DIRECTORY_BASE, _then(instant))

    with started(f"{DIRECTORY_SINCE}T02:00:00+00:00") as running, client(running).connect() as it:
        add(it, f"OU=Services,{DIRECTORY_BASE}", "organizationalUnit")
        add(it, _reader(), "user", **_account("audit.reader", password))
        for member in everybody:
            add(it, _dn(member), "user", **_account(member.login, password), **_described(member))
    # what somebody who has left did last; AD keeps this time, and may be 14 days behind
    with started("2026-06-12T02:00:00+00:00") as running:
        for member in everybody:
            client(running, _dn(member), password).connect().close()
    with started("2026-09-29T01:00:00+00:00") as running:
        with client(running).connect() as it:
            for member in everybody:
                if member.number in DIRECTORY_CLOSED:
                    change(it, _dn(member), userAccountControl=_CLOSED)
        for member in everybody:
            if not member.left:
                client(running, _dn(member), password).connect().close()
    with started(MORNING) as running:
        ids = _ids(running)
        made = collect(work, SOURCE, MORNING, password, url=running.url, ca_file=str(running.ca_file))
    return renamed(made, ids)


def _then(instant: str) -> dict[str, str]:
    # what stamps new entries is a module that else is bound past libfaketime
    return at(instant, "dc01") | {"LDB_MODULES_DISABLE_DEEPBIND": "1"}


def _account(login: str, password: str) -> dict[str, object]:
    return {"sAMAccountName": login, "unicodePwd": quoted(password), "userAccountControl": _MADE}


def _described(member: Member) -> dict[str, object]:
    return {
        "displayName": member.name,
        "employeeID": member.number,
        "department": "財務部",
        "title": member.position,
        "mail": f"canary.{member.login}@qinglan.test",
    }


def _dn(member: Member) -> str:
    return f"CN={member.login},CN=Users,{DIRECTORY_BASE}"


def _reader() -> str:
    return f"CN=audit.reader,OU=Services,{DIRECTORY_BASE}"


def _ids(running: Running) -> dict[str, str]:
    """The number of each account, as the recording has it -> one that stays."""
    names = ["sAMAccountName", "objectGUID"]
    with client(running).connect() as it:
        found = it.search(DIRECTORY_BASE, bonsai.LDAPSearchScope.SUB, "(objectClass=user)", names)
        return {
            one["objectGUID"][0].hex(): steady_id(SOURCE, one["sAMAccountName"][0]).bytes_le.hex()
            for one in found
        }
