"""WeCom under the contract: a stand-in that says everything with status 200."""

from typing import Any

import httpx
from contract import SECRET, TEXT, Contract, Law, Without, over_http
from standin import TOKEN, Change, always_after, same, stand_in

from collectors.wecom import WecomCollector, WecomOptions

OK = {"errcode": 0, "errmsg": "ok"}
OVER = {"errcode": 42001, "errmsg": f"access_token expired {TEXT}"}
NO_PRIVILEGE = {"errcode": 60011, "errmsg": f"no privilege, from ip: {TEXT}"}
DEPARTMENTS = (
    {"id": 1, "name": "示例公司", "parentid": 0, "order": 1},
    {"id": 2, "name": "財務部", "parentid": 1, "order": 2, "department_leader": [TEXT]},
)


def user(number: str, departments: list[int], **fields: Any) -> dict:
    """A member as an app that was named before 2022 sees it."""
    return {
        "userid": number,
        "name": f"員工{number}",
        "department": departments,
        "main_department": departments[0],
        "position": "會計",
        "status": 1,
        "mobile": TEXT,
        "email": f"{TEXT}@corp.test",
        "avatar": f"https://wework.test/{TEXT}",
        "extattr": {"attrs": [{"type": 0, "name": TEXT, "text": {"value": TEXT}}]},
    } | fields


USERS = (
    user("E1", [1]),
    user("E2", [2, 1]),
    user("E3", [2], status=2),
    user("E4", [2], status=4),
    user("E5", [2], status=5),
)


def admit(request: httpx.Request) -> httpx.Response | None:
    """Gives a token for the secret; refuses who has none, with status 200."""
    params = request.url.params
    if request.url.path == "/cgi-bin/gettoken":
        if (params["corpid"], params["corpsecret"]) == ("ww1", SECRET):
            return httpx.Response(200, json=OK | {"access_token": TOKEN, "expires_in": 7200})
        return httpx.Response(200, json={"errcode": 40001, "errmsg": "invalid credential"})
    return None if params.get("access_token") == TOKEN else httpx.Response(200, json=OVER)


def server(change: Change = same, users: tuple[dict, ...] = USERS, departments=DEPARTMENTS):
    """WeCom: each department's members by themselves, and ids in pages of two rows."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        match path:
            case "/cgi-bin/department/list":
                return OK | {"department": list(departments)}
            case "/cgi-bin/user/list":
                wanted = int(asked["department_id"])
                return OK | {"userlist": [one for one in users if wanted in one["department"]]}
            case "/cgi-bin/user/list_id":
                rows = [
                    {"userid": one["userid"], "department": code}
                    for one in users
                    for code in one["department"]
                ]
                start = int(asked.get("cursor", 0))
                more = start + 2 < len(rows)
                return OK | {
                    "dept_user": rows[start : start + 2],
                    "next_cursor": str(start + 2) if more else "",
                }
        return {"errcode": 40066, "errmsg": "invalid url"}

    return stand_in(route, admit, change)


def _second(path: str, asked: dict[str, Any], answer: Any, *, otherwise: Any) -> Any:
    return otherwise if path == "/cgi-bin/user/list" and asked["department_id"] == "2" else answer


def _one_came(path: str, asked: dict[str, Any], times: int, answer: Any) -> Any:
    if path == "/cgi-bin/user/list" and asked["department_id"] == "1" and times > 1:
        return answer | {"userlist": [*answer["userlist"], user("E9", [1])]}
    return answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == "/cgi-bin/user/list" and request.url.params["department_id"] == "2"


def _hidden(field: str):
    """WeCom when the app may not see a field of people."""
    return server(users=tuple({name: value for name, value in one.items() if name != field} for one in USERS))


CONTRACT = Contract(
    name="wecom",
    collector=WecomCollector(),
    options=WecomOptions(
        url="https://qyapi.test",
        corp_id="ww1",
        whole_company_visible=True,
        department_codes={"財務部": "FIN", "1": "MGT"},
    ),
    good=server(),
    permission="visible range",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(
            lambda path, asked, _times, answer: _second(
                path, asked, answer, otherwise={"errcode": 40058, "errmsg": TEXT}
            )
        ),
        Law.TOTAL_SMALLER: "WeCom states no totals: the list of departments and a second listing stand for them",
        Law.TOTAL_LARGER: "WeCom states no totals: the list of departments and a second listing stand for them",
        Law.ERROR_IN_OK: always_after(admit, 200, {"errcode": 301023, "errmsg": TEXT}),
        Law.UNKNOWN_WHO: server().always(200, {"errcode": 40001, "errmsg": TEXT}),
        Law.NOT_PERMITTED: always_after(admit, 200, NO_PRIVILEGE),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(users=(*USERS, user("E6", [1], status=3))),
        Law.HIDDEN: server(users=(*USERS, {"userid": "E7", "name": "員工E7", "department": [1]})),
        Law.OWN_ACCOUNT: "an app reads WeCom, and an app is no member of the directory",
    },
    without={
        "account.display_name": (Without(_hidden("name"), "not_permitted"),),
        "account.position": (Without(_hidden("position"), "not_permitted"),),
        "account.state": (Without(_hidden("status"), "not_permitted"),),
    },
)
