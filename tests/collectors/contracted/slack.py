"""Slack under the contract: a stand-in with cursors, short pages, and fields that only administrators see."""

from typing import Any

import httpx
from contract import TEXT, Contract, Law, Without, over_http
from standin import Change, always_after, same, stand_in, with_bearer

from collectors.slack import SlackCollector, SlackOptions

_PAGE = 2
WHO = "/api/auth.test"


def user(key: str, **fields: Any) -> dict:
    """A member as an administrator's token sees it."""
    return {
        "id": key,
        "team_id": "T1",
        "name": key.lower(),
        "real_name": f"員工{key}",
        "deleted": False,
        "is_bot": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "updated": 1790000000,
        "has_2fa": True,
        "profile": {"email": f"{TEXT}@corp.test", "phone": TEXT, "image_72": TEXT},
    } | fields


USERS = (
    user("U1", is_admin=True),
    user("U2", has_2fa=False),
    user("U3", deleted=True),
    user("U4", is_restricted=True),
    user("UBOT", is_bot=True),
)
CHANNELS = (
    {
        "id": "C1",
        "name": "預算",
        "creator": "U1",
        "created": 1767225600,
        "num_members": 3,
        "is_private": True,
        "is_archived": False,
        "is_ext_shared": False,
        "purpose": {"value": "2026 年預算", "creator": "U1"},
        "topic": {"value": TEXT},
    },
    {
        "id": "C2",
        "name": "供應商",
        "creator": "U2",
        "created": 1767225600,
        "num_members": 2,
        "is_private": False,
        "is_archived": True,
        "is_ext_shared": True,
        "purpose": {"value": ""},
    },
)
MEMBERS = {"C1": ["U1", "U2", "U4"], "C2": ["U2", "W9"]}
LOGINS = tuple(
    {"user_id": name, "date_first": 1780000000, "date_last": last, "ip": TEXT, "user_agent": TEXT}
    for name, last in (("U1", 1790000000), ("U2", 1789000000), ("U1", 1788000000))
)

admit = with_bearer(lambda: httpx.Response(200, json={"ok": False, "error": "invalid_auth"}))


def _cursor(name: str, rows: list[Any], asked: dict[str, Any]) -> dict:
    """A page of two; the second one is empty, and the list goes on all the same."""
    at = asked.get("cursor", "0")
    if at == "gap":
        return {"ok": True, name: [], "response_metadata": {"next_cursor": str(_PAGE)}}
    start = int(at)
    more = start + _PAGE < len(rows)
    following = "" if not more else "gap" if start == 0 else str(start + _PAGE)
    return {"ok": True, name: rows[start : start + _PAGE], "response_metadata": {"next_cursor": following}}


def server(change: Change = same, users=USERS, channels=CHANNELS, members=MEMBERS, logins=LOGINS):
    """Slack."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        match path.removeprefix("/api/"):
            case "auth.test":
                return {"ok": True, "user_id": "UBOT", "user": TEXT, "team_id": "T1"}
            case "users.list":
                return _cursor("members", list(users), asked)
            case "conversations.list":
                return _cursor("channels", list(channels), asked)
            case "conversations.members":
                return _cursor("members", members[asked["channel"]], asked)
            case "team.accessLogs":
                page = int(asked["page"])
                paging = {
                    "page": page,
                    "pages": -(-len(logins) // _PAGE),
                    "total": len(logins),
                    "count": _PAGE,
                }
                return {
                    "ok": True,
                    "logins": list(logins[(page - 1) * _PAGE : page * _PAGE]),
                    "paging": paging,
                }
        return {"ok": False, "error": "unknown_method"}

    return stand_in(route, admit, change)


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    if path.endswith("users.list") and asked.get("cursor") == "2":
        return {"ok": False, "error": "fatal_error", "warning": TEXT}
    return answer


def _count(number: int):
    return server(channels=(CHANNELS[0] | {"num_members": number}, CHANNELS[1]))


def _one_came(path: str, asked: dict[str, Any], times: int, answer: Any) -> Any:
    if path.endswith("users.list") and asked.get("cursor") == "4" and times > 1:
        return answer | {"members": [*answer["members"], user("U9")]}
    return answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path.endswith("users.list") and "cursor" in request.url.params


_MISSING = {"ok": False, "error": "missing_scope", "needed": "users:read", "provided": TEXT}
_HIDDEN = tuple({name: value for name, value in one.items() if name != "has_2fa"} for one in USERS)


def _no_scope(path: str, _asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return _MISSING if path.endswith("users.list") else answer


def _no_logs(error: str):
    """Slack when it does not give its log of access away."""
    return server(
        lambda path, _asked, _times, answer: (
            {"ok": False, "error": error, "needed": "admin"} if path.endswith("accessLogs") else answer
        )
    )


CONTRACT = Contract(
    name="slack",
    collector=SlackCollector(),
    options=SlackOptions(url="https://slack.test", groups="all", access_logs=True),
    good=server(),
    permission="users:read",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: _count(2),
        Law.TOTAL_LARGER: _count(4),
        Law.ERROR_IN_OK: always_after(admit, 200, {"ok": False, "error": "internal_error"}),
        Law.UNKNOWN_WHO: server().always(200, {"ok": False, "error": "invalid_auth"}),
        Law.NOT_PERMITTED: server(_no_scope),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(users=(*USERS, user("U6", deleted="perhaps"))),
        Law.HIDDEN: server(users=_HIDDEN),
    },
    without={
        "account.last_activity": (
            Without(_no_logs("paid_only"), "not_licensed"),
            Without(_no_logs("missing_scope"), "not_permitted"),
            Without(server(), "not_collected", {"access_logs": False}),
        ),
        "account.mfa_enrolled": (Without(server(users=_HIDDEN), "not_permitted"),),
    },
)
