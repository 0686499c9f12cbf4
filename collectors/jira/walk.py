"""Walks through Jira: the tickets of a search, with all their changes or the approvals of Service Management."""

from typing import Any

from collectors.harvest import Harvest
from collectors.jira.options import JiraOptions
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Rows, Shape, compare
from engine.errors import SourceError, UnparsableError

CLOUD, DATACENTER = "/rest/api/3/search/jql", "/rest/api/2/search"

GETS = (
    CLOUD,
    DATACENTER,
    r"/rest/api/3/issue/\d+/changelog",
    r"/rest/servicedeskapi/request/\d+/approval",
)

_PAGE = "100"

_NEEDS = "Browse projects on the projects of the search"


def _error(answer: Any) -> str | None:
    return "errorMessages" if isinstance(answer, dict) and answer.get("errorMessages") else None


MANNERS = Manners(
    title="Jira", error=_error, renewal="make a new token of the account and put it where company.yaml says"
)

_WHO = dict.fromkeys(("accountId", "name", "key"), SCALAR)
_HISTORY: Shape = {
    "id": SCALAR,
    "author": _WHO,
    "created": SCALAR,
    "items": [dict.fromkeys(("field", "fieldId", "to", "toString"), SCALAR)],
}


def shape(request: Request, options: JiraOptions) -> Shape:
    """What is read of an answer: no description, comment, attachment, name or mail address of a person."""
    failed: Shape = {"errorMessages": [{}]}
    if request.key.endswith("/changelog"):
        return {**failed, "total": SCALAR, "isLast": SCALAR, "values": [_HISTORY]}
    if request.key.endswith("/approval"):
        approver: Shape = {"approver": _WHO, "approverDecision": SCALAR}
        when: Shape = {"iso8601": SCALAR}
        one: Shape = {"id": SCALAR, "finalDecision": SCALAR, "completedDate": when, "approvers": [approver]}
        return {**failed, "isLastPage": SCALAR, "values": [one]}
    named: Shape = {"id": SCALAR, "name": SCALAR}
    fields: dict[str, Shape] = {
        "issuetype": named, "status": named, "created": SCALAR, "reporter": _WHO, options.subject_field: SCALAR,
    }  # fmt: skip
    if options.valid_until_field:
        fields[options.valid_until_field] = SCALAR
    changes: Shape = {"total": SCALAR, "histories": [_HISTORY]}
    issue: Shape = {"id": SCALAR, "key": SCALAR, "fields": fields, "changelog": changes}
    return {**failed, "nextPageToken": SCALAR, "startAt": SCALAR, "total": SCALAR, "issues": [issue]}


def of_status(answer: Any) -> Any:
    """The answer without what changed in other fields than the status: it may be the name of a person, or a text."""
    if not isinstance(answer, dict):
        return answer
    rows = answer.get("values")
    changes = [one.get("changelog") for one in answer.get("issues") or () if isinstance(one, dict)]
    listed = [rows, *(one.get("histories") for one in changes if isinstance(one, dict))]
    for history in (one for histories in listed if isinstance(histories, list) for one in histories):
        if isinstance(history, dict) and isinstance(history.get("items"), list):
            history["items"] = [item for item in history["items"] if _is_status(item)]
    return answer


def _is_status(item: Any) -> bool:
    return isinstance(item, dict) and "status" in {item.get("fieldId"), item.get("field")}


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest, options: JiraOptions) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest
        self._options = options

    def issues(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Every ticket of the search by id; a stated total is noted."""
        given = self._options
        fields = {"issuetype", "status", "created", "reporter", given.subject_field, given.valid_until_field}
        found: dict[str, tuple[dict[str, Any], str]] = {}
        for row, at in self._search(
            ",".join(sorted(name for name in fields if name)), ("expand", "changelog")
        ):
            key = row.get("id")
            if not isinstance(key, str) or not key.isdecimal() or key in found:
                self._harvest.problem("approval: a ticket without id, or on two pages")
                continue
            found[key] = (row, at)
        return found

    def histories(self, issue: dict[str, Any]) -> list[dict[str, Any]] | None:
        """All changes of a ticket; none if they cannot be had whole."""
        changes = issue.get("changelog")
        listed = changes.get("histories") if isinstance(changes, dict) else None
        total = changes.get("total") if isinstance(changes, dict) else None
        if isinstance(listed, list) and isinstance(total, int) and total == len(listed):
            return [one for one in listed if isinstance(one, dict)]
        if self._options.edition == "cloud":
            return self._changelog(str(issue["id"]))
        self._harvest.problem(f"approval {issue.get('key')}: its changes are not shown whole")
        return None

    def approvals(self, issue: str) -> list[dict[str, Any]] | None:
        """The approvals of Service Management; none if they cannot be had whole."""
        request = Request("http", f"/rest/servicedeskapi/request/{issue}/approval", (("limit", _PAGE),))
        try:
            answer, _ = self._answers.must(request, "the role of an agent of the service project")
            rows = self._answers.rows(request, answer, "values")
        except SourceError as error:
            self._harvest.problem(f"approval {issue}: {error}")
            return None
        if answer.get("isLastPage") is False:
            self._harvest.problem(f"approval {issue}: more approvals than one page holds")
            return None
        return rows

    def again(self, before: set[str]) -> None:
        """Search once more and say what came or went."""
        try:
            after = {str(row.get("id")) for row, _ in self._search("id")}
        except SourceError as error:
            self._harvest.problem(f"could not be searched a second time: {error}")
            return
        compare(self._harvest, "approval", before, after)

    def _changelog(self, issue: str) -> list[dict[str, Any]] | None:
        path = f"/rest/api/3/issue/{issue}/changelog"

        def page_of(start: int) -> Request:
            return Request("http", path, (("maxResults", _PAGE), ("startAt", str(start))))

        def following(request: Request, page: Any) -> Request | None:
            rows = page.get("values") if isinstance(page, dict) else None
            if not isinstance(rows, list) or not rows or page.get("isLast") is True:
                return None
            return page_of(int(dict(request.query)["startAt"]) + len(rows))

        found: list[dict[str, Any]] = []
        total = None
        try:
            for page, _ in self._answers.pages(page_of(0), following, _NEEDS):
                found += self._answers.rows(page_of(0), page, "values")
                total = page.get("total")
        except SourceError as error:
            self._harvest.problem(f"approval {issue}: {error}")
            return None
        if total != len(found):
            self._harvest.problem(f"approval {issue}: {total} changes are stated, {len(found)} came")
            return None
        return found

    def _search(self, fields: str, *more: tuple[str, str]) -> Rows:
        cloud = self._options.edition == "cloud"
        path = CLOUD if cloud else DATACENTER
        asked = (("fields", fields), ("jql", self._options.jql), ("maxResults", _PAGE), *more)
        first = Request("http", path, asked if cloud else (*asked, ("startAt", "0")))

        def by_token(_request: Request, page: Any) -> Request | None:
            token = page.get("nextPageToken") if isinstance(page, dict) else None
            return Request("http", path, (*asked, ("nextPageToken", str(token)))) if token else None

        def by_number(request: Request, page: Any) -> Request | None:
            total = page.get("total") if isinstance(page, dict) else None
            if not isinstance(total, int):
                raise UnparsableError(f"{path}: total: found no number", "see whether edition is right")
            if more:
                self._harvest.expect("approval", total)
            start = int(dict(request.query)["startAt"]) + len(page.get("issues") or ())
            return (
                Request("http", path, (*asked, ("startAt", str(start))))
                if page.get("issues") and start < total
                else None
            )

        return [
            (row, at)
            for page, at in self._answers.pages(first, by_token if cloud else by_number, _NEEDS)
            for row in self._answers.rows(first, page, "issues")
        ]
