"""Mattermost under the contract: a stand-in whose pages are shorter than asked for, without a word."""

from typing import Any

import httpx
from contract import TEXT, Contract, Law, Without, over_http
from standin import Change, always_after, same, stand_in, with_bearer

from collectors.mattermost import MattermostCollector, MattermostOptions

_API = "/api/v4"
_PAGE = 2
DENIED = {"id": "api.context.permissions.app_error", "status_code": 403, "message": TEXT}


def user(key: str, **fields: Any) -> dict:
    """A user as an administrator who may only read sees it."""
    return {
        "id": key,
        "create_at": 1767225600000,
        "update_at": 1767225600000,
        "delete_at": 0,
        "username": f"n{key}",
        "first_name": "員工",
        "last_name": key,
        "nickname": TEXT,
        "email": f"{TEXT}@corp.test",
        "auth_service": "ldap",
        "auth_data": f"E-{key}",
        "roles": "system_user",
        "position": "會計",
        "last_password_update": 1767225600000,
        "mfa_active": True,
        "props": {"a": TEXT},
        "notify_props": {"b": TEXT},
    } | fields


USERS = (
    user("u1", roles="system_user system_admin"),
    user("u2", auth_service="", auth_data=""),
    user("u3", delete_at=1785000000000),
    user("u4", roles="system_guest"),
    user("bot", is_bot=True, roles="system_user system_read_only_admin"),
)
REPORT = tuple(
    {
        "id": one["id"],
        "username": one["username"],
        "email": TEXT,
        "last_status_at": 1790000000000,
        "last_post_date": 1780000000000,
    }
    for one in USERS
)
CHANNELS = (
    {
        "id": "c1", "type": "P", "display_name": "預算", "name": "budget", "purpose": "2026 年預算", "header": TEXT,
        "creator_id": "u1", "create_at": 1767225600000, "delete_at": 0, "last_post_at": 1790000000000, "total_msg_count": 7,
    },
    {
        "id": "c2", "type": "O", "display_name": "閒聊", "name": "chat", "purpose": "", "header": "",
        "creator_id": "", "create_at": 1767225600000, "delete_at": 1785000000000, "last_post_at": 0, "total_msg_count": 0,
    },
)  # fmt: skip
MEMBERS: dict[str, list[dict]] = {
    "c1": [
        {
            "channel_id": "c1",
            "user_id": "u1",
            "roles": "channel_user",
            "scheme_admin": True,
            "notify_props": TEXT,
        },
        {"channel_id": "c1", "user_id": "u2", "roles": "channel_user channel_admin", "scheme_admin": False},
        {"channel_id": "c1", "user_id": "u4", "roles": "channel_guest", "scheme_admin": False},
    ],
    "c2": [],
}
SESSIONS = [
    {
        "id": "s1",
        "token": TEXT,
        "create_at": 1789000000000,
        "expires_at": 0,
        "last_activity_at": 1790000000000,
        "device_id": "ios:7",
    },
    {
        "id": "s2",
        "create_at": 1789000000000,
        "expires_at": 1799000000000,
        "last_activity_at": 1790000000000,
        "device_id": "",
    },
]

admit = with_bearer(lambda: httpx.Response(401, json={"id": "api.context.session_expired.app_error"}))


def server(
    change: Change = same, users=USERS, report=REPORT, channels=CHANNELS, members=MEMBERS, sessions=SESSIONS
):
    """Mattermost, which cuts every page to two."""

    def page(rows: Any, asked: dict[str, Any]) -> list[Any]:
        start = int(asked["page"]) * _PAGE
        return list(rows)[start : start + _PAGE]

    def route(path: str, asked: dict[str, Any]) -> Any:  # noqa: PLR0911  # one answer for each path
        match path.removeprefix(f"{_API}/").split("/"):
            case ["users", "me"]:
                return user("bot")
            case ["users", "stats"]:
                return {"total_users_count": len(users)}
            case ["users"]:
                return page(users, asked)
            case ["users", _, "sessions"]:
                return sessions
            case ["reports", "users"]:
                names = [row["username"] for row in report]
                start = names.index(asked["from_column_value"]) + 1 if asked.get("from_column_value") else 0
                return list(report[start : start + _PAGE])
            case ["channels"]:
                return {"channels": page(channels, asked), "total_count": len(channels)}
            case ["channels", key, "members"]:
                return page(members[key], asked)
        return httpx.Response(404, json={"id": "api.context.404.app_error"})

    return stand_in(route, admit, change)


def total(number: int):
    """Mattermost when its control total says so."""
    return server(
        lambda path, _asked, _times, answer: (
            {"total_users_count": number} if path.endswith("stats") else answer
        )
    )


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return (
        httpx.Response(500, json={"message": TEXT})
        if (path, asked.get("page")) == (f"{_API}/users", "1")
        else answer
    )


def _one_came(path: str, asked: dict[str, Any], times: int, answer: Any) -> Any:
    return (
        [*answer, user("u9")] if (path, asked.get("page")) == (f"{_API}/users", "2") and times > 1 else answer
    )


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == f"{_API}/users" and request.url.params["page"] == "1"


def _hidden(field: str):
    """Mattermost when the token may not see a field of people."""
    return server(users=tuple({name: value for name, value in one.items() if name != field} for one in USERS))


def _no_report(path: str, _asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return httpx.Response(403, json=DENIED) if path.endswith("reports/users") else answer


CONTRACT = Contract(
    name="mattermost",
    collector=MattermostCollector(),
    options=MattermostOptions(url="https://chat.test", employee_field="auth_data", sessions=True),
    good=server(),
    permission="sysconsole_read_user_management_users",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: total(2),
        Law.TOTAL_LARGER: total(9),
        Law.ERROR_IN_OK: always_after(
            admit, 200, {"id": "store.sql_user.get.app_error", "status_code": 500, "message": TEXT}
        ),
        Law.UNKNOWN_WHO: server().always(401, {"id": "api.context.session_expired.app_error"}),
        Law.NOT_PERMITTED: server(
            lambda path, _asked, _times, answer: (
                httpx.Response(403, json=DENIED) if path.endswith("stats") else answer
            )
        ),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(users=(*USERS, user("u6", auth_service="magic"))),
        Law.HIDDEN: _hidden("mfa_active"),
    },
    without={
        "account.last_activity": (
            Without(server(_no_report), "not_permitted"),
            Without(server(), "not_collected", {"report": False}),
        ),
        "account.mfa_enrolled": (Without(_hidden("mfa_active"), "not_permitted"),),
        "account.password_changed_at": (Without(_hidden("last_password_update"), "not_permitted"),),
    },
)
