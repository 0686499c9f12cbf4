"""SCIM under the contract."""

from collections import Counter
from collections.abc import Callable

import httpx
from contract import TEXT, Contract, Handler, Law, Served, over_http

from collectors.scim import ScimCollector, ScimOptions
from collectors.scim.records import ENTERPRISE

_BASE = "/scim/v2"
_PAGE = 2


def user(name: str, number: int, **fields: object) -> dict:
    """A user as a service shows it."""
    return {
        "id": f"u{number}",
        "externalId": f"X{number}",
        "userName": name,
        "displayName": name,
        "active": True,
        "meta": {"created": "2026-02-03T01:00:00.269976Z", "version": TEXT},
        "emails": [{"value": f"{TEXT}@corp.test"}],
        "password": TEXT,
        ENTERPRISE: {"employeeNumber": f"E{number}", "department": "FIN", "manager": {"displayName": TEXT}},
    } | fields


USERS = (user("audit", 1), user("li.na", 2), user("wang.fang", 3, active=False))
_MEMBERS = [{"value": "u2", "display": TEXT}, {"value": "u3"}]
GROUPS = (
    {"id": "g1", "displayName": "budget", "members": _MEMBERS, "meta": {"created": "2026-02-03T01:00:00Z"}},
)

Change = Callable[[str, int, int, dict], dict]
"""Path, first record of the page, how many times it was asked for, the good answer -> the answer."""


def server(
    change: Change = lambda _path, _start, _times, answer: answer,
    users: tuple[dict, ...] = USERS,
    groups: tuple[dict, ...] = GROUPS,
) -> Served:
    """A service that gives two records a page, however many are asked for."""

    def handler() -> Handler:
        times: Counter[tuple[str, int]] = Counter()

        def answer(request: httpx.Request) -> httpx.Response:
            path = request.url.path.removeprefix(_BASE)
            start = int(request.url.params["startIndex"])
            times[path, start] += 1
            rows = {"/Users": users, "/Groups": groups}[path]
            page = list(rows[start - 1 : start - 1 + _PAGE])
            body = {
                "totalResults": len(rows),
                "startIndex": start,
                "itemsPerPage": len(page),
                "Resources": page,
            }
            return httpx.Response(200, json=change(path, start, times[path, start], body))

        return answer

    return Served(handler)


def _cut_short(path: str, start: int, _times: int, answer: dict) -> dict:
    # a service leaves the list out where it has nothing to say
    return {"totalResults": answer["totalResults"]} if (path, start) == ("/Users", 3) else answer


def _total(number: int) -> Change:
    return lambda path, _start, _times, answer: (
        answer | {"totalResults": number} if path == "/Users" else answer
    )


def _one_came(path: str, start: int, times: int, answer: dict) -> dict:
    if (path, start) == ("/Users", 3) and times > 1:
        answer["Resources"].append(user("new", 9))
    return answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == f"{_BASE}/Users" and request.url.params["startIndex"] != "1"


_ERROR = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "500", "detail": TEXT}

CONTRACT = Contract(
    name="scim",
    collector=ScimCollector(),
    options=ScimOptions(url=f"https://id.corp.test{_BASE}", groups="all", collector_user="audit"),
    good=server(),
    permission="reading of users and groups",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut_short),
        Law.TOTAL_SMALLER: server(_total(1)),
        Law.TOTAL_LARGER: server(_total(5)),
        Law.ERROR_IN_OK: server().always(200, _ERROR),
        Law.UNKNOWN_WHO: server().always(401, _ERROR),
        Law.NOT_PERMITTED: server().always(403, _ERROR),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(users=(*USERS, user("zhao", 4, active="perhaps"))),
        Law.HIDDEN: "a service leaves out what a token may not see, which is unknown like what it does not have",
    },
)
