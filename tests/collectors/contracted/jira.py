"""Jira under the contract: a stand-in of Cloud, with tokens for the next page and changes that a list cuts short."""

import base64
from typing import Any

import httpx
from contract import SECRET, TEXT, Contract, Law, over_http
from standin import Change, always_after, same, stand_in

from collectors.jira import JiraCollector, JiraOptions
from collectors.jira.walk import CLOUD, DATACENTER

_PAGE = 2
_SHOWN = 2
"""Changes that a list shows of one ticket."""


def change_of(number: int, author: str, at: str, to: str, field: str = "status") -> dict:
    """One change of a ticket."""
    who = {"accountId": author, "name": author, "displayName": TEXT, "emailAddress": f"{TEXT}@corp.test"}
    item = {"field": field, "fieldId": field, "from": "1", "to": "2", "fromString": TEXT, "toString": to}
    return {"id": str(number), "author": who, "created": at, "items": [item]}


def issue(number: int, status: str, changes: list[dict], **fields: Any) -> dict:
    """A ticket with all its changes."""
    return {
        "id": str(10000 + number),
        "key": f"APPR-{number}",
        "fields": {
            "summary": "element",
            "issuetype": {"id": "1", "name": "軟件例外", "description": TEXT},
            "status": {"id": "7", "name": status, "description": TEXT},
            "created": "2026-08-03T09:00:00.000+0800",
            "reporter": {"accountId": "a1", "name": "a1", "displayName": TEXT},
            "description": TEXT,
            "comment": {"comments": [{"body": TEXT}]},
            "customfield_10050": "2026-12-31",
        }
        | fields,
        "changes": changes,
    }


_MOVED = change_of(1, "a1", "2026-08-04T09:00:00.000+0800", "審核中")
APPROVED = change_of(2, "a2", "2026-08-05T09:00:00.000+0800", "已批准")
ISSUES = (
    issue(1, "已批准", [_MOVED, APPROVED]),
    issue(2, "審核中", [_MOVED]),
    issue(3, "已駁回", [_MOVED, change_of(3, "a1", "2026-08-05T08:00:00.000+0800", TEXT, "assignee"), change_of(4, "a2", "2026-08-06T09:00:00.000+0800", "已駁回")]),
)  # fmt: skip
APPROVALS: dict[str, list[dict]] = {
    "10001": [
        {
            "id": "1",
            "name": TEXT,
            "finalDecision": "approved",
            "completedDate": {"iso8601": "2026-08-05T09:00:00+0800", "friendly": TEXT},
            "approvers": [
                {"approver": {"accountId": "a2", "displayName": TEXT}, "approverDecision": "approved"},
                {"approver": {"accountId": "a1"}, "approverDecision": "pending"},
            ],
        }
    ]
}


def admit(request: httpx.Request) -> httpx.Response | None:
    """Refuses who does not sign in with mail address and token."""
    basic = base64.b64encode(f"audit@corp.test:{SECRET}".encode()).decode()
    known = request.headers.get("Authorization") in {f"Basic {basic}", f"Bearer {SECRET}"}
    return None if known else httpx.Response(401, json={})


def server(change: Change = same, issues=ISSUES, approvals=APPROVALS):
    """Jira with two tickets a page."""

    def shown(row: dict, asked: dict[str, Any]) -> dict:
        if asked["fields"] == "id":
            return {"id": row["id"], "key": row["key"]}
        names = asked["fields"].split(",")
        found = {
            "id": row["id"],
            "key": row["key"],
            "fields": {name: row["fields"][name] for name in names if name in row["fields"]},
        }
        limit = None if "startAt" in asked else _SHOWN
        return found | {
            "changelog": {"startAt": 0, "total": len(row["changes"]), "histories": row["changes"][:limit]}
        }

    def route(path: str, asked: dict[str, Any]) -> Any:
        if path == CLOUD:
            start = int(asked.get("nextPageToken") or 0)
            more = start + _PAGE < len(issues)
            page = {
                "issues": [shown(row, asked) for row in issues[start : start + _PAGE]],
                "isLast": not more,
            }
            return page | ({"nextPageToken": str(start + _PAGE)} if more else {})
        if path == DATACENTER:
            start = int(asked["startAt"])
            rows = [shown(row, asked) for row in issues[start : start + _PAGE]]
            return {"startAt": start, "maxResults": _PAGE, "total": len(issues), "issues": rows}
        if path.endswith("/changelog"):
            (row,) = [row for row in issues if row["id"] == path.split("/")[5]]
            start = int(asked["startAt"])
            values = row["changes"][start : start + _PAGE]
            last = start + _PAGE >= len(row["changes"])
            return {"startAt": start, "total": len(row["changes"]), "isLast": last, "values": values}
        if path.endswith("/approval"):
            return {"isLastPage": True, "values": approvals.get(path.split("/")[4], [])}
        return httpx.Response(404, json={"errorMessages": [TEXT]})

    return stand_in(route, admit, change)


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return {"errorMessages": [TEXT]} if path == CLOUD and asked.get("nextPageToken") else answer


def _one_came(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    again = path == CLOUD and asked["fields"] == "id" and asked.get("nextPageToken")
    return answer | {"issues": [*answer["issues"], {"id": "10099"}]} if again else answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == CLOUD and "nextPageToken" in request.url.params


_NO_TOTAL = "Cloud states no total any more: the last token and a second search stand for it"

CONTRACT = Contract(
    name="jira",
    collector=JiraCollector(),
    options=JiraOptions(
        url="https://corp.test",
        user="audit@corp.test",
        jql="project = APPR AND created >= -500d",
        every_issue_visible=True,
        kinds={"軟件例外": "software_exception"},
        statuses={"已批准": "approved", "已駁回": "rejected", "審核中": "pending"},
        valid_until_field="customfield_10050",
        people={"a1": "E1", "a2": "E2"},
    ),
    good=server(),
    permission="Browse projects",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: _NO_TOTAL,
        Law.TOTAL_LARGER: _NO_TOTAL,
        Law.ERROR_IN_OK: always_after(admit, 200, {"errorMessages": [TEXT], "errors": {}}),
        Law.UNKNOWN_WHO: server().always(401, {"errorMessages": [TEXT]}),
        Law.NOT_PERMITTED: always_after(admit, 403, {"errorMessages": [TEXT]}),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(issues=(*ISSUES, issue(4, "哪裡", []))),
        Law.HIDDEN: server(issues=(*ISSUES, issue(4, "審核中", [], reporter=None))),
        Law.OWN_ACCOUNT: "Jira is asked for approvals, and no account is among them",
    },
)
