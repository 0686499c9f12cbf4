"""One small company in four systems at once: HR's roster, a domain, a chat server and a SCIM service.

Who is in it, and what is wrong with it, stands in `differential_key.yaml`; here it is only put in place. All dates are
counted from today, for the servers date everything themselves; each lies far from any threshold.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import yaml
from chatserver import NAME, PASSWORD, Synapse
from directories import BASE, Running
from directories import PASSWORD as DOMAIN_PASSWORD
from entries import add, bonsai, change, client, quoted
from scimserver import Scim

from collectors.registers.kinds import REGISTERS

USERS = f"CN=Users,{BASE}"
SERVICES = f"OU=Services,{BASE}"
READER = f"CN=audit.reader,{SERVICES}"

PEOPLE = {
    "E0001": ("zhang.wei", "FIN", "active"),
    "E0002": ("li.na", "FIN", "active"),
    "E0003": ("chen.jie", "FIN", "left 200"),
    "E0004": ("wang.fang", "FIN", "active"),
    "E0005": ("liu.yang", "FIN", "left 120"),
    "E0006": ("zhao.min", "FIN", "active"),
    "E0007": ("sun.li", "IT", "active"),
    "E0008": ("zhou.tao", "IT", "active"),
    "E0009": ("wu.gang", "IT", "left 150"),
    "E0010": ("zheng.hua", "IT", "active"),
    "E0011": ("feng.yu", "IT", "leave 30"),
    "E0012": ("he.ping", "IT", "active"),
}
"""Employee number -> login, department, and whether they are here: `left` and `leave` with days ago."""

REGISTERS_KEPT = ("service_accounts", "shared_accounts", "second_accounts", "groups", "sponsors", "transfers")
"""What the company keeps by hand; those of which nothing is planned are empty."""

_DISTRIBUTION = 2
_POST = "clerk"
_LOGINS = {number: login for number, (login, _, _) in PEOPLE.items()}


def fill_domain(server: Running) -> dict[str, str]:
    """Everybody but he.ping, with an administrator, closed accounts, programs' accounts and a list for mail.

    Returns:
        login -> the domain's own id of the account, as other systems keep it
    """
    with client(server).connect() as it:
        add(it, SERVICES, "organizationalUnit")
        for number, (login, department, _) in PEOPLE.items():
            if login != "he.ping":
                _add_person(it, login, number, department)
        for login in ("chen.jie", "liu.yang", "wu.gang"):
            change(it, f"CN={login},{USERS}", userAccountControl=514)
        for login in ("audit.reader", "svc.backup", "svc.forgotten"):
            _add_account(it, login, SERVICES)
        change(it, f"CN=Domain Admins,{USERS}", member=[f"CN=Administrator,{USERS}", f"CN=zhou.tao,{USERS}"])
        members = [f"CN={login},{USERS}" for login in ("li.na", "wang.fang", "liu.yang")]
        add(
            it, f"CN=fin-all,{USERS}", "group", sAMAccountName="fin-all", groupType=_DISTRIBUTION,
            mail="fin-all@corp.test", description="Notices to all of finance",
            managedBy=f"CN=zhang.wei,{USERS}", member=members,
        )  # fmt: skip
        found = it.search(
            USERS, bonsai.LDAPSearchScope.SUBTREE, "(objectClass=user)", ["sAMAccountName", "objectGUID"]
        )
    return {
        entry["sAMAccountName"][0]: str(uuid.UUID(bytes_le=entry["objectGUID"][0])).upper() for entry in found
    }


def add_second_account(server: Running) -> None:
    """A further account of zhao.min, made later than everything else by more than the second that the domain counts in."""
    with client(server).connect() as it:
        _add_person(it, "zhao.min.2", "E0006", "FIN")


def _add_person(connection, login: str, number: str, department: str) -> None:
    _add_account(connection, login, USERS, employeeID=number, department=department, title=_POST)


def _add_account(connection, login: str, where: str, **fields: str) -> None:
    secret = quoted(DOMAIN_PASSWORD)
    fields = {"sAMAccountName": login, "unicodePwd": secret, "userAccountControl": 512, **fields}
    add(connection, f"CN={login},{where}", "user", **fields)


def fill_chat(server: Synapse) -> None:
    """Everybody, a shared account, an account of nobody, an outsider as a guest, and two rooms."""
    for number, login in _LOGINS.items():
        known = [] if login == "he.ping" else [{"auth_provider": "hr", "external_id": number}]
        server.user(login, password=PASSWORD, displayname=login, external_ids=known)
    server.user("front.desk", password=PASSWORD, displayname="Front desk")
    for login in ("zhang.wei", "li.na", "chen.jie", "sun.li", "zheng.hua"):
        server.sign_in(login)
    guest = server.call("POST", "/_matrix/client/v3/register?kind=guest", body={})
    server.users["guest"] = guest["access_token"]
    invited = [f"@li.na:{NAME}", f"@chen.jie:{NAME}", guest["user_id"]]
    access = [{"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "can_join"}}]
    budget = server.room(
        "zhang.wei", "FIN-Budget", topic="Next year's budget", invite=invited, initial_state=access
    )
    for login in ("li.na", "chen.jie", "guest"):
        server.join(login, budget)
    oncall = server.room("sun.li", "IT-Oncall", invite=[f"@zheng.hua:{NAME}"])
    server.join("zheng.hua", oncall)
    for login in ("liu.yang", "wu.gang"):
        server.user(login, deactivated=True)


def fill_service(server: Scim, ids: Mapping[str, str]) -> None:
    """Five people, known by the domain's ids: one whose department is wrong, one who has left and is still open, one of whom nothing is said."""
    for login, department, state in (
        ("zhang.wei", "FIN", {"active": True}),
        ("li.na", "IT", {"active": True}),
        ("chen.jie", "FIN", {"active": False}),
        ("wu.gang", "IT", {"active": True}),
        ("zheng.hua", "IT", {}),
    ):
        server.user(login, externalId=ids[login], department=department, title=_POST, **state)


def write_company(folder: Path, domain: Running, chat: Synapse, service: Scim, today: date) -> Path:
    """HR's roster, four registers and `company.yaml`; the file."""
    _write_roster(folder, today)
    _write_registers(folder, today, chat)
    year = timedelta(days=365)
    calendar = {
        "first": f"{today - 2 * year}",
        "last": f"{today + 2 * year}",
        "holidays": [],
        "make_up_days": [],
    }
    (folder / "calendar.json").write_text(json.dumps(calendar))
    document = {
        "organisation": "四系統公司",
        "timezone": "Asia/Shanghai",
        "calendar": {"file": "calendar.json"},
        "policy": {"version": "2025-09"},
        "languages": ["en"],
        "roles": {"it": "IT", "hr": "FIN"},
        "sources": [
            {"id": "hr", "type": "roster", "title": "HR", "folder": "hr"},
            {
                "id": "ad", "type": "directory", "title": "Domain", "url": domain.url, "ca_file": str(domain.ca_file),
                "bind_dn": READER, "base": BASE, "service_bases": [SERVICES],
                "logon_times_since": f"{today - 2 * year}", "secret": {"env": "DOMAIN_SECRET"},
            },
            {
                "id": "chat", "type": "synapse", "title": "Chat", "url": chat.url, "auth_provider": "hr",
                "collector_user": f"@audit.admin:{NAME}", "lets_outsiders_in": "yes", "retention_mode": "forever",
                "secret": {"env": "CHAT_SECRET"},
            },
            {
                "id": "id", "type": "scim", "title": "Identity", "url": service.url,
                "employee_attribute": "externalId", "directory_of": "ad", "secret": {"env": "ID_SECRET"},
            },
            *(
                {"id": f"reg-{name}", "type": "register", "register": name, "file": f"{name}.csv"}
                for name in REGISTERS_KEPT
            ),
        ],
    }  # fmt: skip
    path = folder / "company.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def _write_roster(folder: Path, today: date) -> None:
    rows = []
    for number, (login, department, is_here) in PEOPLE.items():
        word, _, ago = is_here.partition(" ")
        day = f"{today - timedelta(days=int(ago or 0))}"
        left = f"{day},{day} 10:00" if word == "left" else ","
        leave = f"{day},{today + timedelta(days=30)}" if word == "leave" else ","
        rows.append(
            f"{number},{login},{word},employee,{today - timedelta(days=900)},{left},{department},,{_POST},{leave}"
        )
    (folder / "hr").mkdir()
    headings = (
        "employee_no,name,status,employment_type,hire_date,last_working_day,left_recorded_at,department_code,"
        "manager_employee_no,position,leave_from,leave_until"
    )
    _write_table(folder / "hr" / "people.csv", today, headings, rows)
    _write_table(
        folder / "hr" / "departments.csv", today, "code,name,parent_code", ["FIN,Finance,", "IT,IT,FIN"]
    )
    since = today - timedelta(days=900)
    heads = [f"FIN,E0001,{since},", f"IT,E0007,{since},"]
    _write_table(folder / "hr" / "heads.csv", today, "department_code,employee_no,from,until", heads)


def _write_registers(folder: Path, today: date, chat: Synapse) -> None:
    for_all = {"owner": "E0008", "purpose": "for the company", "department_code": "IT"}
    owned = ("Administrator", "audit.reader", "svc.backup", f"@audit.admin:{NAME}")
    finance = {
        "department_code": "FIN", "scope_text": "finance", "scope_departments": "FIN", "label": "internal",
    }  # fmt: skip
    registers: dict[str, list[dict[str, str]]] = {
        "service_accounts": [{"subject": login} | for_all for login in owned],
        "shared_accounts": [
            {
                "subject": f"@front.desk:{NAME}",
                "owner": "E0001",
                "purpose": "reception",
                "department_code": "FIN",
            }
        ],
        "groups": [
            finance
            | {
                "subject": chat.rooms["FIN-Budget"],
                "manager": f"@zhang.wei:{NAME}",
                "purpose": "next year's budget",
            },
            finance | {"subject": "fin-all", "manager": "zhang.wei", "purpose": "notices"},
        ],
    }
    for name in REGISTERS_KEPT:
        columns = REGISTERS[name].columns
        rows = [",".join(row.get(column.field, "") for column in columns) for row in registers.get(name, [])]
        _write_table(folder / f"{name}.csv", today, ",".join(column.en for column in columns), rows)


def _write_table(path: Path, today: date, headings: str, rows: list[str]) -> None:
    above = [f"as of,{today}", "author,HR", f"rows,{len(rows)}"]
    path.write_text("\n".join([*above, headings, *rows]) + "\n", "utf-8")
