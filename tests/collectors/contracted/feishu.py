"""Feishu under the contract: a stand-in that pages by tokens and hides fields without a word."""

import json
from typing import Any

import httpx
from contract import SECRET, TEXT, Contract, Law, Without, over_http
from standin import TOKEN, Change, always_after, same, stand_in

from collectors.feishu import FeishuCollector, FeishuOptions

_ROOT = "/open-apis"
EXCHANGE = f"{_ROOT}/auth/v3/tenant_access_token/internal"
_PAGE = 2
OPEN = dict.fromkeys(("is_frozen", "is_resigned", "is_exited", "is_unjoin"), False) | {"is_activated": True}
NO_SCOPE = {"code": 99991672, "msg": f"Access denied {TEXT}"}
DEPARTMENTS = (
    {"open_department_id": "od-1", "name": "財務部", "leader_user_id": TEXT},
    {"open_department_id": "od-2", "name": "研發部"},
    {"open_department_id": "od-3", "name": "人事部"},
)


def user(name: str, departments: list[str], **fields: Any) -> dict:
    """A user as an app with all permissions sees it."""
    return {
        "user_id": name,
        "open_id": f"ou_{TEXT}",
        "name": f"員工{name}",
        "employee_no": f"E-{name}",
        "employee_type": 1,
        "join_time": 1615381200,
        "email": f"{TEXT}@corp.test",
        "mobile": TEXT,
        "department_ids": departments,
        "job_title": "會計",
        "is_tenant_manager": name == "u1",
        "custom_attrs": [{"value": {"text": TEXT}}],
        "status": OPEN,
    } | fields


USERS = (
    user("u1", ["0"]),
    user("u2", ["od-1", "od-2"]),
    user("u3", ["od-1"], status=OPEN | {"is_frozen": True}),
    user("u4", ["od-1"], status=OPEN | {"is_activated": False, "is_unjoin": True}),
)
STATISTICS = (
    {"date": "2026-09-30", "user_id": "u1", "last_active_time": "2026-09-30 08:00:00"},
    {"date": "2026-09-29", "user_id": "u1", "last_active_time": "2026-09-29 08:00:00"},
    {"date": "2026-09-30", "user_id": "u2", "last_active_time": ""},
    {"date": "2026-09-30", "user_id": "u3", "last_active_time": "1759190400", "send_messenger_num": 4},
    {"date": "2026-09-30", "user_id": "u4", "last_active_time": "0"},
)
CHATS: dict[str, dict[str, Any]] = {
    "oc_1": {
        "name": "預算",
        "description": "2026 年預算",
        "owner_id": "u1",
        "user_manager_id_list": ["u2"],
        "chat_type": "private",
        "external": False,
        "user_count": "3",
        "chat_status": "normal",
        "membership_approval": "no_approval_required",
        "avatar": TEXT,
    },
    "oc_2": {
        "name": "供應商",
        "description": "",
        "owner_id": "u1",
        "user_manager_id_list": [],
        "chat_type": "public",
        "external": True,
        "user_count": "2",
        "chat_status": "normal",
        "membership_approval": "approval_required",
    },
}
MEMBERS = {"oc_1": ("u1", "u2", "u3"), "oc_2": ("u1", "x9")}


def admit(request: httpx.Request) -> httpx.Response | None:
    """Gives a token for the secret; refuses who has none."""
    if request.url.path == EXCHANGE:
        if json.loads(request.content) == {"app_id": "cli_1", "app_secret": SECRET}:
            return httpx.Response(200, json={"code": 0, "tenant_access_token": TOKEN, "expire": 7200})
        return httpx.Response(200, json={"code": 10014, "msg": "app secret invalid"})
    if request.headers.get("Authorization") == f"Bearer {TOKEN}":
        return None
    return httpx.Response(400, json={"code": 99991663, "msg": "invalid token"})


def paged(rows: list[Any], asked: dict[str, Any]) -> dict:
    """A page of two; the list is left out where there is nothing."""
    start = int(asked.get("page_token") or 0)
    more = start + _PAGE < len(rows)
    page = {"items": rows[start : start + _PAGE]} if rows else {}
    return {
        "code": 0,
        "msg": "success",
        "data": page | {"has_more": more, "page_token": str(start + _PAGE) if more else ""},
    }


def server(change: Change = same, users=USERS, statistics=STATISTICS, chats=CHATS, members=MEMBERS):
    """Feishu with two records a page, however many are asked for."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        parts = path.removeprefix(f"{_ROOT}/").split("/")
        match parts:
            case ["contact", "v3", "departments", "0", "children"]:
                return paged(list(DEPARTMENTS), asked)
            case ["contact", "v3", "users", "find_by_department"]:
                return paged([one for one in users if asked["department_id"] in one["department_ids"]], asked)
            case ["admin", "v1", "admin_user_stats"]:
                rows = [row for row in statistics if asked["start_date"] <= row["date"] <= asked["end_date"]]
                return paged(rows, asked)
            case ["im", "v1", "chats"]:
                return paged([{"chat_id": key, "name": chat["name"]} for key, chat in chats.items()], asked)
            case ["im", "v1", "chats", key]:
                return {"code": 0, "data": chats[key]}
            case ["im", "v1", "chats", key, "members"]:
                rows = [{"member_id": one, "member_id_type": "user_id", "name": TEXT} for one in members[key]]
                return paged(rows, asked)
        return httpx.Response(404, json={"code": 99991000})

    return stand_in(route, admit, change)


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    if path.endswith("find_by_department") and asked.get("page_token"):
        return httpx.Response(200, json={"code": 1663, "msg": TEXT})
    return answer


def _count(number: str):
    chats = {**CHATS, "oc_1": CHATS["oc_1"] | {"user_count": number}}
    return server(chats=chats)


def _one_came(path: str, asked: dict[str, Any], times: int, answer: Any) -> Any:
    if path.endswith("find_by_department") and asked["department_id"] == "0" and times > 1:
        answer["data"]["items"] = [*answer["data"]["items"], user("u9", ["0"])]
    return answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path.endswith("find_by_department") and "page_token" in request.url.params


_HIDDEN = {"user_id": "u8", "name": "員工u8", "department_ids": ["0"]}


def _hidden(field: str):
    """Feishu when the app may not see a field of people."""
    return server(users=tuple({name: value for name, value in one.items() if name != field} for one in USERS))


def _no_statistics(path: str, _asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return httpx.Response(400, json=NO_SCOPE) if path.endswith("admin_user_stats") else answer


CONTRACT = Contract(
    name="feishu",
    collector=FeishuCollector(),
    options=FeishuOptions(
        url="https://open.test",
        app_id="cli_1",
        whole_company_visible=True,
        activity_days=40,
        groups="all",
        department_codes={"財務部": "FIN", "0": "MGT"},
    ),
    good=server(),
    permission="contact:contact.base:readonly",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: _count("2"),
        Law.TOTAL_LARGER: _count("4"),
        Law.ERROR_IN_OK: always_after(admit, 200, {"code": 99992402, "msg": TEXT}),
        Law.UNKNOWN_WHO: server().always(200, {"code": 10014, "msg": TEXT}),
        Law.NOT_PERMITTED: always_after(admit, 400, NO_SCOPE),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(chats={**CHATS, "oc_1": CHATS["oc_1"] | {"chat_status": "asleep"}}),
        Law.HIDDEN: server(users=(*USERS, _HIDDEN)),
        Law.OWN_ACCOUNT: "an app reads Feishu, and an app is no member of the directory",
    },
    without={
        "account.last_activity": (
            Without(server(_no_statistics), "not_permitted"),
            Without(server(), "not_collected", {"activity_days": 0}),
        ),
        "account.position": (Without(_hidden("job_title"), "not_permitted"),),
        "account.privileged": (Without(_hidden("is_tenant_manager"), "not_permitted"),),
        "account.state": (Without(_hidden("status"), "not_permitted"),),
        "identity_link.person": (Without(_hidden("employee_no"), "not_permitted"),),
    },
    posts=frozenset({EXCHANGE}),
)
