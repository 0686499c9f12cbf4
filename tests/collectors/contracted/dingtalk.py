"""DingTalk under the contract: a stand-in that reads by POST, one level of departments at a time."""

import json
from typing import Any

import httpx
from contract import SECRET, TEXT, Contract, Law, Without, over_http
from standin import TOKEN, Change, always_after, same, stand_in

from collectors.dingtalk import DingtalkCollector, DingtalkOptions
from collectors.dingtalk.walk import INACTIVE, LISTSUB, POSTS, USERS

OK = {"errcode": 0, "errmsg": "ok", "request_id": "16h"}
NO_RIGHT = {"errcode": 88, "sub_code": "60011", "sub_msg": TEXT, "errmsg": "ding talk error"}
_PAGE = 2
CHILDREN = {
    1: [
        {"dept_id": 2, "name": "財務部", "parent_id": 1},
        {"dept_id": -7, "name": "家校通訊錄", "parent_id": 1},
    ],
    2: [{"dept_id": 21, "name": "出納組", "parent_id": 2}],
}


def user(name: str, departments: list[int], **fields: Any) -> dict:
    """A member as the console's app sees it."""
    return {
        "userid": name,
        "unionid": TEXT,
        "name": f"員工{name}",
        "title": "會計",
        "job_number": f"E-{name}",
        "active": True,
        "admin": name == "u1",
        "boss": False,
        "hired_date": 1597573616828,
        "dept_id_list": departments,
        "mobile": TEXT,
        "email": f"{TEXT}@corp.test",
        "remark": TEXT,
        "extension": json.dumps({"愛好": TEXT}),
    } | fields


PEOPLE = (user("u1", [1]), user("u2", [2, 21]), user("u3", [2]), user("u4", [2], active=False, job_number=""))
DAYS = {
    "20260930": ["u2", "u3", "u4"],
    "20260929": ["u3", "u4", "u1"],
    "20260928": ["u2", "u3", "u4"],
}
"""Day -> who did not sign in."""


def admit(request: httpx.Request) -> httpx.Response | None:
    """Gives a token for the secret; refuses who has none, with status 200."""
    params = request.url.params
    if request.url.path == "/gettoken":
        if (params["appkey"], params["appsecret"]) == ("ding1", SECRET):
            return httpx.Response(200, json=OK | {"access_token": TOKEN, "expires_in": 7200})
        return httpx.Response(200, json={"errcode": 40089, "errmsg": "bad"})
    return None if params.get("access_token") == TOKEN else httpx.Response(200, json={"errcode": 40014})


def _page(rows: list[Any], start: int) -> dict:
    more = start + _PAGE < len(rows)
    return OK | {
        "result": {"list": rows[start : start + _PAGE], "has_more": more}
        | ({"next_cursor": start + _PAGE} if more else {})
    }


def server(change: Change = same, people=PEOPLE, days=DAYS, children=CHILDREN):
    """DingTalk with two records a page, however many are asked for."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        match path:
            case _ if path == LISTSUB:
                return OK | {"result": children.get(asked["dept_id"], [])}
            case _ if path == USERS:
                return _page(
                    [one for one in people if asked["dept_id"] in one["dept_id_list"]], asked["cursor"]
                )
            case _ if path == INACTIVE:
                return _page(days.get(asked["query_date"], []), asked["offset"])
        return {"errcode": 22, "errmsg": "unknown path"}

    return stand_in(route, admit, change)


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return {"errcode": 33012, "errmsg": TEXT} if path == USERS and asked["cursor"] else answer


def _one_came(path: str, asked: dict[str, Any], times: int, answer: Any) -> Any:
    if path == USERS and asked["dept_id"] == 1 and times > 1:
        answer["result"]["list"].append(user("u9", [1]))
    return answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == USERS and bool(json.loads(request.content)["cursor"])


def _hidden(field: str):
    """DingTalk when the app may not see a field of people."""
    return server(
        people=tuple({name: value for name, value in one.items() if name != field} for one in PEOPLE)
    )


def _no_activity(path: str, _asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return NO_RIGHT if path == INACTIVE else answer


CONTRACT = Contract(
    name="dingtalk",
    collector=DingtalkCollector(),
    options=DingtalkOptions(
        url="https://oapi.test",
        app_key="ding1",
        whole_company_visible=True,
        activity_days=3,
        department_codes={"財務部": "FIN", "1": "MGT"},
    ),
    good=server(),
    permission="qyapi_get_department_member",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: "DingTalk states no totals in these calls: the tree of departments and a second listing stand for them",
        Law.TOTAL_LARGER: "DingTalk states no totals in these calls: the tree of departments and a second listing stand for them",
        Law.ERROR_IN_OK: always_after(admit, 200, {"errcode": 33012, "errmsg": TEXT}),
        Law.UNKNOWN_WHO: server().always(200, {"errcode": 40089, "errmsg": TEXT}),
        Law.NOT_PERMITTED: always_after(admit, 200, NO_RIGHT),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(people=(*PEOPLE, user("u5", [1], active="perhaps"))),
        Law.HIDDEN: server(people=(*PEOPLE, {"userid": "u6", "name": "六", "dept_id_list": [1]})),
        Law.OWN_ACCOUNT: "an app reads DingTalk, and an app is no member of the directory",
    },
    without={
        "account.last_activity": (
            Without(server(_no_activity), "not_permitted"),
            Without(server(), "not_collected", {"activity_days": 0}),
        ),
        "account.position": (Without(_hidden("title"), "not_permitted"),),
        "account.privileged": (Without(_hidden("admin"), "not_permitted"),),
        "identity_link.person": (Without(_hidden("job_number"), "not_permitted"),),
    },
    posts=frozenset(POSTS),
)
