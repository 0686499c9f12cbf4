"""Microsoft Graph under the contract: a stand-in with links to the next page, editions and permissions."""

from typing import Any
from urllib.parse import parse_qsl

import httpx
from contract import SECRET, TEXT, Contract, Law, Without, over_http
from standin import TOKEN, Change, always_after, same, stand_in

from collectors.graph import GraphCollector, GraphOptions

BASE = "https://graph.test"
EXCHANGE = "/corp.test/oauth2/v2.0/token"
_PAGE = 2
DENIED = {"error": {"code": "Authorization_RequestDenied", "message": TEXT}}
NO_LICENCE = {"error": {"code": "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "message": TEXT}}


def guid(number: int) -> str:
    """An id as Graph makes them."""
    return f"00000000-0000-4000-8000-{number:012d}"


def user(number: int, **fields: Any) -> dict:
    """A user of an edition that has everything."""
    return {
        "id": guid(number),
        "userPrincipalName": f"u{number}@corp.test",
        "displayName": f"員工{number}",
        "accountEnabled": True,
        "userType": "Member",
        "createdDateTime": "2026-02-03T01:00:00Z",
        "employeeId": f"E{number}",
        "department": "財務部",
        "jobTitle": "會計",
        "mail": f"{TEXT}@corp.test",
        "signInActivity": {
            "lastSignInDateTime": "2026-09-20T08:00:00Z",
            "lastSignInRequestId": TEXT,
            "lastNonInteractiveSignInDateTime": "2026-09-21T08:00:00Z",
            "lastSuccessfulSignInDateTime": "2026-09-19T08:00:00.1234567Z",
        },
    } | fields


GUEST = {"userType": "Guest", "employeeId": None, "department": None, "jobTitle": None}
USERS = (user(1), user(2), user(3, accountEnabled=False), user(4, **GUEST), user(5, employeeId=None))
FACTORS = tuple(
    {"id": guid(number), "isMfaRegistered": number != 2, "userPrincipalName": TEXT} for number in (1, 2, 3, 5)
)
GROUPS = (
    {
        "id": guid(101),
        "displayName": "預算",
        "description": "2026 年預算",
        "visibility": "Private",
        "createdDateTime": "2026-02-03T01:00:00Z",
        "mailNickname": TEXT,
        "resourceProvisioningOptions": ["Team"],
        "groupTypes": ["Unified"],
    },
    {
        "id": guid(102),
        "displayName": "VPN",
        "description": None,
        "visibility": None,
        "resourceProvisioningOptions": [],
        "groupTypes": [],
        "createdDateTime": "2026-02-03T01:00:00Z",
    },
)
_USER, _GROUP = {"@odata.type": "#microsoft.graph.user"}, {"@odata.type": "#microsoft.graph.group"}
LISTS: dict[str, list[dict]] = {
    f"{guid(101)}/owners": [{"id": guid(1)} | _USER],
    f"{guid(101)}/members": [{"id": guid(1)} | _USER, {"id": guid(4)} | _USER, {"id": guid(109)} | _GROUP],
    f"{guid(101)}/transitiveMembers": [{"id": guid(one)} | _USER for one in (1, 2, 4)]
    + [{"id": guid(109)} | _GROUP],
    f"{guid(102)}/owners": [],
    f"{guid(102)}/members": [{"id": guid(2)} | _USER],
}


def admit(request: httpx.Request) -> httpx.Response | None:
    """Gives a token for the secret; refuses who has none, and who counts without the header."""
    if request.url.path == EXCHANGE:
        form = dict(parse_qsl(request.content.decode()))
        good = (form["client_id"], form["client_secret"], form["scope"]) == ("c1", SECRET, f"{BASE}/.default")
        if good and request.url.host == "login.test":
            return httpx.Response(200, json={"access_token": TOKEN, "expires_in": 3599})
        return httpx.Response(401, json={"error": "invalid_client", "error_description": TEXT})
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        return httpx.Response(401, json={"error": {"code": "InvalidAuthenticationToken"}})
    if request.url.path.endswith("$count") and request.headers.get("ConsistencyLevel") != "eventual":
        return httpx.Response(400, json={"error": {"code": "Request_BadRequest"}})
    return None


def paged(path: str, rows: list[Any], asked: dict[str, Any]) -> dict:
    """A page of two, whatever `$top` says, with a link to the next one."""
    start = int(asked.get("$skiptoken", 0))
    if start + _PAGE >= len(rows):
        return {"value": rows[start:]}
    rest = "&".join(f"{name}={value}" for name, value in asked.items() if name != "$skiptoken")
    link = f"{BASE}{path}?{rest}&$skiptoken={start + _PAGE}"
    return {"value": rows[start : start + _PAGE], "@odata.nextLink": link}


def server(change: Change = same, users=USERS, factors=FACTORS, groups=GROUPS, lists=LISTS):
    """Graph."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        match path.removeprefix("/v1.0/"):
            case "users/$count":
                return httpx.Response(200, text=str(len(users)))
            case "users":
                fields = asked["$select"].split(",")
                return paged(
                    path, [{name: one[name] for name in fields if name in one} for one in users], asked
                )
            case "reports/authenticationMethods/userRegistrationDetails":
                return paged(path, list(factors), asked)
            case "groups":
                return paged(path, list(groups), asked)
            case rest if rest.startswith("groups/"):
                return paged(path, lists[rest.removeprefix("groups/")], asked)
        return httpx.Response(404, json={"error": {"code": "Request_ResourceNotFound"}})

    return stand_in(route, admit, change)


def counts(number: int):
    """Graph when its control total says so."""
    return server(
        lambda path, _asked, _times, answer: (
            httpx.Response(200, text=str(number)) if path.endswith("$count") else answer
        )
    )


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    if path == "/v1.0/users" and asked.get("$skiptoken") == "2" and "," in asked["$select"]:
        return {"value": answer["value"]}
    return answer


def _one_came(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    if path == "/v1.0/users" and asked["$select"] == "id" and asked.get("$skiptoken") == "4":
        return answer | {"value": [*answer["value"], {"id": guid(9)}]}
    return answer


def _no_audit(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    hidden = "userRegistrationDetails" in path or "signInActivity" in asked.get("$select", "")
    return httpx.Response(403, json=DENIED) if hidden else answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == "/v1.0/users" and "$skiptoken" in request.url.params


def _no_premium(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    hidden = "userRegistrationDetails" in path or "signInActivity" in asked.get("$select", "")
    return httpx.Response(403, json={"error": {"code": code, "message": TEXT}}) if hidden else answer


CONTRACT = Contract(
    name="graph",
    collector=GraphCollector(),
    options=GraphOptions(
        url=BASE,
        login_url="https://login.test",
        tenant="corp.test",
        client_id="c1",
        department_codes={"財務部": "FIN"},
    ),
    good=server(),
    permission=r"User\.Read\.All",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: counts(3),
        Law.TOTAL_LARGER: counts(9),
        Law.ERROR_IN_OK: always_after(admit, 200, DENIED | {"error": {"code": "generalException"}}),
        Law.UNKNOWN_WHO: server().always(401, {"error": "invalid_client"}),
        Law.NOT_PERMITTED: always_after(admit, 403, DENIED),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(users=(*USERS, user(6, userType="Alien"))),
        Law.HIDDEN: server(_no_audit),
        Law.OWN_ACCOUNT: "an app registration reads Graph, and is no user of the directory",
    },
    without={
        place: (
            Without(server(_no_premium), "not_licensed"),
            Without(server(_no_audit), "not_permitted"),
        )
        for place in ("account.last_activity", "account.mfa_enrolled")
    },
    posts=frozenset({EXCHANGE}),
)
